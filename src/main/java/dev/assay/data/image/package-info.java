/** Folders of pictures, a folder per class. */
package dev.assay.data.image;

/** Datasets and their readers: known size, read in batches, never needed in memory as a whole. */
package dev.assay.data;

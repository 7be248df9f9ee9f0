/** The drawing of a model's graph. */
package dev.assay.ui.network;

/** Devices and numeric kernels. Knows no model and no dataset. */
package dev.assay.compute;

/** Kernels on any vendor's device through OpenCL; their sources are resources of this package, one file for each. */
package dev.assay.compute.opencl;

/** Measures the kernels of this machine's devices: for the choice of a device, the benchmarks and the window. */
package dev.assay.compute.measure;

/** Kernels for the processor: Vector API on several threads, and a plain reference. */
package dev.assay.compute.cpu;

/** Properties in the subset of VNN-LIB that the VNN-COMP benchmarks use ({@code nap-verification.md}, section 9). */
package dev.assay.analyses.nap.verify.vnnlib;

/** Networks of affine maps and ReLUs in float64, read from ONNX graphs ({@code nap-verification.md}, sections 0 and 9). */
package dev.assay.analyses.nap.verify.net;

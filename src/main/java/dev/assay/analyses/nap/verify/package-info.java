/**
 * NAP verification: proves what holds for every input that shows a pattern, or shows an input for which it does not hold
 * ({@code nap-verification.md}), and looks for the smallest pattern that still suffices for a proof.
 */
package dev.assay.analyses.nap.verify;

/**
 * The search for a proof or a counterexample: falsifiers, branch and bound, and the ladder of engines
 * ({@code nap-verification.md}, sections 5 and 6).
 */
package dev.assay.analyses.nap.verify.search;

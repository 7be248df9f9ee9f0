/** Minimal patterns: the coarsest that still suffices for a proof ({@code nap-mining.md}, minimal NAPs). */
package dev.assay.analyses.nap.verify.minimal;

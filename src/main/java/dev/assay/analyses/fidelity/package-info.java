/**
 * Which explanation of a graph neural network can be trusted: robust fidelity, the study of degraded explanations, and the
 * explanations themselves.
 */
package dev.assay.analyses.fidelity;

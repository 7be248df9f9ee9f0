/** Explanations of graph predictions as scores of edges: computed by several methods, or read from a file. */
package dev.assay.analyses.fidelity.explain;

/** Graphs: the readers of their files, and generators of benchmark graphs with known explanations. */
package dev.assay.data.graph;

/** Training of graph neural networks. */
package dev.assay.analyses.fidelity.training;

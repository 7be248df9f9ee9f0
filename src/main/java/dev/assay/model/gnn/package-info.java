/** Graph neural networks: configuration, weights, files, predictions and derivatives. */
package dev.assay.model.gnn;

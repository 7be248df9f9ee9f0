/** ONNX models: reading the graph, finding ReLU units, running with captured activations, and writing graphs. */
package dev.assay.model.onnx;

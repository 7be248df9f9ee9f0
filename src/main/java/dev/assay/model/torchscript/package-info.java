/** TorchScript models through DJL's PyTorch engine: scores only, inner activations cannot be seen. */
package dev.assay.model.torchscript;

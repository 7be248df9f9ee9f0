/** Networks in the {@code .nnet} text format. */
package dev.assay.model.nnet;

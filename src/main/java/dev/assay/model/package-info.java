/** Models: what a network file holds, and running it with its inner activations captured. */
package dev.assay.model;

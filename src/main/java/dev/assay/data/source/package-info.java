/**
 * What all dataset formats share: stored samples as bytes, reading options, subsets, preprocessing, and the
 * {@link dev.assay.data.Dataset} made of them. A format adds a {@link dev.assay.data.source.SampleSource}.
 */
package dev.assay.data.source;

package dev.assay.data;

import dev.assay.analysis.result.Picture;
import java.util.Optional;

/**
 * One sample.
 *
 * @param index from 0
 * @param values after preprocessing, flattened in the order of the sample shape
 * @param label class index, -1 for none
 * @param picture what it looks like, for samples that are images; before preprocessing
 */
public record Sample(long index, float[] values, int label, Optional<Picture> picture) {}

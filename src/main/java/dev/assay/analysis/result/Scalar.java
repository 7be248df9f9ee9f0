package dev.assay.analysis.result;

/**
 * One number.
 *
 * @param value NaN for absent
 * @param unit unit, or empty; {@code share} marks 0..1 values that are shown in percent
 * @param note what it is a share or count of, e.g. {@code of 10,000 test images}; empty for none
 */
public record Scalar(String id, String title, double value, String unit, String note) implements Result {}

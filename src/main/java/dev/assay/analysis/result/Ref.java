package dev.assay.analysis.result;

/**
 * A reference to the thing behind a point, cell or row.
 *
 * @param kind what sort of thing
 * @param key which one: a sample's index, {@code layer:unit} of a neuron, a class or layer name
 */
public record Ref(RefKind kind, String key) {}

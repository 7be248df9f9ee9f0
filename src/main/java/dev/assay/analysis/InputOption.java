package dev.assay.analysis;

/**
 * One reading option of an {@link InputKind}, written {@code ?name=value} behind the path.
 *
 * @param name the key
 * @param label name for the form
 * @param help what it does, with the values it takes
 * @param defaultValue what holds when it is not given; empty for none
 */
public record InputOption(String name, String label, String help, String defaultValue) {}

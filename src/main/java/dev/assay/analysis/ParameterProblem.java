package dev.assay.analysis;

/**
 * What is wrong with a parameter's value.
 *
 * @param parameter the component's name
 * @param message what is wrong and which values are allowed, without a full stop
 */
public record ParameterProblem(String parameter, String message) {}

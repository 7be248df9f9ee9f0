package dev.assay.report;

import dev.assay.analysis.result.Result;

/**
 * A result of a comparison.
 *
 * @param result what is shown
 * @param setting of which runs it tells, for the line under its title
 */
public record Compared(Result result, String setting) {}

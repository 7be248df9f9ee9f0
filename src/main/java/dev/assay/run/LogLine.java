package dev.assay.run;

import java.time.Instant;

/**
 * A line of a run's log.
 *
 * @param time when
 * @param warning whether it is also shown beside the results
 * @param text what
 */
public record LogLine(Instant time, boolean warning, String text) {}

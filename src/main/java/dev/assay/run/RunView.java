package dev.assay.run;

import dev.assay.analysis.result.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as its viewers see it, live or read back from a workspace. Every method is cheap, may be called from any thread
 * and never waits for the run; viewers poll it.
 */
public interface RunView {

    /** Identifier, unique in the workspace and usable as a folder name. */
    String id();

    /** Name for the user; not unique. */
    default String name() {
        return request().analysis();
    }

    /** What was asked for. */
    RunRequest request();

    /** Where it stands. */
    RunState state();

    /** How far it is. */
    RunProgress progress();

    /** Grows with every published result, so that a viewer knows whether to look again. */
    long resultsVersion();

    /** The results as they stand, in their order. */
    List<Result> results();

    /** The log so far. */
    List<LogLine> log();

    /** Why it failed; empty unless it did. */
    Optional<RunFailure> failure();

    /** The device really used, e.g. {@code CPU, 2 threads}; empty before the start. */
    String device();

    /** When it was asked for. */
    Instant created();

    /** When it started; empty before. */
    Optional<Instant> started();

    /** Time worked so far, pauses not counted. */
    Duration elapsed();

    /** Where its results come from; empty before the start and until the inputs are hashed. */
    default Optional<Provenance> provenance() {
        return Optional.empty();
    }

    /** The run's own folder: artifacts, and after its end {@code result.json}. */
    Path folder();
}

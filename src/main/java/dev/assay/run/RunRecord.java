package dev.assay.run;

import dev.assay.analysis.result.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run at one moment, complete and immutable: what is written to {@code result.json} and read back from it.
 *
 * @param results in their order
 * @param provenance see {@link RunView#provenance}
 */
public record RunRecord(
        String id,
        String name,
        RunRequest request,
        RunState state,
        RunProgress progress,
        List<Result> results,
        List<LogLine> log,
        Optional<RunFailure> failure,
        String device,
        Instant created,
        Optional<Instant> started,
        Duration elapsed,
        Path folder,
        Optional<Provenance> provenance) implements RunView {

    /** Copies the lists. */
    public RunRecord {
        results = List.copyOf(results);
        log = List.copyOf(log);
    }

    /** A record never changes. */
    @Override
    public long resultsVersion() {
        return 1;
    }

    /** The same run ended by a problem. */
    public RunRecord failed(RunFailure why) {
        return new RunRecord(
                id, name, request, RunState.FAILED, progress, results, log, Optional.of(why), device, created, started,
                elapsed, folder, provenance);
    }

    /** The same run with other results. */
    public RunRecord with(List<Result> other) {
        return new RunRecord(
                id, name, request, state, progress, other, log, failure, device, created, started, elapsed, folder,
                provenance);
    }

    /** The same run in another state. */
    public RunRecord in(RunState other) {
        return new RunRecord(
                id, name, request, other, progress, results, log, failure, device, created, started, elapsed, folder,
                provenance);
    }
}

package dev.assay.run;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.text.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Executes the members of a sweep one after the other on the sweep's own thread and keeps their summary up to date. */
final class SweepRun {

    /** Executes members; the queue does. */
    interface Members {

        /** Executes a member to its end. */
        RunRecord execute(Run sweep, Sweep.Member member, Inputs inputs);

        /** A member that was done when the sweep was interrupted. */
        Optional<RunRecord> finished(Run sweep, Sweep.Member member);
    }

    private final Run run;
    private final Sweep sweep;
    private final Members members;

    SweepRun(Run run, Sweep sweep, Members members) {
        this.run = run;
        this.sweep = sweep;
        this.members = members;
    }

    /**
     * Executes what is not done yet.
     *
     * @param device told the id of the device that a member has used
     * @param stamps the inputs as they are now: what was done on other contents is done again
     * @throws AnalysisException when no member succeeded
     */
    void execute(Analysis<?> analysis, Inputs inputs, Consumer<String> device, Supplier<List<InputStamp>> stamps)
            throws AnalysisException {
        SweepSummary summary = new SweepSummary(sweep, sweep.descriptor(analysis));
        List<Sweep.Member> all = sweep.members();
        summary.emit(run.board());
        RunContext.Progress progress = run.meter().start("Runs", all.size(), "runs");
        RunFailure first = null;
        int done = 0;
        for (Sweep.Member member : all) {
            run.checkCancelled();
            Optional<RunRecord> earlier =
                    members.finished(run, member).filter(r -> isSame(r, member, stamps.get()));
            RunRecord record = earlier.orElseGet(() -> members.execute(run, member, inputs));
            boolean stopped = record.state() == RunState.CANCELLED && run.cancelRequested();
            if (!stopped) {
                log(member, record, earlier.isPresent());
                run.device(record.device());
                record.provenance().map(Provenance::device).ifPresent(device);
            }
            done += record.state() == RunState.DONE ? 1 : 0;
            first = first == null ? record.failure().orElse(null) : first;
            summary.add(member, record);
            summary.emit(run.board());
            progress.advance(stopped ? 0 : 1);
        }
        run.checkCancelled();
        if (done == 0 && first != null) {
            throw new AnalysisException(
                    "none of the " + all.size() + " runs succeeded",
                    first.message().replaceFirst("\\.$", ""),
                    "");
        }
    }

    /** A member counts as done only when it was asked for the same and its inputs still hold the same. */
    private static boolean isSame(RunRecord earlier, Sweep.Member member, List<InputStamp> now) {
        RunRequest was = earlier.request();
        RunRequest is = member.request();
        return was.analysis().equals(is.analysis())
                && values(was).equals(values(is))
                && was.seed() == is.seed()
                && earlier.provenance().map(p -> hashes(p.inputs())).orElse(List.of()).equals(hashes(now));
    }

    private static Map<String, String> values(RunRequest request) {
        Map<String, String> values = new HashMap<>(request.parameters());
        values.replaceAll((name, text) -> WrittenValue.of(text));
        return values;
    }

    private static List<String> hashes(List<InputStamp> stamps) {
        return stamps.stream().map(s -> s.role() + " " + s.sha256()).toList();
    }

    private void log(Sweep.Member member, RunRecord record, boolean earlier) {
        String name = name(sweep, member);
        switch (record.state()) {
            case DONE -> run.runLog().add(
                    false, name + ": " + (earlier ? "was done before" : Numbers.duration(record.elapsed())));
            case FAILED -> run.runLog().add(true, name + ": " + record.failure().map(RunFailure::message).orElse(""));
            default -> run.runLog().add(true, name + " was stopped");
        }
    }

    /** A member's name for the user, e.g. {@code slack 0.01, seed 3}. */
    static String name(Sweep sweep, Sweep.Member member) {
        String seed = "seed " + member.seed();
        return sweep.parameter().isEmpty() ? seed
                : sweep.parameter() + " " + member.value() + (sweep.seeds().size() > 1 ? ", " + seed : "");
    }
}

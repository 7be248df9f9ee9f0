package dev.assay.cli;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartFiles;
import dev.assay.chart.ChartTheme;
import dev.assay.run.Catalogue;
import dev.assay.run.IoReason;
import dev.assay.run.LogLine;
import dev.assay.run.Run;
import dev.assay.run.RunFailure;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.Sweep;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJson;
import dev.assay.text.Numbers;
import dev.assay.workspace.MeasuredDevices;
import dev.assay.workspace.PyTorchFolder;
import dev.assay.workspace.SettingsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run on the command line: shows progress, ends at the time limit or at Ctrl+C, writes what was found. */
final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private static final long LOOK_MILLIS = 100;

    /** A cancelled run that does not stop within this time is left behind. */
    private static final Duration STUBBORN = Duration.ofSeconds(10);

    /**
     * How the command was given.
     *
     * @param keep whether the folder is the user's
     * @param timeout null for none
     */
    record Options(boolean keep, boolean json, boolean quiet, boolean debug, Duration timeout) {}

    private final CommandLineApp.Session session;
    private final Catalogue catalogue;
    private final FolderStore store;
    private final Path folder;
    private final Options options;
    private final PrintStream err;
    private final ProgressLines progress;
    private int logLines;

    Execution(CommandLineApp.Session session, Catalogue catalogue, FolderStore store, Options options) {
        this.session = session;
        this.catalogue = catalogue;
        this.store = store;
        this.folder = store.folder();
        this.options = options;
        this.err = session.console().err();
        this.progress = new ProgressLines(session.console(), System::nanoTime);
    }

    /** Runs it; the exit code. */
    int run(RunRequest request) throws IOException {
        String problem = PyTorchFolder.apply();
        if (!problem.isEmpty()) {
            err.println("warning: " + problem);
        }
        try (SettingsFile settings = SettingsFile.load();
                RunQueue queue = new RunQueue(catalogue, store, new MeasuredDevices(settings))) {
            CountDownLatch ended = new CountDownLatch(1);
            queue.addListener(changed -> {
                if (changed.state().isFinal() && Sweep.ofMember(changed.id()).isEmpty()) {
                    ended.countDown();
                }
            });
            // A run writes from the moment it is submitted, so a signal must not end the program any more by then.
            AtomicReference<Run> submitted = new AtomicReference<>();
            AtomicBoolean stopped = new AtomicBoolean();
            Runnable stop = () -> {
                stopped.set(true);
                Optional.ofNullable(submitted.get()).ifPresent(Run::cancel);
            };
            try (StopSignals signals = session.signals() ? new StopSignals(stop) : null) {
                Run run = queue.submit(request);
                submitted.set(run);
                if (stopped.get()) {
                    run.cancel();
                }
                RunRecord record = follow(run, ended) ? run.record() : abandon(run);
                return report(record);
            }
        }
    }

    /** Waits for the end; false when a cancelled run does not come to one. */
    private boolean follow(Run run, CountDownLatch ended) {
        long deadline = options.timeout() == null
                ? Long.MAX_VALUE
                : System.nanoTime() + options.timeout().toNanos();
        long patience = Long.MAX_VALUE;
        try {
            while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                if (now >= deadline && !run.cancelRequested()) {
                    progress.clear();
                    err.println(Console.plain("The time is up after " + Numbers.duration(options.timeout()) + "."));
                    run.cancel();
                    deadline = Long.MAX_VALUE; // said once, also where the cancel came after the work
                }
                if (run.cancelRequested() && patience == Long.MAX_VALUE) {
                    patience = now + STUBBORN.toNanos();
                }
                if (now >= patience) {
                    return false;
                }
                show(run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.cancel();
            return false;
        } finally {
            progress.clear();
        }
        showLog(run);
        if (!options.quiet()) {
            progress.end(run);
        }
        return true;
    }

    private void show(Run run) {
        showLog(run);
        if (!options.quiet()) {
            progress.show(run);
        }
    }

    private void showLog(Run run) {
        List<LogLine> log = run.log();
        for (; logLines < log.size(); logLines++) {
            LogLine line = log.get(logLines);
            if (line.warning() || options.debug()) {
                progress.clear();
                err.println((line.warning() ? "Warning: " : "") + line.text());
            }
        }
    }

    private RunRecord abandon(Run run) {
        RunRecord record = run.record().in(RunState.CANCELLED);
        err.println("The analysis does not stop; it is left behind, and what it has found so far is kept.");
        try {
            store.ended(record);
        } catch (IOException e) {
            err.println("The results could not be written to " + folder + " (" + IoReason.of(e) + ").");
        }
        return record;
    }

    private int report(RunRecord record) throws IOException {
        if (options.keep() && record.state() != RunState.FAILED) {
            charts(record);
        }
        if (options.json()) {
            new ResultJson().write(record, session.console().out(), options.keep());
        } else if (!options.quiet()) {
            summary(record, session.console().out());
        }
        return switch (record.state()) {
            case DONE -> ExitCode.DONE;
            case CANCELLED -> cancelled(record);
            default -> failed(record.failure().orElseThrow());
        };
    }

    private void charts(RunRecord record) {
        try {
            ChartFiles.writeAll(record.results(), folder, ChartTheme.LIGHT);
        } catch (IOException | RuntimeException e) {
            LOG.debug("charts", e);
            err.println("Warning: the pictures of the charts could not be written (" + IoReason.of(e) + ").");
        }
    }

    private int cancelled(RunRecord record) {
        err.println(
                "Cancelled; " + (record.results().isEmpty() ? "nothing was found yet." : "what was found is kept."));
        return ExitCode.CANCELLED;
    }

    private int failed(RunFailure failure) {
        err.println(CommandLineApp.sentence(failure.message()));
        if (options.debug()) {
            err.println(failure.details());
        }
        return failure.userError() ? ExitCode.BAD_INPUT : ExitCode.INTERNAL;
    }

    private void summary(RunRecord record, PrintStream out) {
        for (Result result : record.results()) {
            if (result instanceof Scalar scalar) {
                out.println(Console.plain(scalar.title() + ": " + Numbers.value(scalar.value(), scalar.unit())
                        + (scalar.note().isEmpty() ? "" : " (" + scalar.note() + ")")));
            }
        }
        for (Result result : record.results()) {
            if (result instanceof Table table) {
                out.println(Console.plain("Table " + table.id() + ": " + table.title() + ", "
                        + Numbers.count(table.rowCount()) + " rows"));
            }
        }
        if (record.state() == RunState.DONE || !record.results().isEmpty()) {
            out.println(
                    options.keep()
                            ? "Results: " + folder.resolve(ResultFolder.RESULT)
                            : "Give --out DIR to keep tables and charts.");
        }
    }
}

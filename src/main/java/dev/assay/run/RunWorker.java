package dev.assay.run;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Fit;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.compute.CostModel;
import dev.assay.compute.CostModels;
import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.Kernels;
import dev.assay.compute.measure.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes runs: opens the inputs, hashes them beside the work, calls the analysis, settles how it ended. */
final class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    /** Inputs that a message names at most. */
    private static final int NAMED_INPUTS = 3;

    private final Catalogue catalogue;
    private final Supplier<Devices> devices;
    private final CostModels costs;
    private final Supplier<Environment> environment;
    private final Clock clock;
    private final BooleanSupplier closing;
    private final SweepRun.Members members;

    RunWorker(
            Catalogue catalogue,
            Supplier<Devices> devices,
            CostModels costs,
            Supplier<Environment> environment,
            Clock clock,
            BooleanSupplier closing,
            SweepRun.Members members) {
        this.members = members;
        this.catalogue = catalogue;
        this.devices = devices;
        this.costs = costs;
        this.environment = environment;
        this.clock = clock;
        this.closing = closing;
    }

    /** How a run ended, before it is kept. */
    record Ending(RunState state, RunFailure failure, Provenance provenance) {}

    /**
     * Does the work on the calling thread.
     *
     * @param run begun
     * @param handedOver inputs that the caller opened and closes; null to open those of the request
     * @param prepare what must have been done before the analysis starts, e.g. making the run's folder
     */
    Ending work(Run run, Inputs handedOver, Callable<Void> prepare) {
        RunState state = RunState.DONE;
        RunFailure failure = null;
        Throwable problem = null;
        Attempt attempt = new Attempt(run, handedOver);
        try {
            prepare(run, prepare);
            attempt.go();
        } catch (Throwable e) { // the border between the program and an analysis, which may throw anything
            problem = e;
            failure = failure(run, e);
            state = RunState.FAILED;
        }
        boolean cancelled = run.workEnded();
        if (cancelled) {
            // Whatever came of it, the user had stopped it, and a stop makes itself felt in many ways.
            state = RunState.CANCELLED;
            failure = null;
        } else if (failure != null && !failure.userError()) {
            LOG.error("run {} failed", run.id(), problem);
        }
        attempt.close();
        run.meter().finish();
        return new Ending(state, failure, attempt.provenance(cancelled));
    }

    private static void prepare(Run run, Callable<Void> prepare) throws Exception {
        try {
            prepare.call();
        } catch (IOException e) {
            throw new AnalysisException(
                    "the run's folder cannot be made (" + IoReason.of(e) + ")",
                    run.folder().toString(),
                    "choose another folder or free some space",
                    e);
        }
    }

    private static RunFailure failure(Run run, Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return switch (e) {
            case AnalysisException problem -> new RunFailure(problem.getMessage(), true, trace.toString());
            case OutOfMemoryError memory -> new RunFailure(
                    "The memory did not suffice (the heap may take "
                            + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MB); give fewer or smaller inputs, a smaller batch size, or start Assay with a larger"
                            + " -Xmx.",
                    true,
                    trace.toString());
            default -> new RunFailure(
                    "Internal error in " + run.request().analysis() + ": " + describe(e)
                            + ". This is a fault of Assay, not of your files.",
                    false,
                    trace.toString());
        };
    }

    private static String describe(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** One execution with what it holds open. */
    private final class Attempt {

        private final Run run;
        private final Inputs handedOver;
        private final List<Input> opened = new ArrayList<>();
        private final List<FutureTask<InputStamp>> stamps = new ArrayList<>();
        private volatile boolean stopHashing;
        private Kernels kernels;
        private String deviceId = "";

        Attempt(Run run, Inputs handedOver) {
            this.run = run;
            this.handedOver = handedOver;
        }

        /** What a reason that names no input itself is about. */
        private static String where(Inputs inputs, String reason) {
            List<String> names = inputs.roles().stream()
                    .flatMap(role -> inputs.all(role, Input.class).stream())
                    .map(Input::name)
                    .distinct()
                    .toList();
            return names.stream().anyMatch(reason::contains)
                    ? ""
                    : names.stream().limit(NAMED_INPUTS).collect(Collectors.joining(", "));
        }

        void go() throws AnalysisException {
            Analysis<?> analysis = catalogue.analysis(Sweep.analysisOf(run.request()));
            Optional<Sweep> sweep = Sweep.is(run.request()) ? Optional.of(Sweep.of(run.request())) : Optional.empty();
            if (sweep.isPresent()) {
                sweep.get().check(analysis);
            } else {
                RequestCheck.check(analysis, run.request());
                openKernels();
            }
            Inputs inputs = inputs(analysis);
            hashBeside(inputs);
            Fit fit = analysis.fits(inputs);
            if (!fit.fits()) {
                throw new AnalysisException(withoutStop(fit.reason()), where(inputs, fit.reason()), "");
            }
            run.checkCancelled();
            if (sweep.isPresent()) {
                new SweepRun(run, sweep.get(), members).execute(
                        analysis, inputs, id -> deviceId = id, this::stamped);
            } else {
                call(analysis, inputs);
            }
        }

        private <P extends Record> void call(Analysis<P> analysis, Inputs inputs) throws AnalysisException {
            P parameters = ParameterSet.of(analysis.parameters()).parse(run.request().parameters());
            analysis.run(inputs, parameters, new RunSession(run, kernels));
        }

        private void openKernels() {
            Devices.Choice choice = devices.get().choose(run.request().device());
            if (!choice.notice().isEmpty()) {
                run.runLog().add(true, choice.notice());
            }
            int threads = run.request().threads();
            Device device = choice.device();
            try {
                CostModel model = run.request().device().equals("auto") ? costs(device) : null;
                kernels = devices.get().open(device, threads, model, this::deviceFailed);
            } catch (RuntimeException | LinkageError e) {
                if (device.kind() == Device.Kind.CPU) {
                    throw e;
                }
                run.checkCancelled();
                LOG.warn("{} cannot be opened", device.name(), e);
                device = devices.get().cpu();
                kernels = devices.get().open(device, threads);
                run.runLog()
                        .add(true, choice.device().name() + " could not be used (" + describe(e)
                                + "); this run uses the processor instead");
            }
            deviceId = device.id();
            run.device(name(device));
        }

        /** What was measured of a device that is taken automatically; measured now if it never was. */
        private CostModel costs(Device device) {
            if (device.kind() == Device.Kind.CPU) {
                return null;
            }
            return costs.find(device).orElseGet(() -> {
                run.meter().start("Measuring " + device.name() + ", once", -1, "kernels");
                CostModel measured = Measurement.costs(
                        devices.get(), device, Runtime.getRuntime().availableProcessors(), run::checkCancelled);
                costs.keep(device, measured);
                return measured;
            });
        }

        private void deviceFailed(String sentence) {
            run.runLog().add(true, sentence);
        }

        private String name(Device device) {
            int threads = run.request().threads();
            return device.kind() == Device.Kind.CPU
                    ? "CPU, " + threads + (threads == 1 ? " thread" : " threads")
                    : device.name();
        }

        /** Tells what has really been used, which is known at the end only: calls may have stayed on the processor. */
        private void settleDevice() {
            if (kernels != null) {
                Set<Device> used = kernels.used();
                deviceId = used.stream().map(Device::id).collect(Collectors.joining("+"));
                run.device(used.stream().map(this::name).collect(Collectors.joining(" and ")));
            }
        }

        private Inputs inputs(Analysis<?> analysis) throws AnalysisException {
            if (handedOver != null) {
                return handedOver;
            }
            Inputs inputs = Inputs.none();
            run.meter().start("Opening inputs", -1, "files");
            for (Map.Entry<String, List<Location>> entry : run.request().inputs().entrySet()) {
                InputRole role = analysis.inputs().role(entry.getKey()).orElseThrow();
                for (Location location : entry.getValue()) {
                    run.checkCancelled();
                    Input input = catalogue.open(location, role);
                    opened.add(input);
                    inputs = inputs.with(role.name(), input);
                }
            }
            return inputs;
        }

        private void hashBeside(Inputs inputs) {
            List<FutureTask<InputStamp>> tasks = new ArrayList<>();
            for (String role : inputs.roles()) {
                for (Input input : inputs.all(role, Input.class)) {
                    tasks.add(new FutureTask<>(
                            () -> InputHashing.stamp(
                                    role, input, () -> stopHashing || run.hurried() || closing.getAsBoolean())));
                }
            }
            stamps.addAll(tasks);
            Thread.ofPlatform().name("assay-hash-" + run.id()).daemon().start(() -> {
                tasks.forEach(FutureTask::run);
                run.provenance(assemble(Optional.empty()));
            });
        }

        void close() {
            for (Input input : opened.reversed()) {
                closeQuietly(input);
            }
            if (kernels != null) {
                settleDevice();
                closeQuietly(kernels);
            }
        }

        private void closeQuietly(AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.warn("run {}: closing {} failed", run.id(), closeable, e);
            }
        }

        Provenance provenance(boolean cancelled) {
            stopHashing = cancelled;
            Provenance whole = assemble(Optional.of(clock.instant()));
            if (run.hurried() && whole.inputs().stream().anyMatch(i -> i.sha256().isEmpty())) {
                run.runLog()
                        .add(true,
                                "Hashing the inputs was stopped by the user; one that is moved cannot be found again");
            }
            return whole;
        }

        /** The inputs as they are, once they are hashed. */
        private List<InputStamp> stamped() {
            List<InputStamp> inputs = new ArrayList<>();
            for (FutureTask<InputStamp> stamp : stamps) {
                await(stamp).ifPresent(inputs::add);
            }
            return inputs;
        }

        private Provenance assemble(Optional<Instant> ended) {
            List<InputStamp> inputs = stamped();
            Map<String, Double> seconds = new LinkedHashMap<>();
            seconds.put("total", seconds(run.elapsed()));
            run.meter().seconds().forEach(seconds::putIfAbsent);
            Environment here = environment.get();
            return new Provenance(
                    here.assay(), here.java(), here.os(), here.cpu(), here.libraries(), inputs, deviceId,
                    run.started().orElseThrow(), ended, seconds);
        }

        private Optional<InputStamp> await(FutureTask<InputStamp> stamp) {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return Optional.of(stamp.get());
                    } catch (InterruptedException e) {
                        interrupted = true;
                        stopHashing = true;
                    } catch (ExecutionException e) {
                        LOG.warn("run {}: an input could not be hashed", run.id(), e.getCause());
                        return Optional.empty();
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}

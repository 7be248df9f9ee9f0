package dev.assay.ui.tabs;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Result;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.Provenance;
import dev.assay.run.RunControl;
import dev.assay.run.RunFailure;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run whose state and results a test sets. */
final class FakeRun implements RunView, RunControl {

    private final Map<ResultKey, Result> results = new LinkedHashMap<>();
    private final List<LogLine> log = new ArrayList<>();
    private RunState state = RunState.RUNNING;
    private RunProgress progress = RunProgress.NONE;
    private RunFailure failure;
    private long version;
    final List<String> asked = new ArrayList<>();
    Map<String, List<Location>> inputs = new LinkedHashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>(Map.of("slack", "0.01", "slacks", "0,0.005,0.01,0.05"));

    {
        inputs.put("model", List.of(Location.of(Path.of("/data/mnist-net_256x4.onnx"))));
        inputs.put("train", List.of(Location.of(Path.of("/data/train-images-idx3-ubyte.gz"))));
        inputs.put("test", List.of(Location.of(Path.of("/data/t10k-images-idx3-ubyte.gz"))));
    }

    synchronized void emit(Result result) {
        results.put(ResultKey.of(result), result);
        version++;
    }

    synchronized void state(RunState next) {
        state = next;
    }

    synchronized void progress(RunProgress next) {
        progress = next;
    }

    synchronized void fail(RunFailure why) {
        failure = why;
        state = RunState.FAILED;
    }

    synchronized void log(boolean warning, String text) {
        log.add(new LogLine(Instant.parse("2026-01-02T03:04:05Z"), warning, text));
    }

    @Override
    public String id() {
        return "r1";
    }

    @Override
    public RunRequest request() {
        return new RunRequest("fake-mining", inputs, parameters, 0, "cpu", 2);
    }

    @Override
    public synchronized RunState state() {
        return state;
    }

    @Override
    public synchronized RunProgress progress() {
        return progress;
    }

    @Override
    public synchronized long resultsVersion() {
        return version;
    }

    @Override
    public synchronized List<Result> results() {
        return List.copyOf(results.values());
    }

    @Override
    public synchronized List<LogLine> log() {
        return List.copyOf(log);
    }

    @Override
    public synchronized Optional<RunFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String device() {
        return "CPU, 2 threads";
    }

    @Override
    public Instant created() {
        return Instant.parse("2026-01-02T03:04:00Z");
    }

    @Override
    public Optional<Instant> started() {
        return Optional.of(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Override
    public Duration elapsed() {
        return Duration.ofMillis(3120);
    }

    @Override
    public Optional<Provenance> provenance() {
        List<InputStamp> stamps = new ArrayList<>();
        inputs.forEach((role, list) -> list.forEach(
                location -> stamps.add(new InputStamp(role, location, 9_912_422, "ab12".repeat(16), List.of()))));
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("total", 3.12);
        seconds.put("Mining", 2.9);
        return Optional.of(new Provenance(
                "0.1.0",
                "25.0.1 (Eclipse Adoptium)",
                "Linux 6.1 amd64",
                "AMD EPYC",
                Map.of("onnxruntime", "1.22.0"),
                stamps,
                "cpu",
                started().get(),
                Optional.empty(),
                seconds));
    }

    @Override
    public Path folder() {
        return Path.of("/workspace/runs/r1");
    }

    @Override
    public void pause() {
        asked.add("pause");
        state(RunState.PAUSED);
    }

    @Override
    public void resume() {
        asked.add("resume");
        state(RunState.RUNNING);
    }

    @Override
    public void cancel() {
        asked.add("cancel");
        state(RunState.CANCELLED);
    }
}

package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Fit;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.fake.Await;
import dev.assay.run.fake.FakeParameters;
import dev.assay.run.fake.MemoryStore;
import dev.assay.run.fake.Requests;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {

    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private final TextKind kind = new TextKind();
    private MemoryStore store;
    private RunQueue queue;

    @BeforeEach
    void openStore() {
        store = new MemoryStore(folder);
    }

    @AfterEach
    void closeQueue() {
        if (queue != null) {
            queue.close();
        }
    }

    private RunQueue queue(Analysis<?>... analyses) {
        queue = new RunQueue(new Catalogue(List.of(analyses), List.of(kind)), store);
        return queue;
    }

    private Run run(ScriptedAnalysis.Script script) {
        return run(ScriptedAnalysis.of("fake", script), Requests.of("fake"));
    }

    private Run run(Analysis<?> analysis, RunRequest request) {
        Run run = queue(analysis).submit(request);
        Await.end(queue, run);
        return run;
    }

    private static Scalar found() {
        return new Scalar("found", "Found", 1, "", "");
    }

    /** Works until it is cancelled. */
    private static ScriptedAnalysis endless(CountDownLatch started) {
        return ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            context.emit(found());
            started.countDown();
            while (true) {
                context.checkCancelled();
            }
        });
    }

    private Path hello() throws Exception {
        return Files.writeString(folder.resolve("hello.txt"), "hello");
    }

    @Test
    void aRunThatReturnsIsDoneWithItsResults() {
        Run run = run((inputs, p, context) -> context.emit(found()));
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.results()).containsExactly(found());
        assertThat(run.failure()).isEmpty();
        assertThat(run.started()).isPresent();
        assertThat(run.device()).isEqualTo("CPU, 1 thread");
    }

    @Test
    void aCancelWhileInputsAreStillHashedEndsThatAndKeepsTheResults() {
        Path zeroes = Path.of("/dev/zero");
        assumeThat(zeroes).as("a file without an end").exists();
        Input endless = new Input() {
            @Override
            public Location location() {
                return Location.of(zeroes);
            }

            @Override
            public String summary() {
                return "";
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Run run = queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> context.emit(found())))
                .submit(Requests.of("fake"), Inputs.of("text", endless));
        while (!run.isFinishing()) {
            Thread.onSpinWait();
        }
        run.cancel();
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.results()).containsExactly(found());
        assertThat(run.provenance().orElseThrow().inputs()).extracting(InputStamp::sha256).containsExactly("");
        assertThat(run.log()).extracting(LogLine::text).anyMatch(line -> line.contains("was stopped by the user"));
    }

    @Test
    void theStoreGetsTheFinalStateAndResults() {
        Run run = run((inputs, p, context) -> context.emit(found()));
        RunRecord kept = store.ended().getFirst();
        assertThat(kept.state()).isEqualTo(RunState.DONE);
        assertThat(kept.results()).containsExactly(found());
        assertThat(kept.provenance()).isEqualTo(run.provenance());
    }

    @Test
    void submittingReturnsBeforeTheWorkIsDone() {
        Semaphore gate = new Semaphore(0);
        Run run = queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> gate.acquire()))
                .submit(Requests.of("fake"));
        assertThat(run.state().isFinal()).isFalse();
        gate.release();
        Await.end(queue, run);
    }

    @Test
    void theAnalysisGetsSeedThreadsParametersAndItsFolder() {
        AtomicReference<List<Object>> seen = new AtomicReference<>();
        RunRequest request = new RunRequest(
                "fake", Map.of(), Map.of("steps", "3", "slack", "1/6", "way", "round-about"), 42, "cpu", 2);
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> seen.set(List.of(
                        context.seed(),
                        context.threads(),
                        p.steps(),
                        p.slack().text(),
                        p.way(),
                        context.artifacts(),
                        Files.isDirectory(context.artifacts())))),
                request);
        assertThat(seen.get())
                .containsExactly(42L, 2, 3, "1/6", FakeParameters.Way.ROUND_ABOUT, run.folder(), true);
    }

    @Test
    void aProblemOfTheUserEndsTheRunAndKeepsWhatItFound() {
        Run run = run((inputs, p, context) -> {
            context.emit(found());
            throw new AnalysisException("there are no labels", "data.csv", "name the column");
        });
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.failure()).hasValueSatisfying(f -> {
            assertThat(f.message()).isEqualTo("data.csv: there are no labels; name the column.");
            assertThat(f.userError()).isTrue();
        });
        assertThat(run.results()).containsExactly(found());
        assertThat(store.ended().getFirst().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void aFaultOfTheProgramEndsTheRunWithoutBlamingTheUser() {
        Run run = run((inputs, p, context) -> {
            throw new ArrayIndexOutOfBoundsException("Index 3 out of bounds for length 3");
        });
        assertThat(run.failure()).hasValueSatisfying(f -> {
            assertThat(f.userError()).isFalse();
            assertThat(f.message()).contains("Internal error in fake").contains("Index 3 out of bounds");
            assertThat(f.details()).contains("at dev.assay");
        });
    }

    @Test
    void runningOutOfMemoryIsToldAsSuch() {
        Run run = run((inputs, p, context) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.failure().orElseThrow().message()).contains("memory did not suffice").contains("-Xmx");
    }

    @Test
    void anErrorOfTheVirtualMachineEndsTheRunAndNotTheQueue() {
        queue(
                ScriptedAnalysis.of("bad", (inputs, p, context) -> {
                    throw new UnsatisfiedLinkError("no such library");
                }),
                ScriptedAnalysis.of("good", (inputs, p, context) -> context.emit(found())));
        Run bad = queue.submit(Requests.of("bad"));
        Run good = queue.submit(Requests.of("good"));
        Await.end(queue, good);
        assertThat(bad.state()).isEqualTo(RunState.FAILED);
        assertThat(good.state()).isEqualTo(RunState.DONE);
    }

    @Test
    void aCancelledRunStopsAndKeepsWhatItFound() {
        CountDownLatch started = new CountDownLatch(1);
        Run run = queue(endless(started)).submit(Requests.of("fake"));
        Await.latch(started);
        run.cancel();
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(run.results()).containsExactly(found());
        assertThat(run.failure()).isEmpty();
        assertThat(store.ended().getFirst().state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aRunThatSleepsInsteadOfLookingIsInterrupted() {
        CountDownLatch started = new CountDownLatch(1);
        Run run = queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            started.countDown();
            new Semaphore(0).acquire();
        }))
                .submit(Requests.of("fake"));
        Await.latch(started);
        run.cancel();
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void theInterruptOfOneRunDoesNotReachTheNext() {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        queue(
                ScriptedAnalysis.of("deaf", (inputs, p, context) -> {
                    started.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                }),
                ScriptedAnalysis.of(
                        "next", (inputs, p, context) -> interrupted.set(Thread.currentThread().isInterrupted())));
        Run deaf = queue.submit(Requests.of("deaf"));
        Run next = queue.submit(Requests.of("next"));
        Await.latch(started);
        deaf.cancel();
        Await.end(queue, next);
        assertThat(deaf.state()).isEqualTo(RunState.CANCELLED);
        assertThat(interrupted).isFalse();
    }

    @Test
    void aQueuedRunIsCancelledAtOnceAndNeverStarts() {
        CountDownLatch started = new CountDownLatch(1);
        queue(endless(started));
        Run first = queue.submit(Requests.of("fake"));
        Run second = queue.submit(Requests.of("fake"));
        Await.latch(started);
        second.cancel();
        assertThat(second.state()).isEqualTo(RunState.CANCELLED);
        first.cancel();
        Await.end(queue, first);
        assertThat(second.started()).isEmpty();
        assertThat(second.results()).isEmpty();
    }

    @Test
    void aPausedRunHoldsUntilItIsResumed() throws Exception {
        Semaphore steps = new Semaphore(0);
        Semaphore passed = new Semaphore(0);
        Run run = queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            for (int i = 0; i < 3; i++) {
                steps.acquire();
                context.checkCancelled();
                passed.release();
            }
        }))
                .submit(Requests.of("fake"));
        steps.release();
        passed.acquire();
        run.pause();
        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        steps.release(2);
        while (steps.availablePermits() == 2) {
            Thread.onSpinWait();
        }
        // The second step has begun and cannot be past its check while the run is paused.
        assertThat(passed.tryAcquire()).isFalse();
        run.resume();
        Await.end(queue, run);
        assertThat(passed.availablePermits()).isEqualTo(2);
        assertThat(run.state()).isEqualTo(RunState.DONE);
    }

    @Test
    void timeStandsStillWhilePaused() {
        CountDownLatch started = new CountDownLatch(1);
        Run run = queue(endless(started)).submit(Requests.of("fake"));
        Await.latch(started);
        run.pause();
        var before = run.elapsed();
        for (int i = 0; i < 1000; i++) {
            Thread.onSpinWait();
        }
        assertThat(run.elapsed()).isEqualTo(before);
        run.cancel();
        Await.end(queue, run);
    }

    @Test
    void aPausedRunCanBeCancelled() {
        CountDownLatch started = new CountDownLatch(1);
        Run run = queue(endless(started)).submit(Requests.of("fake"));
        Await.latch(started);
        run.pause();
        run.cancel();
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aFinalStateNeverChanges() {
        Run run = run((inputs, p, context) -> {});
        run.cancel();
        run.pause();
        run.resume();
        assertThat(run.end(RunState.FAILED, null, null)).isFalse();
        assertThat(run.begin()).isFalse();
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.log()).isEmpty();
    }

    @Test
    void aStrayThreadIsStoppedAtItsNextCheckAfterTheEnd() {
        AtomicReference<dev.assay.analysis.RunContext> kept = new AtomicReference<>();
        run((inputs, p, context) -> kept.set(context));
        assertThatThrownBy(() -> kept.get().checkCancelled()).isInstanceOf(CancellationException.class);
    }

    @Test
    void aCancellationThatNobodyAskedForIsAFault() {
        Run run = run((inputs, p, context) -> {
            throw new CancellationException("a future of its own");
        });
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void theRunOpensAndClosesItsInputs() throws Exception {
        AtomicReference<String> name = new AtomicReference<>();
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> name.set(
                        inputs.get("text", TextKind.Text.class).name()))
                        .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read")),
                Requests.of("fake", "text", hello()));
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(name).hasValue("hello.txt");
        assertThat(kind.opened().getFirst().closed()).isEqualTo(1);
    }

    @Test
    void inputsAreClosedAfterAFailureToo() throws Exception {
        run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> {
                    throw new IllegalStateException();
                })
                        .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read")),
                Requests.of("fake", "text", hello()));
        assertThat(kind.opened().getFirst().closed()).isEqualTo(1);
    }

    @Test
    void inputsHandedOverStayOpen() throws Exception {
        Path file = hello();
        TextKind.Text text = (TextKind.Text) kind.open(Location.of(file));
        queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
                .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read")));
        Run run = queue.submit(Requests.of("fake", "text", file), Inputs.of("text", text));
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(text.closed()).isZero();
        assertThat(kind.opened()).hasSize(1);
    }

    @Test
    void aMissingInputIsNamed() {
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
                        .taking(InputRole.required("train", "Training data", TextKind.Text.class, "what is mined")),
                Requests.of("fake"));
        assertThat(run.failure().orElseThrow().message()).contains("'train' is missing").contains("train=PATH");
    }

    @Test
    void anInputThatCannotBeReadIsNamed() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
                        .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read")),
                Requests.of("fake", "text", empty));
        assertThat(run.failure().orElseThrow().message()).contains("empty.txt").contains("empty");
        assertThat(run.failure().orElseThrow().userError()).isTrue();
    }

    @Test
    void anAnalysisThatDoesNotFitIsNotRun() {
        AtomicBoolean ran = new AtomicBoolean();
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> ran.set(true))
                        .fitting(Fit.no("The model has no ReLU layers.")),
                Requests.of("fake"));
        assertThat(ran).isFalse();
        assertThat(run.failure().orElseThrow().message()).isEqualTo("The model has no ReLU layers.");
    }

    @Test
    void anUnknownAnalysisFailsTheRunAndSuggestsTheNearest() {
        Run run = run(ScriptedAnalysis.of("nap-mining", (inputs, p, context) -> {}), Requests.of("nap-minning"));
        assertThat(run.failure().orElseThrow().message()).contains("did you mean nap-mining");
    }

    @Test
    void aParameterOutOfRangeFailsTheRunAndNamesTheRange() {
        RunRequest request = new RunRequest("fake", Map.of(), Map.of("slack", "0.5"), 0, "cpu", 1);
        Run run = run(ScriptedAnalysis.of("fake", (inputs, p, context) -> {}), request);
        assertThat(run.failure().orElseThrow().message()).contains("slack").contains("< 0.5");
    }

    @Test
    void provenanceTellsInputsVersionsDeviceAndSecondsByPhase() throws Exception {
        Run run = run(
                ScriptedAnalysis.of("fake", (inputs, p, context) -> context.phase("Mining", 5, "images")
                        .advance(5))
                        .taking(InputRole.required("text", "Text", TextKind.Text.class, "It is read")),
                Requests.of("fake", "text", hello()));
        Provenance from = run.provenance().orElseThrow();
        assertThat(from.inputs()).hasSize(1);
        assertThat(from.inputs().getFirst().sha256()).isEqualTo(HELLO_SHA256);
        assertThat(from.inputs().getFirst().size()).isEqualTo(5);
        assertThat(from.java()).startsWith(System.getProperty("java.version"));
        assertThat(from.libraries()).containsKey("onnxruntime");
        assertThat(from.device()).isEqualTo("cpu");
        assertThat(from.seconds().keySet()).containsExactly("total", "Opening inputs", "Mining");
        assertThat(from.ended()).isPresent();
    }

    @Test
    void aMissingGpuIsToldLoudlyAndTheProcessorStandsIn() {
        RunRequest request = new RunRequest("fake", Map.of(), Map.of(), 0, "gpu:77", 1);
        Run run = run(ScriptedAnalysis.of("fake", (inputs, p, context) -> {}), request);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.device()).startsWith("CPU");
        assertThat(run.provenance().orElseThrow().device()).isEqualTo("cpu");
        assertThat(run.log()).anySatisfy(line -> {
            assertThat(line.warning()).isTrue();
            assertThat(line.text()).contains("gpu:77");
        });
    }

    @Test
    void resultsThatCannotBeWrittenFailTheRunAndStayVisible() {
        store.failAtEnd("No space left on device");
        Run run = run((inputs, p, context) -> context.emit(found()));
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.failure().orElseThrow().message())
                .contains("could not be written")
                .contains("No space left on device");
        assertThat(run.failure().orElseThrow().userError()).isTrue();
        assertThat(run.results()).containsExactly(found());
        queue.close();
        assertThat(store.unkept()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeMadeFailsTheRunBeforeItWorks() {
        AtomicBoolean ran = new AtomicBoolean();
        store.failAtCreation("Read-only file system");
        Run run = run((inputs, p, context) -> ran.set(true));
        assertThat(ran).isFalse();
        assertThat(run.failure().orElseThrow().message()).contains("Read-only file system");
        assertThat(run.failure().orElseThrow().userError()).isTrue();
    }

    @Test
    void whatWasFoundIsSavedOnTheWay() {
        Semaphore gate = new Semaphore(0);
        CountDownLatch saved = new CountDownLatch(1);
        MemoryStore memory = store;
        queue = new RunQueue(
                new Catalogue(
                        List.of(ScriptedAnalysis.of("fake", (inputs, p, context) -> {
                            context.emit(found());
                            gate.acquire();
                        })),
                        List.of()),
                new RunStore() {
                    @Override
                    public Path folder(String runId) {
                        return memory.folder(runId);
                    }

                    @Override
                    public void created(RunRecord run) throws java.io.IOException {
                        memory.created(run);
                    }

                    @Override
                    public void progressed(RunRecord run) {
                        memory.progressed(run);
                        saved.countDown();
                    }

                    @Override
                    public void ended(RunRecord run) throws java.io.IOException {
                        memory.ended(run);
                    }

                    @Override
                    public void couldNotKeep(RunRecord run) {}
                });
        Run run = queue.submit(Requests.of("fake"));
        Await.latch(saved);
        gate.release();
        Await.end(queue, run);
        assertThat(memory.saved().getFirst().state()).isEqualTo(RunState.RUNNING);
        assertThat(memory.saved().getFirst().results()).containsExactly(found());
    }

    @Test
    void runsAreListedInOrderUntilTheyAreRemoved() {
        queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {}));
        Run first = queue.submit(Requests.of("fake"));
        Run second = queue.submit(Requests.of("fake"));
        Await.end(queue, second);
        assertThat(queue.runs()).containsExactly(first, second);
        queue.remove(first);
        assertThat(queue.runs()).containsExactly(second);
    }

    @Test
    void twoRunsOfOneNameHaveDifferentIds() {
        queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {}));
        Run first = queue.submit(Requests.of("fake"), null, "mine");
        Run second = queue.submit(Requests.of("fake"), null, "mine");
        Await.end(queue, second);
        assertThat(first.name()).isEqualTo(second.name());
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @Test
    void twoRunsWorkAtOnceWhenTheQueueMay() {
        CountDownLatch both = new CountDownLatch(2);
        queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            both.countDown();
            both.await();
        }));
        queue.setConcurrency(2);
        Run first = queue.submit(Requests.of("fake"));
        Run second = queue.submit(Requests.of("fake"));
        Await.end(queue, first);
        Await.end(queue, second);
        assertThat(List.of(first.state(), second.state())).containsOnly(RunState.DONE);
    }

    @Test
    void closingCancelsWhatWorksAndWhatWaits() {
        CountDownLatch started = new CountDownLatch(1);
        queue(endless(started));
        Run works = queue.submit(Requests.of("fake"));
        Run waits = queue.submit(Requests.of("fake"));
        Await.latch(started);
        queue.close();
        assertThat(works.state()).isEqualTo(RunState.CANCELLED);
        assertThat(waits.state()).isEqualTo(RunState.CANCELLED);
        assertThat(store.ended()).hasSize(2);
        assertThatThrownBy(() -> queue.submit(Requests.of("fake"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listenersHearEveryState() {
        List<RunState> heard = new CopyOnWriteArrayList<>();
        queue(ScriptedAnalysis.of("fake", (inputs, p, context) -> {}));
        queue.addListener(run -> heard.add(run.state()));
        Run run = queue.submit(Requests.of("fake"));
        Await.end(queue, run);
        queue.close();
        assertThat(heard).endsWith(RunState.DONE).contains(RunState.RUNNING);
    }

    @Test
    void runsWorkOnNamedThreads() {
        AtomicReference<String> thread = new AtomicReference<>();
        run((inputs, p, context) -> thread.set(Thread.currentThread().getName()));
        assertThat(thread.get()).startsWith("assay-run-");
    }

    @Test
    void theInlineQueueHasEndedWhenSubmitReturns() {
        queue = RunQueue.inline(
                new Catalogue(List.of(ScriptedAnalysis.of("fake", (inputs, p, context) -> context.emit(found()))),
                        List.of()),
                store);
        Run run = queue.submit(Requests.of("fake"));
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(store.ended()).hasSize(1);
    }

    @Test
    void relativePathsBecomeAbsolute() {
        RunRequest request = Requests.of("fake", "text", Path.of("somewhere", "..", "x.txt"));
        Run run = run(ScriptedAnalysis.of("fake", (inputs, p, context) -> {}), request);
        assertThat(run.request().inputs().get("text").getFirst().path())
                .isEqualTo(Path.of("x.txt").toAbsolutePath());
    }

    @Test
    void logAndWarningsAreKeptInOrder() {
        Run run = run((inputs, p, context) -> {
            context.log("one");
            context.warn("two");
        });
        assertThat(run.log()).extracting(LogLine::text).containsExactly("one", "two");
        assertThat(run.log()).extracting(LogLine::warning).containsExactly(false, true);
    }

    @Test
    void aFloodOfLogLinesIsCountedAndNotKept() {
        Run run = run((inputs, p, context) -> {
            for (int i = 0; i < 12_000; i++) {
                context.log("line " + i);
            }
        });
        assertThat(run.log()).hasSize(10_001);
        assertThat(run.log().getLast().text()).contains("2000 further");
    }
}

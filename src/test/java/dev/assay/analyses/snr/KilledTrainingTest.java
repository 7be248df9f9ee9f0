package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.result.Curve;
import dev.assay.run.fake.TestRun;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose process is killed without a word goes on from its last checkpoint, to the same end. */
class KilledTrainingTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final int EVERY = 10;

    @TempDir
    Path folder;

    /** Trains until it is killed; its steps take their time. */
    static final class Program {

        private Program() {}

        /** @param args the folder */
        public static void main(String[] args) throws Exception {
            TestRun slow = new TestRun(Path.of(args[0]), 1) {
                @Override
                public void checkCancelled() {
                    LockSupport.parkNanos(2_000_000);
                }
            };
            train(slow, 1_000_000, "");
        }
    }

    private static void train(TestRun run, int steps, String checkpoint) throws AnalysisException {
        new SnrTraining()
                .run(
                        Inputs.of("train", MemorySamples.clusters(6, 10, 12, 1)),
                        SnrMetricLearningTest.parameters(
                                TrainingParameters.class,
                                Map.of(
                                        "dimension", "8",
                                        "steps", String.valueOf(steps),
                                        "evaluateEvery", String.valueOf(EVERY),
                                        "classesPerBatch", "4",
                                        "checkpoint", checkpoint)),
                        run);
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName(),
                folder.resolve("killed").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    @Test
    void itComesToTheSameEnd() throws Exception {
        Path checkpoint = folder.resolve("killed/checkpoint/snr-seed0.checkpoint");
        Process program = start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Files.exists(checkpoint)) {
                assertThat(program.isAlive())
                        .as("the training runs; it printed " + Files.readString(folder.resolve("output.txt")))
                        .isTrue();
                assertThat(System.nanoTime()).as("kept in time").isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            program.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve("killed/encoder")).doesNotExist();
        int steps;
        Curve resumed;
        double recall;
        try (TestRun run = new TestRun(folder.resolve("resumed"))) {
            train(run, stepOf(checkpoint) + 2 * EVERY, folder.resolve("killed/checkpoint").toString());
            resumed = run.curve("loss_total");
            steps = (int) run.scalar("steps_run");
            recall = run.scalar("recall_at_1_seen");
        }
        assertThat(steps).isEqualTo(stepOf(checkpoint) + 2 * EVERY);
        try (TestRun whole = new TestRun(folder.resolve("whole"))) {
            train(whole, steps, "");
            double[] losses = whole.curve("loss_total").series().getFirst().y();
            assertThat(resumed.series().getFirst().y())
                    .hasSize(2 * EVERY)
                    .containsExactly(Arrays.copyOfRange(losses, steps - 2 * EVERY, steps), within(1e-5));
            assertThat(recall).isCloseTo(whole.scalar("recall_at_1_seen"), within(0.02));
        }
    }

    /** The step that a checkpoint was kept at, which follows its mark and setting. */
    private static int stepOf(Path checkpoint) throws Exception {
        try (var in = new DataInputStream(Files.newInputStream(checkpoint))) {
            in.readInt();
            in.readUTF();
            return (int) in.readLong();
        }
    }
}

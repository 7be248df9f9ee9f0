package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.Assay;
import dev.assay.analysis.result.Table;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.json.ResultJsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole analysis of a million samples in a heap of 512 MiB, in a Java of its own. */
class MillionSamplesTest {

    private static final int COUNT = 1_000_000;
    private static final int SIDE = 4;
    private static final int CLASSES = 10;

    @TempDir
    Path folder;

    private void writeImages() throws IOException {
        Random random = new Random(1);
        byte[] part = new byte[SIDE * SIDE * 1000];
        try (OutputStream images = Files.newOutputStream(folder.resolve("big-images-idx3-ubyte"));
                OutputStream labels = Files.newOutputStream(folder.resolve("big-labels-idx1-ubyte"))) {
            images.write(ByteBuffer.allocate(16).putInt(0x803).putInt(COUNT).putInt(SIDE).putInt(SIDE).array());
            labels.write(ByteBuffer.allocate(8).putInt(0x801).putInt(COUNT).array());
            byte[] classes = new byte[1000];
            for (int i = 0; i < COUNT / 1000; i++) {
                random.nextBytes(part);
                images.write(part);
                for (int k = 0; k < classes.length; k++) {
                    classes[k] = (byte) random.nextInt(CLASSES);
                }
                labels.write(classes);
            }
        }
    }

    private void writeNetwork() throws IOException {
        Random random = new Random(2);
        OnnxGraphBuilder graph = new OnnxGraphBuilder("small");
        int inputs = SIDE * SIDE;
        String x = graph.input("x", -1, inputs);
        for (int units : new int[] {32, 32, CLASSES}) {
            float[] weights = new float[units * inputs];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
            }
            x = graph.gemm(
                    x,
                    graph.initializer("w" + x, weights, units, inputs),
                    graph.initializer("b" + x, new float[units], units));
            inputs = units;
            if (units != CLASSES) {
                x = graph.relu(x);
            }
        }
        graph.output(x, -1, CLASSES);
        graph.write(folder.resolve("net.onnx"));
    }

    @Test
    void aMillionSamplesAreMinedIn512Megabytes() throws Exception {
        writeImages();
        writeNetwork();
        Path log = folder.resolve("log.txt");
        Process program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Dai.djl.offline=true",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Assay.class.getName(),
                "run",
                "nap-mining",
                "model=" + folder.resolve("net.onnx"),
                "train=" + folder.resolve("big-images-idx3-ubyte"),
                "--out",
                folder.resolve("out").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(program.waitFor(4, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.exitValue()).as(Files.readString(log)).isZero();
        RunRecord run = new ResultJsonReader().read(folder.resolve("out/result.json"));
        assertThat(run.state()).isEqualTo(RunState.DONE);
        Table samples = (Table) run.results().stream()
                .filter(r -> r instanceof Table && r.id().equals("samples"))
                .findFirst()
                .orElseThrow();
        assertThat(samples.rowCount()).isEqualTo(COUNT);
        try (Stream<String> lines = Files.lines(folder.resolve("out/samples.csv"))) {
            assertThat(lines.count()).isEqualTo(COUNT + 1L);
        }
    }
}

package dev.assay.samples;

import ai.djl.translate.TranslateException;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.assay.analysis.AnalysisException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes {@code sample-data/} again: paints the digits, trains both networks, writes them as ONNX and checks that ONNX
 * Runtime computes from the files what DJL computes from the trained weights; makes graphs and trains a network on them.
 */
public final class MakeSampleData {

    private static final int TRAIN = 6_000;
    private static final int TEST = 1_000;
    private static final long TRAIN_SEED = 1;
    private static final long TEST_SEED = 2;
    private static final double TOLERANCE = 1e-4;
    private static final double LEAST_ACCURACY = 0.97;

    private final Path folder;
    private final PrintStream out;

    private MakeSampleData(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** @param args the folder to write into */
    public static void main(String[] args)
            throws IOException, TranslateException, OrtException, AnalysisException {
        new MakeSampleData(Path.of(args[0]), System.out).run();
    }

    private void run() throws IOException, TranslateException, OrtException, AnalysisException {
        DigitPainter painter = new DigitPainter(
                Typefaces.load(List.of(Path.of("/usr/share/fonts"), Path.of("/usr/local/share/fonts"))));
        DigitSet train = DigitSet.paint(painter, TRAIN, TRAIN_SEED);
        DigitSet test = DigitSet.paint(painter, TEST, TEST_SEED);
        train.write(folder.resolve("digits"), "train");
        test.write(folder.resolve("digits"), "test");
        out.printf("digits: %,d training and %,d test images%n", train.count(), test.count());
        Files.createDirectories(folder.resolve("models"));
        makeModel(Networks.FULLY_CONNECTED, 20, train, test);
        makeModel(Networks.CONVOLUTIONAL, 20, train, test);
        GraphSamples.make(folder, out);
    }

    private void makeModel(Networks network, int epochs, DigitSet train, DigitSet test)
            throws IOException, TranslateException, OrtException {
        Path file = folder.resolve("models").resolve(network.fileName());
        try (Training training = new Training(network, epochs * train.count())) {
            training.fit(train, epochs);
            network.write(training.block(), file);
            float[] expected = training.scores(test);
            float[] found = onnxScores(network, file, test);
            double difference = 0;
            for (int i = 0; i < expected.length; i++) {
                difference = Math.max(difference, Math.abs(expected[i] - found[i]));
            }
            double accuracy = accuracy(found, test.labels());
            out.printf(
                    "%s: accuracy %.4f on the training and %.4f on the test images; largest difference between DJL and"
                            + " ONNX Runtime %.1e%n",
                    network.fileName(), accuracy(onnxScores(network, file, train), train.labels()), accuracy,
                    difference);
            if (!(difference <= TOLERANCE)) {
                throw new IllegalStateException(file + " does not compute what was trained");
            }
            if (accuracy < LEAST_ACCURACY) {
                throw new IllegalStateException(file + " is less accurate than " + LEAST_ACCURACY);
            }
        }
    }

    private static float[] onnxScores(Networks network, Path file, DigitSet set) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor images = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(set.pixels()), network.inputShape(set.count()));
                OrtSession.Result result = session.run(Map.of(Networks.INPUT, images))) {
            FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[scores.remaining()];
            scores.get(values);
            return values;
        }
    }

    private static double accuracy(float[] scores, int[] labels) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(scores, i * Networks.CLASSES, (i + 1) * Networks.CLASSES);
            int best = 0;
            for (int c = 1; c < row.length; c++) {
                if (row[c] > row[best]) {
                    best = c;
                }
            }
            if (best == labels[i]) {
                right++;
            }
        }
        return right / (double) labels.length;
    }
}

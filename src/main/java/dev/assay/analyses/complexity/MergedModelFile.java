package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import onnx.Onnx;

/** Writes the merged network as a file that is known to load and to compute what was predicted. */
final class MergedModelFile {

    static final String NAME = "merged.onnx";

    private static final int PROBES = 8;
    private static final double TOLERANCE = 1e-4;

    private MergedModelFile() {}

    /**
     * Writes it into a folder.
     *
     * @throws AnalysisException when it cannot be written, loaded, or computes something else; no file is left then
     */
    static void write(Onnx.ModelProto merged, OnnxModel original, Path folder) throws AnalysisException {
        write(merged, original, folder, NAME);
    }

    /** The same under another name. */
    static void write(Onnx.ModelProto merged, OnnxModel original, Path folder, String name) throws AnalysisException {
        Path part = folder.resolve(name + ".part.onnx");
        try {
            Files.write(part, merged.toByteArray());
            try (Model reloaded = new OnnxKind().open(reread(part, original));
                    OnnxModel predicted = new GraphInMemory(merged, original).open()) {
                check(predicted, reloaded, name);
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AnalysisException(
                    "the merged model cannot be written: " + e.getMessage(), name, "check the space on the disk", e);
        } finally {
            delete(part);
        }
    }

    /**
     * Holds what a file computes against the prediction.
     *
     * @throws AnalysisException when their scores differ
     */
    static void check(Model predicted, Model reloaded, String name) throws AnalysisException {
        double difference = difference(predicted, reloaded);
        if (!(difference <= TOLERANCE)) {
            throw new AnalysisException(
                    "the exported model's scores differ from the prediction by " + difference, name, "");
        }
    }

    /** The written file with what the original was read with, where an ONNX file takes it. */
    private static Location reread(Path part, OnnxModel original) {
        Map<String, String> options = new HashMap<>(original.location().options());
        options.keySet()
                .retainAll(new OnnxKind().options().stream().map(InputOption::name).toList());
        return new Location(part, options);
    }

    private static void delete(Path part) throws AnalysisException {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new AnalysisException("a partly written file is left: " + e.getMessage(), part.toString(), "", e);
        }
    }

    private static double difference(Model a, Model b) throws AnalysisException {
        int size = Math.toIntExact(a.input().size());
        FloatBuffer samples = ByteBuffer.allocateDirect(PROBES * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        SplittableRandom random = new SplittableRandom(1);
        boolean real = a.input().type().contains("float");
        for (int i = 0; i < PROBES * size; i++) {
            samples.put(i, real ? (float) random.nextDouble() : random.nextInt(2));
        }
        InferenceOptions options = new InferenceOptions(PROBES, 1, List.of());
        double difference = 0;
        try (Inference first = a.open(options);
                Inference second = b.open(options);
                Inference.Activations x = first.run(samples, PROBES);
                Inference.Activations y = second.run(samples, PROBES)) {
            FloatBuffer p = x.scores();
            FloatBuffer q = y.scores();
            if (p.remaining() != q.remaining()) {
                return Double.POSITIVE_INFINITY;
            }
            for (int i = 0; i < p.remaining(); i++) {
                double scale = Math.max(1, Math.abs(p.get(i)));
                difference = Math.max(difference, Math.abs(p.get(i) - q.get(i)) / scale);
            }
        }
        return difference;
    }
}

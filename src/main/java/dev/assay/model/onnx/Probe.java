package dev.assay.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.assay.analysis.InputException;
import dev.assay.model.onnx.RunnableGraph.Batching;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx;

/**
 * What a trial run tells of a graph: the shape of every tensor, and how several samples get through it at once. A way
 * of batching is taken only when a batch of random samples gives the same values as the samples one by one.
 *
 * @param batching how samples are batched; {@link Batching#AS_IS} with {@link #oneByOne()} when nothing else gave the
 *     same values
 * @param oneByOne whether the samples have to be run in portions of {@code fixedBatch}
 * @param sampleShape shape of a sample
 * @param fixedBatch samples per call that the file fixes, 1 when it fixes none
 * @param shapes shapes seen in a run of the file's graph with {@code fixedBatch} samples
 * @param rows how each tensor that depends on the input holds its samples
 */
record Probe(
        Batching batching,
        boolean oneByOne,
        int[] sampleShape,
        int fixedBatch,
        Map<String, long[]> shapes,
        Map<String, Rows> rows) {

    /** Rounding differs with the batch size; a sample that leaks into its neighbour differs by far more. */
    private static final double TOLERANCE = 1e-3;

    /** A buffer of the engine's ends at 2 GiB. */
    private static final long MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

    /** Where the number of samples stands in a tensor's dimensions. */
    enum Count {
        /** In front of a sample's shape. */
        IN_FRONT,
        /** Multiplied with the first dimension of a sample's shape. */
        TIMES_FIRST,
        /** Nowhere: the tensor belongs to a single sample. */
        NOWHERE
    }

    /**
     * How a tensor holds its samples.
     *
     * @param shape shape of a sample's part
     * @param count where the number of samples stands, after the permutation
     * @param permutation order of dimensions that brings the samples to the front; empty when they are there
     * @param real whether its elements are real numbers
     * @param float32 whether they are float32
     */
    record Rows(int[] shape, Count count, List<Long> permutation, boolean real, boolean float32) {

        /** The dimensions for a number of samples. */
        long[] dimensions(int samples) {
            LongStream own = Arrays.stream(shape).asLongStream();
            return switch (count) {
                case IN_FRONT -> LongStream.concat(LongStream.of(samples), own).toArray();
                case TIMES_FIRST -> {
                    long[] dimensions = own.toArray();
                    dimensions[0] *= samples;
                    yield dimensions;
                }
                case NOWHERE -> own.toArray();
            };
        }
    }

    /** A tensor of a trial run; values are null for those that are not real numbers. */
    private record Seen(long[] shape, float[] values, boolean float32) {}

    /**
     * Runs the graph a few times.
     *
     * @param required tensors that have to survive batching: the scores and the pre-activations
     * @throws InputException when the engine cannot run the graph
     */
    static Probe of(Onnx.ModelProto model, Graph graph, InputShape input, Set<String> required) throws InputException {
        int base = input.fixedBatch();
        int rows = base == 1 ? 3 : base + 1;
        if ((base + 1L) * size(input.sample()) > MOST_VALUES) {
            throw new InputException(
                    "the file is for batches of " + base + " samples of " + size(input.sample())
                            + " values, more than can be run at once",
                    graph.source().where(),
                    "export it with a free batch dimension, or a smaller one");
        }
        float[] samples = samples(graph, rows * size(input.sample()));
        Map<String, Seen> first;
        Map<String, Seen> last;
        Map<String, long[]> shapes = new HashMap<>();
        RunnableGraph asIs = new RunnableGraph(model, graph, Batching.AS_IS, input.sample(), base, Map.of());
        try (OrtSessions.Session session = open(asIs, graph)) {
            first = run(session, graph, input, base, samples, 0);
            last = run(session, graph, input, base, samples, rows - base);
            shapes.put(graph.input().getName(), input.dimensions(base));
            first.forEach((name, seen) -> shapes.put(name, seen.shape()));
            if (input.free()) {
                try {
                    Map<String, Rows> layout =
                            compare(first, last, run(session, graph, input, rows, samples, 0), base, rows);
                    if (layout.keySet().containsAll(required)) {
                        return new Probe(Batching.AS_IS, false, input.sample(), base, shapes, layout);
                    }
                } catch (InputException e) {
                    // The declared batch dimension does not hold inside the graph: go on as if it were fixed.
                }
            }
        }
        Batching batching = input.single() ? Batching.ADDED : Batching.FREED;
        RunnableGraph edited = new RunnableGraph(model, graph, batching, input.sample(), base, shapes);
        try (OrtSessions.Session session = open(edited, graph)) {
            Map<String, Seen> batch = run(session, graph, input.batched(), rows, samples, 0);
            Map<String, Rows> layout = compare(first, last, batch, base, rows);
            if (layout.keySet().containsAll(required)) {
                return new Probe(batching, false, input.sample(), base, shapes, layout);
            }
        } catch (InputException e) {
            // The graph cannot be batched this way; it can still be run as it is.
        }
        return new Probe(Batching.AS_IS, true, input.sample(), base, shapes, single(first, input));
    }

    private static OrtSessions.Session open(RunnableGraph edited, Graph graph) throws InputException {
        return OrtSessions.open(edited.build(RunnableGraph.everything(graph), Set.of()), graph.source(), 1, false,
                false);
    }

    private static float[] samples(Graph graph, int count) {
        SplittableRandom random = new SplittableRandom(1);
        int type = graph.input().getType().getTensorType().getElemType();
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            // Whole-number inputs are mostly indices: stay with the smallest two.
            samples[i] = TensorValues.isReal(type) ? random.nextFloat() : random.nextInt(2);
        }
        return samples;
    }

    static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static Map<String, Seen> run(
            OrtSessions.Session session, Graph graph, InputShape input, int count, float[] samples, int from)
            throws InputException {
        int size = size(input.sample());
        FloatBuffer data = FloatBuffer.wrap(samples, from * size, count * size).slice();
        String name = RunnableGraph.inputName(graph);
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtSessions.environment(), data, input.dimensions(count));
                OrtSession.Result result = session.ort().run(Map.of(name, tensor), tensors(session.ort()))) {
            Map<String, Seen> seen = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> entry : result) {
                if (entry.getValue() instanceof OnnxTensor value) {
                    seen.put(entry.getKey(), seen(value));
                }
            }
            return seen;
        } catch (OrtException e) {
            throw OrtSessions.problem(e, graph.source().where());
        }
    }

    private static Set<String> tensors(OrtSession session) throws OrtException {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
            if (output.getValue().getInfo() instanceof TensorInfo) {
                names.add(output.getKey());
            }
        }
        return names;
    }

    private static Seen seen(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        return switch (tensor.getInfo().type) {
            case FLOAT -> new Seen(shape, array(tensor.getFloatBuffer()), true);
            case FLOAT16, BFLOAT16 -> new Seen(shape, array(tensor.getFloatBuffer()), false);
            case DOUBLE -> {
                DoubleBuffer values = tensor.getDoubleBuffer();
                float[] floats = new float[values.remaining()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) values.get(i);
                }
                yield new Seen(shape, floats, false);
            }
            default -> new Seen(shape, null, false);
        };
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /** The tensors whose rows in the batch are what the samples give one by one. */
    private static Map<String, Rows> compare(
            Map<String, Seen> first, Map<String, Seen> last, Map<String, Seen> batch, int base, int rows) {
        Map<String, Rows> layout = new HashMap<>();
        batch.forEach((name, all) -> {
            Seen one = first.get(name);
            Seen other = last.get(name);
            if (one == null || other == null) {
                return;
            }
            boolean led = all.shape().length == one.shape().length + 1;
            long[] single = led
                    ? LongStream.concat(LongStream.of(1), Arrays.stream(one.shape()))
                            .toArray()
                    : one.shape();
            int axis = axis(single, all.shape(), base, rows);
            if (axis < 0 || all.shape()[axis] % rows != 0) {
                return;
            }
            if (all.values() != null
                    && !(equal(one.values(), all.values(), all.shape(), axis, rows, base, 0)
                            && equal(other.values(), all.values(), all.shape(), axis, rows, base, rows - base))) {
                return;
            }
            layout.put(name, rows(all, axis, (int) (all.shape()[axis] / rows)));
        });
        return layout;
    }

    /** The one dimension that grows with the number of samples, -1 when it is not exactly one. */
    private static int axis(long[] one, long[] all, int base, int rows) {
        if (one.length != all.length) {
            return -1;
        }
        int axis = -1;
        for (int i = 0; i < all.length; i++) {
            if (one[i] == all[i]) {
                continue;
            }
            if (axis >= 0 || one[i] * rows != all[i] * base) {
                return -1;
            }
            axis = i;
        }
        return axis;
    }

    private static boolean equal(float[] few, float[] all, long[] shape, int axis, int rows, int base, int from) {
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        int row = inner * (int) (shape[axis] / rows);
        int outer = row == 0 ? 0 : all.length / (row * rows);
        double scale = 1;
        for (float v : few) {
            scale = Float.isFinite(v) ? Math.max(scale, Math.abs(v)) : scale;
        }
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < row * base; i++) {
                float a = few[o * row * base + i];
                float b = all[o * row * rows + row * from + i];
                if (Float.compare(a, b) != 0 && !(Math.abs(a - b) <= TOLERANCE * scale)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Rows rows(Seen all, int axis, int factor) {
        List<Integer> shape = new ArrayList<>();
        if (factor != 1) {
            shape.add(factor);
        }
        List<Long> permutation = new ArrayList<>(List.of((long) axis));
        for (int i = 0; i < all.shape().length; i++) {
            if (i != axis) {
                shape.add((int) all.shape()[i]);
                permutation.add((long) i);
            }
        }
        return new Rows(
                shape.stream().mapToInt(Integer::intValue).toArray(),
                factor == 1 ? Count.IN_FRONT : Count.TIMES_FIRST,
                axis == 0 ? List.of() : permutation,
                all.values() != null,
                all.float32());
    }

    /** How tensors hold the samples of a graph that is run as it is: along their first dimension where it fits. */
    private static Map<String, Rows> single(Map<String, Seen> seen, InputShape input) {
        Map<String, Rows> layout = new HashMap<>();
        seen.forEach((name, s) -> {
            boolean leads = s.shape().length > 0
                    && (input.single()
                            ? s.shape()[0] == 1 && s.shape().length > 1
                            : s.shape()[0] == input.fixedBatch());
            if (!leads && input.fixedBatch() > 1) {
                return;
            }
            int[] shape = IntStream.range(leads ? 1 : 0, s.shape().length)
                    .map(i -> (int) s.shape()[i])
                    .toArray();
            layout.put(
                    name,
                    new Rows(
                            shape, leads ? Count.IN_FRONT : Count.NOWHERE, List.of(), s.values() != null, s.float32()));
        });
        return layout;
    }
}

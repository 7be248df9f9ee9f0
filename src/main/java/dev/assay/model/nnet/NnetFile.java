package dev.assay.model.nnet;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.ModelFile;
import dev.assay.model.onnx.GraphSource;
import dev.assay.model.onnx.OnnxGraphBuilder;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx;

/**
 * A {@code .nnet} file: a fully connected ReLU network as text, in the format of Kyle Julian (Stanford, 2016). Lines
 * hold numbers between commas, a comma at the end is optional:
 *
 * <ol>
 *   <li>any number of lines that begin with {@code //};
 *   <li>number of layers, of inputs, of outputs, and the largest layer's size;
 *   <li>size of the input and of every layer;
 *   <li>a flag that means nothing any more;
 *   <li>smallest input values, largest input values;
 *   <li>means of the inputs and of the outputs, ranges of the inputs and of the outputs (one value for all outputs);
 *   <li>per layer the rows of its weight, then its biases, one to a line.
 * </ol>
 *
 * <p>The network itself takes inputs normalised as (x - mean) / range, and that is what it is given unless raw inputs
 * are asked for; then inputs are limited to their smallest and largest values, normalised, and scores scaled back, as
 * the format describes.
 */
final class NnetFile implements GraphSource {

    private static final int LARGEST_LAYER = 1 << 24;

    private static final String MEND = "check the file against the .nnet format, or get it again";

    private final ModelFile file;
    private final boolean raw;

    private NnetFile(ModelFile file, boolean raw) {
        this.file = file;
        this.raw = raw;
    }

    /**
     * Looks at a file without reading it.
     *
     * @param raw whether the inputs come without the normalisation that the header gives
     * @throws InputException when it is missing, empty or not a file
     */
    static NnetFile of(Location location, boolean raw) throws InputException {
        return new NnetFile(ModelFile.of(location), raw);
    }

    @Override
    public Path folder() {
        return file.path().toAbsolutePath().getParent();
    }

    @Override
    public String where() {
        return file.path().toString();
    }

    @Override
    public String sha256() throws InputException {
        return file.sha256();
    }

    @Override
    public List<Path> files(Onnx.ModelProto model) {
        return List.of(file.path());
    }

    @Override
    public Onnx.ModelProto load() throws InputException {
        byte[] bytes = file.bytes();
        try (BufferedReader text = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1))) {
            return new Reading(text).read();
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    /** One pass over the text. */
    private final class Reading {

        private final BufferedReader text;
        private int line;

        Reading(BufferedReader text) {
            this.text = text;
        }

        Onnx.ModelProto read() throws IOException, InputException {
            float[] header = numbers("the numbers of layers, inputs and outputs", -1);
            int layers = header.length < 3 ? -1 : whole(header[0], "the number of layers");
            if (layers < 1) {
                throw problem("the first line does not give the numbers of layers, inputs and outputs");
            }
            float[] sizes = numbers("the sizes of the input and of " + layers + " layers", -1);
            if (sizes.length != layers + 1) {
                throw problem("there are " + (sizes.length - 1) + " layer sizes, the header says " + layers);
            }
            int[] width = widths(sizes);
            if (width[0] != header[1] || width[layers] != header[2]) {
                throw problem("the layer sizes contradict the numbers of inputs and outputs");
            }
            numbers("a flag", -1);
            float[] smallest = numbers("the smallest input values", width[0]);
            float[] largest = numbers("the largest input values", width[0]);
            float[] mean = numbers("the means of the inputs and the outputs", width[0] + 1);
            float[] range = numbers("the ranges of the inputs and the outputs", width[0] + 1);
            OnnxGraphBuilder graph = new OnnxGraphBuilder("nnet").producer("nnet");
            String tensor = graph.input("input", -1, width[0]);
            if (raw) {
                tensor = normalised(graph, tensor, smallest, largest, mean, range);
            }
            for (int k = 1; k <= layers; k++) {
                tensor = layer(graph, tensor, k, width[k - 1], width[k]);
                if (k < layers) {
                    tensor = graph.named("relu_" + k, graph.relu(tensor));
                }
            }
            if (raw) {
                tensor = graph.add(
                        graph.mul(tensor, graph.initializer("output_range", new float[] {range[width[0]]}, 1)),
                        graph.initializer("output_mean", new float[] {mean[width[0]]}, 1));
            }
            graph.output(tensor, -1, width[layers]);
            if (next() != null) {
                throw problem("the file goes on after the last layer");
            }
            return graph.build();
        }

        private int[] widths(float[] sizes) throws InputException {
            int[] width = new int[sizes.length];
            long values = 0;
            for (int i = 0; i < width.length; i++) {
                width[i] = whole(sizes[i], "the size of layer " + i);
                values += i == 0 ? 0 : (long) width[i - 1] * width[i];
            }
            // A digit and a comma are the least that a weight takes: a claim beyond that is not worth allocating for.
            if (values > file.size() / 2 + 1) {
                throw problem("the layer sizes ask for " + values + " weights, more than a file of " + file.size()
                        + " bytes can hold");
            }
            return width;
        }

        private int whole(float number, String what) throws InputException {
            if (number < 1 || number > LARGEST_LAYER || number != Math.rint(number)) {
                throw problem(what + " is " + number + ", not a number from 1 to " + LARGEST_LAYER);
            }
            return (int) number;
        }

        private String normalised(
                OnnxGraphBuilder graph, String tensor, float[] smallest, float[] largest, float[] mean, float[] range)
                throws InputException {
            int inputs = smallest.length;
            for (float r : range) {
                if (!(r > 0)) {
                    throw problem("a range of " + r + " cannot be divided by");
                }
            }
            String low = graph.node("Max", List.of(tensor, graph.initializer("input_smallest", smallest, inputs)));
            String limited = graph.node("Min", List.of(low, graph.initializer("input_largest", largest, inputs)));
            String centred = graph.sub(limited, graph.initializer("input_mean", firsts(mean, inputs), inputs));
            return graph.div(centred, graph.initializer("input_range", firsts(range, inputs), inputs));
        }

        private float[] firsts(float[] values, int count) {
            float[] firsts = new float[count];
            System.arraycopy(values, 0, firsts, 0, count);
            return firsts;
        }

        private String layer(OnnxGraphBuilder graph, String tensor, int number, int from, int to)
                throws IOException, InputException {
            float[] weight = new float[Math.multiplyExact(from, to)];
            for (int row = 0; row < to; row++) {
                float[] values = numbers("row " + (row + 1) + " of the weight of layer " + number, from);
                System.arraycopy(values, 0, weight, row * from, from);
            }
            float[] bias = new float[to];
            for (int unit = 0; unit < to; unit++) {
                bias[unit] = numbers("bias " + (unit + 1) + " of layer " + number, 1)[0];
            }
            String made = graph.gemm(
                    tensor,
                    graph.initializer("weight_" + number, weight, to, from),
                    graph.initializer("bias_" + number, bias, to));
            return graph.named("layer_" + number, made);
        }

        private String next() throws IOException {
            String read;
            do {
                read = text.readLine();
                line++;
            } while (read != null && (read.isBlank() || read.startsWith("//")));
            return read;
        }

        /** The numbers of the next line; {@code count} of them unless it is negative. */
        private float[] numbers(String what, int count) throws IOException, InputException {
            String read = next();
            if (read == null) {
                throw new InputException("the file ends before " + what, where(), MEND);
            }
            String[] cells = read.split(",");
            int cellCount = cells.length > 0 && cells[cells.length - 1].isBlank() ? cells.length - 1 : cells.length;
            if (count >= 0 && cellCount != count) {
                throw problem("there are " + cellCount + " numbers instead of " + count + " for " + what);
            }
            float[] values = new float[cellCount];
            for (int i = 0; i < values.length; i++) {
                String cell = cells[i].strip();
                try {
                    values[i] = Float.parseFloat(cell);
                } catch (NumberFormatException e) {
                    throw problem("'" + (cell.length() > 20 ? cell.substring(0, 20) + "..." : cell)
                            + "' is not a number, in " + what);
                }
                if (!Float.isFinite(values[i])) {
                    throw problem("'" + cell + "' is not a finite number, in " + what);
                }
            }
            return values;
        }

        private InputException problem(String what) {
            return new InputException("line " + line + ": " + what, where(), MEND);
        }
    }
}

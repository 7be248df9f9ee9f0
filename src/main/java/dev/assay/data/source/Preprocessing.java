package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a stored sample into what the network sees: {@code (value / scale - mean) / std} in float32, in the layout and
 * colour order asked for. Immutable.
 *
 * <p>Samples of two dimensions are grey images; samples of three are images with channels, first or last as the format
 * or the option {@code stored} says, else guessed: the one end that is at most 4 is the channels, channels first when
 * both or none are. Images come out as {@code [C, H, W]}, or {@code [H, W, C]} with {@code layout=nhwc}. Other samples
 * keep their shape.
 */
public final class Preprocessing {

    private static final int MOST_CHANNELS_GUESSED = 4;

    private final StoredForm form;
    private final ImageOrder image;
    private final int height;
    private final int width;
    private final int channels;
    private final int[] shape;
    /** Stored index of each value that comes out; null when the order stays. */
    private final int[] sources;
    /** Number of values in a row of one channel, and how many channels the mean and deviation tell apart. */
    private final int run;

    private final int groups;
    private final float scale;
    private final float[] mean;
    private final float[] std;
    /** For bytes, what comes out for each value, per group; null for other types. */
    private final float[][] tables;

    private final String words;

    /**
     * Reads the options.
     *
     * @param stored as the file says
     * @throws InputException when an option does not fit the samples
     */
    public Preprocessing(OptionReader options, StoredForm stored) throws InputException {
        int[] dims = stored.shape();
        ImageOrder order = stored.image();
        var reshaped = options.shape("shape");
        if (reshaped.isPresent()) {
            int[] wanted = reshaped.get();
            if (Arrays.stream(wanted).reduce(1, (a, b) -> a * b) != stored.values()) {
                throw options.wrong(
                        "shape",
                        "a sample has " + stored.values() + " values (stored as " + StoredForm.text(dims) + ")");
            }
            dims = wanted;
            order = ImageOrder.NONE;
        }
        String storedAs = options.choice("stored", "", "chw", "hwc");
        image = imageOrder(dims, order, storedAs);
        boolean last = options.choice("layout", "nchw", "nchw", "nhwc").equals("nhwc");
        if (image == ImageOrder.NONE && (!storedAs.isEmpty() || last)) {
            throw options.wrong(
                    last ? "layout" : "stored",
                    "samples of shape " + StoredForm.text(dims) + " are no images; give shape=HxW or shape=CxHxW");
        }
        form = new StoredForm(stored.type(), stored.order(), dims, image);
        boolean grey = dims.length == 2;
        channels = image == ImageOrder.NONE ? 1 : grey ? 1 : image == ImageOrder.CHW ? dims[0] : dims[2];
        height = image == ImageOrder.NONE ? 0 : grey || image == ImageOrder.HWC ? dims[0] : dims[1];
        width = image == ImageOrder.NONE ? 0 : grey || image == ImageOrder.HWC ? dims[1] : dims[2];

        boolean reverse = options.choice("channels", "rgb", "rgb", "bgr").equals("bgr");
        if (reverse && channels != 3) {
            throw options.wrong("channels", "only images with three channels have a colour order");
        }
        boolean flatten = options.flag("flatten", false);
        shape = flatten ? new int[] {stored.values()} : outShape(dims, last);
        sources = image == ImageOrder.NONE ? null : sources(last, reverse);

        boolean bytesOfImage = stored.type() == ElementType.U8 && image != ImageOrder.NONE;
        float[] scales = options.numbers("scale");
        if (scales.length > 1 || scales.length == 1 && scales[0] == 0) {
            throw options.wrong("scale", "use one number other than 0");
        }
        scale = scales.length == 1 ? scales[0] : bytesOfImage ? 255f : 1f;
        int kinds = image == ImageOrder.NONE ? stored.values() : channels;
        mean = perChannel(options, "mean", kinds);
        std = perChannel(options, "std", kinds);
        for (float s : std) {
            if (s == 0) {
                throw options.wrong("std", "use numbers other than 0");
            }
        }
        groups = Math.max(mean.length, std.length) > 1 ? kinds : 1;
        boolean interleaved = image == ImageOrder.NONE || last;
        run = groups == 1 ? stored.values() : interleaved ? 1 : height * width;
        tables = stored.type() == ElementType.U8 && groups <= 64 ? tables() : null;
        words = words(last, reverse, flatten);
    }

    private static ImageOrder imageOrder(int[] dims, ImageOrder known, String storedAs) {
        if (dims.length == 2) {
            return ImageOrder.CHW;
        }
        if (dims.length != 3) {
            return ImageOrder.NONE;
        }
        if (!storedAs.isEmpty()) {
            return storedAs.equals("hwc") ? ImageOrder.HWC : ImageOrder.CHW;
        }
        if (known != ImageOrder.NONE) {
            return known;
        }
        boolean first = dims[0] <= MOST_CHANNELS_GUESSED;
        boolean last = dims[2] <= MOST_CHANNELS_GUESSED;
        return last && !first ? ImageOrder.HWC : ImageOrder.CHW;
    }

    private int[] outShape(int[] dims, boolean last) {
        if (image == ImageOrder.NONE) {
            return dims.clone();
        }
        return last ? new int[] {height, width, channels} : new int[] {channels, height, width};
    }

    private int[] sources(boolean last, boolean reverse) {
        boolean storedLast = image == ImageOrder.HWC;
        if ((storedLast == last || channels == 1) && !reverse) {
            return null;
        }
        int area = height * width;
        int[] from = new int[area * channels];
        for (int c = 0; c < channels; c++) {
            int storedChannel = reverse ? channels - 1 - c : c;
            for (int p = 0; p < area; p++) {
                int to = last ? p * channels + c : c * area + p;
                from[to] = storedLast ? p * channels + storedChannel : storedChannel * area + p;
            }
        }
        return from;
    }

    private static float[] perChannel(OptionReader options, String name, int kinds) throws InputException {
        float[] numbers = options.numbers(name);
        if (numbers.length > 1 && numbers.length != kinds) {
            throw options.wrong(
                    name,
                    kinds == 1 ? "use one number" : "use one number, or " + kinds + " (one per channel or value)");
        }
        return numbers;
    }

    private float[][] tables() {
        float[][] made = new float[groups][256];
        for (int g = 0; g < groups; g++) {
            for (int v = 0; v < 256; v++) {
                made[g][v] = value(v, g);
            }
        }
        return made;
    }

    private float value(float raw, int group) {
        float value = scale == 1f ? raw : raw / scale;
        if (mean.length > 0) {
            value -= mean[mean.length == 1 ? 0 : group];
        }
        if (std.length > 0) {
            value /= std[std.length == 1 ? 0 : group];
        }
        return value;
    }

    private String words(boolean last, boolean reverse, boolean flatten) {
        String formula = scale == 1f ? "value" : "value / " + text(scale);
        if (mean.length > 0) {
            formula = formula + " - " + text(mean);
        }
        if (std.length > 0) {
            formula = (mean.length > 0 || scale != 1f ? "(" + formula + ")" : formula) + " / " + text(std);
        }
        List<String> parts = new ArrayList<>();
        parts.add(formula.equals("value") ? "values as stored" : formula);
        if (image != ImageOrder.NONE && (channels > 1 || last)) {
            parts.add(last ? "channels last" : "channels first");
        }
        if (reverse) {
            parts.add("colours blue, green, red");
        }
        if (flatten) {
            parts.add("flattened");
        }
        return String.join(", ", parts);
    }

    private static String text(float... numbers) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < numbers.length && i < 8; i++) {
            texts.add(numbers[i] == Math.rint(numbers[i]) && Math.abs(numbers[i]) < 1e6
                    ? String.valueOf((int) numbers[i])
                    : String.valueOf(numbers[i]));
        }
        if (numbers.length > 8) {
            texts.add("... (" + numbers.length + " numbers)");
        }
        return numbers.length == 1 ? texts.getFirst() : "(" + String.join(", ", texts) + ")";
    }

    /** The stored form, after {@code shape} and {@code stored}. */
    public StoredForm form() {
        return form;
    }

    /** Shape of what comes out. */
    public int[] shape() {
        return shape.clone();
    }

    /** The preprocessing in words. */
    public String words() {
        return words;
    }

    /** Rows of pixels; 0 when samples are no images. */
    int height() {
        return height;
    }

    /** Pixels in a row; 0 when samples are no images. */
    int width() {
        return width;
    }

    /** Channels of an image. */
    int channels() {
        return channels;
    }

    /**
     * Turns stored samples into values.
     *
     * @param block stored samples, from position 0, in the file's byte order
     * @param samples how many
     * @param out gets {@code samples} times the sample's size of values, from 0
     * @param scratch room for one sample
     */
    void apply(ByteBuffer block, int samples, float[] out, float[] scratch) {
        int size = form.values();
        if (isLookUp()) {
            lookUp(block.array(), 0, out, 0, samples * size, tables[0]);
            return;
        }
        for (int s = 0; s < samples; s++) {
            if (tables == null) {
                applyReal(block, s * form.bytes(), out, s * size, scratch);
            } else if (sources == null) {
                applyBytes(block.array(), s * size, out, s * size);
            } else {
                gatherBytes(block.array(), s * size, out, s * size);
            }
        }
    }

    /** Whether {@link #lookUp} can do the whole work. */
    boolean isLookUp() {
        return tables != null && sources == null && groups == 1;
    }

    /**
     * Turns stored bytes into values straight in the buffer that leaves; the quickest way there is.
     *
     * @param out gets the values at its position, which moves behind them
     */
    void lookUp(byte[] raw, int count, FloatBuffer out) {
        float[] table = tables[0];
        int at = out.position();
        for (int i = 0; i < count; i++) {
            out.put(at + i, table[raw[i] & 0xFF]);
        }
        out.position(at + count);
    }

    private static void lookUp(byte[] raw, int at, float[] out, int outAt, int count, float[] table) {
        for (int i = 0; i < count; i++) {
            out[outAt + i] = table[raw[at + i] & 0xFF];
        }
    }

    private void applyBytes(byte[] raw, int at, float[] out, int outAt) {
        int size = form.values();
        for (int i = 0, g = 0; i < size; i += run, g = g + 1 == groups ? 0 : g + 1) {
            lookUp(raw, at + i, out, outAt + i, run, tables[g]);
        }
    }

    private void gatherBytes(byte[] raw, int at, float[] out, int outAt) {
        int size = form.values();
        for (int i = 0, g = 0; i < size; i += run, g = g + 1 == groups ? 0 : g + 1) {
            float[] table = tables[g];
            for (int k = i; k < i + run; k++) {
                out[outAt + k] = table[raw[at + sources[k]] & 0xFF];
            }
        }
    }

    private void applyReal(ByteBuffer block, int at, float[] out, int outAt, float[] scratch) {
        int size = form.values();
        if (sources == null) {
            form.type().toFloats(block, at, out, outAt, size);
        } else {
            form.type().toFloats(block, at, scratch, 0, size);
            for (int i = 0; i < size; i++) {
                out[outAt + i] = scratch[sources[i]];
            }
        }
        if (scale == 1f && mean.length == 0 && std.length == 0) {
            return;
        }
        for (int i = 0, g = 0; i < size; i += run, g = g + 1 == groups ? 0 : g + 1) {
            for (int k = i; k < i + run; k++) {
                out[outAt + k] = value(out[outAt + k], g);
            }
        }
    }
}

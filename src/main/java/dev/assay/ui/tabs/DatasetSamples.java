package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.chart.ChartTheme;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.model.Model;
import dev.assay.model.ShapeFit;
import dev.assay.ui.Texts;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/** The samples of a dataset. */
record DatasetSamples(Dataset data) implements Samples {

    private static final int SIDE = 28;

    @Override
    public String noun() {
        return Texts.of("noun.sample");
    }

    @Override
    public String nouns() {
        return Texts.of("noun.samples");
    }

    @Override
    public long size() {
        return data.size();
    }

    @Override
    public List<String> classes() {
        return data.labelled() ? data.classes() : List.of();
    }

    @Override
    public Location location() {
        return data.location();
    }

    @Override
    public int[] labels(LongConsumer onProgress, BooleanSupplier cancelled) throws InputException {
        return SampleLabels.read(data, onProgress, cancelled);
    }

    @Override
    public List<Input> networks(List<Input> opened) {
        return opened.stream()
                .filter(i -> i instanceof Model model
                        && ShapeFit.of(data.sampleShape(), model.input()).fits()
                        && sameClasses(model))
                .toList();
    }

    /** Whether the network's outputs are known to be the classes in their order; else right and wrong would be guessed. */
    private boolean sameClasses(Model model) {
        long outputs = model.output().size();
        return outputs > 1
                && model.output().isVector()
                && classes().size() <= outputs
                && ClassOrder.doubt(data.name(), classes(), Math.toIntExact(outputs)).isEmpty();
    }

    @Override
    public Predictions predict(Input network, LongConsumer onProgress, BooleanSupplier cancelled)
            throws InputException {
        return Predictions.of((Model) network, data, onProgress, cancelled);
    }

    @Override
    public float[] scores(Input network, long index) throws InputException {
        return Predictions.scores((Model) network, data, data.sample(index).values());
    }

    @Override
    public String nearness() {
        return Texts.of("neighbours.by.values");
    }

    @Override
    public List<Nearest.Neighbour> nearest(long index, DoubleConsumer onProgress, BooleanSupplier cancelled)
            throws InputException {
        return Nearest.byValues(data, data.sample(index), onProgress, cancelled);
    }

    @Override
    public Shown look(long index, ChartTheme theme) throws InputException {
        Sample sample = data.sample(index);
        return new Shown(sample.picture().orElseGet(() -> strip(sample.values())), sample.label());
    }

    /** Values that are no picture as bars of grey, so that likeness can be seen all the same. */
    private static Picture strip(float[] values) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float v : values) {
            if (Float.isFinite(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        int width = Math.max(1, Math.min(values.length, SIDE));
        byte[] pixels = new byte[width * SIDE];
        for (int x = 0; x < width; x++) {
            float v = values.length == 0 ? 0 : values[(int) ((long) x * values.length / width)];
            byte grey = (byte) (high > low && Float.isFinite(v) ? 255 * (v - low) / (high - low) : 128);
            for (int y = 0; y < SIDE; y++) {
                pixels[y * width + x] = grey;
            }
        }
        return new Picture(width, SIDE, 1, pixels);
    }
}

package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.chart.ChartTheme;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/**
 * What is looked into one by one: the samples of a dataset, or the graphs of a set of graphs. What may take long is called in
 * the background, tells its progress and asks whether it was cancelled.
 */
interface Samples {

    /** What one of them is called: {@code sample} or {@code graph} in English. */
    String noun();

    /** What several of them are called. */
    String nouns();

    /** Their number. */
    long size();

    /** Class names; none without classes. */
    List<String> classes();

    /** Where they lie. */
    Location location();

    /**
     * The class of each, -1 for none; null when it was cancelled. In the background.
     *
     * @throws InputException when they cannot be read or are too many
     */
    int[] labels(LongConsumer onProgress, BooleanSupplier cancelled) throws InputException;

    /** Those of the open inputs that are networks which take such samples. Immediate. */
    List<Input> networks(List<Input> opened);

    /**
     * What a network says of all of them. In the background.
     *
     * @param network one of {@link #networks}
     * @param onProgress given the number done so far
     * @throws InputException when something cannot be read or run
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    Predictions predict(Input network, LongConsumer onProgress, BooleanSupplier cancelled) throws InputException;

    /**
     * A network's scores (logits) of one of them. In the background.
     *
     * @param network one of {@link #networks}
     * @throws InputException when something cannot be read or run
     */
    float[] scores(Input network, long index) throws InputException;

    /** How {@link #nearest} measures, for people. */
    String nearness();

    /**
     * Those that are nearest to one of them, the nearest first. In the background.
     *
     * @param onProgress given the share that is done, 0 to 1
     * @throws InputException when something cannot be read
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    List<Nearest.Neighbour> nearest(long index, DoubleConsumer onProgress, BooleanSupplier cancelled)
            throws InputException;

    /**
     * One of them to look at.
     *
     * @param label its class, -1 for none
     */
    record Shown(Picture picture, int label) {}

    /**
     * A picture of one of them and its class. In the background.
     *
     * @throws InputException when it cannot be read
     */
    Shown look(long index, ChartTheme theme) throws InputException;
}

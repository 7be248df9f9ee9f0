package dev.assay.data.source;

import dev.assay.analysis.InputOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reading options that every dataset format understands. */
public final class CommonOptions {

    private static final List<InputOption> SUBSET = List.of(
            new InputOption(
                    "range",
                    "Range of samples",
                    "Only the samples from the first index to before the second, e.g. 0:1000, :1000 or 5000:",
                    ""),
            new InputOption(
                    "part",
                    "Part of a random split",
                    "train or test: the samples are split at random, the same way at every opening; all takes every one",
                    "all"),
            new InputOption("holdout", "Share of the test part", "Between 0 and 1; used with part", "0.2"),
            new InputOption("splitSeed", "Seed of the random split", "A whole number; used with part", "0"));

    private static final List<InputOption> VALUES = List.of(
            new InputOption(
                    "scale",
                    "Divide values by",
                    "Values are divided by this in float32: 255 for images of bytes, 1 for raw values",
                    ""),
            new InputOption(
                    "mean",
                    "Subtract mean",
                    "After the division by scale: one number or one per channel, e.g. 0.485,0.456,0.406",
                    ""),
            new InputOption("std", "Divide by deviation", "After the mean: one number or one per channel", ""),
            new InputOption(
                    "layout",
                    "Layout the network expects",
                    "nchw (channels first) or nhwc (channels last)",
                    "nchw"),
            new InputOption(
                    "channels", "Colour order the network expects", "rgb or bgr; mean and std follow it", "rgb"),
            new InputOption("flatten", "Flatten", "true turns a sample into a plain vector", "false"));

    private static final List<InputOption> SHAPE = List.of(
            new InputOption(
                    "shape",
                    "Shape of a stored sample",
                    "Dimensions when the file does not say them, e.g. 1x28x28, or 32x32x3 for interleaved colours",
                    ""),
            new InputOption(
                    "stored",
                    "Layout in the file",
                    "chw (channel by channel) or hwc (colours of a pixel side by side); guessed from the shape otherwise",
                    ""));

    private CommonOptions() {}

    /** A kind's own options, then those of shape, values and subset. */
    public static List<InputOption> after(InputOption... own) {
        List<InputOption> all = new ArrayList<>(Arrays.asList(own));
        all.addAll(SHAPE);
        all.addAll(VALUES);
        all.addAll(SUBSET);
        return List.copyOf(all);
    }

    /** As {@link #after} without {@code shape} and {@code stored}, for formats that know both. */
    public static List<InputOption> afterKnownShape(InputOption... own) {
        List<InputOption> all = new ArrayList<>(Arrays.asList(own));
        all.addAll(VALUES);
        all.addAll(SUBSET);
        return List.copyOf(all);
    }
}

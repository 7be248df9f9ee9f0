package dev.assay.model;

import dev.assay.analysis.InputException;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import java.util.Arrays;
import java.util.List;

/** The reading option {@code ?shape=}: a sample's shape, for files that do not say it. */
public final class SampleShape {

    /** As the form and the help show it. */
    public static final InputOption OPTION = new InputOption(
            "shape",
            "Sample shape",
            "Shape of one sample without the batch dimension, where the file does not say it, such as 3x224x224",
            "");

    private SampleShape() {}

    /**
     * Reads the option, and refuses others.
     *
     * @param kind the format's name for messages
     * @param others names of options that the format has besides
     * @return the shape; empty when it is not given
     * @throws InputException when there are other options, or the value is not a shape
     */
    public static int[] of(Location location, String kind, String... others) throws InputException {
        for (String option : location.options().keySet()) {
            if (!option.equals(OPTION.name()) && !List.of(others).contains(option)) {
                throw new InputException(
                        "an " + kind + " has no option '" + option + "'",
                        location.path().toString(),
                        others.length == 0
                                ? "the only one is " + OPTION.name()
                                : "there are " + OPTION.name() + " and " + String.join(", ", others));
            }
        }
        String text = location.options().get(OPTION.name());
        if (text == null) {
            return new int[0];
        }
        try {
            int[] shape = Arrays.stream(text.split("[x,]"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (Arrays.stream(shape).allMatch(d -> d > 0)) {
                return shape;
            }
        } catch (NumberFormatException e) {
            // Said below, with the other ways to get it wrong.
        }
        throw new InputException(
                "the shape '" + text + "' is not a list of sizes",
                location.path().toString(),
                "write it as 3x224x224");
    }
}

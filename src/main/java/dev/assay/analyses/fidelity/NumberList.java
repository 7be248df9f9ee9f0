package dev.assay.analyses.fidelity;

import java.util.Arrays;
import java.util.Optional;

/** Numbers separated by commas, or none. */
final class NumberList {

    private static final String NONE = "none";

    private NumberList() {}

    /** What is wrong with a text, without a full stop; empty when nothing is. */
    static Optional<String> problem(String text, double least, double most) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        for (String part : text.split(",", -1)) {
            try {
                double value = Double.parseDouble(part.strip());
                if (!(value >= least && value <= most)) {
                    return Optional
                            .of(part.strip() + " is out of range; values from " + (int) least + " to " + (int) most
                                    + " are needed");
                }
            } catch (NumberFormatException e) {
                return Optional.of("'" + part.strip() + "' is not a number; write values as a,b,c, or none");
            }
        }
        return Optional.empty();
    }

    /** The numbers in the order given; none is empty. */
    static double[] parse(String text) {
        return text.equals(NONE) ? new double[0]
                : Arrays.stream(text.split(",")).map(String::strip).mapToDouble(Double::parseDouble).toArray();
    }
}

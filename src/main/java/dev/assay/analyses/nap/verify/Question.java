package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.search.Target;
import java.util.List;

/**
 * An instance: one or more boxes, cut by required signs, with what is to be refuted in each.
 *
 * @param query the question's name, {@code vnnlib} for a property
 * @param reference index of the reference or the property's file name; empty for none
 * @param sample index of the reference, or -1
 * @param eps half-width, NaN for none
 * @param slack as text, empty for no pattern
 * @param targetClass the class that is to win, empty where there is none
 * @param rival the second class of non-ambiguity, else empty
 * @param parts the boxes; none where the property's bounds contradict each other
 * @param signs required signs
 * @param starts points of interest, the reference first
 * @param seconds time limit
 */
record Question(
        String query,
        String reference,
        long sample,
        double eps,
        String slack,
        String targetClass,
        String rival,
        List<Part> parts,
        Signs signs,
        List<double[]> starts,
        double seconds) {

    /** One box. */
    record Part(Box box, List<Target> targets) {}
}

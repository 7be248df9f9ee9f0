package dev.assay.analyses.nap;

import java.nio.FloatBuffer;

/** How a network's scores become a class. */
public enum Decision {
    /** The greatest score wins. */
    ARGMAX,
    /** The least score wins, as in networks that put out costs. */
    ARGMIN;

    /**
     * The class of one sample; the first one of equal scores.
     *
     * @return its index, or -1 when a score is NaN
     */
    int of(FloatBuffer scores, int row, int classes) {
        int from = scores.position() + row * classes;
        int best = 0;
        float bestScore = scores.get(from);
        for (int c = 0; c < classes; c++) {
            float score = scores.get(from + c);
            if (Float.isNaN(score)) {
                return -1;
            }
            if (this == ARGMAX ? score > bestScore : score < bestScore) {
                best = c;
                bestScore = score;
            }
        }
        return best;
    }
}

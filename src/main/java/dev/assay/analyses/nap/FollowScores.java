package dev.assay.analyses.nap;

/**
 * Who follows which class's pattern at each slack of a chain. Associative: merging the scores of any partition of the
 * samples gives the scores of them all. Used by one thread at a time.
 */
final class FollowScores {

    private final int sets;
    private final int classes;
    private final long[] size;
    private final long[][] own;
    private final long[][] foreign;
    private final long[][] counterexamples;

    FollowScores(int sets, int classes) {
        this.sets = sets;
        this.classes = classes;
        this.size = new long[classes];
        this.own = new long[classes][sets];
        this.foreign = new long[classes][sets];
        this.counterexamples = new long[classes][sets];
    }

    /**
     * Adds samples.
     *
     * @param depth {@code [rows][classes]}: number of leading slacks at which the sample follows the class's pattern
     * @param classOf class of each sample; a sample of none (-1) belongs nowhere and is left out
     * @param decisions classes by the network
     */
    void accumulate(byte[] depth, int rows, int[] classOf, int[] decisions) {
        for (int r = 0; r < rows; r++) {
            int label = classOf[r];
            if (label < 0) {
                continue;
            }
            size[label]++;
            for (int c = 0; c < classes; c++) {
                int last = depth[r * classes + c] - 1;
                if (last >= 0) {
                    (c == label ? own : foreign)[c][last]++;
                    counterexamples[c][last] += c == decisions[r] ? 0 : 1;
                }
            }
        }
    }

    /** Adds the scores of other samples. */
    void merge(FollowScores other) {
        for (int c = 0; c < classes; c++) {
            size[c] += other.size[c];
            for (int s = 0; s < sets; s++) {
                own[c][s] += other.own[c][s];
                foreign[c][s] += other.foreign[c][s];
                counterexamples[c][s] += other.counterexamples[c][s];
            }
        }
    }

    /** The scores at one slack of the chain. */
    SplitScores finish(int set) {
        return new SplitScores(size.clone(), from(own, set), from(foreign, set), from(counterexamples, set));
    }

    /** Whoever follows at a later set of the chain follows at this one as well. */
    private long[] from(long[][] byLastSet, int set) {
        long[] sum = new long[classes];
        for (int c = 0; c < classes; c++) {
            for (int s = set; s < sets; s++) {
                sum[c] += byLastSet[c][s];
            }
        }
        return sum;
    }
}

package dev.assay.analyses.snr;

import java.util.Arrays;

/**
 * Scores one query after another from its distances to candidates that come block by block, without sorting them all:
 * ranks are needed of the relevant ones alone, and those follow from counting how many others come before each. All
 * blocks are shown twice: {@link #collect} keeps the nearest and the relevant ones, {@link #count} then counts what
 * comes before them. The blocks of a pass come in ascending order of their candidates; how they are cut makes no
 * difference. Used by one thread at a time.
 */
final class QueryScorer {

    private final int[] ks;
    private final int keep;
    private final LeastPairs least;
    private double[] relevantDistances = new double[16];
    private int[] relevantIndices = new int[16];
    private int relevant;
    private long[] before = new long[0];
    /** Distances of the K-th, and how many lie there, where a relevant one may tie with others. */
    private final double[] cuts;
    private final long[] tied;
    private double lastCut;

    /**
     * @param ks the K list, ascending
     * @param neighbours how many of the nearest to hand back
     */
    QueryScorer(int[] ks, int neighbours) {
        this.ks = ks;
        this.keep = neighbours;
        this.least = new LeastPairs(Math.max(1, kept(ks, neighbours)));
        this.cuts = new double[ks.length];
        this.tied = new long[ks.length];
    }

    /** How many of the nearest candidates a scorer holds. */
    static int kept(int[] ks, int neighbours) {
        return Math.max(neighbours, ks.length == 0 ? 0 : ks[ks.length - 1]);
    }

    /** Which candidates count as relevant. */
    @FunctionalInterface
    interface Relevance {
        boolean test(int candidate);
    }

    /**
     * Scores a query whose distances are all there.
     *
     * @param distances to every candidate; NaN for one that is none (the query itself, a constant row)
     * @param count number of candidates in the array
     * @param relevance which of them are of the query's class
     */
    QueryScores score(double[] distances, int count, Relevance relevance) {
        clear();
        collect(distances, count, 0, relevance);
        rank();
        count(distances, count, 0, relevance);
        return finish();
    }

    /** Forgets the last query. */
    void clear() {
        least.clear();
        relevant = 0;
    }

    /**
     * Takes a block for the first time.
     *
     * @param distances to the candidates of the block, from 0; NaN for one that is none
     * @param count number of candidates
     * @param first number of the first one
     * @param relevance which of all candidates are of the query's class
     */
    void collect(double[] distances, int count, int first, Relevance relevance) {
        for (int j = 0; j < count; j++) {
            double d = distances[j];
            if (d <= least.bound()) {
                least.offer(d, first + j);
            }
            if (relevance.test(first + j) && !Double.isNaN(d)) {
                add(d, first + j);
            }
        }
    }

    private void add(double distance, int index) {
        if (relevant == relevantDistances.length) {
            relevantDistances = Arrays.copyOf(relevantDistances, 2 * relevant);
            relevantIndices = Arrays.copyOf(relevantIndices, 2 * relevant);
        }
        relevantDistances[relevant] = distance;
        relevantIndices[relevant++] = index;
    }

    /** Ends the first pass. */
    void rank() {
        least.sort();
        PairSort.sort(relevantDistances, relevantIndices, relevant);
        if (before.length < relevant) {
            before = new long[relevantDistances.length];
        }
        Arrays.fill(before, 0, relevant, 0);
        Arrays.fill(tied, 0);
        lastCut = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < ks.length && relevant > 0 && least.size() > 0; i++) {
            cuts[i] = least.distance(Math.min(ks[i], least.size()) - 1);
            lastCut = Math.max(lastCut, cuts[i]);
        }
    }

    /** Takes a block for the second time, after {@link #rank()}; parameters as in {@link #collect}. */
    void count(double[] distances, int count, int first, Relevance relevance) {
        if (relevant == 0) {
            return;
        }
        double last = relevantDistances[relevant - 1];
        for (int j = 0; j < count; j++) {
            double d = distances[j];
            if (d <= last && !relevance.test(first + j)) {
                int at = firstAfter(d, first + j);
                if (at < relevant) {
                    before[at]++;
                }
                for (int i = 0; d <= lastCut && i < cuts.length; i++) {
                    tied[i] += d == cuts[i] ? 1 : 0;
                }
            }
        }
    }

    /** The first relevant one that comes after the pair. */
    private int firstAfter(double distance, int index) {
        int low = 0;
        int high = relevant;
        while (low < high) {
            int middle = (low + high) >>> 1;
            double d = relevantDistances[middle];
            if (d < distance || d == distance && relevantIndices[middle] < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The scores, once both passes are over. */
    QueryScores finish() {
        long sum = 0;
        for (int p = 0; p < relevant; p++) {
            sum += before[p];
            before[p] = sum + p + 1;
        }
        double[][] recall = new double[ks.length][];
        double[][] mapAtK = new double[ks.length][];
        for (int i = 0; i < ks.length; i++) {
            recall[i] = recall(i);
            mapAtK[i] = mapAtK(ks[i]);
        }
        int among = found(relevant);
        return new QueryScores(
                relevant,
                recall,
                mapAtK,
                (double) among / relevant,
                precisionSum(among) / relevant,
                precisionSum(relevant) / relevant,
                least.indices(keep),
                least.distances(keep));
    }

    private double[] recall(int of) {
        if (relevant == 0 || least.size() == 0) {
            return new double[TieRule.values().length];
        }
        int k = ks[of];
        double cut = cuts[of];
        double nearest = relevantDistances[0];
        if (nearest != cut) {
            double all = nearest < cut ? 1 : 0;
            return new double[] {all, all, all, all};
        }
        int tiedRelevant = 0;
        while (tiedRelevant < relevant && relevantDistances[tiedRelevant] == cut) {
            tiedRelevant++;
        }
        long all = tied[of] + tiedRelevant;
        long places = Math.min(k - least.countBelow(cut), all);
        double missed = 1;
        for (int i = 0; i < places; i++) {
            missed *= Math.max(0, tied[of] - i) / (double) (all - i);
        }
        return new double[] {before[0] <= k ? 1 : 0, 1 - missed, 1, tied[of] < places ? 1 : 0};
    }

    private double[] mapAtK(int k) {
        if (relevant == 0) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        int found = found(k);
        double sum = precisionSum(found);
        return new double[] {found == 0 ? 0 : sum / found, sum / relevant, sum / Math.min(k, relevant)};
    }

    /** Relevant ones among the first so many. */
    private int found(int first) {
        int found = 0;
        while (found < relevant && before[found] <= first) {
            found++;
        }
        return found;
    }

    private double precisionSum(int found) {
        double sum = 0;
        for (int p = 0; p < found; p++) {
            sum += (p + 1.0) / before[p];
        }
        return sum;
    }
}

package dev.assay.analyses.snr;

import java.util.Arrays;

/**
 * Scores one query after another from its distances to all candidates, without sorting them all: ranks are needed of
 * the relevant ones alone, and those follow from counting how many others come before each. Used by one thread.
 */
final class QueryScorer {

    private final int[] ks;
    private final int keep;
    private final LeastPairs least;
    private double[] relevantDistances = new double[16];
    private int[] relevantIndices = new int[16];
    private long[] before = new long[16];

    /**
     * @param ks the K list, ascending
     * @param neighbours how many of the nearest to hand back
     */
    QueryScorer(int[] ks, int neighbours) {
        this.ks = ks;
        this.keep = neighbours;
        this.least = new LeastPairs(Math.max(1, Math.max(neighbours, ks.length == 0 ? 0 : ks[ks.length - 1])));
    }

    /** Which candidates count as relevant. */
    @FunctionalInterface
    interface Relevance {
        boolean test(int candidate);
    }

    /**
     * Scores a query.
     *
     * @param distances to every candidate; NaN for one that is none (the query itself, a constant row)
     * @param count number of candidates in the array
     * @param relevance which of them are of the query's class
     */
    QueryScores score(double[] distances, int count, Relevance relevance) {
        least.clear();
        int relevant = 0;
        for (int j = 0; j < count; j++) {
            double d = distances[j];
            if (d <= least.bound()) {
                least.offer(d, j);
            }
            if (relevance.test(j) && !Double.isNaN(d)) {
                relevant = addRelevant(relevant, d, j);
            }
        }
        least.sort();
        PairSort.sort(relevantDistances, relevantIndices, relevant);
        rank(distances, count, relevant, relevance);
        double[][] recall = new double[ks.length][];
        for (int i = 0; i < ks.length; i++) {
            recall[i] = recall(distances, count, relevant, relevance, ks[i]);
        }
        return precisions(relevant, recall);
    }

    private int addRelevant(int size, double distance, int index) {
        if (size == relevantDistances.length) {
            relevantDistances = Arrays.copyOf(relevantDistances, 2 * size);
            relevantIndices = Arrays.copyOf(relevantIndices, 2 * size);
            before = new long[2 * size];
        }
        relevantDistances[size] = distance;
        relevantIndices[size] = index;
        return size + 1;
    }

    /** Fills {@link #before} with the ranks of the relevant ones, from 1. */
    private void rank(double[] distances, int count, int relevant, Relevance relevance) {
        Arrays.fill(before, 0, relevant, 0);
        if (relevant == 0) {
            return;
        }
        double last = relevantDistances[relevant - 1];
        for (int j = 0; j < count; j++) {
            if (distances[j] <= last && !relevance.test(j)) {
                int at = firstAfter(relevant, distances[j], j);
                if (at < relevant) {
                    before[at]++;
                }
            }
        }
        long sum = 0;
        for (int p = 0; p < relevant; p++) {
            sum += before[p];
            before[p] = sum + p + 1;
        }
    }

    /** The first relevant one that comes after the pair. */
    private int firstAfter(int relevant, double distance, int index) {
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

    private double[] recall(double[] distances, int count, int relevant, Relevance relevance, int k) {
        if (relevant == 0 || least.size() == 0) {
            return new double[TieRule.values().length];
        }
        double cut = least.distance(Math.min(k, least.size()) - 1);
        double nearest = relevantDistances[0];
        if (nearest != cut) {
            double all = nearest < cut ? 1 : 0;
            return new double[] {all, all, all, all};
        }
        int nearer = least.countBelow(cut);
        int tied = 0;
        int tiedRelevant = 0;
        for (int j = 0; j < count; j++) {
            if (distances[j] == cut) {
                tied++;
                tiedRelevant += relevance.test(j) ? 1 : 0;
            }
        }
        int places = Math.min(k - nearer, tied);
        double missed = 1;
        for (int i = 0; i < places; i++) {
            missed *= Math.max(0, tied - tiedRelevant - i) / (double) (tied - i);
        }
        return new double[] {before[0] <= k ? 1 : 0, 1 - missed, 1, tied - tiedRelevant < places ? 1 : 0};
    }

    private QueryScores precisions(int relevant, double[][] recall) {
        double[][] mapAtK = new double[ks.length][];
        for (int i = 0; i < ks.length; i++) {
            mapAtK[i] = mapAtK(relevant, ks[i]);
        }
        int among = found(relevant, relevant);
        return new QueryScores(
                relevant,
                recall,
                mapAtK,
                (double) among / relevant,
                precisionSum(among) / relevant,
                precisionSum(relevant) / relevant,
                least.indices(keep));
    }

    private double[] mapAtK(int relevant, int k) {
        if (relevant == 0) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        int found = found(relevant, k);
        double sum = precisionSum(found);
        return new double[] {found == 0 ? 0 : sum / found, sum / relevant, sum / Math.min(k, relevant)};
    }

    /** Relevant ones among the first so many. */
    private int found(int relevant, int first) {
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

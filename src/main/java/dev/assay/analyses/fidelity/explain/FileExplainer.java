package dev.assay.analyses.fidelity.explain;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Scores from an {@link ExplanationFile}. Counts what it had to make up or leave out. */
public final class FileExplainer implements Explainer {

    private final ExplanationFile.Part part;
    private final String name;
    private final boolean lowest;
    private final LongAdder missing = new LongAdder();
    private final LongAdder outside = new LongAdder();
    private final LongAdder joined = new LongAdder();

    /**
     * The scores of one explainer of a file that was checked against the data.
     *
     * @param lowest whether a score that is no finite number counts as the instance's lowest one
     */
    FileExplainer(String name, ExplanationFile.Part part, boolean lowest) {
        this.name = name;
        this.part = part;
        this.lowest = lowest;
    }

    @Override
    public String name() {
        return name;
    }

    /** Units without a row, scored 0. */
    public long missing() {
        return missing.sum();
    }

    /** Rows of edges outside the explained node's neighbourhood, left out. */
    public long outside() {
        return outside.sum();
    }

    /** Pairs of a set of which only one direction was in it. */
    public long joined() {
        return joined.sum();
    }

    @Override
    public Explanation explain(Instance instance, Runnable cancelled) {
        int from = lowerBound(instance.key());
        int to = lowerBound(instance.key() + 1);
        double[] given = Arrays.copyOfRange(part.score(), from, to);
        if (lowest) {
            double least = Arrays.stream(given).filter(Double::isFinite).min().orElse(0);
            for (int i = 0; i < given.length; i++) {
                given[i] = Double.isFinite(given[i]) ? given[i] : least;
            }
        }
        boolean set = Arrays.stream(given).allMatch(s -> s == 0 || s == 1);
        Map<Long, Double> rows = new HashMap<>(2 * given.length);
        for (int i = 0; i < given.length; i++) {
            rows.put(ExplanationFile.pair(part.u()[from + i], part.v()[from + i]), given[i]);
        }
        double[] scores = new double[instance.units().size()];
        for (int u = 0; u < scores.length; u++) {
            int a = instance.units().from(u);
            int b = instance.units().to(u);
            Double there = rows.get(ExplanationFile.pair(a, b));
            Double back = rows.get(ExplanationFile.pair(b, a));
            boolean pair = instance.units().edgeCount(u) == 2;
            if (there != null && back != null && pair) {
                boolean differ = set && !there.equals(back);
                if (differ) {
                    joined.increment();
                }
                scores[u] = set ? Math.max(there, back) : (there + back) / 2;
            } else if (there != null) {
                scores[u] = there;
            } else if (back != null) {
                scores[u] = back;
            } else {
                missing.increment();
            }
        }
        if (instance.node() >= 0) {
            outside.add(countOutside(instance, from, to));
        }
        return Explanation.of(scores);
    }

    private long countOutside(Instance instance, int from, int to) {
        Map<Long, Boolean> inside = new HashMap<>();
        int[] edges = instance.network().edges();
        for (int e : edges) {
            inside.put(ExplanationFile.pair(instance.graph().from()[e], instance.graph().to()[e]), true);
        }
        long count = 0;
        for (int r = from; r < to; r++) {
            count += inside.containsKey(ExplanationFile.pair(part.u()[r], part.v()[r])) ? 0 : 1;
        }
        return count;
    }

    private int lowerBound(int key) {
        int low = 0;
        int high = part.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (part.key()[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

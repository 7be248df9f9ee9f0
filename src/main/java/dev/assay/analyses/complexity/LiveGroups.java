package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.ComplexityResults.GroupRow;
import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analysis.ResultSink;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of groups while merging goes on: features left, the pair that was merged last and the largest value. Emitted
 * at most ten times a second, from whichever thread merges.
 */
final class LiveGroups {

    private static final long LEAST_NANOS = 100_000_000;

    private final NetworkUnderAnalysis network;
    private final double beta;
    private final double maxRatio;
    private final ResultSink sink;
    private final int[] left;
    private final double[] cost;
    private final double[] max;
    private int finished;
    private long last = System.nanoTime();

    LiveGroups(NetworkUnderAnalysis network, double beta, double maxRatio, ResultSink sink) {
        this.network = network;
        this.beta = beta;
        this.maxRatio = maxRatio;
        this.sink = sink;
        this.left = network.sizes();
        this.cost = new double[left.length];
        this.max = new double[left.length];
        java.util.Arrays.fill(cost, Double.NaN);
        java.util.Arrays.fill(max, Double.NaN);
    }

    /** A merge was made, or found, in a group that has so many features left at the threshold. */
    synchronized void merged(int group, Merge merge, int featuresLeft) {
        left[group] = featuresLeft;
        cost[group] = merge.cost();
        max[group] = merge.max();
        long now = System.nanoTime();
        if (now - last >= LEAST_NANOS && group >= finished) {
            last = now;
            emit();
        }
    }

    /** These first groups are done; their rows are those of the results. */
    synchronized void done(List<Linked> groups) {
        finished = groups.size();
        for (int g = 0; g < finished; g++) {
            Linked l = groups.get(g);
            int applied = l.applied(beta, maxRatio);
            left[g] = l.features() - applied;
            cost[g] = applied < l.merges().size() ? l.merges().get(applied).cost() : Double.NaN;
            max[g] = applied < l.merges().size() ? l.merges().get(applied).max() : Double.NaN;
        }
    }

    private void emit() {
        List<GroupRow> rows = new ArrayList<>();
        for (int g = 0; g < left.length; g++) {
            Group group = network.groups().groups().get(g);
            rows.add(GroupRow.unfinished(group.name(), group.tensors(), group.size(), left[g], cost[g], max[g]));
        }
        sink.emit(ComplexityResults.groups(rows, beta));
    }
}

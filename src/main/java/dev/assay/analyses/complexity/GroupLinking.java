package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.compute.PairDistances;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Links the features of every group in a tree, several groups at once: all threads multiply one group's Gram
 * matrix while others are being linked. Results appear in the order of the groups.
 */
final class GroupLinking {

    private final NetworkUnderAnalysis network;
    private final ActivationRecords records;
    private final ComplexityParameters parameters;
    private final RunContext context;
    private final PairDistances pairs;
    private final ResultSink.Rows merges;
    private final LiveGroups live;
    private final ReentrantLock products = new ReentrantLock();
    private final List<Linked> linked = new ArrayList<>();

    private record Done(Linked linked, GroupDistances distances) {}

    /**
     * @param records what the features do on samples, or null to compare weights
     * @param merges the table that takes up all merges
     */
    GroupLinking(
            NetworkUnderAnalysis network,
            ActivationRecords records,
            ComplexityParameters parameters,
            RunContext context,
            ResultSink.Rows merges) {
        this.network = network;
        this.records = records;
        this.parameters = parameters;
        this.context = context;
        this.pairs = context.kernel(PairDistances.class);
        this.merges = merges;
        this.live = new LiveGroups(network, parameters.beta(), parameters.maxRatio(), context);
    }

    List<Linked> run() throws AnalysisException {
        List<Group> groups = network.groups().groups();
        long all = groups.stream().mapToLong(g -> g.size() - 1L).sum();
        RunContext.Progress progress = context.phase("Merging", all, "merges");
        DistanceFile stored = records == null ? null : new DistanceFile(context.artifacts());
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(context.threads(), groups.size()))) {
            List<Future<Done>> coming = new ArrayList<>();
            for (int g = 0; g < groups.size(); g++) {
                int group = g;
                coming.add(threads.submit(() -> link(group, progress)));
            }
            try {
                for (Future<Done> next : coming) {
                    publish(next.get(), stored);
                }
            } catch (ExecutionException e) {
                throw cause(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while linking groups", e);
            } finally {
                coming.forEach(f -> f.cancel(true));
            }
        }
        return linked;
    }

    private static RuntimeException cause(ExecutionException e) throws AnalysisException {
        switch (e.getCause()) {
            case AnalysisException problem -> throw problem;
            case RuntimeException problem -> throw problem;
            case Error problem -> throw problem;
            default -> throw new IllegalStateException(e.getCause());
        }
    }

    private Done link(int g, RunContext.Progress progress) {
        Group group = network.groups().groups().get(g);
        int n = group.size();
        GroupDistances distances = distances(g);
        Steps steps = new Steps(g, n, progress);
        List<Merge> found = parameters.profile() == Profile.ZIPIT
                ? ZipLinkage.link(distances.squared(), n, parameters.discount(), parameters.budget(), steps)
                : WardLinkage.link(distances.squared(), n, distances.nearest(), steps);
        progress.advance(Math.max(0, n - 1L - steps.told));
        boolean shown = n <= GroupDistances.MOST_SHOWN;
        return new Done(
                new Linked(group.name(), n, found, distances.dead()),
                shown ? distances : new GroupDistances(new double[0], distances.dead(), null));
    }

    private GroupDistances distances(int g) {
        if (records != null) {
            return records.distances(g);
        }
        products.lock();
        try {
            return GroupDistances.ofWeights(network, g, parameters.vector(), pairs, context::checkCancelled);
        } finally {
            products.unlock();
        }
    }

    /** Tells the progress and the live table of merges as they are found. */
    private final class Steps implements Linking {
        private final int group;
        private final int features;
        private final RunContext.Progress progress;
        private int found;
        private int told;
        private int cheap;

        Steps(int group, int features, RunContext.Progress progress) {
            this.group = group;
            this.features = features;
            this.progress = progress;
        }

        @Override
        public void checkCancelled() {
            context.checkCancelled();
        }

        @Override
        public void merged(Merge merge) {
            cheap += merge.cost() <= parameters.beta() * merge.max() ? 1 : 0;
            if (++found > told) {
                told = found;
                progress.advance(1);
            }
            live.merged(group, merge, features - Math.min(cheap, Linked.most(parameters.maxRatio(), features)));
        }

        @Override
        public void restarted() {
            found = 0;
            cheap = 0;
        }
    }

    private void publish(Done done, DistanceFile stored) throws AnalysisException {
        Linked link = done.linked();
        int applied = link.applied(parameters.beta(), parameters.maxRatio());
        for (int m = 0; m < link.merges().size(); m++) {
            ComplexityResults.addMerge(
                    merges, link.name(), m, link.merges().get(m), link.features() - m - 1, m < applied);
        }
        linked.add(link);
        live.done(linked);
        context.emit(ComplexityResults.curve(
                ComplexityResults.series(linked, parameters.maxRatio()), parameters.beta()));
        ComplexityResults.emitLinked(network, linked, parameters, context);
        context.emit(link.dendrogram(parameters.beta()));
        if (done.distances().squared().length > 0) {
            done.distances().heatmap(link).ifPresent(context::emit);
            if (stored != null) {
                stored.write(linked.size() - 1, done.distances().squared());
            }
        }
    }
}

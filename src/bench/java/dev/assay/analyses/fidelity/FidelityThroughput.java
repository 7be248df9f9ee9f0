package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.Location;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import dev.assay.compute.cpu.PlainGraphConvolution;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.TuFolderKind;
import dev.assay.model.gnn.GnnJsonKind;
import dev.assay.model.gnn.GnnModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Forward passes per second of robust fidelity on BA-2motifs (100 graphs, 50 samples, both signs, two explainers), against
 * the same scores computed one perturbed graph at a time: an edge list of its own, made ready, one pass, by the reference
 * kernel and by the fast one. A pass that a sample stands for counts, whether it was run or taken from an equal one.
 * Rounds alternate in one process. Arguments: model, folder of graphs, number of rounds.
 */
public final class FidelityThroughput {

    private static final int GRAPHS = 100;
    private static final int SAMPLES = 50;
    private static final int WARM_UP = 3;

    private final GnnModel model;
    private final GraphDataset data;
    private final Sampling sampling =
            new Sampling(0.1, 0.9, SAMPLES, Estimator.MONTE_CARLO, 1, 0, false, false, 0);
    private double sum;

    private FidelityThroughput(Path modelFile, Path graphs) throws Exception {
        model = new GnnJsonKind().open(Location.of(modelFile));
        data = new TuFolderKind().open(Location.of(graphs));
    }

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        FidelityThroughput job = new FidelityThroughput(Path.of(args[0]), Path.of(args[1]));
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 7;
        int threads = Runtime.getRuntime().availableProcessors();
        try (Kernels kernels = Kernels.cpu(threads);
                Kernels one = Kernels.cpu(1);
                Parallel many = new Parallel(threads);
                Parallel single = new Parallel(1)) {
            BatchedGraphConvolution fast = kernels.get(BatchedGraphConvolution.class);
            BatchedGraphConvolution fastAlone = one.get(BatchedGraphConvolution.class);
            double[][] seconds = new double[4][rounds];
            for (int r = -WARM_UP; r < rounds; r++) {
                double[] found = {
                    job.batched(fast, many), job.batched(fastAlone, single), job.oneAtATime(fastAlone),
                    job.oneAtATime(new PlainGraphConvolution())
                };
                for (int k = 0; r >= 0 && k < found.length; k++) {
                    seconds[k][r] = found[k];
                }
            }
            String[] names = {
                "batched, " + threads + " threads", "batched, 1 thread", "one at a time, fast kernel",
                "one at a time, reference kernel"
            };
            double passes = GRAPHS * 2.0 * (3 + 2 * SAMPLES);
            System.out.println("| way | median s | forward passes per second | ratio to the reference |");
            System.out.println("| --- | --- | --- | --- |");
            for (int k = 0; k < names.length; k++) {
                double[] ratios = new double[rounds];
                for (int r = 0; r < rounds; r++) {
                    ratios[r] = seconds[3][r] / seconds[k][r];
                }
                System.out.printf(
                        Locale.ROOT, "| %s | %.3f | %.0f | %.1f |%n", names[k], median(seconds[k]),
                        passes / median(seconds[k]), median(ratios));
            }
            System.out.println("checksum " + job.sum);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Which graphs: half of each class. */
    private static int key(int i) {
        return i < GRAPHS / 2 ? i : 500 + i - GRAPHS / 2;
    }

    private InstanceSource source(BatchedGraphConvolution kernel) throws Exception {
        return new InstanceSource(
                model, data, kernel, new InstanceSource.Options(EdgeRemoval.STRUCTURAL, 0, true, false));
    }

    /** The ground truth and the edges of the other end of the list, as two explanations of one size. */
    private static List<boolean[]> sets(Instance instance) {
        double[] scores = new double[instance.units().size()];
        Arrays.setAll(scores, u -> u);
        return List.of(instance.truth(), EdgeCut.first(scores, instance.truthSize()).members());
    }

    private double batched(BatchedGraphConvolution kernel, Parallel parallel) throws Exception {
        InstanceSource source = source(kernel);
        long start = System.nanoTime();
        double[] values = new double[GRAPHS];
        parallel.run(GRAPHS, i -> {
            Instance instance = source.open(key(i));
            InstanceScoring scoring = new InstanceScoring(instance, sampling);
            sets(instance).forEach(set -> scoring.add(set, new int[0]));
            scoring.advance(SAMPLES, () -> {});
            values[i] = scoring.scores().sets().stream().mapToDouble(s -> s.values()[Scores.ROBUST_DELTA]).sum();
        }, () -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        sum += Arrays.stream(values).sum();
        return seconds;
    }

    /** Every sample as a graph of its own. */
    private double oneAtATime(BatchedGraphConvolution kernel) throws Exception {
        InstanceSource source = source(kernel);
        long start = System.nanoTime();
        for (int i = 0; i < GRAPHS; i++) {
            Instance instance = source.open(key(i));
            SampleDraws draws = new SampleDraws(instance, 0);
            for (boolean[] members : sets(instance)) {
                long[] set = Bits.of(members);
                long[] rest = Bits.complement(set, members.length);
                sum += instance.f() - f(kernel, instance, set) - (instance.f() - f(kernel, instance, rest));
                long[] removed = new long[set.length];
                for (int m = 0; m < SAMPLES; m++) {
                    long[] drawn = draws.below(0.1, m);
                    Bits.and(drawn, set, removed);
                    sum += instance.f() - f(kernel, instance, removed);
                    Bits.and(drawn, rest, removed);
                    sum -= instance.f() - f(kernel, instance, removed);
                }
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double f(BatchedGraphConvolution kernel, Instance instance, long[] removed) throws Exception {
        GraphSample graph = instance.graph();
        List<Integer> kept = new ArrayList<>();
        for (int e = 0; e < graph.edges(); e++) {
            if (!Bits.get(removed, instance.units().unitOf(e))) {
                kept.add(e);
            }
        }
        GraphSample perturbed = GraphSample.of(graph.nodes())
                .edges(
                        kept.stream().mapToInt(e -> graph.from()[e]).toArray(),
                        kept.stream().mapToInt(e -> graph.to()[e]).toArray())
                .build();
        return model.prepare(kernel, perturbed, model.features(data, perturbed)).probabilities()[instance.label()];
    }
}

package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The desktop acceptance experiments of feature complexity over several seeds: planted copies, width, and merging against
 * pruning. Prints tables for docs/performance.md. Arguments: seeds of the first experiment, seeds of the others.
 */
public final class AcceptanceExperiments {

    private static final int[] COPIES = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4};
    private static final int[] WIDTHS = {8, 16, 32, 64, 128, 256};
    private static final double[] PLANTED_BETAS = {0.001, 0.002, 0.01, 0.02, 0.03, 0.05};
    private static final int RANDOM_DRAWS = 20;

    private AcceptanceExperiments() {}

    private record Trained(long seed, ToyTask task, int width, ToyTask.Network network) {}

    /** Starts it. */
    public static void main(String[] args) {
        int planted = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int others = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        planted(planted);
        for (ToyTask.Start start : ToyTask.Start.values()) {
            System.out.println("Students that start " + start);
            System.out.println();
            List<Trained> trained = trained(others, start);
            width(trained);
            pruning(trained);
            System.out.println();
        }
    }

    private static List<Trained> trained(int seeds, ToyTask.Start start) {
        return IntStream.rangeClosed(1, seeds)
                .boxed()
                .flatMap(seed -> {
                    ToyTask task = new ToyTask(100L + seed);
                    return Arrays.stream(WIDTHS)
                            .mapToObj(w -> new Trained(seed, task, w, task.train(w, start)));
                })
                .toList();
    }

    private static void planted(int seeds) {
        Map<Double, int[]> clean = new TreeMap<>();
        Map<Double, Double> worst = new TreeMap<>();
        Map<Double, int[]> reference = new TreeMap<>();
        int twenty = 0;
        int runs = 0;
        int[] owners = ToyTask.owners(COPIES);
        for (ToyTask.Start start : ToyTask.Start.values()) {
            for (long seed = 1; seed <= seeds; seed++) {
                runs++;
                ToyTask task = new ToyTask(seed);
                ToyTask.Network wide = task.copied(task.train(COPIES.length, start), COPIES, 0.01);
                double before = wide.accuracy(task.fresh, task.freshLabels);
                Linked linked = new Linked("h", owners.length, wide.ward(), List.of());
                for (double beta : PLANTED_BETAS) {
                    List<int[]> clusters = linked.partition(beta, 1).clusters();
                    boolean right = clusters.size() == COPIES.length && ToyTask.clean(clusters, owners);
                    clean.computeIfAbsent(beta, b -> new int[1])[0] += right ? 1 : 0;
                    double change =
                            Math.abs(wide.merged(clusters, false).accuracy(task.fresh, task.freshLabels) - before);
                    worst.merge(beta, change, Math::max);
                    List<int[]> swept = reference(wide, beta);
                    reference.computeIfAbsent(beta, b -> new int[1])[0] += ToyTask.clean(swept, owners) ? 1 : 0;
                    twenty += beta == 0.001 && swept.size() == 20 ? 1 : 0;
                }
            }
        }
        System.out.println("| beta | ward: 16 clean clusters | largest change of accuracy | reference: clean |");
        System.out.println("| --- | --- | --- | --- |");
        for (double beta : PLANTED_BETAS) {
            System.out.printf(
                    Locale.ROOT, "| %s | %d of %d | %.2f points | %d of %d |%n",
                    beta, clean.get(beta)[0], runs, 100 * worst.get(beta), reference.get(beta)[0], runs);
        }
        System.out.printf("reference leaves 20 at beta 0.001 in %d of %d runs%n%n", twenty, runs);
    }

    private static List<int[]> reference(ToyTask.Network network, double beta) {
        List<Merge> merges = new ArrayList<>();
        new ReferenceMerging(network.state(), true, Pairs.KERNEL, () -> {}).run(beta, 1, (g, m, left) -> merges.add(m));
        return Partition.of(network.units(), merges).clusters();
    }

    private static List<int[]> ward(ToyTask.Network network, double beta) {
        return new Linked("h", network.units(), network.ward(), List.of())
                .partition(beta, 1)
                .clusters();
    }

    private static void width(List<Trained> trained) {
        System.out.println("| width | kept at beta 0.1, ward | share | kept at beta 0.1, reference | share"
                + " | reference, beta 0.05 | ward, beta 0.2 | accuracy | accuracy after |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int w : WIDTHS) {
            List<Trained> of = trained.stream().filter(t -> t.width() == w).toList();
            System.out.printf(
                    Locale.ROOT, "| %d | %s | %.3f | %s | %.3f | %s | %s | %s | %s |%n", w,
                    range(of.stream().mapToInt(t -> ward(t.network(), 0.1).size()).toArray()),
                    of.stream().mapToDouble(t -> ward(t.network(), 0.1).size() / (double) w).average().orElse(0),
                    range(of.stream().mapToInt(t -> reference(t.network(), 0.1).size()).toArray()),
                    of.stream().mapToDouble(t -> reference(t.network(), 0.1).size() / (double) w).average().orElse(0),
                    range(of.stream().mapToInt(t -> reference(t.network(), 0.05).size()).toArray()),
                    range(of.stream().mapToInt(t -> ward(t.network(), 0.2).size()).toArray()),
                    shares(of.stream().mapToDouble(t -> accuracy(t, t.network())).toArray()),
                    shares(of.stream()
                            .mapToDouble(t -> accuracy(t, t.network().merged(ward(t.network(), 0.2), false)))
                            .toArray()));
        }
        for (boolean ward : new boolean[] {true, false}) {
            double[] correlations = trained.stream()
                    .collect(Collectors.groupingBy(Trained::seed, TreeMap::new, Collectors.toList()))
                    .values()
                    .stream()
                    .mapToDouble(of -> spearman(of.stream()
                            .mapToDouble(t -> (ward ? ward(t.network(), 0.1) : reference(t.network(), 0.1)).size()
                                    / (double) t.width())
                            .toArray()))
                    .toArray();
            System.out.printf(
                    Locale.ROOT, "Spearman of width and kept share at beta 0.1, %s: %s%n",
                    ward ? "ward" : "reference", Arrays.toString(correlations));
        }
        System.out.println();
    }

    private static double accuracy(Trained t, ToyTask.Network network) {
        return network.accuracy(t.task().fresh, t.task().freshLabels);
    }

    private static String range(int[] values) {
        return Arrays.stream(values).min().orElse(0) + "-" + Arrays.stream(values).max().orElse(0);
    }

    private static String shares(double[] values) {
        return String.format(
                Locale.ROOT, "%.3f-%.3f", Arrays.stream(values).min().orElse(0), Arrays.stream(values).max().orElse(0));
    }

    /** Rank correlation with the widths, which ascend; ties share their mean rank. */
    private static double spearman(double[] values) {
        int n = values.length;
        double[] ranks = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                ranks[i] += values[j] < values[i] ? 1 : values[j] == values[i] && j != i ? 0.5 : 0;
            }
        }
        double mean = (n - 1) / 2.0;
        double cross = 0;
        double squares = 0;
        double own = 0;
        for (int i = 0; i < n; i++) {
            cross += (i - mean) * (ranks[i] - mean);
            own += (i - mean) * (i - mean);
            squares += (ranks[i] - mean) * (ranks[i] - mean);
        }
        return squares == 0 ? 0 : cross / Math.sqrt(own * squares);
    }

    private static void pruning(List<Trained> trained) {
        List<Trained> wide = trained.stream().filter(t -> t.width() >= 32).toList();
        double[] sums = new double[4];
        int wins = 0;
        int ties = 0;
        for (Trained t : wide) {
            List<int[]> swept = reference(t.network(), 0.05);
            int kept = swept.size();
            double reference = accuracy(t, t.network().merged(swept, true));
            List<Merge> merges = t.network().ward();
            double ward = accuracy(
                    t,
                    t.network()
                            .merged(
                                    Partition.of(t.width(), merges.subList(0, t.width() - kept))
                                            .clusters(),
                                    false));
            List<Integer> strongest = IntStream.range(0, t.width())
                    .boxed()
                    .sorted(Comparator.comparingDouble(u -> -t.network().magnitude(u)))
                    .limit(kept)
                    .toList();
            double magnitude = accuracy(t, t.network().merged(single(strongest), false));
            double random = 0;
            for (int draw = 0; draw < RANDOM_DRAWS; draw++) {
                List<int[]> chosen = Pruning.byChance(1000L * t.seed() + draw, 0, t.width(), kept).clusters();
                random += accuracy(t, t.network().merged(chosen, false)) / RANDOM_DRAWS;
            }
            sums[0] += reference;
            sums[1] += ward;
            sums[2] += magnitude;
            sums[3] += random;
            wins += ward > reference ? 1 : 0;
            ties += ward == reference ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "mean accuracy at the width that reference keeps at beta 0.05, %d runs of widths 32-256:%n"
                        + "ward %.4f, reference %.4f, magnitude %.4f, random %.4f%n"
                        + "ward against reference: %d wins, %d ties, %d losses%n",
                wide.size(), sums[1] / wide.size(), sums[0] / wide.size(), sums[2] / wide.size(),
                sums[3] / wide.size(), wins, ties, wide.size() - wins - ties);
    }

    private static List<int[]> single(List<Integer> units) {
        return units.stream().sorted().map(u -> new int[] {u}).toList();
    }
}

package dev.assay.analyses.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Scores over instances, as far as they are known. Instances whose explanation is empty or everything are left out of
 * means and ranks (robust-fidelity, bad input).
 *
 * @param explainers names
 * @param ratios sizes of the curves
 * @param schedule numbers of samples at which running scores are kept
 * @param instances in order
 * @param scores of each instance
 * @param pooledAuc edge AUC over all instances' edges by explainer, NaN where not known
 */
record FidelitySummary(
        List<String> explainers, double[] ratios, int[] schedule, List<Explained> instances,
        List<InstanceScores> scores, double[] pooledAuc) {

    /** Places of the instances that count for an explainer. */
    int[] counted(int explainer) {
        return IntStream.range(0, scores.size())
                .filter(i -> !scores.get(i).sets().get(explainer).degenerate())
                .toArray();
    }

    /** A value over the instances that count. */
    Means means(int explainer, ToDoubleFunction<SetScore> value) {
        return Means.of(Arrays.stream(counted(explainer))
                .mapToDouble(i -> value.applyAsDouble(scores.get(i).sets().get(explainer)))
                .toArray());
    }

    /** One of the twelve scores. */
    Means score(int explainer, int score) {
        return means(explainer, s -> s.values()[score]);
    }

    /** Standard error of the mean of a robust score from sampling alone. */
    double samplingError(int explainer, int error) {
        int[] counted = counted(explainer);
        double sum = 0;
        for (int i : counted) {
            double e = scores.get(i).sets().get(explainer).errors()[error];
            sum += e * e;
        }
        return counted.length == 0 ? 0 : Math.sqrt(sum) / counted.length;
    }

    /** Width of the widest 95 % interval of sampling error of a mean robust delta. */
    double samplingWidth() {
        double widest = 0;
        for (int e = 0; e < explainers.size(); e++) {
            double width = 2 * Means.NORMAL * samplingError(e, 2);
            widest = Math.max(widest, Double.isNaN(width) ? Double.POSITIVE_INFINITY : width);
        }
        return widest;
    }

    /** Rank by mean robust delta, 1 for the largest; 0 without one. Equal means share a rank. */
    int[] ranks() {
        double[] means = IntStream.range(0, explainers.size())
                .mapToDouble(e -> score(e, Scores.ROBUST_DELTA).mean())
                .toArray();
        return IntStream.range(0, means.length)
                .map(e -> Double.isNaN(means[e]) ? 0
                        : 1 + (int) Arrays.stream(means).filter(m -> m > means[e]).count())
                .toArray();
    }

    /** Share of instances whose prediction is another one than that of the whole graph. */
    double modelFidelity(int explainer, boolean without) {
        return share(explainer, (i, s) -> (without ? s.withoutClass() : s.withClass()) != i.predicted());
    }

    /** Share of instances where being right changes. */
    double phenomenonFidelity(int explainer, boolean without) {
        return share(explainer, (i, s) -> ((without ? s.withoutClass() : s.withClass()) == i.label()) != i.correct());
    }

    private interface Test {
        boolean holds(Explained instance, SetScore score);
    }

    private double share(int explainer, Test test) {
        int[] counted = counted(explainer);
        long hits = Arrays.stream(counted)
                .filter(i -> test.holds(instances.get(i), scores.get(i).sets().get(explainer)))
                .count();
        return counted.length == 0 ? Double.NaN : (double) hits / counted.length;
    }

    /**
     * Harmonic mean of {@code plus} and {@code 1 - minus} with equal weights; 0 where a part is not above 0
     * (robust-fidelity, other scores).
     */
    static double characterization(double plus, double minus) {
        if (Double.isNaN(plus) || Double.isNaN(minus)) {
            return Double.NaN;
        }
        return plus <= 0 || minus >= 1 ? 0 : 1 / (0.5 / plus + 0.5 / (1 - minus));
    }

    /** Area under {@code plus / (1 - minus)} over the sizes, by trapezoids; NaN for fewer than two sizes. */
    double curveAuc(int explainer) {
        if (ratios.length < 2 || scores.isEmpty()) {
            return Double.NaN;
        }
        Integer[] order = new Integer[ratios.length];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Double.compare(ratios[a], ratios[b]));
        double area = 0;
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int r : order) {
            long lost = 0;
            long changed = 0;
            for (int i = 0; i < scores.size(); i++) {
                SetScore s = curve(i, explainer, r);
                lost += s.withoutClass() != instances.get(i).predicted() ? 1 : 0;
                changed += s.withClass() != instances.get(i).predicted() ? 1 : 0;
            }
            double kept = scores.size() - changed;
            double y = kept > 0 ? lost / kept : 0;
            if (!Double.isNaN(lastX)) {
                area += (ratios[r] - lastX) * (y + lastY) / 2;
            }
            lastX = ratios[r];
            lastY = y;
        }
        return area;
    }

    /** The scores of an instance at a size of the curves. */
    SetScore curve(int instance, int explainer, int ratio) {
        return scores.get(instance).curves().get(explainer * ratios.length + ratio);
    }

    /** A robust score over all instances at a size of the curves. */
    Means curveScore(int explainer, int ratio, int score) {
        return Means.of(IntStream.range(0, scores.size())
                .mapToDouble(i -> curve(i, explainer, ratio).values()[score])
                .toArray());
    }

    /** Mean running delta and half-width of its sampling interval after a number of samples. */
    record Running(double mean, double half) {}

    /** How the mean robust delta went, up to the last number of samples that all instances have reached. */
    List<Running> running(int explainer) {
        int[] counted = counted(explainer);
        List<Running> running = new ArrayList<>();
        for (int at = 0; at < schedule.length && counted.length > 0; at++) {
            double mean = 0;
            double variance = 0;
            for (int i : counted) {
                SetScore s = scores.get(i).sets().get(explainer);
                boolean exact = s.errors()[2] == 0 && s.runningDelta().length == 0;
                if (!exact && s.runningDelta().length <= at) {
                    return running;
                }
                mean += exact ? s.values()[Scores.ROBUST_DELTA] : s.runningDelta()[at];
                variance += exact ? 0 : s.runningVariance()[at];
            }
            running.add(new Running(
                    mean / counted.length, Means.NORMAL * Math.sqrt(variance) / counted.length));
        }
        return running;
    }

    /** Mean and interval of the robust delta of one explainer minus another over instances that count for both. */
    Means difference(int a, int b) {
        return Means.of(IntStream.range(0, scores.size())
                .filter(i -> !scores.get(i).sets().get(a).degenerate() && !scores.get(i).sets().get(b).degenerate())
                .mapToDouble(i -> scores.get(i).sets().get(a).values()[Scores.ROBUST_DELTA]
                        - scores.get(i).sets().get(b).values()[Scores.ROBUST_DELTA])
                .toArray());
    }
}

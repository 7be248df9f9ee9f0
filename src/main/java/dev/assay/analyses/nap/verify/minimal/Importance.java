package dev.assay.analyses.nap.verify.minimal;

import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.Arrays;
import java.util.List;

/** Ranks a pattern's neurons by samples of its class. */
public final class Importance {

    private final ReluNetwork net;

    /** Ranks neurons of a network. */
    public Importance(ReluNetwork net) {
        this.net = net;
    }

    /**
     * Absolute gradient of the class's score against the strongest rival with respect to each unit's output, averaged
     * over samples; flat over the units.
     *
     * @param sign 1 when the greatest score wins, -1 when the least does
     */
    public double[] gradients(List<double[]> samples, int ofClass, double sign) {
        double[] sum = new double[net.units()];
        for (double[] x : samples) {
            double[][] z = net.run(x, 1);
            double[][] lambda = margin(z, ofClass, sign);
            for (int s = net.layers(); s >= 1; s--) {
                for (int j = 0; j < net.width(s); j++) {
                    sum[net.offset(s) + j] += Math.abs(lambda[s][j]) / samples.size();
                }
                mask(s, lambda, z);
                spread(s, lambda);
            }
        }
        return sum;
    }

    private double[][] margin(double[][] z, int ofClass, double sign) {
        double[] scores = z[net.layers()];
        int rival = ofClass == 0 ? 1 : 0;
        for (int o = 0; o < scores.length; o++) {
            rival = o != ofClass && sign * scores[o] > sign * scores[rival] ? o : rival;
        }
        double[] c = new double[scores.length];
        c[ofClass] = sign;
        c[rival] = -sign;
        double[][] lambda = new double[net.layers() + 1][];
        for (int s = 0; s <= net.layers(); s++) {
            lambda[s] = new double[net.width(s)];
        }
        for (ReluNetwork.Term term : net.block(net.layers() + 1).terms()) {
            term.map().backward(c, 1, lambda[term.source()]);
        }
        return lambda;
    }

    private void mask(int s, double[][] lambda, double[][] z) {
        for (int j = 0; j < lambda[s].length; j++) {
            lambda[s][j] = z[s - 1][j] > 0 ? lambda[s][j] : 0;
        }
    }

    private void spread(int s, double[][] lambda) {
        for (ReluNetwork.Term term : net.block(s).terms()) {
            term.map().backward(lambda[s], 1, lambda[term.source()]);
        }
    }

    /**
     * The neurons whose required state differs at some adversary of a sample that has it: the union over the samples is
     * what the optimistic method takes for essential.
     *
     * @param adversaries inputs near samples of the class that the network puts elsewhere
     */
    public Signs essential(Signs pattern, List<double[]> adversaries) {
        Signs kept = pattern;
        boolean[] differs = new boolean[net.units()];
        for (double[] x : adversaries) {
            double[][] z = net.run(x, 1);
            for (int unit : pattern.constrained()) {
                int k = net.layerOf(unit);
                double value = z[k - 1][unit - net.offset(k)];
                differs[unit] |= pattern.sign(unit) > 0 ? value <= 0 : value > 0;
            }
        }
        for (int unit : pattern.constrained()) {
            kept = differs[unit] ? kept : kept.without(unit);
        }
        return kept;
    }

    /** The pattern's neurons, the least important in front; equal ones by index. */
    public static int[] ascending(Signs pattern, double[] importance) {
        return Arrays.stream(pattern.constrained())
                .boxed()
                .sorted((a, b) -> importance[a] != importance[b]
                        ? Double.compare(importance[a], importance[b])
                        : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

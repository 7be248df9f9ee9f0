package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Parameters of {@link NapMining}.
 *
 * @param slack s of the method: share of a class's samples that may disagree with a required state, 0 &le; s &lt; 1/2
 * @param slacks slacks of the curves and of the further rows of the tables
 * @param labelSource which class a sample is mined for
 * @param decision how scores become a class
 * @param layers {@code all}, or numbers of ReLU layers from 1 in the order of the graph
 * @param convUnits what counts as a unit of a convolutional layer
 * @param excludeDead whether never active units are left out of the reported sizes
 * @param regionSamples random points per class that estimate the size of the pattern's region; 0 for none
 * @param regionRadius half-width of the box that the points come from, in units of the network's input
 */
public record NapParameters(
        @Parameter(
                label = "Relaxation slack s",
                help = "Share of a class's samples that may disagree with a required state; slack 0.01 is purity"
                        + " 0.99. 0 asks every sample to agree. More slack constrains more neurons: the"
                        + " pattern's region shrinks and its recall falls.",
                min = "0",
                max = "0.5",
                maxExclusive = true,
                live = true) Exact slack,
        @Parameter(
                label = "Slacks of the curves",
                help = "Slacks at which recall and size are shown besides the one above, as decimals or"
                        + " fractions p/q.",
                min = "0",
                max = "0.5",
                maxExclusive = true) List<Exact> slacks,
        @Parameter(
                label = "Label source",
                help = "The class a sample is mined for: its provided label, the network's decision, or the"
                        + " provided label of only those samples that the network gets right. At slack 0 a single"
                        + " misclassified sample frees a neuron.") LabelSource labelSource,
        @Parameter(
                label = "Decision",
                help = "argmax: the greatest score wins. argmin: the least one does, as in networks that put out"
                        + " costs (ACAS Xu).") Decision decision,
        @Parameter(
                label = "ReLU layers",
                help = "all, or numbers of ReLU layers from 1 in the order of the graph, e.g. 2,3,4.",
                suggested = true) String layers,
        @Parameter(
                label = "Units of a convolution",
                help = "position: every position of every channel is a unit. channel: a channel is a unit,"
                        + " active when it is above zero at any position.",
                advanced = true) ConvUnits convUnits,
        @Parameter(
                label = "Leave out dead neurons",
                help = "Leaves neurons that no training sample activates out of the reported sizes. They"
                        + " constrain the pattern's region all the same and stay in the pattern file.",
                advanced = true,
                live = true) boolean excludeDead,
        @Parameter(
                label = "Region samples",
                help = "Random points per class, drawn around its training samples, that estimate how much of"
                        + " their surroundings the pattern covers. 0 leaves the estimate out.",
                min = "0",
                max = "100000",
                advanced = true) int regionSamples,
        @Parameter(
                label = "Region radius",
                help = "Half-width of the box around a sample that the points come from, in units of the"
                        + " network's input.",
                min = "0",
                max = "1e30",
                advanced = true) double regionRadius) implements ParameterSet.Checked {

    /** The word for all layers. */
    static final String ALL_LAYERS = "all";

    private static final int MOST_SLACKS = 100;

    /** The method's defaults. */
    public static NapParameters defaults() {
        return new NapParameters(
                Exact.parse("0.01"),
                Stream.of("0", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2")
                        .map(Exact::parse)
                        .toList(),
                LabelSource.PROVIDED,
                Decision.ARGMAX,
                ALL_LAYERS,
                ConvUnits.POSITION,
                false,
                0,
                0.05);
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        if (!layers.strip().equals(ALL_LAYERS)) {
            for (String part : layers.split(",", -1)) {
                if (!part.strip().matches("[1-9][0-9]{0,8}")) {
                    problems.add(new ParameterProblem(
                            "layers",
                            "'" + layers + "' is neither all nor a list of layer numbers from 1 such as 2,3,4"));
                    break;
                }
            }
        }
        if (slacks.size() > MOST_SLACKS) {
            problems.add(new ParameterProblem(
                    "slacks", slacks.size() + " slacks are given; at most " + MOST_SLACKS + " are possible"));
        }
        return problems;
    }

    /** The layers' numbers, ascending, each once; empty for all layers. */
    List<Integer> layerNumbers() {
        return layers.strip().equals(ALL_LAYERS)
                ? List.of()
                : Stream.of(layers.split(",")).map(String::strip).map(Integer::valueOf).distinct().sorted().toList();
    }

    /** All slacks to report, ascending, each value once. */
    List<Exact> allSlacks() {
        TreeSet<Exact> all = new TreeSet<>(slacks);
        all.add(slack);
        return List.copyOf(all);
    }

    /** The same with another slack. */
    NapParameters withSlack(Exact other) {
        return new NapParameters(
                other, slacks, labelSource, decision, layers, convUnits, excludeDead, regionSamples, regionRadius);
    }
}

package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analyses.complexity.FeatureGroups.NotAnalysed;
import dev.assay.analyses.complexity.FeatureGroups.Role;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.model.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx;

/**
 * An opened network with its groups of features and the weights that they consist of.
 *
 * @param working the graph that is merged
 * @param shapes shapes of inner tensors
 * @param groups what is merged, and what is left alone
 * @param tensors the groups' weights in two-axis parts
 * @param values the stored tensors, each read once; for one thread at a time
 * @param broken what is wrong with groups that are left alone for their weights: tensor, value and index
 */
record NetworkUnderAnalysis(
        OnnxModel model,
        WorkingGraph working,
        Map<String, long[]> shapes,
        FeatureGroups groups,
        List<StoredWeight> tensors,
        MergedNetwork.Values values,
        List<String> broken) {

    /** Stands for every group. */
    static final String ALL = "all";

    /** What {@code layers} may be: all, or a group's name. */
    static List<String> layers(OnnxModel model) throws AnalysisException {
        List<String> names = new ArrayList<>(List.of(ALL));
        GroupFinder.find(WorkingGraph.of(model).model().getGraph(), model.shapes())
                .groups()
                .forEach(g -> names.add(g.name()));
        return names;
    }

    /**
     * Finds the groups and reads their weights.
     *
     * @param layers {@code all}, or names of groups separated by commas
     * @throws AnalysisException when nothing can be merged, with the reasons, or a name is unknown
     */
    static NetworkUnderAnalysis of(OnnxModel model, String layers) throws AnalysisException {
        WorkingGraph working = WorkingGraph.of(model);
        Onnx.GraphProto graph = working.model().getGraph();
        FeatureGroups found = GroupFinder.find(graph, model.shapes());
        List<Group> chosen = choose(found.groups(), layers, model);
        List<NotAnalysed> notAnalysed = new ArrayList<>(found.notAnalysed());
        MergedNetwork.Values values = working.values(model);
        List<Group> sound = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (Group group : chosen) {
            String broken = firstBroken(group, values);
            if (broken.isEmpty()) {
                sound.add(group);
            } else {
                notAnalysed.add(new NotAnalysed(incoming(group), broken));
                reasons.add(broken);
            }
        }
        for (Group group : found.groups()) {
            if (!chosen.contains(group)) {
                notAnalysed.add(new NotAnalysed(incoming(group), "it is not among the chosen layers"));
            }
        }
        if (sound.isEmpty()) {
            throw new AnalysisException(
                    "there is nothing to merge: "
                            + (notAnalysed.isEmpty()
                                    ? "the file stores no weights as tensors"
                                    : notAnalysed.stream()
                                            .limit(5)
                                            .map(n -> n.tensor() + ": " + n.reason())
                                            .collect(Collectors.joining("; "))),
                    model.name(),
                    "choose a network with a hidden linear or convolution layer");
        }
        List<FeatureGroups.Flattening> flattenings = found.flattenings().stream()
                .map(f -> new FeatureGroups.Flattening(
                        f.node(),
                        f.shapeTensor(),
                        f.dimension(),
                        f.parts().stream()
                                .map(p -> new FeatureGroups.FlatPart(
                                        p.group() < 0
                                                ? -1
                                                : sound.indexOf(found.groups().get(p.group())),
                                        p.size()))
                                .toList(),
                        f.span()))
                .toList();
        FeatureGroups kept =
                new FeatureGroups(sound, notAnalysed, found.unhomogeneous(), flattenings);
        return new NetworkUnderAnalysis(
                model, working, model.shapes(), kept, weights(graph, sound, values), values, reasons);
    }

    private static List<StoredWeight> weights(
            Onnx.GraphProto graph, List<Group> groups, MergedNetwork.Values values) throws InputException {
        Map<String, int[]> shapes = new HashMap<>();
        MergedNetwork.stored(graph).forEach((name, t) -> shapes.put(
                name, t.getDimsList().stream().mapToInt(Long::intValue).toArray()));
        return Weights.of(groups, shapes, values);
    }

    /** The groups' weights with other values. */
    List<StoredWeight> tensorsOf(MergedNetwork.Values others) throws InputException {
        return weights(graph().getGraph(), groups.groups(), others);
    }

    private static List<Group> choose(List<Group> groups, String layers, OnnxModel model) throws AnalysisException {
        if (layers.strip().equals(ALL)) {
            return groups;
        }
        Set<String> wanted =
                Arrays.stream(layers.split(",")).map(String::strip).collect(Collectors.toCollection(HashSet::new));
        List<Group> chosen =
                groups.stream().filter(g -> wanted.contains(g.name())).toList();
        chosen.forEach(g -> wanted.remove(g.name()));
        if (!wanted.isEmpty() || chosen.isEmpty()) {
            throw new AnalysisException(
                    "there is no group '" + String.join("', '", wanted) + "' in " + model.name(),
                    "parameter layers",
                    "write all, or names out of "
                            + groups.stream().map(Group::name).collect(Collectors.joining(", ")));
        }
        return chosen;
    }

    private static String incoming(Group group) {
        return group.uses().stream()
                .filter(u -> u.role() == Role.INCOMING)
                .findFirst()
                .orElseThrow()
                .tensor();
    }

    private static String firstBroken(Group group, MergedNetwork.Values stored) throws InputException {
        for (String tensor : group.tensors()) {
            float[] values = stored.of(tensor);
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    return "'" + tensor + "' holds " + values[i] + " at index " + i;
                }
            }
        }
        return "";
    }

    /** The graph that is merged. */
    Onnx.ModelProto graph() {
        return working.model();
    }

    /** The groups' weights as copies that can be changed. */
    List<WeightTensor> copiedTensors() {
        return tensors.stream().map(StoredWeight::copy).toList();
    }

    /** The size of the network as it is; a tensor with several uses counts once. */
    NetworkSize size() {
        return NetworkSize.of(graph().getGraph(), shapes, Map.of(), working::origin);
    }

    /** The size of the smaller network for a partition of every group, without making it. */
    NetworkSize size(List<Partition> partitions) {
        return NetworkSize.of(
                graph().getGraph(),
                shapes,
                MergedNetwork.shapes(graph().getGraph(), groups, partitions.stream().map(Partition::size).toList()),
                name -> name);
    }

    int[] sizes() {
        return groups.groups().stream().mapToInt(Group::size).toArray();
    }

    /** The smaller network for a partition of every group. */
    Onnx.ModelProto merged(List<Partition> partitions, boolean reference, boolean bnFix, boolean varianceRepair)
            throws InputException {
        List<List<int[]>> clusters = partitions.stream().map(Partition::clusters).toList();
        List<double[]> factors = varianceRepair ? VarianceRepair.factors(tensors, partitions) : List.of();
        return MergedNetwork.write(graph(), values, groups, clusters, reference, bnFix, factors);
    }
}

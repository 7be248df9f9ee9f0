package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analyses.complexity.FeatureGroups.Role;
import dev.assay.analyses.complexity.FeatureGroups.Use;
import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network's stored tensors as feature merging sees them: two feature axes, the rest behind. */
final class Weights {

    private Weights() {}

    /**
     * Cuts the tensors of the groups into two-axis parts.
     *
     * @param groups the groups; a tensor's axis that belongs to none of them is frozen
     * @param shapes shapes of the stored tensors
     */
    static List<StoredWeight> of(List<Group> groups, Map<String, int[]> shapes, MergedNetwork.Values values)
            throws InputException {
        Map<String, Integer> rowGroups = new LinkedHashMap<>();
        Map<String, Integer> rowAxes = new LinkedHashMap<>();
        record Read(Use use, int group) {}
        Map<String, List<Read>> reads = new LinkedHashMap<>();
        for (int g = 0; g < groups.size(); g++) {
            for (Use use : groups.get(g).uses()) {
                if (use.role() == Role.INCOMING || use.role() == Role.DEPTHWISE) {
                    rowGroups.put(use.tensor(), g);
                    rowAxes.put(use.tensor(), use.axis());
                } else if (use.role() == Role.OUTGOING) {
                    reads.computeIfAbsent(use.tensor(), t -> new ArrayList<>()).add(new Read(use, g));
                }
            }
        }
        List<StoredWeight> tensors = new ArrayList<>();
        Map<String, List<Read>> all = new LinkedHashMap<>();
        rowGroups.keySet().forEach(t -> all.put(t, reads.getOrDefault(t, List.of())));
        reads.forEach(all::putIfAbsent);
        for (Map.Entry<String, List<Read>> entry : all.entrySet()) {
            String tensor = entry.getKey();
            int[] shape = shapes.get(tensor);
            int rowGroup = rowGroups.getOrDefault(tensor, -1);
            int rowAxis = rowAxes.getOrDefault(
                    tensor, entry.getValue().isEmpty() ? 0 : 1 - entry.getValue().getFirst().use().axis());
            float[] v = values.of(tensor);
            boolean[] taken = new boolean[shape[1 - rowAxis]];
            for (Read read : entry.getValue()) {
                int size = groups.get(read.group()).size();
                Arrays.fill(taken, read.use().offset(), read.use().offset() + size * read.use().span(), true);
                tensors.add(part(tensor, v, shape, rowAxis, read.use(), size, rowGroup, read.group()));
            }
            if (rowGroup >= 0) {
                tensors.addAll(frozenColumns(tensor, v, shape, rowAxis, taken, rowGroup));
            }
        }
        return tensors;
    }

    /** Columns that read what stays as it is: model inputs and channels of groups that are left alone. */
    private static List<StoredWeight> frozenColumns(
            String tensor, float[] v, int[] shape, int rowAxis, boolean[] taken, int rowGroup) {
        List<StoredWeight> parts = new ArrayList<>();
        int from = 0;
        while (from < taken.length) {
            int to = from;
            while (to < taken.length && taken[to] == taken[from]) {
                to++;
            }
            if (!taken[from]) {
                Use use = new Use(tensor, Role.OUTGOING, 1 - rowAxis, from, 1, false);
                parts.add(part(tensor, v, shape, rowAxis, use, to - from, rowGroup, -1));
            }
            from = to;
        }
        return parts;
    }

    private static StoredWeight part(
            String tensor, float[] v, int[] shape, int rowAxis, Use use, int size, int rowGroup, int columnGroup) {
        int rows = shape[rowAxis];
        int width = shape[1 - rowAxis];
        int kernel = v.length / Math.max(1, rows * width);
        int span = use.span() * kernel;
        // A column's neighbours are one kernel apart where rows come first, all rows' kernels apart where they come last.
        int column = rowAxis == 0 ? kernel : rows * kernel;
        StoredWeight.Layout layout = new StoredWeight.Layout(
                use.offset() * column,
                rowAxis == 0 ? width * kernel : kernel,
                use.interleaved() ? column : column * use.span(),
                use.interleaved() ? column * size : column,
                kernel);
        return new StoredWeight(tensor, rows, size, span, rowGroup, columnGroup, v, layout);
    }
}

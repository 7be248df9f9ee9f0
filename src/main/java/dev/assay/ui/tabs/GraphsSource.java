package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphTask;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** The graphs of a set of graphs, to choose from. */
record GraphsSource(GraphDataset data) implements SampleBar.Source {

    @Override
    public long size() {
        return data.size();
    }

    @Override
    public List<String> classes() {
        return data.task() == GraphTask.GRAPH ? data.classes() : List.of();
    }

    @Override
    public Location location() {
        return data.location();
    }

    @Override
    public int[] labels(LongConsumer onProgress, BooleanSupplier cancelled) throws InputException {
        int[] labels = new int[data.size()];
        for (int g = 0; g < labels.length; g++) {
            if (cancelled.getAsBoolean()) {
                return null;
            }
            labels[g] = classes().isEmpty() ? -1 : data.graph(g).label();
            onProgress.accept(g + 1);
        }
        return labels;
    }

    @Override
    public Optional<Dataset> dataset() {
        return Optional.empty();
    }
}

package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** The samples of a dataset, to choose from. */
record DatasetSource(Dataset data) implements SampleBar.Source {

    @Override
    public long size() {
        return data.size();
    }

    @Override
    public List<String> classes() {
        return data.labelled() ? data.classes() : List.of();
    }

    @Override
    public Location location() {
        return data.location();
    }

    @Override
    public int[] labels(LongConsumer onProgress, BooleanSupplier cancelled) throws InputException {
        return SampleLabels.read(data, onProgress, cancelled);
    }

    @Override
    public Optional<Dataset> dataset() {
        return Optional.of(data);
    }
}

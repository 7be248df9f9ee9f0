package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Samples that are records of one file, with labels, if any, that are records of another. */
public final class RecordSource implements SampleSource {

    private final StoredForm form;
    private final RecordStore samples;
    private final Labels labels;
    private final List<Path> files;
    private final LabelSetReader labelSets;

    /**
     * @param labels null for none; as many as samples
     * @param files the files, in a fixed order
     */
    public RecordSource(StoredForm form, RecordStore samples, Labels labels, List<Path> files) {
        this(form, samples, labels, files, null);
    }

    /**
     * @param labels null for none; as many as samples
     * @param files the files, in a fixed order
     * @param labelSets reads the labels of samples that may have several; null where there are none such
     */
    public RecordSource(
            StoredForm form, RecordStore samples, Labels labels, List<Path> files, LabelSetReader labelSets) {
        this.labelSets = labelSets;
        this.form = form;
        this.samples = samples;
        this.labels = labels;
        this.files = List.copyOf(files);
    }

    @Override
    public long count() {
        return samples.count();
    }

    @Override
    public StoredForm form() {
        return form;
    }

    @Override
    public List<String> classes() {
        return labels == null ? List.of() : labels.classes();
    }

    @Override
    public Optional<LabelSetReader> labelSets() {
        return Optional.ofNullable(labelSets);
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public SampleReader read(long first) {
        return new Reader(samples.read(first), labels == null ? null : labels.read(first));
    }

    @Override
    public SampleReader readAt(long index) {
        return new Reader(samples.readAt(index), labels == null ? null : labels.readAt(index));
    }

    @Override
    public void close() {
        samples.close();
        if (labels != null) {
            labels.close();
        }
    }

    private record Reader(RecordStore.Reader values, Labels.Reader classes) implements SampleReader {

        @Override
        public void read(byte[] block, int samples, int[] labels, int at) throws InputException {
            values.read(block, samples);
            label(samples, labels, at);
        }

        @Override
        public void readLabels(int samples, int[] labels, int at) throws InputException {
            values.skip(samples);
            label(samples, labels, at);
        }

        private void label(int samples, int[] labels, int at) throws InputException {
            if (classes == null) {
                Arrays.fill(labels, at, at + samples, -1);
            } else {
                classes.read(labels, at, samples);
            }
        }

        @Override
        public void skip(long samples) {
            values.skip(samples);
            if (classes != null) {
                classes.skip(samples);
            }
        }

        @Override
        public void close() {
            values.close();
            if (classes != null) {
                classes.close();
            }
        }
    }
}

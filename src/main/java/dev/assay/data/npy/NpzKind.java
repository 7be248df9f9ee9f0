package dev.assay.data.npy;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.CommonOptions;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Labels;
import dev.assay.data.source.NumbersInMemory;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.RecordSource;
import dev.assay.data.source.SampleSource;
import dev.assay.data.source.SourceDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An NPZ archive with an array of samples and one of labels. */
public final class NpzKind implements InputKind {

    private static final List<InputOption> OPTIONS = CommonOptions.after(
            new InputOption(
                    "x",
                    "Array of samples",
                    "Its name in the archive; found by usual names otherwise (x, x_train, images, data, ...)",
                    ""),
            new InputOption(
                    "y",
                    "Array of labels",
                    "Its name in the archive; found by usual names otherwise (y, y_train, labels, ...); none for no"
                            + " labels",
                    ""),
            ClassNames.OPTION,
            new InputOption(
                    "split",
                    "Split",
                    "train, test or val, for archives whose arrays are called so (x_train, x_test, x_val); train when it is"
                            + " not given",
                    ""));

    private static final List<String> SAMPLES =
            List.of("embeddings", "x", "images", "image", "data", "features", "inputs", "input", "samples", "arr_0");
    private static final List<String> LABELS =
            List.of("y", "labels", "label", "targets", "target", "classes", "arr_1");

    @Override
    public String id() {
        return "npz";
    }

    @Override
    public String title() {
        return "NPZ dataset";
    }

    @Override
    public Class<? extends Input> type() {
        return Dataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("npz");
    }

    @Override
    public List<InputOption> options() {
        return OPTIONS;
    }

    @Override
    public boolean recognises(Location location) {
        if (!location.fileName().toLowerCase(Locale.ROOT).endsWith(".npz")) {
            return false;
        }
        try (InputStream in = Files.newInputStream(location.path())) {
            return in.read() == 'P' && in.read() == 'K';
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public Dataset open(Location location) throws InputException {
        OptionReader options = new OptionReader(location, OPTIONS);
        NpzArchive archive = NpzArchive.open(location.path());
        try {
            return SourceDataset.of(options, source(options, archive));
        } catch (InputException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    // The archive belongs to the dataset.
    @SuppressWarnings("resource")
    private static RecordSource source(OptionReader options, NpzArchive archive) throws InputException {
        String x = samples(options, archive);
        NpyHeader header = header(archive, x);
        Optional<String> y = labels(options, archive, x);
        List<Path> files = new ArrayList<>(List.of(options.location().path()));
        Labels labels = null;
        SampleSource.LabelSetReader sets = null;
        if (y.isPresent()) {
            Optional<ClassNames> names = ClassNames.of(options);
            List<String> classes = ClassNames.names(names);
            names.flatMap(ClassNames::file).ifPresent(files::add);
            String array = y.get();
            Optional<Labels> texts = TextLabels.of(archive, array, header.count(), names);
            if (texts.isPresent()) {
                labels = texts.get();
            } else {
                NpyHeader labelHeader = header(archive, array);
                Optional<int[]> columns = Optional.empty();
                boolean matrix = LabelMatrix.fits(labelHeader, header.count());
                if (matrix) {
                    columns = LabelMatrix.columns(
                            ArrayRecords.samples(NpzMember.of(archive, array, labelHeader), labelHeader), labelHeader);
                }
                if (columns.isPresent()) {
                    labels = oneHot(columns.get(), labelHeader, classes, archive, array);
                } else if (matrix) {
                    sets = () -> LabelMatrix.read(archive, array, classes);
                } else {
                    labels = ArrayRecords.labels(
                            NpzMember.of(archive, array, labelHeader),
                            labelHeader,
                            header.count(),
                            classes,
                            archive.where(array));
                }
            }
        }
        return new RecordSource(
                ArrayRecords.form(header),
                ArrayRecords.samples(NpzMember.of(archive, x, header), header),
                labels,
                files,
                sets);
    }

    private static Labels oneHot(
            int[] columns, NpyHeader header, List<String> classes, NpzArchive archive, String array)
            throws InputException {
        int width = Math.toIntExact(header.sampleValues());
        if (!classes.isEmpty() && classes.size() != width) {
            throw LabelMatrix.otherCount(width, classes.size(), archive.where(array));
        }
        return Labels.counting(
                new NumbersInMemory(columns),
                archive.stamp().path(),
                ElementType.I32,
                ByteOrder.LITTLE_ENDIAN,
                classes.isEmpty() ? Labels.numbered(width) : classes);
    }

    private static NpyHeader header(NpzArchive archive, String array) throws InputException {
        try (InputStream in = archive.unpack(archive.entry(array))) {
            return NpyHeader.read(in, archive.where(array));
        } catch (IOException e) {
            throw new InputException(
                    "the array cannot be unpacked (" + FileStamp.reason(e) + ")",
                    archive.where(array),
                    "the file is damaged; save it again",
                    e);
        }
    }

    private static String samples(OptionReader options, NpzArchive archive) throws InputException {
        Optional<String> given = options.text("x");
        if (given.isPresent()) {
            return named(options, archive, "x", given.get());
        }
        List<String> names = archive.names();
        String split = options.choice("split", "train", "train", "test", "val");
        Optional<String> found = usual(names, SAMPLES, split, options.text("split").isPresent());
        if (found.isPresent()) {
            return found.get();
        }
        if (names.size() == 1 && options.text("split").isEmpty()) {
            return names.getFirst();
        }
        throw new InputException(
                "it is not clear which array holds the samples: there are " + String.join(", ", names),
                options.location().path().toString(),
                "name it with x=NAME, and the labels with y=NAME");
    }

    private static Optional<String> labels(OptionReader options, NpzArchive archive, String x) throws InputException {
        Optional<String> given = options.text("y");
        if (given.isPresent()) {
            return given.get().equalsIgnoreCase("none")
                    ? Optional.empty()
                    : Optional.of(named(options, archive, "y", given.get()));
        }
        String split = options.choice("split", "train", "train", "test", "val");
        boolean ofSplit = options.text("split").isPresent() || x.toLowerCase(Locale.ROOT).contains(split);
        return usual(archive.names(), LABELS, split, ofSplit).filter(name -> !name.equals(x));
    }

    private static String named(OptionReader options, NpzArchive archive, String option, String name)
            throws InputException {
        String array = name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
        if (archive.entry(array) == null) {
            throw options.wrong(option, "the archive holds " + String.join(", ", archive.names()));
        }
        return array;
    }

    /** The first usual name there is: plain ones before those of the split, or only those of the split. */
    private static Optional<String> usual(List<String> names, List<String> words, String split, boolean splitOnly) {
        if (!splitOnly) {
            for (String word : words) {
                for (String name : names) {
                    if (name.equalsIgnoreCase(word)) {
                        return Optional.of(name);
                    }
                }
            }
        }
        for (String word : words) {
            for (String name : names) {
                if (name.equalsIgnoreCase(word + "_" + split) || name.equalsIgnoreCase(split + "_" + word)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }
}

package dev.assay.data.npy;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.CommonOptions;
import dev.assay.data.source.Damage;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Labels;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.PlainBytes;
import dev.assay.data.source.RecordSource;
import dev.assay.data.source.SourceDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An NPY array with a row per sample; labels, if any, in another one. */
public final class NpyKind implements InputKind {

    private static final List<InputOption> OPTIONS = CommonOptions.after(
            new InputOption(
                    "y",
                    "Labels file",
                    "The NPY file of labels, absolute or beside the samples; found by its usual name otherwise (y.npy"
                            + " beside X.npy, labels.npy beside images.npy); none for no labels",
                    ""),
            ClassNames.OPTION);

    private static final List<List<String>> PAIRS = List.of(
            List.of("images", "labels"),
            List.of("features", "labels"),
            List.of("inputs", "targets"),
            List.of("data", "labels"),
            List.of("x", "y"));

    @Override
    public String id() {
        return "npy";
    }

    @Override
    public String title() {
        return "NPY dataset";
    }

    @Override
    public Class<? extends Input> type() {
        return Dataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("npy");
    }

    @Override
    public List<InputOption> options() {
        return OPTIONS;
    }

    @Override
    public boolean recognises(Location location) {
        if (!Files.isRegularFile(location.path())) {
            return false;
        }
        try (InputStream in = Files.newInputStream(location.path())) {
            return NpyHeader.begins(in.readNBytes(8));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public Dataset open(Location location) throws InputException {
        OptionReader options = new OptionReader(location, OPTIONS);
        FileStamp stamp = FileStamp.of(location.path());
        NpyHeader header = header(stamp, "sample");
        List<Path> files = new ArrayList<>(List.of(location.path()));
        Optional<Path> y = labels(options);
        Labels labels = null;
        if (y.isPresent()) {
            FileStamp labelStamp = FileStamp.of(y.get());
            NpyHeader labelHeader = header(labelStamp, "label");
            Optional<ClassNames> names = ClassNames.of(options);
            List<String> classes = ClassNames.names(names);
            labels = ArrayRecords.labels(
                    new PlainBytes(labelStamp), labelHeader, header.count(), classes, y.get().toString());
            files.add(y.get());
            names.flatMap(ClassNames::file).ifPresent(files::add);
        }
        return SourceDataset.of(
                options,
                new RecordSource(
                        ArrayRecords.form(header),
                        ArrayRecords.samples(new PlainBytes(stamp), header),
                        labels,
                        files));
    }

    private static NpyHeader header(FileStamp stamp, String noun) throws InputException {
        try (InputStream in = Files.newInputStream(stamp.path())) {
            NpyHeader header = NpyHeader.read(in, stamp.path().toString());
            Damage.checkSize(stamp, header.bytes(), header.sampleBytes(), header.count(), noun);
            return header;
        } catch (IOException e) {
            throw FileStamp.unreadable(stamp.path(), e);
        }
    }

    private static Optional<Path> labels(OptionReader options) throws InputException {
        Optional<String> given = options.text("y");
        if (given.isPresent()) {
            return given.get().equalsIgnoreCase("none")
                    ? Optional.empty()
                    : Optional.of(options.companion("y", given.get()));
        }
        String name = options.location().fileName();
        for (List<String> pair : PAIRS) {
            for (String word : List.of(pair.get(1), pair.get(1).toUpperCase(Locale.ROOT))) {
                Optional<Path> path = counterpart(name, pair.get(0), word)
                        .map(options.location().path()::resolveSibling)
                        .filter(Files::isRegularFile);
                if (path.isPresent()) {
                    return path;
                }
            }
        }
        return Optional.empty();
    }

    /** The name with one word of it replaced, e.g. {@code train_x.npy} by {@code train_y.npy}. */
    private static Optional<String> counterpart(String name, String word, String replacement) {
        String lower = name.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(word);
        while (at >= 0) {
            boolean starts = at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1));
            int end = at + word.length();
            boolean ends = end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end));
            if (starts && ends) {
                return Optional.of(name.substring(0, at) + replacement + name.substring(end));
            }
            at = lower.indexOf(word, at + 1);
        }
        return Optional.empty();
    }
}

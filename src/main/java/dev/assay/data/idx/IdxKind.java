package dev.assay.data.idx;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.CommonOptions;
import dev.assay.data.source.GzipBytes;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.SourceDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** Datasets in IDX files, named by the file of images. */
public final class IdxKind implements InputKind {

    private static final List<InputOption> OPTIONS = CommonOptions.after(
            new InputOption(
                    "labels",
                    "Labels file",
                    "The IDX file of labels, absolute or beside the images; found by its usual name otherwise; none for"
                            + " no labels",
                    ""),
            new InputOption(
                    ClassNames.OPTION.name(),
                    ClassNames.OPTION.label(),
                    ClassNames.OPTION.help() + "; NAME-classes.txt is found itself",
                    ""));

    @Override
    public String id() {
        return "idx";
    }

    @Override
    public String title() {
        return "IDX dataset";
    }

    @Override
    public Class<? extends Input> type() {
        return Dataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("idx", "gz", "idx3-ubyte");
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
        try (InputStream in = GzipBytes.openAny(location.path())) {
            return IdxHeader.begins(in.readNBytes(4));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public Dataset open(Location location) throws InputException {
        OptionReader options = new OptionReader(location, OPTIONS);
        return SourceDataset.of(options, IdxSource.open(options));
    }
}

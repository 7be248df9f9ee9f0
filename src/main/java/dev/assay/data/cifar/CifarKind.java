package dev.assay.data.cifar;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.source.CommonOptions;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.SourceDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CIFAR-10 and CIFAR-100 in their binary form: one file, or the folder with the files of both splits. */
public final class CifarKind implements InputKind {

    private static final List<InputOption> OPTIONS = CommonOptions.afterKnownShape(
            new InputOption("split", "Split", "train or test, for a folder; train when it is not given", ""),
            new InputOption(
                    "variant",
                    "Variant",
                    "10 (records of 3073 bytes) or 100 (3074 bytes); told from the size and the names otherwise",
                    ""),
            new InputOption("target", "Labels of CIFAR-100", "fine (100 classes) or coarse (20 classes)", "fine"));

    @Override
    public String id() {
        return "cifar-binary";
    }

    @Override
    public String title() {
        return "CIFAR binary dataset";
    }

    @Override
    public Class<? extends Input> type() {
        return Dataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("bin");
    }

    @Override
    public List<InputOption> options() {
        return OPTIONS;
    }

    @Override
    public boolean recognises(Location location) {
        Path path = location.path();
        try {
            if (Files.isDirectory(path)) {
                return CifarFiles.isFolder(path);
            }
            String name = location.fileName();
            return name.endsWith(".bin")
                    && (CifarFiles.isUsualName(name) || CifarVariant.ofSize(Files.size(path)).isPresent());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public Dataset open(Location location) throws InputException {
        OptionReader options = new OptionReader(location, OPTIONS);
        return SourceDataset.of(options, CifarSource.open(options));
    }
}

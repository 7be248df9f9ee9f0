package dev.assay.data.image;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.CommonOptions;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.SourceDataset;
import java.nio.file.Files;
import java.util.List;

/** Folders of PNG, JPEG, BMP or GIF pictures. */
public final class ImageFolderKind implements InputKind {

    private static final List<InputOption> OPTIONS = CommonOptions.afterKnownShape(
            new InputOption(
                    "size",
                    "Size",
                    "WIDTHxHEIGHT to which every picture is rescaled; without it all must have the size of the first",
                    ""),
            new InputOption(
                    "colour",
                    "Colour",
                    "grey, rgb, or as the first picture is (auto)",
                    "auto"),
            ClassNames.OPTION,
            new InputOption(
                    "split",
                    "Split",
                    "train, test or val, for a folder that holds folders of these names; train when it is not given",
                    ""));

    @Override
    public String id() {
        return "image-folder";
    }

    @Override
    public String title() {
        return "Image folder";
    }

    @Override
    public Class<? extends Input> type() {
        return Dataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public List<InputOption> options() {
        return OPTIONS;
    }

    @Override
    public boolean recognises(Location location) {
        return Files.isDirectory(location.path()) && ImageListing.holdsImages(location.path());
    }

    @Override
    public Dataset open(Location location) throws InputException {
        OptionReader options = new OptionReader(location, OPTIONS);
        return SourceDataset.of(options, ImageFolderSource.open(options));
    }
}

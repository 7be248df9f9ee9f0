package dev.assay.cli;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens the window. */
@Command(
        name = "gui",
        description = {
            "Open the window.",
            "On a machine without a display the window is opened on JavaFX's headless platform, runs the sample, and"
                    + " saves its results, charts and a picture of itself."
        },
        mixinStandardHelpOptions = true)
final class GuiCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Option(names = "--sample", description = "Open the sample with a run ready to press.")
    private boolean sample;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the sample's results go without a display.")
    private Path out;

    @Parameters(
            arity = "0..*",
            paramLabel = "WORKSPACE|FILE",
            description = "Folder of the workspace to open, and files to open in it.")
    private List<String> places = List.of();

    GuiCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws AnalysisException {
        List<String> arguments = new ArrayList<>();
        if (sample) {
            arguments.add("--sample");
        }
        if (out != null) {
            arguments.add("--out=" + out);
        }
        for (String place : places) {
            checkThere(place);
            arguments.add(isInput(place) ? place : "--workspace=" + place);
        }
        return root.openWindow(arguments);
    }

    /** A new workspace may be named, but no file that is not there. */
    private void checkThere(String place) throws InputException {
        if (!isInput(place) && !Files.exists(Path.of(place)) && root.catalogue().hasKnownEnding(place)) {
            throw new InputException("there is no such file", place, "check the path");
        }
    }

    /** A file, perhaps with reading options, or a folder of data or a network; any other folder is a workspace. */
    private boolean isInput(String place) {
        int options = place.lastIndexOf('?');
        Path path = Path.of(place);
        return Files.isRegularFile(path)
                || options > 0 && Files.exists(Path.of(place.substring(0, options)))
                || Files.isDirectory(path)
                        && !Workspace.isAt(path)
                        && root.catalogue().recognise(Location.of(path)).isPresent();
    }
}

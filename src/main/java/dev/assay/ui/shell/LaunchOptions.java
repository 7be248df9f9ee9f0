package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.workspace.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the window was asked to start.
 *
 * @param workspace the workspace to open instead of the last one
 * @param files what to open
 * @param sample whether to open the sample with a run ready to press
 * @param out where the tour without a display puts its results
 */
record LaunchOptions(Optional<Path> workspace, List<Location> files, boolean sample, Optional<Path> out) {

    /** Nothing asked for. */
    static LaunchOptions none() {
        return new LaunchOptions(Optional.empty(), List.of(), false, Optional.empty());
    }

    /**
     * Reads arguments: {@code [--workspace=FOLDER] [--sample] [--out=FOLDER] [FILE...]}.
     *
     * @throws InputException when an option is not known or a path is none
     */
    static LaunchOptions parse(List<String> arguments) throws InputException {
        Optional<Path> workspace = Optional.empty();
        List<Location> files = new ArrayList<>();
        boolean sample = false;
        Optional<Path> out = Optional.empty();
        for (String argument : arguments) {
            if (argument.equals("--sample")) {
                sample = true;
            } else if (argument.startsWith("--out=")) {
                out = Optional.of(Location.parse(argument.substring("--out=".length())).path());
            } else if (argument.startsWith("--workspace=")) {
                workspace = Optional.of(Location.parse(argument.substring("--workspace=".length())).path());
            } else if (argument.startsWith("--")) {
                throw new InputException("the window has no option " + argument, "",
                        "it takes --workspace=FOLDER, --sample and files");
            } else {
                files.add(Location.parse(argument));
            }
        }
        return new LaunchOptions(workspace, List.copyOf(files), sample, out);
    }

    /**
     * The same with workspaces told from files: a folder that holds a workspace is the workspace to open, and so is that of a
     * workspace's file {@code *.assay}. Looks at the disk, so not on the JavaFX thread.
     */
    LaunchOptions resolved() {
        Optional<Path> place = workspace;
        List<Location> rest = new ArrayList<>();
        for (Location location : files) {
            if (Workspace.isAt(location.path())) {
                place = Optional.of(location.path());
            } else if (Workspace.isMark(location.path())) {
                place = Optional.ofNullable(location.path().toAbsolutePath().getParent());
            } else {
                rest.add(location);
            }
        }
        return new LaunchOptions(place, List.copyOf(rest), sample, out);
    }
}

package dev.assay.cli;

import dev.assay.analysis.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens the window. */
@Command(name = "gui", description = "Open the window.", mixinStandardHelpOptions = true)
final class GuiCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Parameters(arity = "0..1", paramLabel = "WORKSPACE", description = "Folder of the workspace to open.")
    private Path workspace;

    GuiCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InputException {
        root.session().window().open(workspace == null ? List.of() : List.of("--workspace=" + workspace));
        return ExitCode.DONE;
    }
}

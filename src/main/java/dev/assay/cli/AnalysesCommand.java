package dev.assay.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.Catalogue;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the analyses. */
@Command(name = "analyses", description = "List the analyses there are.", mixinStandardHelpOptions = true)
final class AnalysesCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    AnalysesCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = root.catalogue();
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            ArrayNode list = mapper.createArrayNode();
            AnalysisJson form = new AnalysisJson(catalogue);
            catalogue.analyses().forEach(a -> list.add(form.of(a, mapper)));
            root.console().print(mapper, list);
            return ExitCode.DONE;
        }
        PrintStream out = root.console().out();
        if (catalogue.analyses().isEmpty()) {
            out.println("There are no analyses installed.");
        }
        String family = "";
        for (Analysis<?> analysis : catalogue.analyses()) {
            if (!analysis.info().family().equals(family)) {
                family = analysis.info().family();
                out.println(family);
            }
            print(analysis, out);
        }
        return ExitCode.DONE;
    }

    private static void print(Analysis<?> analysis, PrintStream out) {
        out.println("  " + analysis.info().id() + "  " + analysis.info().title());
        out.println("      " + analysis.info().question());
        out.println("      inputs: "
                + analysis.inputs().roles().stream().map(AnalysesCommand::role).collect(Collectors.joining(", ")));
        out.println("      parameters: "
                + ParameterSet.of(analysis.parameters()).descriptors().stream()
                        .map(ParameterDescriptor::name)
                        .collect(Collectors.joining(", ")));
    }

    private static String role(InputRole role) {
        String name = role.required() ? role.name() : "[" + role.name() + "]";
        return role.repeatable() ? name + "..." : name;
    }
}

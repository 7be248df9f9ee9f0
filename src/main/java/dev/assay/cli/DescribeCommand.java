package dev.assay.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what one analysis takes and does. */
@Command(
        name = "describe",
        description = "Say what an analysis does and takes: inputs, parameters with ranges and defaults.",
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Parameters(paramLabel = "ANALYSIS", description = "Its id; 'assay analyses' lists them.")
    private String id;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    DescribeCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws UsageException {
        Analysis<?> analysis = RequestWords.analysis(root.catalogue(), id);
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode node = new AnalysisJson(root.catalogue()).of(analysis, mapper);
            node.put("help", analysis.info().help());
            root.console().print(mapper, node);
        } else {
            print(analysis, root.console().out());
        }
        return ExitCode.DONE;
    }

    private void print(Analysis<?> analysis, PrintStream out) {
        out.println(analysis.info().title() + " (" + analysis.info().id() + ")");
        out.println(analysis.info().question());
        out.println();
        out.println("Inputs");
        for (InputRole role : analysis.inputs().roles()) {
            String how = (role.required() ? "required" : "optional") + (role.repeatable() ? ", may be repeated" : "");
            String kinds = root.catalogue().kindsFor(role.type()).stream()
                    .map(InputKind::title)
                    .collect(Collectors.joining(", "));
            out.println("  " + role.name() + "  (" + how + ")  " + role.help());
            out.println("      reads: " + (kinds.isEmpty() ? "nothing that is installed" : kinds));
        }
        out.println();
        out.println("Parameters");
        for (ParameterDescriptor p : ParameterSet.of(analysis.parameters()).descriptors()) {
            String unit = p.annotation().unit().isEmpty() ? "" : ", in " + p.annotation().unit();
            String range = p.range().isEmpty() ? "" : ", " + p.range();
            String choices = p.choices().isEmpty() ? ""
                    : (p.isList() ? ", some of " : ", one of ") + String.join(", ", p.choices());
            out.println(
                    "  " + p.name() + " = " + p.defaultText() + "  (" + AnalysisJson.type(p) + unit + range + choices
                            + ")");
            out.println("      " + p.label() + ": " + p.help());
        }
        out.println();
        out.println(analysis.info().help().strip());
        out.println();
        out.println("Source: " + analysis.info().citation());
    }
}

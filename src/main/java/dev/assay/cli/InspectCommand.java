package dev.assay.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import dev.assay.model.gnn.GnnModel;
import dev.assay.text.Numbers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a file is. */
@Command(
        name = "inspect",
        description = "Say what a model or dataset is: layers and shapes, or samples and classes.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

    private final AssayCommand root;
    private final ObjectMapper mapper = new ObjectMapper();

    @Parameters(paramLabel = "FILE",
            description = "A file or folder, with reading options as FILE?key=value&key=value.")
    private String file;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    InspectCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InputException {
        Location location = Location.parse(file);
        try (Input input = root.catalogue().open(location)) {
            String kind = root.catalogue().recognise(location).map(InputKind::title).orElse("");
            ObjectNode node = mapper.createObjectNode();
            node.put("path", location.path().toString());
            node.put("kind", kind);
            node.put("summary", input.summary());
            switch (input) {
                case Model model -> describe(model, node);
                case Dataset dataset -> describe(dataset, node);
                case GraphDataset graphs -> GraphFacts.describe(graphs, node);
                case GnnModel gnn -> GraphFacts.describe(gnn, node);
                default -> input.files().forEach(f -> node.withArray("files").add(f.toString()));
            }
            if (json) {
                root.console().print(mapper, node);
            } else {
                StringWriter text = new StringWriter();
                print(input, kind, new PrintWriter(text));
                root.console().out().print(Console.plain(text.toString()));
            }
            return ExitCode.DONE;
        }
    }

    private static void describe(Model model, ObjectNode node) throws InputException {
        node.put("type", "model");
        node.put("format", model.format());
        node.put("sha256", model.sha256());
        tensor(model.input(), node.putObject("input"));
        tensor(model.output(), node.putObject("output"));
        node.put("parameters", model.parameterCount());
        ArrayNode layers = node.putArray("layers");
        for (Layer layer : model.layers()) {
            ObjectNode l = layers.addObject();
            l.put("name", layer.name());
            l.put("operator", layer.operator());
            Arrays.stream(layer.outputShape()).forEach(l.putArray("shape")::add);
            l.put("parameters", layer.parameters());
        }
        ArrayNode relus = node.putArray("reluLayers");
        for (ReluLayer relu : model.reluLayers()) {
            ObjectNode r = relus.addObject();
            r.put("number", relu.number());
            r.put("name", relu.name());
            Arrays.stream(relu.shape()).forEach(r.putArray("shape")::add);
            r.put("units", relu.width());
            r.put("exact", relu.exact());
        }
        if (!model.withoutRelus().isEmpty()) {
            node.put("withoutRelus", model.withoutRelus());
        }
        model.notes().forEach(node.putArray("notes")::add);
    }

    private static void tensor(TensorInfo tensor, ObjectNode node) {
        node.put("name", tensor.name());
        node.put("type", tensor.type());
        Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
    }

    private static void describe(Dataset dataset, ObjectNode node) throws InputException {
        node.put("type", "dataset");
        node.put("samples", dataset.size());
        Arrays.stream(dataset.sampleShape()).forEach(node.putArray("shape")::add);
        node.put("labelled", dataset.labelled());
        node.put("preprocessing", dataset.preprocessing());
        ArrayNode classes = node.putArray("classes");
        long[] counts = dataset.labelled() ? dataset.classCounts() : new long[0];
        List<String> names = dataset.classes();
        for (int c = 0; c < names.size(); c++) {
            ObjectNode one = classes.addObject();
            one.put("name", names.get(c));
            one.put("samples", c < counts.length ? counts[c] : 0);
        }
        dataset.files().stream().limit(100).forEach(f -> node.withArray("files").add(f.toString()));
    }

    private static void print(Input input, String kind, PrintWriter out) throws InputException {
        out.println(input.name() + ": " + kind + ", " + input.summary());
        switch (input) {
            case Model model -> print(model, out);
            case Dataset dataset -> print(dataset, out);
            case GraphDataset graphs -> GraphFacts.print(graphs, out);
            case GnnModel gnn -> GraphFacts.print(gnn, out);
            default -> input.files().forEach(f -> out.println("  " + f));
        }
    }

    private static void print(Model model, PrintWriter out) throws InputException {
        out.println("  sha-256 " + model.sha256());
        out.println(
                "  input   " + model.input().name() + "  " + model.input().shapeText() + " " + model.input().type());
        out.println(
                "  output  " + model.output().name() + "  " + model.output().shapeText() + " " + model.output().type());
        out.println("  " + Numbers.count(model.parameterCount()) + " parameters, " + model.layers().size() + " layers");
        for (Layer layer : model.layers()) {
            out.println("    " + layer.operator() + "  " + layer.name() + "  " + shape(layer.outputShape())
                    + (layer.parameters() == 0 ? "" : "  " + Numbers.count(layer.parameters()) + " parameters"));
        }
        if (model.reluLayers().isEmpty()) {
            out.println("  " + model.withoutRelus());
        } else {
            out.println("  ReLU layers: "
                    + model.reluLayers().stream()
                            .map(r -> r.name() + " (" + Numbers.count(r.width()) + " units)")
                            .collect(Collectors.joining(", ")));
        }
        model.notes().stream().filter(n -> !n.equals(model.withoutRelus())).forEach(n -> out.println("  note: " + n));
    }

    private static void print(Dataset dataset, PrintWriter out) throws InputException {
        out.println("  samples " + Numbers.count(dataset.size()) + " of " + shape(dataset.sampleShape()));
        out.println("  values  " + dataset.preprocessing());
        if (!dataset.labelled()) {
            out.println("  no labels");
            return;
        }
        long[] counts = dataset.classCounts();
        List<String> names = dataset.classes();
        out.println("  " + names.size() + " classes: "
                + IntStream.range(0, Math.min(names.size(), 100))
                        .mapToObj(c -> names.get(c) + " (" + Numbers.count(counts[c]) + ")")
                        .collect(Collectors.joining(", "))
                + (names.size() > 100 ? ", ..." : ""));
    }

    private static String shape(int[] shape) {
        return new TensorInfo("", "", shape).shapeText();
    }
}

package dev.assay.model.gnn;

import dev.assay.analysis.InputException;
import dev.assay.data.ClassOrder;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.GraphSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Graphs whose classes are numbered as a network's. A file numbers the labels that occur in it in ascending order, so one
 * in which a label is missing numbers them otherwise than the data that the network was trained on.
 *
 * @param data the graphs with the network's classes
 * @param notes what the user should know of it, one sentence each
 */
public record GnnClasses(GraphDataset data, List<String> notes) {

    /**
     * Numbers the classes of graphs as the network does: by name when it names them as labels are, by numbers; else labels
     * that are numbers of its outputs are these, and other labels are the outputs in ascending order.
     *
     * @throws InputException when there are labels of a class that the network does not know
     */
    public static GnnClasses of(GnnModel model, GraphDataset data) throws InputException {
        GnnConfig config = model.config();
        List<String> own = data.classes();
        if (own.isEmpty()) {
            return new GnnClasses(data, List.of());
        }
        List<String> notes = new ArrayList<>();
        List<String> known = config.classNames();
        int[] places;
        if (known.stream().noneMatch(ClassOrder::isWhole)) {
            known = ClassOrder.ofOutputs(own, config.classes());
            places = ClassOrder.places(own, known);
            if (own.size() > config.classes()) {
                throw new InputException(
                        "the labels hold " + own.size() + " classes and the network knows " + config.classes(),
                        data.name(),
                        "use the data that the network was trained on, or explain predicted classes without labels");
            }
            if (own.size() < config.classes() && !ClassOrder.isPlain(own)) {
                notes.add(model.name() + " does not say the labels of its " + config.classes() + " classes, and "
                        + data.name()
                        + " has only the labels " + ClassOrder.listed(own) + "; they are taken for its outputs "
                        + ClassOrder.listed(
                                Arrays.stream(places).mapToObj(String::valueOf).toList())
                        + " (counted from 0). Write the labels of all classes into the network's config.json (classNames).");
            }
        } else {
            ClassOrder.Match match = ClassOrder.match(
                    data.name(), own, data::classCounts, known, model.name(),
                    "use data with the classes that the network was trained on, or mend classNames in its config.json");
            places = match.places();
            match.note().ifPresent(notes::add);
        }
        boolean same = IntStream.range(0, places.length).allMatch(c -> places[c] == c);
        return new GnnClasses(same ? data : moved(data, known, places), List.copyOf(notes));
    }

    private static GraphDataset moved(GraphDataset data, List<String> classes, int[] places) throws InputException {
        List<GraphSample> graphs = new ArrayList<>();
        for (int g = 0; g < data.size(); g++) {
            graphs.add(data.graph(g).withClasses(places));
        }
        return new GraphList(
                data.name(), data.location(), data.files(), data.task(), graphs, classes, data.nodeLabels(),
                data.notes());
    }
}

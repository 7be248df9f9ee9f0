package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The classes, one for each score of the network, and how the datasets' labels map onto them: the training data's classes
 * are the scores in their order, those of other data are found among them.
 */
final class Classes {

    private final List<String> names;
    private final Dataset train;
    private final List<String> known;

    private Classes(List<String> names, Dataset train, List<String> known) {
        this.names = names;
        this.train = train;
        this.known = known;
    }

    /**
     * The classes of a model and its training data.
     *
     * @throws AnalysisException when the model has fewer than two scores, or several for each class
     */
    static Classes of(Model model, Dataset train) throws AnalysisException {
        int scores = Math.toIntExact(model.output().size());
        if (scores < 2) {
            throw new AnalysisException(
                    "the network ends in one score, but patterns are mined per class and need a score for each",
                    model.name(),
                    "export it with one output for each class");
        }
        if (!model.output().isVector()) {
            throw new AnalysisException(
                    "the network ends in scores of the shape " + model.output().shapeText()
                            + ", but patterns are mined per class and need one score for each",
                    model.name(),
                    "end it with a mean over the positions, or choose another output with ?output=NAME");
        }
        List<String> given = train.labelled() ? train.classes() : List.of();
        List<String> names = ClassOrder.ofOutputs(given, scores);
        // Numbers that the training data lacks are known all the same; a name that it lacks is not.
        return new Classes(names, train, ClassOrder.nameOutputs(given, scores) ? names : given);
    }

    /** What is uncertain of the order of the classes, a sentence. */
    Optional<String> doubt(Dataset dataset) {
        return dataset == train || !train.labelled()
                ? ClassOrder.doubt(dataset.name(), dataset.classes(), count())
                : Optional.empty();
    }

    /** Number of classes. */
    int count() {
        return names.size();
    }

    /** Names in the order of the network's scores. */
    List<String> names() {
        return names;
    }

    /** A class's name. */
    String name(int index) {
        return names.get(index);
    }

    /** The class of that name, or -1. */
    int find(String name) {
        return names.indexOf(name);
    }

    /**
     * The class of each label of a dataset.
     *
     * @param lenient whether samples of a class that the training data does not know go without one
     * @return class by label index; -1 for a label that no score stands for
     * @throws AnalysisException when there are such samples otherwise
     */
    ClassOrder.Match mapping(Dataset dataset, boolean lenient) throws AnalysisException {
        ClassOrder.Match match;
        if (!train.labelled()) {
            match = new ClassOrder.Match(
                    IntStream.range(0, dataset.classes().size()).toArray(), Optional.empty());
        } else if (lenient || dataset == train) {
            match = new ClassOrder.Match(ClassOrder.places(dataset.classes(), known), Optional.empty());
        } else {
            match = ClassOrder.match(dataset, known, train.name());
        }
        int[] places = IntStream.of(match.places())
                .map(place -> place < count() ? place : -1)
                .toArray();
        return new ClassOrder.Match(places, match.note());
    }
}

package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes, one for each score of the network, and how the datasets' labels map onto them.
 *
 * <p>Class names that are whole numbers below the number of scores name the scores, so that a dataset in which a digit
 * does not occur still means the right ones. Other names take the scores in their order.
 */
final class Classes {

    private final List<String> names;
    private final List<String> trainNames;
    private final boolean numbered;

    private Classes(List<String> names, List<String> trainNames, boolean numbered) {
        this.names = names;
        this.trainNames = trainNames;
        this.numbered = numbered;
    }

    /**
     * The classes of a model and its training data.
     *
     * @throws AnalysisException when the model has fewer than two scores
     */
    static Classes of(Model model, Dataset train) throws AnalysisException {
        int scores = Math.toIntExact(model.output().size());
        if (scores < 2) {
            throw new AnalysisException(
                    "the network ends in one score, but patterns are mined per class and need a score for each",
                    model.name(),
                    "export it with one output for each class");
        }
        List<String> given = train.labelled() ? train.classes() : List.of();
        boolean numbered = numbered(given, scores);
        String[] names = new String[scores];
        for (int c = 0; c < scores; c++) {
            names[c] = numbered || c >= given.size() ? String.valueOf(c) : given.get(c);
        }
        return new Classes(List.of(names), given, numbered);
    }

    private static boolean numbered(List<String> names, int scores) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(name) >= scores || !seen.add(name)) {
                return false;
            }
        }
        return true;
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
     * @return class by label index; -1 for a label that no score stands for
     * @throws AnalysisException when the test data has a class that the training data does not know
     */
    int[] mapping(Dataset dataset) throws AnalysisException {
        List<String> given = dataset.classes();
        int[] map = new int[given.size()];
        if (numbered && numbered(given, count())) {
            Arrays.setAll(map, i -> Integer.parseInt(given.get(i)));
            return map;
        }
        for (int i = 0; i < map.length; i++) {
            int index = trainNames.isEmpty() ? i : trainNames.indexOf(given.get(i));
            if (index < 0) {
                throw new AnalysisException(
                        "the class '" + given.get(i) + "' does not occur in the training data, whose classes are "
                                + String.join(", ", trainNames),
                        dataset.name(),
                        "use data with the same classes");
            }
            map[i] = index < count() ? index : -1;
        }
        return map;
    }
}

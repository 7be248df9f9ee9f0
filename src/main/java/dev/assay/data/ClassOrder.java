package dev.assay.data;

import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the classes of a dataset among those of another one, or of a network. Every file numbers its own classes, so a
 * number means the same in two of them only where the names do. Works on names alone, from any thread.
 */
public final class ClassOrder {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final int NAMED = 6;

    private ClassOrder() {}

    /** Whether classes are called by their numbers, 0, 1, 2 and so on, so that the numbers are all that is known. */
    public static boolean isPlain(List<String> names) {
        return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
    }

    /**
     * Where each of some classes is among others: by name, where 07 and 7 are one number. Classes that are called by their
     * numbers keep them among names that are no numbers.
     *
     * @return place by index, -1 for a class that is not among the others
     */
    public static int[] places(List<String> own, List<String> among) {
        Map<String, Integer> byName = new HashMap<>();
        Map<String, Integer> byKey = new HashMap<>();
        boolean words = true;
        for (int i = 0; i < among.size(); i++) {
            words &= !isWhole(among.get(i));
            byName.putIfAbsent(among.get(i), i);
            byKey.putIfAbsent(key(among.get(i)), i);
        }
        if (words && isPlain(own)) {
            return IntStream.range(0, own.size()).map(i -> i < among.size() ? i : -1).toArray();
        }
        return own.stream()
                .mapToInt(n -> byName.getOrDefault(n, byKey.getOrDefault(key(n), -1)))
                .toArray();
    }

    /** Whether a name is a whole number. */
    public static boolean isWhole(String name) {
        return WHOLE.matcher(name).matches();
    }

    private static String key(String name) {
        return isWhole(name) ? String.valueOf(Long.parseLong(name)) : name;
    }

    /**
     * Whether classes, fewer than the outputs of a network, are called by the numbers of their outputs, so that each is
     * known whichever are missing.
     */
    public static boolean nameOutputs(List<String> names, int outputs) {
        return names.size() < outputs
                && names.stream().allMatch(ClassOrder::isWhole)
                && names.stream().mapToLong(Long::parseLong).allMatch(n -> n >= 0 && n < outputs)
                && names.stream().mapToLong(Long::parseLong).distinct().count() == names.size();
    }

    /**
     * Names for the outputs of a network: those of its data in their order, then numbers; numbers alone where
     * {@link #nameOutputs the data's names are such}.
     *
     * @param names of the data; those beyond the outputs do not count
     */
    public static List<String> ofOutputs(List<String> names, int outputs) {
        List<String> all = nameOutputs(names, outputs)
                ? new ArrayList<>()
                : new ArrayList<>(names.subList(0, Math.min(names.size(), outputs)));
        Set<String> taken = new HashSet<>(all);
        for (int c = all.size(); c < outputs; c++) {
            all.add(taken.contains(String.valueOf(c)) ? "output " + c : String.valueOf(c));
        }
        return List.copyOf(all);
    }

    /**
     * What is uncertain of named classes that are fewer than a network's outputs: which outputs they are is guessed.
     *
     * @param data the dataset's name
     * @param classes its classes; numbers are certain
     * @return a sentence, empty where nothing is uncertain
     */
    public static Optional<String> doubt(String data, List<String> classes, int outputs) {
        if (classes.isEmpty() || classes.size() >= outputs || nameOutputs(classes, outputs)) {
            return Optional.empty();
        }
        return Optional.of(data + " has " + classes.size() + (classes.size() == 1 ? " class (" : " classes (")
                + listed(classes) + ") and the network " + outputs
                + " outputs; the classes are taken for the first of them in this order. Name all classes in the order of"
                + " the outputs with classes=FILE or classes=A,B,C");
    }

    /**
     * A dataset's classes among others.
     *
     * @param places place by index, -1 for one that is not among the others, of which there is no sample
     * @param note what was done about lists that differ, a sentence; empty for equal ones
     */
    public record Match(int[] places, Optional<String> note) {}

    /**
     * Finds a dataset's classes among others.
     *
     * @param among the other's classes
     * @param other what the others belong to, for messages
     * @throws InputException when the dataset has samples of a class that is not among them, or cannot be read
     */
    public static Match match(Dataset data, List<String> among, String other) throws InputException {
        return match(
                data.name(), data.classes(), data::classCounts, among, other,
                "use data with the same classes, or name all classes in one order for both with classes=FILE or"
                        + " classes=A,B,C");
    }

    /** Counts the samples of each class. */
    @FunctionalInterface
    public interface Counts {
        /** Samples by class. */
        long[] count() throws InputException;
    }

    /**
     * As {@link #match(Dataset, List, String)} for other kinds of data.
     *
     * @param counts asked when a class is not among the others: one that has no samples does not matter
     * @param mend what to do about a class that is not among the others
     */
    public static Match match(
            String data, List<String> classes, Counts counts, List<String> among, String other, String mend)
            throws InputException {
        if (classes.equals(among)) {
            return new Match(IntStream.range(0, classes.size()).toArray(), Optional.empty());
        }
        int[] places = places(classes, among);
        if (Arrays.stream(places).anyMatch(p -> p < 0)) {
            long[] samples = counts.count();
            List<String> missing = IntStream.range(0, places.length)
                    .filter(i -> places[i] < 0 && samples[i] > 0)
                    .mapToObj(classes::get)
                    .toList();
            if (!missing.isEmpty()) {
                throw new InputException(
                        (missing.size() == 1
                                ? "the class '" + missing.getFirst() + "' is"
                                : "the classes " + listed(missing) + " are")
                                + " not among the classes " + listed(among) + " of " + other,
                        data,
                        mend);
            }
        }
        boolean kept = IntStream.range(0, places.length).allMatch(i -> places[i] < 0 || places[i] == i);
        boolean byNumber = isPlain(classes) && !isPlain(among);
        // numbers that lack the last ones are no news
        String said = kept && isPlain(classes) && isPlain(among)
                ? null
                : "The classes of " + data + " (" + listed(classes) + ") are not listed as those of " + other + " ("
                        + listed(among) + "); they are matched by " + (byNumber ? "number" : "name") + ".";
        return new Match(places, Optional.ofNullable(said));
    }

    /** The first of some names, and how many more there are. */
    public static String listed(List<String> names) {
        return names.size() <= NAMED + 1
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }
}

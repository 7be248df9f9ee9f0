package dev.assay.data.image;

import dev.assay.data.ClassOrder;
import dev.assay.data.source.Labels;
import dev.assay.data.source.Limits;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Numbers classes by the names of their folders: whole numbers from 0 are the classes' numbers as they stand, so that a
 * folder that is missing, or a 10 that the alphabet has before 2, moves no other class. All other names are classes in
 * their order, by value where all are numbers, else by the alphabet.
 */
final class FolderClasses {

    private FolderClasses() {}

    /**
     * Numbers the classes.
     *
     * @param byClass gets the folder of each class; one without a folder is left out
     * @return names of the classes
     */
    static List<String> of(List<Path> folders, Map<Integer, Path> byClass) {
        boolean whole = folders.stream().allMatch(f -> ClassOrder.isWhole(name(f)));
        boolean indices = whole
                && folders.stream().allMatch(f -> number(f) >= 0 && number(f) < Limits.CLASS_NUMBERS)
                && folders.stream().mapToLong(FolderClasses::number).distinct().count() == folders.size();
        if (indices) {
            folders.forEach(f -> byClass.put((int) number(f), f));
            return Labels.numbered((int) folders.stream().mapToLong(FolderClasses::number).max().orElseThrow() + 1);
        }
        Comparator<Path> byName = Comparator.comparing(FolderClasses::name);
        List<Path> sorted = folders.stream()
                .sorted(whole ? Comparator.comparingLong(FolderClasses::number).thenComparing(byName) : byName)
                .toList();
        for (int c = 0; c < sorted.size(); c++) {
            byClass.put(c, sorted.get(c));
        }
        return sorted.stream().map(FolderClasses::name).toList();
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private static long number(Path folder) {
        return Long.parseLong(name(folder));
    }
}

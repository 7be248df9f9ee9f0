package dev.assay.data.source;

import dev.assay.analysis.InputException;
import dev.assay.analysis.InputOption;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Class names that the user gives, in the order of a network's outputs.
 *
 * @param names the names
 * @param file the file that holds them; empty for a list in the option itself
 */
public record ClassNames(List<String> names, Optional<Path> file) {

    private static final String NAME = "classes";
    private static final long MOST_BYTES = 64L << 20;
    private static final String FORM = "one class per line";

    /** The reading option. */
    public static final InputOption OPTION = new InputOption(
            NAME,
            "Class names",
            "All classes in the order of the network's outputs: a text file with one per line, absolute or beside the"
                    + " data, or the names themselves, e.g. cat,dog",
            "");

    /** The names that the option gives; empty when it is not given. */
    public static Optional<ClassNames> of(OptionReader options) throws InputException {
        Optional<String> given = options.text(NAME);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> file = file(options, given.get());
        if (file.isPresent()) {
            return Optional.of(of(file.get()));
        }
        List<String> names =
                Arrays.stream(given.get().split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw options.wrong(NAME, "there is nothing between two commas; name every class");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw options.wrong(NAME, "a class is named twice; give every class its own name");
        }
        return Optional.of(new ClassNames(names, Optional.empty()));
    }

    /** The file that is meant; none where the text is a list. */
    private static Optional<Path> file(OptionReader options, String given) throws InputException {
        if (given.indexOf(',') < 0) {
            return Optional.of(options.companion(NAME, given));
        }
        try {
            return Optional.of(options.companion(NAME, given)).filter(Files::isRegularFile);
        } catch (InputException e) {
            return Optional.empty(); // what cannot be a path is a list
        }
    }

    /**
     * Class names from a text file, one per line; empty lines at the end do not count.
     *
     * @throws InputException when it cannot be read, is no text, or names a class twice
     */
    public static ClassNames of(Path path) throws InputException {
        FileStamp stamp = FileStamp.of(path);
        if (stamp.size() > MOST_BYTES) {
            throw new InputException(
                    "this is no list of class names: it has " + stamp.size() + " bytes",
                    path.toString(),
                    "name a text file with " + FORM);
        }
        List<String> lines;
        try {
            lines = new ArrayList<>(Files.readAllLines(path, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new InputException(
                    "this is no text in UTF-8", path.toString(), "name a text file with " + FORM, e);
        } catch (IOException e) {
            throw FileStamp.unreadable(path, e);
        }
        lines.replaceAll(String::strip);
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isEmpty()) {
                throw new InputException("line " + (i + 1) + " is empty", path.toString(), "name every class");
            }
        }
        if (lines.isEmpty() || lines.size() > Limits.CLASSES) {
            throw new InputException("this lists " + lines.size() + " classes", path.toString(), "write " + FORM);
        }
        if (lines.stream().distinct().count() < lines.size()) {
            throw new InputException("a class is named twice", path.toString(), "give every class its own name");
        }
        return new ClassNames(List.copyOf(lines), Optional.of(path));
    }

    /** The names, or none where no option gives them. */
    public static List<String> names(Optional<ClassNames> given) {
        return given.map(ClassNames::names).orElse(List.of());
    }

    /** The problem that a file has a class that is not among the names. */
    public InputException unknown(String name, String place, Path data) {
        return new InputException(
                "the class '" + name + "' " + place + " is not among those that classes= names", data.toString(),
                "name every class" + file.map(f -> " in " + f).orElse("") + ", spelt alike");
    }
}

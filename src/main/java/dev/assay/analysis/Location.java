package dev.assay.analysis;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A path with reading options, written {@code PATH?key=value&key=value}.
 *
 * @param path the file or folder
 * @param options reading options in the order given
 */
public record Location(Path path, Map<String, String> options) {

    /** Keeps the options unmodifiable and in order. */
    public Location {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A path without options. */
    public static Location of(Path path) {
        return new Location(path, Map.of());
    }

    /**
     * Reads {@code PATH?key=value&key=value}. A question mark that belongs to an existing file's name is part of the
     * path.
     *
     * @throws InputException when an option has no {@code =} or is given twice, or the path is not a path
     */
    public static Location parse(String text) throws InputException {
        int mark = text.lastIndexOf('?');
        try {
            if (mark < 0 || Path.of(text).toFile().exists()) {
                return of(Path.of(text));
            }
            return new Location(Path.of(text.substring(0, mark)), options(text.substring(mark + 1), text));
        } catch (java.nio.file.InvalidPathException e) {
            throw new InputException("this is not a valid path: " + e.getReason(), text, "check the spelling", e);
        }
    }

    private static Map<String, String> options(String query, String where) throws InputException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.split("&")) {
            if (option.isEmpty()) {
                continue;
            }
            int equals = option.indexOf('=');
            if (equals <= 0) {
                throw new InputException(
                        "the option '" + option + "' has no value", where, "write PATH?key=value&key=value");
            }
            String key = option.substring(0, equals);
            if (options.put(key, option.substring(equals + 1)) != null) {
                throw new InputException("the option '" + key + "' is given twice", where, "give it once");
            }
        }
        return options;
    }

    /** The same path with other options. */
    public Location withOptions(Map<String, String> changed) {
        return new Location(path, changed);
    }

    /** The file's name. */
    public String fileName() {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /** The file's name without its ending, and without {@code .gz} before that; a number behind a dot is no ending. */
    public String stem() {
        String name = fileName();
        String plain = name.endsWith(".gz") && name.length() > 3 ? name.substring(0, name.length() - 3) : name;
        int dot = plain.lastIndexOf('.');
        boolean ending = dot > 0 && dot + 1 < plain.length() && Character.isLetter(plain.charAt(dot + 1));
        return ending ? plain.substring(0, dot) : plain;
    }

    /** The text that {@link #parse} reads back. */
    @Override
    public String toString() {
        if (options.isEmpty()) {
            return path.toString();
        }
        return options.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&", path + "?", ""));
    }
}

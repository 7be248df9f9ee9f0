package dev.assay.data.source;

import dev.assay.analysis.InputException;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the options of a location and says what is wrong with them. */
public final class OptionReader {

    private final Location location;

    /**
     * @param known the options that the kind understands
     * @throws InputException when the location has another one
     */
    public OptionReader(Location location, List<InputOption> known) throws InputException {
        this.location = location;
        for (String name : location.options().keySet()) {
            if (known.stream().noneMatch(o -> o.name().equals(name))) {
                throw new InputException(
                        "there is no reading option '" + name + "'",
                        location.path().toString(),
                        "use one of "
                                + known.stream().map(InputOption::name).sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    /** The location. */
    public Location location() {
        return location;
    }

    /** The option's text, trimmed; empty when it is not given or blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(location.options().get(name)).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** One of some words, in lower case. */
    public String choice(String name, String otherwise, String... choices) throws InputException {
        Optional<String> text = text(name).map(t -> t.toLowerCase(Locale.ROOT));
        if (text.isPresent() && !List.of(choices).contains(text.get())) {
            throw wrong(name, "use one of " + String.join(", ", choices));
        }
        return text.orElse(otherwise);
    }

    /** True or false. */
    public boolean flag(String name, boolean otherwise) throws InputException {
        return switch (choice(name, String.valueOf(otherwise), "true", "false", "yes", "no")) {
            case "true", "yes" -> true;
            default -> false;
        };
    }

    /** Numbers separated by commas; empty when the option is not given. */
    public float[] numbers(String name) throws InputException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return new float[0];
        }
        String[] parts = text.get().split(",", -1);
        float[] numbers = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                numbers[i] = Float.parseFloat(parts[i].strip());
            } catch (NumberFormatException e) {
                throw wrong(name, "use numbers separated by commas");
            }
            if (!Float.isFinite(numbers[i])) {
                throw wrong(name, "use finite numbers");
            }
        }
        return numbers;
    }

    /** A whole number. */
    public long whole(String name, long otherwise) throws InputException {
        Optional<String> text = text(name);
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text.get());
        } catch (NumberFormatException e) {
            throw wrong(name, "use a whole number");
        }
    }

    /** Dimensions such as {@code 3x32x32}; empty when the option is not given. */
    public Optional<int[]> shape(String name) throws InputException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.get().toLowerCase(Locale.ROOT).split("[x,]", -1);
        int[] shape = new int[parts.length];
        long values = 1;
        for (int i = 0; i < parts.length; i++) {
            try {
                shape[i] = Integer.parseInt(parts[i].strip());
            } catch (NumberFormatException e) {
                throw wrong(name, "use dimensions such as 1x28x28");
            }
            if (shape[i] <= 0) {
                throw wrong(name, "use dimensions of at least 1");
            }
            values = values > Limits.SAMPLE_VALUES ? values : values * shape[i];
        }
        if (parts.length > Limits.RANK || values > Limits.SAMPLE_VALUES) {
            throw wrong(name, "a sample may have at most " + Limits.SAMPLE_VALUES + " values");
        }
        return Optional.of(shape);
    }

    /**
     * A file that belongs to the location's: absolute, in it where it is a folder, beside it, or from where the program was
     * started.
     *
     * @throws InputException when the text is no path
     */
    public Path companion(String name, String file) throws InputException {
        try {
            FileSystem files = location.path().getFileSystem();
            Path in = location.path().resolve(file);
            if (Files.isDirectory(location.path()) && Files.exists(in)) {
                return in;
            }
            Path beside = location.path().resolveSibling(files.getPath(file));
            Path here = files.getPath(file);
            return !Files.exists(beside) && Files.exists(here) ? here : beside;
        } catch (InvalidPathException e) {
            throw wrong(name, "this is no valid path");
        }
    }

    /** The problem that an option's value cannot be used. */
    public InputException wrong(String name, String mend) {
        return new InputException(
                "the reading option " + name + "=" + location.options().get(name) + " cannot be used",
                location.path().toString(),
                mend);
    }
}

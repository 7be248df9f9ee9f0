package dev.assay.run;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analyses and input kinds that are installed, and the way from a location to an opened input. Immutable, safe to
 * use from any thread; opening touches the disk, so not on the window's thread.
 */
public final class Catalogue {

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    private final Map<String, Analysis<?>> analyses = new LinkedHashMap<>();
    private final Map<String, InputKind> kinds = new LinkedHashMap<>();
    private final List<String> problems;

    /**
     * A catalogue of these.
     *
     * @throws IllegalArgumentException when two have one id
     */
    public Catalogue(List<Analysis<?>> analyses, List<InputKind> kinds) {
        this(analyses, kinds, List.of());
    }

    private Catalogue(List<Analysis<?>> analyses, List<InputKind> kinds, List<String> problems) {
        analyses.stream()
                .sorted(Comparator.comparing((Analysis<?> a) -> a.info().family())
                        .thenComparing(a -> a.info().title()))
                .forEach(a -> putNew(this.analyses, a.info().id(), a));
        kinds.forEach(k -> putNew(this.kinds, k.id(), k));
        this.problems = List.copyOf(problems);
    }

    private static <T> void putNew(Map<String, T> map, String id, T value) {
        if (map.putIfAbsent(id, value) != null) {
            throw new IllegalArgumentException("two providers have the id '" + id + "'");
        }
    }

    /** What is built in. A provider that cannot be loaded is left out and named in {@link #problems}. */
    public static Catalogue load() {
        return new Found().add(Catalogue.class.getClassLoader(), "Assay").catalogue();
    }

    /**
     * What is built in and what the jars of a folder add. A jar that is damaged, or whose analysis cannot be used, is
     * left out and named in {@link #problems}; it never keeps Assay from starting.
     *
     * @param plugins the folder; need not exist
     */
    public static Catalogue load(Path plugins) {
        Found found = new Found().add(Catalogue.class.getClassLoader(), "Assay");
        PluginFolder.jars(plugins, found.problems).forEach((jar, loader) -> {
            int before = found.size();
            if (found.add(loader, jar).size() == before) {
                found.problems.add(jar + " adds nothing: it names no analysis and no input kind in META-INF/services");
            }
        });
        return found.catalogue();
    }

    /** What was found so far. */
    private static final class Found {

        /** A list of services that never ends must not keep Assay from starting. */
        private static final int MOST_PROVIDERS = 10_000;

        private final Map<String, Analysis<?>> analyses = new LinkedHashMap<>();
        private final Map<String, InputKind> kinds = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        /** Adds what a class loader has of its own. */
        Found add(ClassLoader loader, String origin) {
            providers(Analysis.class, loader, origin, a -> {
                // Asked for now, so that a mistake in a record or a help page is told here and not in the middle of a form.
                ParameterSet.of(a.parameters());
                a.inputs();
                return a.info().id();
            }, analyses);
            providers(InputKind.class, loader, origin, k -> {
                Objects.requireNonNull(k.title(), "title");
                Objects.requireNonNull(k.type(), "type");
                Objects.requireNonNull(k.extensions(), "extensions");
                Objects.requireNonNull(k.options(), "options");
                return Objects.requireNonNull(k.id(), "id");
            }, kinds);
            return this;
        }

        private <T> void providers(
                Class<?> type, ClassLoader loader, String origin, Function<T, String> id, Map<String, T> known) {
            var services = ServiceLoader.load(type, loader).iterator();
            for (int tries = 0; tries < MOST_PROVIDERS; tries++) {
                try {
                    if (!services.hasNext()) {
                        return;
                    }
                    @SuppressWarnings("unchecked") // an Analysis of whatever parameters, or an InputKind
                    T provider = (T) services.next();
                    if (provider.getClass().getClassLoader() == loader
                            && known.putIfAbsent(id.apply(provider), provider) != null) {
                        problems.add(origin + " brings '" + id.apply(provider) + "', which is there already");
                    }
                } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                    LOG.warn("{} of {} cannot be loaded", type.getSimpleName(), origin, e);
                    problems.add(
                            "a part of " + origin + " (" + type.getSimpleName() + ") cannot be loaded: "
                                    + rootMessage(e));
                }
            }
        }

        int size() {
            return analyses.size() + kinds.size() + problems.size();
        }

        Catalogue catalogue() {
            return new Catalogue(List.copyOf(analyses.values()), List.copyOf(kinds.values()), problems);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    /** The analyses, by family and title. */
    public List<Analysis<?>> analyses() {
        return List.copyOf(analyses.values());
    }

    /** The input kinds. */
    public List<InputKind> kinds() {
        return List.copyOf(kinds.values());
    }

    /** Providers that could not be loaded, one sentence each. */
    public List<String> problems() {
        return problems;
    }

    /** The analysis of that id. */
    public Optional<Analysis<?>> find(String id) {
        return Optional.ofNullable(analyses.get(id));
    }

    /**
     * The analysis of that id.
     *
     * @throws AnalysisException when there is none, suggesting the nearest
     */
    public Analysis<?> analysis(String id) throws AnalysisException {
        Analysis<?> analysis = analyses.get(id);
        if (analysis == null) {
            throw new AnalysisException(
                    "there is no analysis '" + id + "'", "", NearestNames.hint(id, analyses.keySet()));
        }
        return analysis;
    }

    /** The input kinds that can fill a role of that type. */
    public List<InputKind> kindsFor(Class<? extends Input> type) {
        return kinds.values().stream()
                .filter(k -> type.isAssignableFrom(k.type()))
                .toList();
    }

    /** The kind that reads what is at the location, if any does. Reads a few kilobytes at most. */
    public Optional<InputKind> recognise(Location location) {
        return recognise(location, Input.class);
    }

    private Optional<InputKind> recognise(Location location, Class<? extends Input> type) {
        return kindsFor(type).stream().filter(k -> recognises(k, location)).findFirst();
    }

    /** A plugin's kind that fails here must not keep others, or a clear message, from the user. */
    private static boolean recognises(InputKind kind, Location location) {
        try {
            return kind.recognises(location);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the input kind {} cannot look at {}", kind.id(), location, e);
            return false;
        }
    }

    /**
     * Opens a file or folder as whatever it is.
     *
     * @throws InputException when it is missing, or no kind fits, or the kind that fits finds it damaged
     */
    public Input open(Location location) throws InputException {
        checkPresent(location);
        InputKind kind = recognise(location)
                .orElseThrow(() -> unreadable(location, kinds(), "", "it reads " + titles(kinds())));
        return open(kind, location);
    }

    /**
     * Opens a file or folder as what a role takes.
     *
     * @throws InputException as above, and when it is something else than the role takes
     */
    public Input open(Location location, InputRole role) throws InputException {
        checkPresent(location);
        Optional<InputKind> kind = recognise(location, role.type());
        if (kind.isPresent()) {
            return open(kind.get(), location);
        }
        String takes = "the input '" + role.name() + "' takes " + titles(kindsFor(role.type()));
        Optional<InputKind> other = recognise(location);
        if (other.isPresent()) {
            throw new InputException(
                    "this is " + other.get().title() + ", which the input '" + role.name() + "' does not take",
                    location.path().toString(),
                    takes);
        }
        throw unreadable(location, kindsFor(role.type()), " as '" + role.name() + "'", takes);
    }

    /** Whether a name ends as files of a kind do. */
    public boolean hasKnownEnding(String name) {
        return !ending(name, kinds()).isEmpty();
    }

    private static List<InputKind> ending(String name, List<InputKind> kinds) {
        String lower = name.toLowerCase(Locale.ROOT);
        return kinds.stream()
                .filter(k -> k.extensions().stream().anyMatch(e -> lower.endsWith("." + e)))
                .toList();
    }

    /** What no kind recognises: of those that the file's name promises, or of all. */
    private static InputException unreadable(Location location, List<InputKind> kinds, String as, String takes) {
        List<InputKind> named =
                Files.isDirectory(location.path()) ? List.of() : ending(location.fileName(), kinds);
        Optional<InputException> other = named.isEmpty() && Files.isRegularFile(location.path())
                ? OtherFormats.problem(location)
                : Optional.empty();
        if (other.isPresent()) {
            return other.get();
        }
        return named.isEmpty()
                ? new InputException(
                        "this is no file or folder that Assay can read" + as, location.path().toString(), takes)
                : new InputException(
                        "the file's name says " + titles(named) + ", its content does not",
                        location.path().toString(),
                        "it is damaged, cut short or of another format; write or fetch it again");
    }

    private static void checkPresent(Location location) throws InputException {
        if (!Files.exists(location.path())) {
            throw new InputException(
                    "there is no such file or folder", location.path().toString(), "check the path");
        }
        if (!Files.isRegularFile(location.path()) && !Files.isDirectory(location.path())) {
            // A file is read several times over, and the first look at a pipe would wait for who writes it.
            throw new InputException(
                    "this is a pipe or a device, and no file", location.path().toString(), "write it to a file first");
        }
        if (!Files.isReadable(location.path())) {
            throw new InputException("it may not be read", location.path().toString(), "check its permissions");
        }
    }

    private static Input open(InputKind kind, Location location) throws InputException {
        List<String> known = kind.options().stream().map(InputOption::name).toList();
        for (String option : location.options().keySet()) {
            if (!known.contains(option)) {
                throw new InputException(
                        kind.title() + " has no reading option '" + option + "'",
                        location.toString(),
                        NearestNames.hint(option, known));
            }
        }
        return kind.open(location);
    }

    private static String titles(List<InputKind> kinds) {
        return kinds.isEmpty()
                ? "nothing that is installed"
                : kinds.stream().map(InputKind::title).collect(Collectors.joining(", "));
    }
}

package dev.assay.workspace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.run.IoReason;
import dev.assay.run.json.StagedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link Settings} in {@code settings.json} of the user's configuration folder. Reading them and changing them
 * is immediate and may be done on the window's thread; writing happens in the background, the latest state only. Of a file
 * that another process has written meanwhile only what was changed here is replaced.
 */
public final class SettingsFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

    private final Path file;
    private final AtomicReference<Settings> current;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ObjectMapper json;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("assay-settings").daemon().factory());

    /** Told that the settings cannot be written; once, until they can. */
    private Consumer<String> onProblem = problem -> {};

    /** Why the settings cannot be written; empty when they can. */
    private String problem = "";

    /** What this process has read or written last; only the writer changes it. */
    private ObjectNode known;

    private SettingsFile(Path file, ObjectMapper json, Settings settings) {
        this.file = file;
        this.json = json;
        this.known = json.valueToTree(settings);
        this.current = new AtomicReference<>(settings);
    }

    /** Loads this user's settings; see {@link #load(Path)}. */
    public static SettingsFile load() {
        return load(UserFolders.find().config().resolve("settings.json"));
    }

    /**
     * Loads settings; defaults when there are none yet. A damaged file is kept beside as {@code settings.json.damaged}.
     *
     * @param file where they are kept
     */
    public static SettingsFile load(Path file) {
        ObjectMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
        Settings settings = Settings.defaults();
        try {
            Settings read = json.readValue(Files.readAllBytes(file), Settings.class);
            settings = read == null ? settings : read;
        } catch (NoSuchFileException e) {
            LOG.debug("no settings yet at {}", file);
        } catch (JacksonException e) {
            LOG.warn("{} is damaged ({}); default settings are used", file, e.toString());
            putAside(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be read ({}); default settings are used", file, e.toString());
        }
        return new SettingsFile(file, json, settings);
    }

    private static void putAside(Path file) {
        try {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".damaged"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be moved aside ({})", file, e.toString());
        }
    }

    /**
     * Who is told when settings cannot be written.
     *
     * @param listener given the file and the reason, on any thread, once until they can be written again
     */
    public synchronized void onProblem(Consumer<String> listener) {
        onProblem = listener;
        if (!problem.isEmpty()) {
            listener.accept(problem);
        }
    }

    private synchronized void tell(String now) {
        if (!now.isEmpty() && problem.isEmpty()) {
            onProblem.accept(now);
        }
        problem = now;
    }

    /** The settings as they stand. */
    public Settings get() {
        return current.get();
    }

    /** Changes the settings and writes them in the background. */
    public void update(UnaryOperator<Settings> change) {
        Settings before = current.get();
        Settings after = current.updateAndGet(change);
        if (!before.equals(after) && pending.compareAndSet(false, true)) {
            try {
                writer.execute(this::write);
            } catch (RejectedExecutionException e) {
                LOG.debug("a setting was changed after the end", e);
            }
        }
    }

    private void write() {
        pending.set(false);
        Settings settings = current.get();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ObjectNode now = json.valueToTree(settings);
            ObjectNode merged = stored().orElse(null);
            if (merged == null) {
                merged = now;
            } else {
                apply(now, known, merged);
            }
            byte[] bytes = json.writeValueAsBytes(merged);
            StagedFiles.replace(file, out -> out.write(bytes));
            known = now;
            tell("");
        } catch (IOException e) {
            LOG.warn("the settings could not be written to {} ({})", file, e.toString());
            tell(file + " (" + IoReason.of(e) + ")");
        }
    }

    /**
     * What the file holds now, since another window may have written it; nothing where it is damaged.
     *
     * @throws IOException when it cannot be read, and so must not be written over
     */
    private Optional<ObjectNode> stored() throws IOException {
        try {
            if (json.readTree(Files.readAllBytes(file)) instanceof ObjectNode stored) {
                return Optional.of(stored);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("no settings yet at {}", file);
        } catch (JacksonException e) {
            LOG.warn("{} is damaged ({}); it is written anew", file, e.toString());
        }
        return Optional.empty();
    }

    /** Makes the changes in an object that lead from what was before to what is now. */
    private static void apply(ObjectNode now, ObjectNode before, ObjectNode to) {
        for (String name : names(before)) {
            if (!now.has(name)) {
                to.remove(name);
            }
        }
        for (String name : names(now)) {
            JsonNode value = now.get(name);
            if (value instanceof ObjectNode inner
                    && before.get(name) instanceof ObjectNode old
                    && to.get(name) instanceof ObjectNode stored) {
                apply(inner, old, stored);
            } else if (!value.equals(before.get(name))) {
                to.set(name, value);
            }
        }
    }

    private static List<String> names(ObjectNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Writes what is still to be written, waiting a few seconds at most. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the settings were not written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.assay.workspace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What the user adds to a workspace: tags of runs, the mark of deleted ones, presets of parameters, and small facts such as
 * the open tabs. Nothing in it when an older version's workspace is open read-only. Safe for any thread.
 */
final class MarkTables {

    private final Jdbi jdbi;
    private final Object lock;
    private final Function<Map<String, String>, String> toJson;
    private final Function<String, Map<String, String>> fromJson;

    /**
     * The tables of a database.
     *
     * @param lock held by whoever uses the database's connection
     */
    MarkTables(
            Jdbi jdbi, Object lock, Function<Map<String, String>, String> toJson,
            Function<String, Map<String, String>> fromJson) {
        this.jdbi = jdbi;
        this.lock = lock;
        this.toJson = toJson;
        this.fromJson = fromJson;
    }

    private static boolean isThere(Handle h) {
        return h.createQuery("PRAGMA user_version").mapTo(Integer.class).one() >= 3;
    }

    /** The tags of all runs that have any, by the runs' ids. */
    Map<String, List<String>> tags() {
        synchronized (lock) {
            return jdbi.withHandle(h -> {
                Map<String, List<String>> tags = new LinkedHashMap<>();
                if (isThere(h)) {
                    h.createQuery("SELECT run_id, tag FROM tags ORDER BY run_id, position")
                            .map((r, c) -> tags.computeIfAbsent(r.getString(1), k -> new ArrayList<>())
                                    .add(r.getString(2)))
                            .list();
                }
                return tags;
            });
        }
    }

    void setTags(String runId, List<String> tags) {
        synchronized (lock) {
            jdbi.useTransaction(h -> {
                h.execute("DELETE FROM tags WHERE run_id = ?", runId);
                for (int i = 0; i < tags.size(); i++) {
                    h.execute("INSERT INTO tags (run_id, position, tag) VALUES (?, ?, ?)", runId, i, tags.get(i));
                }
            });
        }
    }

    /** Marks a run, and the members of a sweep with it, as deleted, or takes the mark off. */
    void setDeleted(String runId, boolean deleted) {
        synchronized (lock) {
            jdbi.useHandle(h -> h.execute(
                    "UPDATE runs SET deleted = ? WHERE id = ? OR substr(id, 1, length(?) + 1) = ? || '.'",
                    deleted ? Instant.now().toString() : null,
                    runId,
                    runId,
                    runId));
        }
    }

    /** The ids of the runs that are marked as deleted. */
    List<String> deleted() {
        synchronized (lock) {
            return jdbi.withHandle(h -> !isThere(h)
                    ? List.of()
                    : h.createQuery("SELECT id FROM runs WHERE deleted IS NOT NULL")
                            .mapTo(String.class)
                            .list());
        }
    }

    /** The presets of an analysis by name. */
    List<Preset> presets(String analysis) {
        synchronized (lock) {
            return jdbi.withHandle(h -> !isThere(h)
                    ? List.of()
                    : h.createQuery(
                            "SELECT name, parameters FROM presets WHERE analysis = ? ORDER BY lower(name)")
                            .bind(0, analysis)
                            .map((r, c) -> new Preset(analysis, r.getString(1), fromJson.apply(r.getString(2))))
                            .list());
        }
    }

    void savePreset(Preset preset) {
        synchronized (lock) {
            jdbi.useHandle(h -> h.execute(
                    "INSERT OR REPLACE INTO presets (analysis, name, parameters) VALUES (?, ?, ?)",
                    preset.analysis(),
                    preset.name(),
                    toJson.apply(preset.parameters())));
        }
    }

    void deletePreset(String analysis, String name) {
        synchronized (lock) {
            jdbi.useHandle(h -> h.execute("DELETE FROM presets WHERE analysis = ? AND name = ?", analysis, name));
        }
    }

    Optional<String> fact(String name) {
        synchronized (lock) {
            return jdbi.withHandle(h -> !isThere(h)
                    ? Optional.empty()
                    : h.createQuery("SELECT value FROM facts WHERE name = ?")
                            .bind(0, name)
                            .mapTo(String.class)
                            .findOne());
        }
    }

    void setFact(String name, String value) {
        synchronized (lock) {
            jdbi.useHandle(h -> h.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, value));
        }
    }
}

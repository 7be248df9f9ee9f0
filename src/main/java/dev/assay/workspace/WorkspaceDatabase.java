package dev.assay.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.InputStamp;
import dev.assay.run.Provenance;
import dev.assay.run.RunFailure;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The tables of {@code workspace.db}. Safe for any thread; one statement group at a time. Not on the window's thread. */
final class WorkspaceDatabase implements AutoCloseable {

    /** The version of the schema, and the number of migration files. */
    static final int VERSION = 3;

    private static final String PENDING = "('QUEUED', 'RUNNING', 'PAUSED')";

    private final Connection connection;
    private final Jdbi jdbi;
    private final ObjectMapper json = new ObjectMapper();

    private WorkspaceDatabase(Connection connection) {
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
    }

    /** A run's row with what hangs on it. */
    record Row(
            String id,
            String name,
            String notes,
            List<String> tags,
            RunRequest request,
            RunState state,
            Optional<RunFailure> failure,
            String device,
            Instant created,
            Optional<Instant> started,
            Duration elapsed,
            List<InputStamp> inputs,
            List<Scalar> scalars) {}

    /**
     * Opens the database, making or migrating it when it is open for writing.
     *
     * @throws SQLException when it is damaged, locked or cannot be reached
     * @throws NewerWorkspaceException when a newer program made it
     */
    static WorkspaceDatabase open(Path file, boolean readOnly) throws SQLException, NewerWorkspaceException {
        Connection connection;
        try {
            connection = connect("jdbc:sqlite:" + file, readOnly);
        } catch (SQLException e) {
            if (!readOnly) {
                throw e;
            }
            // On a medium where SQLite cannot make its shared-memory file, the file alone can still be read.
            connection = connect("jdbc:sqlite:" + file.toUri().toString().replaceFirst("^file:/*", "file:/")
                    + "?immutable=1", true);
        }
        WorkspaceDatabase database = new WorkspaceDatabase(connection);
        try {
            database.migrate(readOnly);
            return database;
        } catch (RuntimeException | NewerWorkspaceException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection connect(String url, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        Connection connection = source.getConnection();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
            rows.next(); // the file is only looked at when something is asked
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private synchronized void migrate(boolean readOnly) throws NewerWorkspaceException {
        try (Handle handle = jdbi.open()) {
            int version = handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
            if (version > VERSION) {
                throw new NewerWorkspaceException(version);
            }
            for (int next = version + 1; next <= VERSION && !readOnly; next++) {
                String script = migration(next);
                int to = next;
                handle.useTransaction(h -> {
                    h.createScript(script).execute();
                    h.execute("PRAGMA user_version = " + to);
                });
            }
        }
    }

    private static String migration(int version) {
        String name = "migration-" + version + ".sql";
        try (InputStream in = WorkspaceDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** Adds a run. */
    synchronized void insert(RunRecord run) {
        jdbi.useTransaction(h -> {
            h.createUpdate("INSERT INTO runs (id, name, analysis, state, seed, device_asked, device, threads, created,"
                    + " elapsed_nanos) VALUES (:id, :name, :analysis, :state, :seed, :asked, :device,"
                    + " :threads, :created, 0)")
                    .bind("id", run.id())
                    .bind("name", run.name())
                    .bind("analysis", run.request().analysis())
                    .bind("state", run.state().name())
                    .bind("seed", run.request().seed())
                    .bind("asked", run.request().device())
                    .bind("device", run.device())
                    .bind("threads", run.request().threads())
                    .bind("created", run.created().toString())
                    .execute();
            insertInputs(h, run);
            insertParameters(h, run);
            addState(h, run.id(), run.state());
        });
    }

    private void insertInputs(Handle h, RunRecord run) {
        int position = 0;
        for (Map.Entry<String, List<Location>> role : run.request().inputs().entrySet()) {
            for (Location location : role.getValue()) {
                h.execute(
                        "INSERT INTO inputs (run_id, position, role, path, options) VALUES (?, ?, ?, ?, ?)",
                        run.id(),
                        position++,
                        role.getKey(),
                        location.path().toString(),
                        toJson(location.options()));
            }
        }
    }

    private static void insertParameters(Handle h, RunRecord run) {
        int position = 0;
        for (Map.Entry<String, String> parameter : run.request().parameters().entrySet()) {
            h.execute(
                    "INSERT INTO parameters (run_id, position, name, value) VALUES (?, ?, ?, ?)",
                    run.id(),
                    position++,
                    parameter.getKey(),
                    parameter.getValue());
        }
    }

    private static void addState(Handle h, String id, RunState state) {
        h.execute("INSERT INTO states (run_id, time, state) VALUES (?, ?, ?)", id, Instant.now().toString(),
                state.name());
    }

    /** Brings state, times and failure up to date; a final state stays. */
    synchronized void updateState(RunView run) {
        jdbi.useTransaction(h -> update(h, run));
    }

    private void update(Handle h, RunView run) {
        Optional<String> known = h.createQuery("SELECT state FROM runs WHERE id = ?")
                .bind(0, run.id())
                .mapTo(String.class)
                .findOne();
        if (known.isEmpty() || RunState.valueOf(known.get()).isFinal()) {
            return;
        }
        RunState state = run.state();
        h.createUpdate("UPDATE runs SET state = :state, device = :device, started = :started, elapsed_nanos = :elapsed,"
                + " failure = :failure, failure_by_user = :user, failure_details = :details WHERE id = :id")
                .bind("id", run.id())
                .bind("state", state.name())
                .bind("device", run.device())
                .bind("started", run.started().map(Instant::toString).orElse(null))
                .bind("elapsed", run.elapsed().toNanos())
                .bind("failure", run.failure().map(RunFailure::message).orElse(null))
                .bind("user", run.failure().map(f -> f.userError() ? 1 : 0).orElse(null))
                .bind("details", run.failure().map(RunFailure::details).orElse(null))
                .execute();
        if (!known.get().equals(state.name())) {
            addState(h, run.id(), state);
        }
    }

    /** Brings state, scalars and input hashes up to date. */
    synchronized void update(RunRecord run) {
        jdbi.useTransaction(h -> {
            h.execute("DELETE FROM scalars WHERE run_id = ?", run.id());
            int position = 0;
            for (var result : run.results()) {
                if (result instanceof Scalar s) {
                    h.execute(
                            "INSERT INTO scalars (run_id, position, id, title, value, unit, note)"
                                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                            run.id(),
                            position++,
                            s.id(),
                            s.title(),
                            Double.isNaN(s.value()) ? null : s.value(),
                            s.unit(),
                            s.note());
                }
            }
            for (InputStamp stamp : run.provenance().map(Provenance::inputs).orElse(List.of())) {
                if (!stamp.sha256().isEmpty()) {
                    h.execute(
                            "UPDATE inputs SET sha256 = ?, size = ? WHERE run_id = ? AND role = ? AND path = ?",
                            stamp.sha256(),
                            stamp.size(),
                            run.id(),
                            stamp.role(),
                            stamp.location().path().toString());
                }
            }
            update(h, run);
        });
    }

    /** Marks the runs that were under way when the program ended, and gives their ids. */
    synchronized List<String> interruptPending() {
        return jdbi.inTransaction(h -> {
            List<String> ids = h.createQuery("SELECT id FROM runs WHERE state IN " + PENDING + " ORDER BY created")
                    .mapTo(String.class)
                    .list();
            for (String id : ids) {
                h.execute("UPDATE runs SET state = 'INTERRUPTED' WHERE id = ?", id);
                addState(h, id, RunState.INTERRUPTED);
            }
            return ids;
        });
    }

    /** Changes a run's name; whether there is such a run. */
    synchronized boolean rename(String id, String name) {
        return jdbi.withHandle(h -> h.execute("UPDATE runs SET name = ? WHERE id = ?", name, id)) > 0;
    }

    /** Changes a run's notes; whether there is such a run. */
    synchronized boolean note(String id, String notes) {
        return jdbi.withHandle(h -> h.execute("UPDATE runs SET notes = ? WHERE id = ?", notes, id)) > 0;
    }

    /** Removes a run's rows. */
    synchronized void delete(String id) {
        jdbi.useTransaction(h -> h.execute("DELETE FROM runs WHERE id = ?", id));
    }

    /** All runs, newest first. */
    synchronized List<Row> rows() {
        return jdbi.inTransaction(h -> rows(h, "1 = 1", Map.of()));
    }

    /** Lets an ended run go on: its state is that of the record, whatever it was. */
    synchronized void reopen(RunRecord run) {
        jdbi.useTransaction(h -> {
            h.execute("UPDATE runs SET state = ?, failure = NULL, failure_by_user = NULL, failure_details = NULL"
                    + " WHERE id = ?", run.state().name(), run.id());
            addState(h, run.id(), run.state());
        });
    }

    /** One run. */
    synchronized Optional<Row> row(String id) {
        return jdbi.inTransaction(h -> rows(h, "run.id = :id", Map.of("id", id)).stream()
                .findFirst());
    }

    /** The states a run has gone through, in order, each with its time. */
    synchronized List<Map.Entry<Instant, RunState>> states(String id) {
        return jdbi.withHandle(h -> h.createQuery("SELECT time, state FROM states WHERE run_id = ? ORDER BY rowid")
                .bind(0, id)
                .map((r, c) -> Map.entry(Instant.parse(r.getString(1)), RunState.valueOf(r.getString(2))))
                .list());
    }

    private List<Row> rows(Handle h, String wanted, Map<String, ?> bindings) {
        // A workspace of an older version that is open read-only has no such column.
        String where = h.createQuery("PRAGMA user_version").mapTo(Integer.class).one() < 3
                ? wanted
                : "deleted IS NULL AND " + wanted;
        Map<String, List<String>> tags = marks().tags();
        String of = " WHERE run_id IN (SELECT id FROM runs run WHERE " + where + ") ORDER BY run_id, position";
        Map<String, List<InputStamp>> inputs = new LinkedHashMap<>();
        h.createQuery("SELECT run_id, role, path, options, sha256, size FROM inputs" + of)
                .bindMap(bindings)
                .map((r, c) -> inputs.computeIfAbsent(r.getString(1), k -> new ArrayList<>())
                        .add(new InputStamp(
                                r.getString(2),
                                new Location(Path.of(r.getString(3)), fromJson(r.getString(4))),
                                r.getString(5) == null ? -1 : r.getLong(6),
                                r.getString(5) == null ? "" : r.getString(5),
                                List.of())))
                .list();
        Map<String, Map<String, String>> parameters = new LinkedHashMap<>();
        h.createQuery("SELECT run_id, name, value FROM parameters" + of)
                .bindMap(bindings)
                .map((r, c) -> parameters
                        .computeIfAbsent(r.getString(1), k -> new LinkedHashMap<>())
                        .put(r.getString(2), r.getString(3)) == null)
                .list();
        Map<String, List<Scalar>> scalars = new LinkedHashMap<>();
        h.createQuery("SELECT run_id, id, title, value, unit, note FROM scalars" + of)
                .bindMap(bindings)
                .map((r, c) -> {
                    double value = r.getDouble(4);
                    boolean absent = r.wasNull();
                    return scalars.computeIfAbsent(r.getString(1), k -> new ArrayList<>())
                            .add(new Scalar(
                                    r.getString(2),
                                    r.getString(3),
                                    absent ? Double.NaN : value,
                                    r.getString(5),
                                    r.getString(6)));
                })
                .list();
        return h.createQuery("SELECT * FROM runs run WHERE " + where + " ORDER BY created DESC, rowid DESC")
                .bindMap(bindings)
                .map((r, c) -> row(
                        r,
                        tags.getOrDefault(r.getString("id"), List.of()),
                        inputs.getOrDefault(r.getString("id"), List.of()),
                        parameters.getOrDefault(r.getString("id"), Map.of()),
                        scalars.getOrDefault(r.getString("id"), List.of())))
                .list();
    }

    private static Row row(
            java.sql.ResultSet r, List<String> tags, List<InputStamp> inputs, Map<String, String> parameters,
            List<Scalar> scalars)
            throws SQLException {
        Map<String, List<Location>> locations = new LinkedHashMap<>();
        for (InputStamp input : inputs) {
            locations.computeIfAbsent(input.role(), k -> new ArrayList<>()).add(input.location());
        }
        RunRequest request = new RunRequest(
                r.getString("analysis"),
                locations,
                parameters,
                r.getLong("seed"),
                r.getString("device_asked"),
                r.getInt("threads"));
        String message = r.getString("failure");
        RunFailure failure = message == null
                ? null
                : new RunFailure(message, r.getInt("failure_by_user") == 1, r.getString("failure_details"));
        return new Row(
                r.getString("id"),
                r.getString("name"),
                r.getString("notes"),
                List.copyOf(tags),
                request,
                RunState.valueOf(r.getString("state")),
                Optional.ofNullable(failure),
                r.getString("device"),
                Instant.parse(r.getString("created")),
                Optional.ofNullable(r.getString("started")).map(Instant::parse),
                Duration.ofNanos(r.getLong("elapsed_nanos")),
                inputs,
                scalars);
    }

    /** What the user adds, in the same file. */
    MarkTables marks() {
        return new MarkTables(jdbi, this, this::toJson, this::fromJson);
    }

    /** The reports, in the same file. */
    ReportTable reports() {
        return new ReportTable(jdbi, this);
    }

    private String toJson(Map<String, String> options) {
        try {
            return json.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> fromJson(String text) {
        try {
            return json.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the workspace's database could not be closed", e);
        }
    }
}

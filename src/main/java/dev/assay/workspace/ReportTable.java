package dev.assay.workspace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The reports of {@code workspace.db}. Safe for any thread. */
final class ReportTable {

    private final Jdbi jdbi;
    private final Object lock;

    /**
     * The table of a database.
     *
     * @param lock held by whoever uses the database's connection
     */
    ReportTable(Jdbi jdbi, Object lock) {
        this.jdbi = jdbi;
        this.lock = lock;
    }

    /** All of them, the one changed last first; none in a workspace of an older version that is open read-only. */
    List<StoredReport> all() {
        synchronized (lock) {
            return jdbi.withHandle(h -> {
                boolean there = h.createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'reports'")
                        .mapTo(Integer.class)
                        .one() > 0;
                return !there
                        ? List.of()
                        : h.createQuery(
                                "SELECT id, title, changed, body FROM reports ORDER BY changed DESC, rowid DESC")
                                .map((r, c) -> new StoredReport(
                                        r.getString(1), r.getString(2), Instant.parse(r.getString(3)), r.getString(4)))
                                .list();
            });
        }
    }

    Optional<StoredReport> find(String id) {
        return all().stream().filter(r -> r.id().equals(id)).findFirst();
    }

    void save(String id, String title, String body) {
        synchronized (lock) {
            String now = Instant.now().toString();
            jdbi.useHandle(h -> h.execute(
                    "INSERT INTO reports (id, title, created, changed, body) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET title = excluded.title, changed = excluded.changed,"
                            + " body = excluded.body",
                    id,
                    title,
                    now,
                    now,
                    body));
        }
    }

    boolean delete(String id) {
        synchronized (lock) {
            return jdbi.withHandle(h -> h.execute("DELETE FROM reports WHERE id = ?", id)) > 0;
        }
    }
}

CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '',
    analysis TEXT NOT NULL,
    state TEXT NOT NULL,
    seed INTEGER NOT NULL,
    device_asked TEXT NOT NULL,
    device TEXT NOT NULL,
    threads INTEGER NOT NULL,
    created TEXT NOT NULL,
    started TEXT,
    elapsed_nanos INTEGER NOT NULL,
    failure TEXT,
    failure_by_user INTEGER,
    failure_details TEXT
) STRICT;

CREATE INDEX runs_by_time ON runs (created);

CREATE TABLE inputs (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    path TEXT NOT NULL,
    options TEXT NOT NULL,
    sha256 TEXT,
    size INTEGER,
    PRIMARY KEY (run_id, position)
) STRICT;

CREATE INDEX inputs_by_hash ON inputs (sha256);

CREATE TABLE parameters (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT;

CREATE TABLE scalars (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    value REAL,
    unit TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT;

CREATE TABLE states (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    time TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;

CREATE INDEX states_by_run ON states (run_id);

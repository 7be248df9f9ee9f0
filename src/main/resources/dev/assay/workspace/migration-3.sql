ALTER TABLE runs ADD COLUMN deleted TEXT;

CREATE TABLE tags (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT;

CREATE TABLE presets (
    analysis TEXT NOT NULL,
    name TEXT NOT NULL,
    parameters TEXT NOT NULL,
    PRIMARY KEY (analysis, name)
) STRICT;

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

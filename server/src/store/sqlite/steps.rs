//! How the tables came to be what they are: a step from each version to the next.
//!
//! Owns the tables of every version. A new file takes all steps, an older one those that it lacks, in
//! one transaction; who only reads an older file sees what each missing step would have made of it.

/// From one version of the tables to the next.
struct Step {
    /// What changes them.
    makes: &'static str,
    /// The same for who may not write: what reads as if the step had been taken.
    shows: &'static str,
}

/// The first makes version 1 of an empty file.
const STEPS: [Step; 4] = [
    // Rows have an integer key of their own, so that appends fill pages one after the other; the
    // order within a board is in a small index.
    Step {
        makes: "
            CREATE TABLE boards (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE log (
                id INTEGER PRIMARY KEY,
                board INTEGER NOT NULL,
                seq INTEGER NOT NULL,
                time INTEGER NOT NULL,
                author INTEGER NOT NULL,
                sum INTEGER NOT NULL,
                data BLOB NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX log_order ON log (board, seq);
            CREATE TABLE snapshots (
                id INTEGER PRIMARY KEY,
                board INTEGER NOT NULL,
                up_to INTEGER NOT NULL,
                time INTEGER NOT NULL,
                sum INTEGER NOT NULL,
                state BLOB NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX snapshots_order ON snapshots (board, up_to);",
        shows: "",
    },
    // Snapshots lacked nothing and were in one piece. The beginnings of large ones are in `pieces`.
    Step {
        makes: "
            ALTER TABLE snapshots ADD COLUMN lacks BLOB NOT NULL DEFAULT x'';
            CREATE TABLE pieces (
                id INTEGER PRIMARY KEY,
                board INTEGER NOT NULL,
                up_to INTEGER NOT NULL,
                at INTEGER NOT NULL,
                data BLOB NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX pieces_order ON pieces (board, up_to, at);",
        shows: "
            CREATE TEMP VIEW snapshots AS SELECT *, x'' AS lacks FROM main.snapshots;
            CREATE TEMP VIEW pieces AS
                SELECT 0 AS id, 0 AS board, 0 AS up_to, 0 AS at, x'' AS data WHERE 0;",
    },
    // What people put on boards beside what they draw. A file is there when its row in `files` is:
    // pieces without one are of an upload that is under way, or was interrupted.
    Step {
        makes: "
            CREATE TABLE files (
                id INTEGER PRIMARY KEY,
                board INTEGER NOT NULL,
                hash BLOB NOT NULL,
                time INTEGER NOT NULL,
                named INTEGER NOT NULL,
                type TEXT NOT NULL,
                bytes INTEGER NOT NULL,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX files_order ON files (board, hash);
            CREATE TABLE file_pieces (
                id INTEGER PRIMARY KEY,
                file INTEGER NOT NULL,
                at INTEGER NOT NULL,
                sum INTEGER NOT NULL,
                data BLOB NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX file_pieces_order ON file_pieces (file, at);",
        shows: "
            CREATE TEMP VIEW files AS
                SELECT 0 AS id, 0 AS board, x'' AS hash, 0 AS time, 0 AS named, '' AS type,
                    0 AS bytes, 0 AS width, 0 AS height WHERE 0;
            CREATE TEMP VIEW file_pieces AS
                SELECT 0 AS id, 0 AS file, 0 AS at, 0 AS sum, x'' AS data WHERE 0;",
    },
    // Who brought a row. The rows from before were brought by nobody in particular: 0. And when a board
    // was deleted: its name is kept, and so is all of it for a while; 0 when it is being removed.
    Step {
        makes: "
            ALTER TABLE log ADD COLUMN actor INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE actors (
                id INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                made INTEGER NOT NULL
            ) STRICT;
            ALTER TABLE boards ADD COLUMN deleted INTEGER;",
        shows: "
            CREATE TEMP VIEW log AS SELECT *, 0 AS actor FROM main.log;
            CREATE TEMP VIEW actors AS SELECT 0 AS id, '' AS kind, 0 AS made WHERE 0;
            CREATE TEMP VIEW boards AS SELECT *, NULL AS deleted FROM main.boards;",
    },
];

/// The version of the tables.
pub(super) const VERSION: usize = STEPS.len();

/// What makes the tables of version `to` of those of version `from`.
pub(super) fn between(from: usize, to: usize) -> String {
    let steps = STEPS.get(from..to).unwrap_or_default();
    steps.iter().map(|step| step.makes).collect()
}

/// What lets a connection read tables of version `from` as if they were of the newest.
pub(super) fn shown_as_newest(from: usize) -> String {
    let steps = STEPS.get(from..).unwrap_or_default();
    steps.iter().map(|step| step.shows).collect()
}

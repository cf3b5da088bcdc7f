"""The schema of project.db, as dated steps that are only ever appended to."""

from sqlite_utils import Database, Migrations

migrations = Migrations("matchcut")


@migrations(name="2026-11-22-film")
def film(db: Database) -> None:
    """Everything that the first version stores."""
    for statement in _FILM.split(";;"):
        db.conn.execute(statement)


_FILM = """
CREATE TABLE film (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    title TEXT NOT NULL,
    seed INTEGER NOT NULL,
    frame_rate TEXT NOT NULL,
    more_attempts INTEGER NOT NULL CHECK (more_attempts >= 0),
    checkpoint TEXT NOT NULL DEFAULT '',
    checkpoint_digest TEXT NOT NULL DEFAULT '',
    scene_numbers TEXT NOT NULL DEFAULT '[]',
    max_shots INTEGER,
    screenplay TEXT NOT NULL REFERENCES media (digest),
    screenplay_name TEXT NOT NULL,
    ledger_length INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
) STRICT;;
CREATE TABLE media (
    digest TEXT PRIMARY KEY,
    suffix TEXT NOT NULL,
    num_bytes INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;;
CREATE TABLE revisions (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    digest TEXT NOT NULL,
    label TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;;
CREATE TABLE graph_items (
    item_id TEXT NOT NULL,
    since INTEGER NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED,
    until INTEGER,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (item_id, since)
) STRICT, WITHOUT ROWID;;
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seam TEXT NOT NULL,
    shot_id TEXT NOT NULL DEFAULT '',
    round TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    state TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    progress INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT '',
    take_id INTEGER REFERENCES takes (id),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (seam, shot_id, round, attempt)
) STRICT;;
CREATE INDEX jobs_by_state ON jobs (state);;
CREATE TABLE takes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    seam TEXT NOT NULL,
    shot_id TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL,
    round TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    media TEXT NOT NULL REFERENCES media (digest),
    poster TEXT REFERENCES media (digest),
    num_frames INTEGER NOT NULL,
    frame_rate TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    recipe TEXT NOT NULL,
    recipe_digest TEXT NOT NULL,
    inputs_digest TEXT NOT NULL,
    graph_revision INTEGER NOT NULL REFERENCES revisions (number),
    planted INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (seam, shot_id, number)
) STRICT;;
CREATE TABLE take_inputs (
    take_id INTEGER NOT NULL REFERENCES takes (id),
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (take_id, key)
) STRICT, WITHOUT ROWID;;
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    take_id INTEGER REFERENCES takes (id),
    graph_revision INTEGER NOT NULL REFERENCES revisions (number),
    seconds REAL NOT NULL,
    created_at TEXT NOT NULL
) STRICT;;
CREATE INDEX reviews_by_take ON reviews (take_id);;
CREATE TABLE findings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL REFERENCES reviews (id),
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    constraint_id TEXT,
    check_name TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('ok', 'drift', 'unseen')),
    must INTEGER NOT NULL,
    expected TEXT NOT NULL,
    observed TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    region TEXT,
    frame_range TEXT,
    message TEXT NOT NULL
) STRICT;;
CREATE INDEX findings_by_review ON findings (review_id);;
CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    verb TEXT NOT NULL,
    seam TEXT NOT NULL,
    shot_id TEXT,
    take_id INTEGER REFERENCES takes (id),
    graph_revision INTEGER NOT NULL REFERENCES revisions (number),
    author TEXT NOT NULL,
    note TEXT NOT NULL,
    key TEXT NOT NULL,
    undoes INTEGER REFERENCES decisions (seq),
    details TEXT NOT NULL,
    created_at TEXT NOT NULL,
    previous_digest TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;;
CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;;
CREATE TRIGGER decisions_are_never_removed BEFORE DELETE ON decisions
BEGIN SELECT RAISE (ABORT, 'the ledger is append-only'); END;;
CREATE TRIGGER takes_are_never_changed BEFORE UPDATE ON takes
BEGIN SELECT RAISE (ABORT, 'takes are immutable'); END;;
CREATE TRIGGER takes_are_never_removed BEFORE DELETE ON takes
BEGIN SELECT RAISE (ABORT, 'takes are immutable'); END
"""

"""The schema of project.db, as dated steps that are only ever appended to."""

from sqlite_utils import Database, Migrations

migrations = Migrations("matchcut")


@migrations(name="2026-11-22-film")
def film(db: Database) -> None:
    """Everything that the first version stores."""
    for statement in _FILM.split(";;"):
        db.conn.execute(statement)


@migrations(name="2026-11-22-looks")
def looks(db: Database) -> None:
    """Approved reference pictures of characters and settings."""
    for statement in _LOOKS.split(";;"):
        db.conn.execute(statement)


@migrations(name="2026-11-22-queue")
def queue(db: Database) -> None:
    """The queue can be paused and put in order; a job can be drawn alone; changes of jobs are numbered."""
    for statement in _QUEUE.split(";;"):
        db.conn.execute(statement)


@migrations(name="2026-11-22-price")
def price(db: Database) -> None:
    """What a generator call costs, as decimal text, and in which currency. From here on decisions may be stars."""
    db.conn.execute("ALTER TABLE film ADD COLUMN price_per_call TEXT NOT NULL DEFAULT '0'")
    db.conn.execute("ALTER TABLE film ADD COLUMN currency TEXT NOT NULL DEFAULT 'EUR'")


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
_LOOKS = """
CREATE TABLE looks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entity_id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    media TEXT NOT NULL REFERENCES media (digest),
    take_id INTEGER NOT NULL REFERENCES takes (id),
    frame_index INTEGER NOT NULL CHECK (frame_index >= 0),
    region TEXT NOT NULL,
    decision_seq INTEGER NOT NULL UNIQUE REFERENCES decisions (seq),
    created_at TEXT NOT NULL,
    UNIQUE (entity_id, number)
) STRICT;;
CREATE TRIGGER looks_are_never_changed BEFORE UPDATE ON looks
BEGIN SELECT RAISE (ABORT, 'looks are immutable'); END;;
CREATE TRIGGER looks_are_never_removed BEFORE DELETE ON looks
BEGIN SELECT RAISE (ABORT, 'looks are withdrawn, never removed'); END
"""

# Places have room between them, so that a job can be put between two others by changing its own row only.
_QUEUE = """
CREATE TABLE queue (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    paused INTEGER NOT NULL DEFAULT 0
) STRICT;;
INSERT INTO queue (id) VALUES (1);;
UPDATE jobs SET priority = priority * 1048576;;
ALTER TABLE jobs ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;;
ALTER TABLE jobs ADD COLUMN change_number INTEGER NOT NULL DEFAULT 0;;
CREATE INDEX jobs_by_change ON jobs (change_number);;
CREATE TRIGGER jobs_number_their_insertion AFTER INSERT ON jobs
BEGIN
    UPDATE jobs SET change_number = (SELECT max(change_number) + 1 FROM jobs) WHERE id = NEW.id;
END;;
CREATE TRIGGER jobs_number_their_changes AFTER UPDATE ON jobs WHEN NEW.change_number = OLD.change_number
BEGIN
    UPDATE jobs SET change_number = (SELECT max(change_number) + 1 FROM jobs) WHERE id = NEW.id;
END
"""


@migrations(name="2026-11-22-one-shot")
def one_shot(db: Database) -> None:
    """Lets a reader ask for one shot only, and only for what is not right in it."""
    for statement in _ONE_SHOT.split(";;"):
        db.conn.execute(statement)


_ONE_SHOT = """
CREATE INDEX findings_not_right ON findings (review_id) WHERE must = 1 AND verdict <> 'ok';;
CREATE INDEX decisions_by_shot ON decisions (shot_id);;
CREATE INDEX takes_by_shot ON takes (shot_id);;
CREATE INDEX jobs_by_shot ON jobs (shot_id)
"""


@migrations(name="2026-11-22-since")
def since(db: Database) -> None:
    """Lets a reader find what was decided of the scene graph, and what a revision changed in it."""
    db.conn.execute("CREATE INDEX decisions_on_script ON decisions (seq) WHERE seam = 'script'")
    db.conn.execute("CREATE INDEX graph_items_by_since ON graph_items (since)")
    db.conn.execute("CREATE INDEX graph_items_by_until ON graph_items (until)")


@migrations(name="2026-11-22-witnesses")
def witnesses(db: Database) -> None:
    """Keeps what each check said beside what the panel made of it, and the folders of a film's own judges."""
    db.conn.execute("ALTER TABLE findings ADD COLUMN said TEXT NOT NULL DEFAULT '[]'")
    db.conn.execute("ALTER TABLE film ADD COLUMN own_judges TEXT NOT NULL DEFAULT '[]'")


@migrations(name="2026-11-22-redrafts")
def redrafts(db: Database) -> None:
    """A revision may rest on another draft of the screenplay; none is named where it rests on the film's first."""
    db.conn.execute("ALTER TABLE revisions ADD COLUMN screenplay TEXT REFERENCES media (digest)")
    db.conn.execute("ALTER TABLE revisions ADD COLUMN screenplay_name TEXT")


@migrations(name="2026-11-22-imported-looks")
def imported_looks(db: Database) -> None:
    """A look may be a picture that was imported, and then comes from no take."""
    for statement in _IMPORTED_LOOKS.split(";;"):
        db.conn.execute(statement)


_IMPORTED_LOOKS = f"""
ALTER TABLE looks RENAME TO looks_of_takes;;
DROP TRIGGER looks_are_never_changed;;
DROP TRIGGER looks_are_never_removed;;
{_LOOKS.replace("take_id INTEGER NOT NULL", "take_id INTEGER").split(";;", 1)[0]};;
INSERT INTO looks SELECT * FROM looks_of_takes;;
DROP TABLE looks_of_takes;;
{_LOOKS.split(";;", 1)[1]}
"""


@migrations(name="2026-11-22-learning")
def learning(db: Database) -> None:
    """The share of findings that are asked about blind, and what is to be promised. Decisions may be answers now."""
    db.conn.execute(
        "ALTER TABLE film ADD COLUMN question_share REAL NOT NULL DEFAULT 0.1 CHECK (question_share BETWEEN 0 AND 1)"
    )
    db.conn.execute(
        "ALTER TABLE film ADD COLUMN most_missed REAL NOT NULL DEFAULT 0.02 CHECK (most_missed > 0 AND most_missed < 1)"
    )
    db.conn.execute(
        "ALTER TABLE film ADD COLUMN confidence REAL NOT NULL DEFAULT 0.9 CHECK (confidence > 0 AND confidence < 1)"
    )


@migrations(name="2026-11-22-mending")
def mending(db: Database) -> None:
    """A take says what it was to put right: how, in which take, and which constraints were missed there."""
    db.conn.execute("ALTER TABLE takes ADD COLUMN means TEXT NOT NULL DEFAULT ''")
    db.conn.execute("ALTER TABLE takes ADD COLUMN mends INTEGER REFERENCES takes (id)")
    db.conn.execute("ALTER TABLE takes ADD COLUMN missed TEXT NOT NULL DEFAULT '[]'")
    db.conn.execute("CREATE INDEX takes_by_means ON takes (seam, id) WHERE means <> ''")


@migrations(name="2026-11-23-notes")
def notes(db: Database) -> None:
    """Decisions may be notes, drawings and replies now, and a reader can ask for those on one take."""
    db.conn.execute("CREATE INDEX decisions_by_take ON decisions (take_id)")


@migrations(name="2026-11-23-references")
def references(db: Database) -> None:
    """Whether the checkpoint takes looks as references, so that keyframes rest on them."""
    db.conn.execute("ALTER TABLE film ADD COLUMN takes_references INTEGER NOT NULL DEFAULT 0")


@migrations(name="2026-11-23-abouts")
def abouts(db: Database) -> None:
    """What a finding on a scene graph is about, and the edit that puts it right."""
    db.conn.execute("ALTER TABLE findings ADD COLUMN about TEXT")

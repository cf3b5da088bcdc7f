"""Opening project.db, and the one way to write to it."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from storage.domain.told import Told
from storage.errors import KnownError, WrongUse
from storage.migrations import migrations

_BUSY_TIMEOUT_MS = 10_000


def open_database(path: Path) -> Database:
    """Open a project's database and bring its schema up to date, with a backup first.

    Raises:
        WrongUse: the file is not a database, or a newer Matchcut wrote it.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        db = Database(connection, strict=True)
        known = [migration.name for migration in migrations._migrations]  # pyright: ignore[reportPrivateUsage]
        applied = [migration.name for migration in migrations.applied(db)]
    except sqlite3.DatabaseError as error:
        raise WrongUse(
            Told("{name} cannot be opened: {error}.", name=path.parent.name, error=error),
            "Choose a folder that Matchcut made, or restore a backup.",
        ) from error
    unknown = [name for name in applied if name not in known]
    if unknown:
        connection.close()
        raise WrongUse(
            Told("{name} was written by a newer Matchcut ({unknown}).", name=path.parent.name, unknown=unknown[-1]),
            "Update Matchcut, then open it again.",
        )
    if len(applied) < len(known):
        if applied:
            _back_up(connection, path.with_name(f"project.before-{known[len(applied)]}.db"))
        migrations.apply(db)
    return db


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    backup = sqlite3.connect(path)
    try:
        connection.backup(backup)
    finally:
        backup.close()


@contextmanager
def write(db: Database) -> Generator[Database]:
    """One durable transaction. Takes the write lock at once, so that what is read inside still holds.

    Raises:
        KnownError: the disk is full, or another program kept the database locked.
    """
    try:
        if db.conn.in_transaction:
            with db.atomic():
                yield db
            return
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.conn.rollback()
            raise
        db.conn.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if db.conn.in_transaction:
            db.conn.rollback()
        if "full" in str(error):
            raise KnownError("The disk is full.", "Free some space; nothing was lost.") from error
        if "locked" in str(error):
            raise KnownError("Another program keeps the project locked.", "Close it and try again.") from error
        raise

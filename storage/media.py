"""Every picture, clip, sound and script of a project once, on disk, named by its SHA-256."""

import errno
import hashlib
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from storage.database import write
from storage.domain.takes import MediaDigest
from storage.domain.told import Told
from storage.errors import KnownError


def now() -> str:
    """The time as the project keeps it: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def write_durably(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all: temporary file, fsync, rename, fsync of the folder.

    Raises:
        KnownError: the disk is full, or the folder may not be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise KnownError("The disk is full.", "Free some space; nothing was lost.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise KnownError(
                Told("{parent} may not be written to.", parent=path.parent), "Change its permissions."
            ) from error
        raise


class MediaStore:
    """Media of one project.

    Args:
        folder: `media/` of the project.
    """

    def __init__(self, folder: Path, db: Database) -> None:
        self._folder = folder
        self._db = db

    def put(self, content: bytes, suffix: str) -> MediaDigest:
        """Keep some bytes; the same bytes are kept once. File first, row second.

        Args:
            suffix: with its dot, ".png".
        """
        digest = MediaDigest(hashlib.sha256(content).hexdigest())
        path = self.path(digest, suffix)
        if not path.exists():
            write_durably(path, content)
        with write(self._db):
            self._db.conn.execute(
                "INSERT INTO media (digest, suffix, num_bytes, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (digest, suffix, len(content), now()),
            )
        return digest

    def path(self, digest: MediaDigest, suffix: str) -> Path:
        """Where a medium lies, by its first two digits."""
        return self._folder / digest[:2] / f"{digest}{suffix}"

    def find(self, digest: MediaDigest) -> Path:
        """Where a stored medium lies.

        Raises:
            KeyError: there is no such medium.
        """
        row = self._db.conn.execute("SELECT suffix FROM media WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise KeyError(digest)
        return self.path(digest, row[0])

    def everything(self) -> list[tuple[MediaDigest, Path, int]]:
        """Each medium: digest, path, bytes."""
        rows = self._db.conn.execute("SELECT digest, suffix, num_bytes FROM media ORDER BY digest")
        return [(MediaDigest(digest), self.path(digest, suffix), num_bytes) for digest, suffix, num_bytes in rows]

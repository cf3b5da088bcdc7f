"""Writing an exported file whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import KnownError, WrongUse


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; put it in place when the block ends well, remove it when not.

    Raises:
        KnownError: the disk is full.
        WrongUse: the folder cannot be written to, or the path cannot be a file.
    """
    # Not by tempfile: its files are for their owner only, and an export is for others too.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            yield temporary
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        known = _known(error, path)
        if known is None:
            raise
        raise known from error


def _known(error: OSError, path: Path) -> KnownError | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return KnownError(f"There is no room for {path.name}.", "Free some space and export again; nothing was lost.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return WrongUse(f"{path.parent} may not be written to.", "Change its permissions, or export elsewhere.")
    if error.errno in (errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ENOENT):
        return WrongUse(f"{path} cannot be a file.", "Export under another name.")
    return None

"""Holding a project: one worker at a time."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from storage.errors import WrongUse
from storage.project import Project


@contextmanager
def hold(folder: Path) -> Generator[Project]:
    """Open a project as its only worker. The lock goes with the process, however it ends.

    Raises:
        WrongUse: there is no such film, or another worker holds it.
    """
    project = Project.open(folder)
    lock = FileLock(folder / "worker.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        project.close()
        raise WrongUse(
            f"{folder.name} is being worked on by another Matchcut.", "Wait for it, or close it and try again."
        ) from error
    try:
        yield project
    finally:
        project.close()
        lock.release()

"""What ships with Matchcut, and the names of what is built in."""

from importlib.resources import files
from pathlib import Path

ARTIST = "artist"


def resources() -> Path:
    """The folder of what ships: pocket, the judge, the demonstration screenplay, fonts."""
    return Path(str(files("resources")))

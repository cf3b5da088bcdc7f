"""Results of a benchmark run on disk: one line for each film, so that a run that was killed goes on."""

import json
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from storage.errors import WrongUse


class Results:
    """A file of JSON lines: first what was measured, then what each film came to.

    Args:
        path: made where it is missing.
        conditions: what must be the same for lines to be counted together.

    Raises:
        WrongUse: the file holds results of other conditions.
    """

    def __init__(self, path: Path, conditions: Mapping[str, Any]) -> None:
        self._path = path
        self.folder = path.parent
        self.films: dict[int, list[dict[str, Any]]] = {}
        self.revisions: list[str] = []
        lines = _whole_lines(path)
        if lines and lines[0]["conditions"] != dict(conditions):
            raise WrongUse(f"{path} holds results of other conditions.", "Name another folder, or ask for the same.")
        for line in lines[1:]:
            self.films[line["film"]] = line["arms"]
            self._note(line["revision"])
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines or [{"conditions": conditions}])
        # A line that was being written when the run was killed is left out.
        path.write_text(text, encoding="utf-8")

    def add(self, film: int, arms: list[dict[str, Any]]) -> None:
        """Keep what a film came to in all its arms."""
        revision = git_revision()
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"film": film, "revision": revision, "arms": arms}, ensure_ascii=False) + "\n")
        self.films[film] = arms
        self._note(revision)

    def _note(self, revision: str) -> None:
        if revision not in self.revisions:
            self.revisions.append(revision)

    def of_arm(self, arm: str, films: Collection[int]) -> list[dict[str, Any]]:
        """What one arm made of these films, in order, as far as they are made."""
        numbers = sorted(self.films.keys() & set(films))
        return [each for number in numbers for each in self.films[number] if each["arm"] == arm]


def git_revision() -> str:
    """The revision of this source tree, with "+" where files were changed since; empty where none is known."""
    here = Path(__file__).parent

    def git(*words: str) -> str:
        done = subprocess.run(("git", *words), cwd=here, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        revision = git("rev-parse", "--short=12", "HEAD")
        return revision + ("+" if git("status", "--porcelain", "--untracked-files=no") else "") if revision else ""
    except OSError:
        return ""


def command_line() -> str:
    """The command that runs, without where it lies."""
    return " ".join(["matchcut", *sys.argv[1:]])


def _whole_lines(path: Path) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for text in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            lines.append(json.loads(text))
        except json.JSONDecodeError:
            break
    return lines

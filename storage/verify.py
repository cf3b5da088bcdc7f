"""Recomputes every digest of a project and names each thing that does not fit."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.domain.decisions import NO_DIGEST, Verb
from storage.domain.digest import digest
from storage.domain.staleness import MENDED_KEY, inputs_digest, mended_input
from storage.ledger import Ledger
from storage.project import Project


def verify(project: Project) -> list[str]:
    """Check a project; returns one sentence for each thing that is wrong, none where all is well."""
    return [
        *_database(project),
        *_media(project),
        *_revisions(project),
        *_takes(project),
        *_mended(project),
        *_ledger(project),
        *_looks(project),
    ]


def _database(project: Project) -> Iterator[str]:
    try:
        for (answer,) in project.db.conn.execute("PRAGMA integrity_check"):
            if answer != "ok":
                yield f"The database is damaged: {answer}."
        for table, row, parent, _ in project.db.conn.execute("PRAGMA foreign_key_check"):
            yield f"Row {row} of {table} refers to a row of {parent} that is gone."
    except sqlite3.DatabaseError as error:
        yield f"The database is damaged: {error}."


def _media(project: Project) -> Iterator[str]:
    known: set[Path] = set()
    for name, path, num_bytes in project.media.everything():
        known.add(path)
        if not path.is_file():
            yield f"Medium {name[:12]} is gone: {path.name} is not in media/."
        elif path.stat().st_size != num_bytes or _sha256(path) != name:
            yield f"Medium {name[:12]} was altered: its content has another digest than its name."
    for path in (project.folder / "media").glob("*/*"):
        if path not in known and not path.name.startswith("."):
            yield f"{path.relative_to(project.folder)} belongs to nothing."


def _revisions(project: Project) -> Iterator[str]:
    for number, kept, *_ in project.graphs.revisions():
        try:
            fits = digest(project.graphs.load(number)) == kept
        except ValueError:
            fits = False
        if not fits:
            yield f"Revision {number} of the scene graph was altered."


def _takes(project: Project) -> Iterator[str]:
    rows = project.db.conn.execute("SELECT id, seam, shot_id, number, recipe, recipe_digest, inputs_digest FROM takes")
    for take_id, seam, shot_id, number, recipe, recipe_digest, kept_inputs in rows.fetchall():
        what = f"{seam.capitalize()} take {number}{f' of {shot_id}' if shot_id else ''}"
        try:
            if digest(json.loads(recipe)) != recipe_digest:
                yield f"{what}: its recipe was altered."
        except ValueError:
            yield f"{what}: its recipe cannot be read."
        if inputs_digest(project.takes.inputs(take_id)) != kept_inputs:
            yield f"{what}: its inputs were altered."


def _mended(project: Project) -> Iterator[str]:
    """What a take was mended from is no part of its inputs' digest."""
    rows = project.db.conn.execute("SELECT take_id, digest FROM take_inputs WHERE key = ?", (MENDED_KEY,))
    kept = dict(rows.fetchall())
    for take in project.takes.everything():
        builds_on = take.mending.of if take.mending and take.mending.means.builds_on else None
        if kept.get(take.id) != (mended_input(project.takes.get(builds_on)).digest if builds_on else None):
            yield f"{take.seam.capitalize()} take {take.number} of {take.shot_id}: what it was mended from was altered."


def _ledger(project: Project) -> Iterator[str]:
    previous = NO_DIGEST
    try:
        decisions = Ledger(project.db).everything()
    except ValueError as error:
        yield f"The ledger of decisions was altered: an entry cannot be read ({error})."
        return
    for expected_seq, (decision, kept) in enumerate(zip(decisions, project.ledger.digests(), strict=True), start=1):
        if decision.seq != expected_seq:
            yield f"The ledger of decisions lost entries before {decision.seq}."
            return
        if decision.previous_digest != previous:
            yield f"Decision {decision.seq} does not follow from the one before it."
        if decision.digest != kept:
            yield f"Decision {decision.seq} was altered."
        previous = kept
    if len(decisions) < project.ledger.written:
        yield f"The ledger of decisions lost its last {project.ledger.written - len(decisions)} entries."


def _looks(project: Project) -> Iterator[str]:
    try:
        made = {decision.seq: decision for decision in project.ledger.everything() if decision.verb is Verb.PROMOTE}
    except ValueError:
        return  # Said of the ledger already.
    for look in project.looks.everything():
        decision = made.pop(look.decision_seq, None)
        told = {"number": look.number, "media": look.media, "frame_index": look.frame_index, "region": look.region}
        if decision is None or (decision.key, decision.take_id) != (look.entity_id, look.take_id):
            yield f"Look {look.number} of {look.entity_id} was altered: no decision made it."
        elif digest({name: decision.details.get(name) for name in told}) != digest(told):
            yield f"Look {look.number} of {look.entity_id} was altered: its decision says otherwise."
    for decision in made.values():
        yield f"The look that decision {decision.seq} made is gone."


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Writes a film of any size in the middle of its making, fast: rows in bulk, a few pictures that many takes share."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from desktop.bench.big_graph import SIZES, TIMES, big_graph
from desktop.bench.drawing import HEIGHT_PX, WIDTH_PX, draw, jpeg, movie, png
from storage.commands import Commands
from storage.database import write
from storage.domain.decisions import NO_DIGEST, Decision, Verb
from storage.domain.digest import canonical_json, digest
from storage.domain.findings import Verdict
from storage.domain.graph_view import GraphView
from storage.domain.jobs import JobState
from storage.domain.scene_graph import ConstraintId, Shot
from storage.domain.staleness import constraint_label, inputs_digest, shot_inputs
from storage.domain.standing import stand
from storage.domain.takes import MediaDigest, Recipe, Seam, Take, TakeId, TakeInput
from storage.project import Project

TAKES_A_SHOT = 6
# In a round, before it is the director's turn.
_ATTEMPTS = 4
_CLIP_RATE = Fraction(8)
_LOOKS = 6
_WRITTEN_AT = "2026-11-22T09:00:00.000+00:00"
_SET_ASIDE = "The worker stopped twice while making this. Retry it, or change the shot."
_COLOURS = ((228, 184, 40), (52, 96, 190), (186, 60, 52), (80, 140, 84), (120, 120, 126), (40, 40, 44))
_HAIRS = ((176, 62, 30), (34, 30, 32), (196, 168, 110))
_Look = tuple[str, str, int]
_EDITED = ConstraintId("constraint:character:0/eyes/@film")


class Fate(StrEnum):
    """How far a shot has come."""

    DONE = "done"
    CLIP_WAITS = "clip waits"
    CLIP_DRIFTS = "clip drifts"
    KEYFRAME_WAITS = "keyframe waits"
    KEYFRAME_DRIFTS = "keyframe drifts"
    QUEUED = "queued"
    SET_ASIDE = "set aside"
    NEW = "new"


_SHARES = (
    (Fate.DONE, 52), (Fate.CLIP_WAITS, 12), (Fate.CLIP_DRIFTS, 6), (Fate.KEYFRAME_WAITS, 9), (Fate.KEYFRAME_DRIFTS, 6),
    (Fate.QUEUED, 8), (Fate.SET_ASIDE, 2), (Fate.NEW, 5),
)  # fmt: skip


@dataclass(slots=True)
class _Rows:
    media: list[tuple[Any, ...]] = field(default_factory=list)
    takes: list[tuple[Any, ...]] = field(default_factory=list)
    inputs: list[tuple[Any, ...]] = field(default_factory=list)
    reviews: list[tuple[Any, ...]] = field(default_factory=list)
    findings: list[tuple[Any, ...]] = field(default_factory=list)
    jobs: list[tuple[Any, ...]] = field(default_factory=list)
    decisions: list[tuple[Any, ...]] = field(default_factory=list)


class _BigFilm:
    def __init__(self, project: Project, view: GraphView, num_takes: int, seed: int, checkpoint_digest: str) -> None:
        self._project = project
        self._view = view
        self._checkpoint_digest = checkpoint_digest
        self._rng = random.Random(seed)
        self._rows = _Rows()
        self._take_id = self._review_id = self._seq = 0
        self._previous = NO_DIGEST
        self._left = num_takes
        self._posters, self._stills, self._clips = self._put_media()
        self._recipes = [
            (canonical_json(recipe), digest(recipe))
            for number in range(32)
            for recipe in [
                Recipe(
                    agent="storyboard", scheduler_config={}, seed=number, width_px=WIDTH_PX, height_px=HEIGHT_PX,
                    library_versions={}, extra={},
                )
            ]
        ]  # fmt: skip

    def write(self) -> None:
        shots = self._view.shots
        fates = self._rng.choices([fate for fate, _ in _SHARES], [share for _, share in _SHARES], k=len(shots))
        fates[0] = Fate.CLIP_WAITS
        num_busy = sum(fate not in (Fate.NEW, Fate.QUEUED, Fate.SET_ASIDE) for fate in fates)
        self._decide(Verb.APPROVE, Seam.SCRIPT)
        for shot, fate in zip(shots, fates, strict=True):
            if fate in (Fate.NEW, Fate.QUEUED, Fate.SET_ASIDE):
                self._write_job(shot, fate)
                continue
            share = -(-self._left // num_busy)
            num_busy -= 1
            self._write_shot(shot, fate, share)
        self._insert()

    def _write_shot(self, shot: Shot, fate: Fate, num_takes: int) -> None:
        """Make a shot's takes: at least one for each seam that it has reached."""
        at_keyframe = fate in (Fate.KEYFRAME_WAITS, Fate.KEYFRAME_DRIFTS)
        at_clip = 0 if at_keyframe else max(1, num_takes // 2)
        if fate is Fate.CLIP_DRIFTS:
            # A drift waits for the director when its round is used up.
            at_clip = _ATTEMPTS
        keyframe = self._write_seam(
            shot, Seam.KEYFRAME, max(1, num_takes - at_clip), fate is Fate.KEYFRAME_DRIFTS, None
        )
        if at_keyframe:
            return
        self._decide(Verb.APPROVE, Seam.KEYFRAME, shot, keyframe.id)
        clip = self._write_seam(shot, Seam.CLIP, at_clip, fate is Fate.CLIP_DRIFTS, keyframe)
        if fate is Fate.DONE:
            self._decide(Verb.APPROVE, Seam.CLIP, shot, clip.id)

    def _write_seam(self, shot: Shot, seam: Seam, num_takes: int, drifts: bool, keyframe: Take | None) -> Take:
        """Rounds of up to four attempts; each but the last was sent back. Returns the newest take."""
        inputs = shot_inputs(
            self._view, shot.id, seam, checkpoint_digest=self._checkpoint_digest, circled_keyframe=keyframe
        )
        asked: list[Decision] = []
        attempts = list(_rounds(num_takes))
        take: Take | None = None
        number = 0
        for index, most in enumerate(attempts):
            round_name = stand(
                seam, shot.id, inputs=inputs, takes=(), findings={}, decisions=asked, jobs=(), more_attempts=3
            ).round
            for attempt in range(1, most + 1):
                number += 1
                take = self._write_take(shot, seam, number, round_name, attempt, inputs)
                last_of_all = index == len(attempts) - 1 and attempt == most
                self._write_review(shot, take.id, drift=attempt < most or (drifts and last_of_all))
            if take is not None and index < len(attempts) - 1:
                asked.append(self._decide(Verb.REQUEST_CHANGES, seam, shot, take.id, "Slower, and look at the clock."))
        if take is None:
            raise ValueError(f"{shot.label} needs a take at least")
        return take

    def _write_take(
        self, shot: Shot, seam: Seam, number: int, round_name: str, attempt: int, inputs: Sequence[TakeInput]
    ) -> Take:
        self._take_id += 1
        self._left -= 1
        look = (shot.scene_id, shot.size)
        index = (hash_of(look) + number) % _LOOKS
        time = self._view.graph.scenes[shot.scene_id].time_of_day
        poster = self._posters[time, shot.size, index]
        media = self._clips[time] if seam is Seam.CLIP else self._stills[time, shot.size, index]
        frames = 12 if seam is Seam.CLIP else 1
        rate = _CLIP_RATE if seam is Seam.CLIP else Fraction(0)
        recipe, recipe_digest = self._recipes[self._take_id % len(self._recipes)]
        now = inputs_digest(inputs)
        self._rows.takes.append(
            (
                self._take_id, seam, shot.id, number, round_name, attempt, media, poster, frames, str(rate), WIDTH_PX,
                HEIGHT_PX, recipe, recipe_digest, now, 1, 0, 6.5, _WRITTEN_AT,
            )
        )  # fmt: skip
        self._rows.inputs += [(self._take_id, item.key, item.digest, item.label) for item in inputs]
        self._rows.jobs.append((seam, shot.id, round_name, attempt, JobState.DONE, 16, 16, "", self._take_id))
        return Take(
            id=TakeId(self._take_id), seam=seam, shot_id=shot.id, number=number, round=round_name, attempt=attempt,
            media=media, media_suffix="", poster=poster, num_frames=frames, frame_rate=rate, width_px=WIDTH_PX,
            height_px=HEIGHT_PX, recipe_digest=recipe_digest, inputs_digest=now, graph_revision=1, planted=False,
            seconds=6.5, created_at=_WRITTEN_AT,
        )  # fmt: skip

    def _write_review(self, shot: Shot, take_id: int, *, drift: bool) -> None:
        self._review_id += 1
        self._rows.reviews.append((self._review_id, take_id, 1, 0.4, _WRITTEN_AT))
        seen = self._view.visible_in(shot.id)[:8]
        wrong = self._rng.randrange(len(seen)) if drift and seen else -1
        for index, item in enumerate(seen):
            verdict = Verdict.DRIFT if index == wrong else Verdict.OK
            self._rows.findings.append(
                (
                    self._review_id, item.key, constraint_label(self._view, item), item.id, "evidence", verdict, 1,
                    item.value, "blue" if index == wrong else item.value, 0.97,
                    '{"bottom":0.52,"left":0.36,"right":0.64,"top":0.36}' if index == wrong else None, None, "",
                )
            )  # fmt: skip

    def _write_job(self, shot: Shot, fate: Fate) -> None:
        if fate is Fate.NEW:
            return
        inputs = shot_inputs(self._view, shot.id, Seam.KEYFRAME, checkpoint_digest=self._checkpoint_digest)
        round_name = stand(
            Seam.KEYFRAME, shot.id, inputs=inputs, takes=(), findings={}, decisions=(), jobs=(), more_attempts=3
        ).round
        state = {Fate.QUEUED: JobState.QUEUED, Fate.SET_ASIDE: JobState.FAILED}[fate]
        message = _SET_ASIDE if state is JobState.FAILED else ""
        self._rows.jobs.append((Seam.KEYFRAME, shot.id, round_name, 1, state, 0, 16, message, None))

    def _decide(
        self, verb: Verb, seam: Seam, shot: Shot | None = None, take_id: TakeId | None = None, note: str = ""
    ) -> Decision:
        self._seq += 1
        decision = Decision(
            seq=self._seq, verb=verb, seam=seam, shot_id=shot.id if shot else None, take_id=take_id, graph_revision=1,
            author="director", note=note, details={}, created_at=_WRITTEN_AT, previous_digest=self._previous,
        )  # fmt: skip
        self._previous = decision.digest
        self._rows.decisions.append(
            (
                decision.seq, verb, seam, decision.shot_id, take_id, 1, "director", note, "", None, "{}", _WRITTEN_AT,
                decision.previous_digest, self._previous,
            )
        )  # fmt: skip
        return decision

    def _insert(self) -> None:
        rows, conn = self._rows, self._project.db.conn
        with write(self._project.db):
            conn.execute("INSERT INTO reviews (id, graph_revision, seconds, created_at) VALUES (NULL, 1, 0.4, ?)",
                         (_WRITTEN_AT,))  # fmt: skip
            first = conn.execute("SELECT max(id) FROM reviews").fetchone()[0]
            conn.executemany(f"INSERT INTO media VALUES ({_marks(4)}) ON CONFLICT DO NOTHING", rows.media)
            conn.executemany(f"INSERT INTO takes ({_TAKES}) VALUES ({_marks(19)})", rows.takes)
            conn.executemany(f"INSERT INTO take_inputs VALUES ({_marks(4)})", rows.inputs)
            conn.executemany(
                f"INSERT INTO reviews (id, take_id, graph_revision, seconds, created_at) VALUES ({_marks(5)})",
                [(first + number, *rest) for number, *rest in rows.reviews],
            )
            conn.executemany(
                f"INSERT INTO findings ({_FINDINGS}) VALUES ({_marks(13)})",
                [(first + review, *rest) for review, *rest in rows.findings],
            )
            conn.executemany(
                f"INSERT INTO jobs ({_JOBS}, created_at, updated_at)"
                f" VALUES ({_marks(9)}, '{_WRITTEN_AT}', '{_WRITTEN_AT}')",
                rows.jobs,
            )
            conn.executemany(f"INSERT INTO decisions ({_DECISIONS}) VALUES ({_marks(14)})", rows.decisions)
            conn.execute("UPDATE film SET ledger_length = ?", (self._seq,))

    def _put_media(self) -> tuple[dict[_Look, MediaDigest], dict[_Look, MediaDigest], dict[str, MediaDigest]]:
        posters: dict[_Look, MediaDigest] = {}
        stills: dict[_Look, MediaDigest] = {}
        clips: dict[str, MediaDigest] = {}
        for time in TIMES:
            for size in dict.fromkeys(SIZES):
                for index in range(_LOOKS):
                    people = [(_HAIRS[(index + by) % 3], _COLOURS[(index + by * 3) % 6], "brown") for by in (0, 1)]
                    frame = draw(time, size, people[: 2 if size == "wide shot" else 1], shift_px=index * 4.0)
                    posters[time, size, index] = self._put(jpeg(frame), ".jpg")
                    stills[time, size, index] = self._put(png(frame), ".png")
            person = [(_HAIRS[0], _COLOURS[0], "brown")]
            frames = [draw(time, "medium shot", person, shift_px=index * 1.5) for index in range(12)]
            clips[time] = self._put(movie(frames, _CLIP_RATE), ".mkv")
        return posters, stills, clips

    def _put(self, content: bytes, suffix: str) -> MediaDigest:
        # A film that measures can be made again: its pictures need no fsync each.
        name = MediaDigest(hashlib.sha256(content).hexdigest())
        path = self._project.media.path(name, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self._rows.media.append((name, suffix, len(content), _WRITTEN_AT))
        return name


_TAKES = (
    "id, seam, shot_id, number, round, attempt, media, poster, num_frames, frame_rate, width_px, height_px, recipe,"
    " recipe_digest, inputs_digest, graph_revision, planted, seconds, created_at"
)
_FINDINGS = (
    "review_id, key, label, constraint_id, check_name, verdict, must, expected, observed, confidence, region,"
    " frame_range, message"
)
_JOBS = "seam, shot_id, round, attempt, state, progress, total, message, take_id"
_DECISIONS = (
    "seq, verb, seam, shot_id, take_id, graph_revision, author, note, key, undoes, details, created_at,"
    " previous_digest, digest"
)


def make_big_film(
    folder: Path, num_shots: int, *, seed: int = 7, checkpoint: str = "", checkpoint_digest: str = ""
) -> None:
    """Make a film of so many shots and six times as many takes, in every state that a director meets.

    It passes `verify`. One character's eyes were edited last, so that the shots with that character are stale.

    Args:
        folder: `Name.matchcut`; must not exist.
        num_shots: from 1.
        checkpoint: what a worker would draw it with; its digest, so that a worker finds the takes fresh.
    """
    project = Project.create(
        folder, title="The Tide Clock, All of It", screenplay=b"INT. KITCHEN - DAY\n\nA lamp.\n",
        screenplay_name="tide.fountain", seed=seed, checkpoint=checkpoint,
    )  # fmt: skip
    try:
        project.set_checkpoint_digest(checkpoint_digest)
        project.graphs.save(big_graph(num_shots, seed=seed), label="draft", author="script")
        _BigFilm(project, project.graphs.view(), num_shots * TAKES_A_SHOT, seed, checkpoint_digest).write()
        edit_eyes(project)
    finally:
        project.close()


def edit_eyes(project: Project) -> None:
    """Edit the eyes of the first character, as a director would."""
    Commands(project).edit_constraint(_EDITED, "grey")


def hash_of(value: object) -> int:
    """A number that is the same in every run."""
    return int(digest(value)[:8], 16)


def _rounds(num_takes: int) -> Iterator[int]:
    """How many attempts each round has: all that a round may have, but the first what is over."""
    over = num_takes % _ATTEMPTS
    if over:
        yield over
    yield from (_ATTEMPTS,) * (num_takes // _ATTEMPTS)


def _marks(number: int) -> str:
    return ", ".join("?" * number)

"""Breaks a scene into shots as a first assistant would."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.script.calls import OWN_BODY
from pipeline.script.coverage import Coverage
from pipeline.script.drafts import MOST_PEOPLE, Beat, Draft, letter, size_of_action
from storage.domain.scene_graph import CharacterId, SceneId, Shot, ShotId

_MOST_ACTION_WORDS = 40
_ASIDE_WORDS = 12
_SHORTEST_COVERAGE_S = Fraction(7)
_LONGEST_COVERAGE_S = Fraction(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenePlan:
    """What the planner needs to know of a scene.

    Attributes:
        number: unique in the film; makes the ids of the shots.
        label: what stands before the letter on the slate.
        is_new_setting: the film has not been here before.
        heading_line: where a shot that no sentence asks for has its evidence.
    """

    scene_id: SceneId
    number: str
    label: str
    beats: Sequence[Beat]
    is_new_setting: bool
    heading_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShot:
    """A shot, the beats that it covers, and whether a crowd is in it."""

    shot: Shot
    beats: tuple[Beat, ...]
    crowd: bool
    is_called: bool


class ShotPlanner:
    """Plans the shots of one scene after another; planning a scene again gives the same shots.

    Args:
        frame_rate: of the film, frames a second.
        max_clip_s: what one clip can hold, seconds; longer speeches are spread over coverage.
    """

    def __init__(self, *, frame_rate: Fraction, max_clip_s: Fraction) -> None:
        self._rate = frame_rate
        self._max_clip_s = max_clip_s
        # One take can chain a few clips; a picture much longer than that drifts, one much shorter flickers.
        self._longest_s = min(max(3 * max_clip_s, _SHORTEST_COVERAGE_S), _LONGEST_COVERAGE_S)

    def plan(self, scene: ScenePlan) -> tuple[PlannedShot, ...]:
        """Plan a scene: explicit calls, an establishing shot where it is new, action, coverage of dialogue."""
        work = _SceneAtWork(scene, self._longest_s)
        drafts = work.drafts()
        planned: list[PlannedShot] = []
        for order, draft in enumerate(drafts):
            slate = letter(order)
            shot = draft.finished(
                shot_id=ShotId(f"shot:{scene.number}-{slate}"),
                scene_id=scene.scene_id,
                label=f"{scene.label}{slate}",
                order=order,
                left_to_right=work.places,
                rate=self._rate,
                max_clip_s=self._max_clip_s,
            )
            planned.append(
                PlannedShot(shot=shot, beats=tuple(draft.beats), crowd=draft.crowd, is_called=draft.is_called)
            )
        return tuple(planned)


class _SceneAtWork:
    """One scene while its drafts are made. `places` is who stands left of whom, kept for the whole scene."""

    def __init__(self, scene: ScenePlan, longest_s: Fraction) -> None:
        self._scene = scene
        self._longest_s = longest_s
        self._pairs_seen: set[frozenset[CharacterId]] = set()
        self._drafts: list[Draft] = []
        self.places: list[CharacterId] = []
        self._shown_props: set[str] = set()

    def drafts(self) -> list[Draft]:
        beats = list(self._scene.beats)
        if self._scene.is_new_setting and not (beats and beats[0].call):
            self._open(Draft(size="wide shot", purpose="establishing", line=self._scene.heading_line))
        index = 0
        while index < len(beats):
            beat = beats[index]
            if beat.speaks:
                run = self._run(beats, index)
                self._cover(run)
                index += len(run)
                continue
            self._place(beat.people)
            if beat.call:
                self._call(beat)
            else:
                self._act(beat)
            index += 1
        if not self._drafts:
            self._open(Draft(size="wide shot", purpose="master", line=self._scene.heading_line))
        return self._drafts

    def _run(self, beats: Sequence[Beat], start: int) -> list[Beat]:
        """Speeches that follow one another, with the short asides between them."""
        stop = start
        for index in range(start, len(beats)):
            beat = beats[index]
            if beat.speaks:
                stop = index + 1
            elif (
                beat.call
                or beat.prop_id
                or beat.closes
                or beat.words > _ASIDE_WORDS
                or index + 1 >= len(beats)
                or not beats[index + 1].speaks
            ):
                break
        return list(beats[start:stop])

    def _open(self, draft: Draft) -> Draft:
        draft.line = draft.line or self._scene.heading_line
        self._drafts.append(draft)
        return draft

    def _place(self, people: Sequence[CharacterId]) -> None:
        self.places.extend(person for person in people if person not in self.places)

    @property
    def _current(self) -> Draft | None:
        return self._drafts[-1] if self._drafts else None

    def _call(self, beat: Beat) -> None:
        call = beat.call
        assert call is not None
        if call.ends:
            if self._current:
                self._current.closed = True
            return
        people = list(beat.people)[:MOST_PEOPLE]
        size, angle = call.size, call.angle or "eye level"
        turned: CharacterId | None = None
        if angle == "over the shoulder":
            turned = people[0] if people else None
            others = [person for person in self.places if person not in people]
            people = [*people, *others][:MOST_PEOPLE] if len(people) < MOST_PEOPLE else people
            turned = turned if len(people) > 1 else None
        elif angle == "point of view":
            owner = people[:1]
            people = [person for person in self.places if person not in owner][:1] if call.subject else []
            size = size or ("medium shot" if people else "wide shot")
        elif call.reverse and not people:
            shown = self._current.people if self._current else []
            people = [person for person in self.places if person not in shown][:1] or list(shown)[:1]
        elif not people and OWN_BODY.match(call.subject):
            people = list(self._current.people[:1] if self._current and self._current.people else self.places[-1:])
        elif not people and not call.subject:
            people = self._whom_an_empty_call_shows(size, call.words)
        if size == "close-up" and not people and beat.prop_id:
            size = "insert"
        if not size:
            size = (self._current.size if self._current and self._current.size != "insert" else "") or size_of_action(
                beat
            )
        draft = self._open(
            Draft(
                size=size,
                angle=angle,
                movement=call.movement or "static",
                purpose=f"as written: {call.words}",
                people=[] if size == "insert" else people,
                turned_away=turned,
                prop_id=beat.prop_id if size == "insert" else None,
                is_called=True,
            )
        )
        draft.beats.append(beat)
        draft.crowd = beat.crowd
        draft.closed = beat.closes

    def _whom_an_empty_call_shows(self, size: str, words: str) -> list[CharacterId]:
        if "TWO" in words or words.startswith("2"):
            return list(self.places[:MOST_PEOPLE])
        if size == "close-up":
            return list(self._current.people[:1]) if self._current and self._current.people else list(self.places[:1])
        return []

    def _act(self, beat: Beat) -> None:
        current = self._current
        if current is not None and current.is_called and current.size == "insert" and beat.text[:1] in "\"“'‘":
            # What is written on the thing that the insert shows.
            current.beats.append(beat)
            return
        if current is not None and self._joins(current, beat):
            current.take(beat)
        else:
            size = size_of_action(beat)
            first = not self._drafts
            draft = self._open(
                Draft(
                    size="wide shot" if first and len(beat.people) != 1 else size,
                    purpose="master" if first else "action",
                )
            )
            if not beat.people and self._is_about_someone(beat) and current is not None and current.people:
                draft.people = list(current.people[:1])
                draft.size = "medium shot"
            draft.take(beat)
            self._rest_of_a_group(beat)
        if beat.prop_id and beat.prop_id not in self._shown_props and not beat.closes:
            self._shown_props.add(beat.prop_id)
            insert = self._open(
                Draft(size="insert", purpose="insert of a prop in hand", prop_id=beat.prop_id, closed=True)
            )
            insert.line = beat.first_line

    def _is_about_someone(self, beat: Beat) -> bool:
        return bool(re.match(r"(?:he|she|his|her|they|their)\b", beat.text, re.IGNORECASE))

    def _rest_of_a_group(self, beat: Beat) -> None:
        """More than two people in one sentence: the others get a picture of their own."""
        others = beat.people[MOST_PEOPLE : 2 * MOST_PEOPLE]
        if others:
            draft = self._open(Draft(size="medium shot", purpose="the others", people=list(others)))
            draft.line = beat.first_line

    def _joins(self, current: Draft, beat: Beat) -> bool:
        if current.lines and not current.closed and beat.words <= _ASIDE_WORDS and not beat.closes and not beat.crowd:
            return set(beat.people) <= set(current.people) and (not beat.people or size_of_action(beat) != "wide shot")
        if current.closed or current.lines or current.size == "insert" or len(beat.people) > MOST_PEOPLE:
            return False
        together = {*current.people, *beat.people}
        if len(together) > MOST_PEOPLE or beat.text[:1] in "-–—•":
            return False
        if current.is_called and current.size != "wide shot":
            alike = set(beat.people) <= set(current.people) or not current.people
            return alike and current.action_words + beat.words <= _MOST_ACTION_WORDS // 2
        if not current.beats:
            return True
        if current.action_words + beat.words > _MOST_ACTION_WORDS:
            return False
        if current.size == "wide shot":
            return size_of_action(beat) != "close-up"
        return size_of_action(beat) != "wide shot" or not beat.people

    def _cover(self, run: Sequence[Beat]) -> None:
        for beat in run:
            if beat.speaks and not beat.is_unseen and not beat.crowd:
                self._place(beat.people)
        coverage = Coverage(
            places=self.places, longest_s=self._longest_s, before=self._current, pairs_seen=self._pairs_seen
        )
        for draft in coverage.drafts(run):
            self._open(draft)

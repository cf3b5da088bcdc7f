"""A small film with one scene, one lead and two shots."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from storage.commands import Commands
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import (
    Billing,
    Character,
    Constraint,
    Evidence,
    Origin,
    Presence,
    Scene,
    SceneGraph,
    Scope,
    Setting,
    Shot,
    ShotPerson,
)
from storage.domain.staleness import mended_input
from storage.domain.standing import Standing
from storage.domain.takes import Mending, Recipe, Seam, Take, TakeInput
from storage.domain.vocabulary import Attribute
from storage.film_state import FilmState
from storage.project import Project

SCRIPT = Evidence(origin=Origin.SCRIPT, first_line=2, last_line=2, quote="brown-eyed MARA")
FILM = Scope()
DIRECTOR = Evidence(origin=Origin.DIRECTOR)
PROPOSED = Evidence(origin=Origin.PROPOSED)
RECIPE = Recipe(
    agent="storyboard", scheduler_config={"steps_offset": 1}, width_px=4, height_px=2, library_versions={}, extra={}
)


def small_graph() -> SceneGraph:
    mara, theo = "character:mara", "character:theo"

    def about(entity: str, attribute: Attribute, value: str, *, part: str = "", scope: Scope = FILM, by=DIRECTOR):
        place = scope.shot_id or scope.scene_id or "film"
        return Constraint(
            id=f"constraint:{entity}/{attribute}/{part}@{place}",
            entity_id=entity,
            attribute=attribute,
            part=part,
            value=value,
            scope=scope,
            evidence=by,
        )

    constraints = [
        about(mara, Attribute.EYES, "brown", by=SCRIPT),
        about(mara, Attribute.GARMENT, "yellow", part="coat"),
        about(mara, Attribute.GARMENT, "blue", part="coat", scope=Scope(scene_id="scene:2")),
        about(theo, Attribute.EYES, "green", by=PROPOSED),
        about("scene:1", Attribute.TIME_OF_DAY, "night", scope=Scope(scene_id="scene:1")),
        about("shot:1A", Attribute.SHOT_SIZE, "close-up", scope=Scope(shot_id="shot:1A")),
    ]

    def shot(number: int, letter: str, people: tuple[str, ...], size: str) -> Shot:
        return Shot(
            id=f"shot:{number}{letter}",
            scene_id=f"scene:{number}",
            label=f"{number}{letter}",
            order=ord(letter) - ord("A"),
            size=size,
            people=tuple(ShotPerson(character_id=person) for person in people),
            duration_frames=48,
            evidence=DIRECTOR,
        )

    shots = [
        shot(1, "A", (mara,), "close-up"),
        shot(1, "B", (theo,), "wide shot"),
        shot(2, "A", (mara,), "medium shot"),
    ]
    return SceneGraph(
        title="The Tide Clock",
        characters={
            mara: Character(id=mara, names=("MARA",), billing=Billing.LEAD, evidence=SCRIPT),
            theo: Character(id=theo, names=("THEO",), billing=Billing.LEAD, evidence=DIRECTOR),
        },
        settings={"setting:kitchen": Setting(id="setting:kitchen", name="KITCHEN", interior=True, evidence=DIRECTOR)},
        scenes={
            f"scene:{number}": Scene(
                id=f"scene:{number}",
                number=str(number),
                order=number,
                heading="INT. KITCHEN - NIGHT",
                setting_id="setting:kitchen",
                time_of_day="night",
                story_day=number,
                presences=tuple(Presence(character_id=person, on_screen=True) for person in (mara, theo)),
                first_line=1,
                last_line=9,
            )
            for number in (1, 2)
        },
        shots={item.id: item for item in shots},
        constraints={item.id: item for item in constraints},
    )


class Film:
    """A project with the small graph, and a hand that does what the worker would."""

    def __init__(self, folder: Path) -> None:
        self.project = Project.create(
            folder, title="The Tide Clock", screenplay=b"INT. KITCHEN", screenplay_name="tide.fountain", seed=7
        )
        self.project.graphs.save(small_graph(), label="draft", author="script agent")
        self.commands = Commands(self.project)

    def reopen(self) -> None:
        """Close the film and open it again."""
        self.project.close()
        self.project = Project.open(self.project.folder)
        self.commands = Commands(self.project)

    @property
    def state(self) -> FilmState:
        return FilmState(self.project)

    def keyframe(self, shot_id: str) -> Standing:
        return self.state.shot(shot_id).keyframe

    def clip(self, shot_id: str) -> Standing:
        return self.state.shot(shot_id).clip

    def make(
        self,
        shot_id: str | None,
        seam: Seam,
        *,
        drift: str = "",
        content: bytes = b"",
        num_frames: int = 1,
        mending: Mending | None = None,
        planted: bool = False,
        drawn_as: tuple[str, ...] = (),
    ) -> Take:
        """Make, store and review the attempt that is due; a drift names the constraint that is missed."""
        state = self.state
        standing = state.cut() if shot_id is None else getattr(state.shot(shot_id), seam)
        project = self.project
        job = project.jobs.ensure(seam=seam, shot_id=shot_id, round=standing.round, attempt=standing.attempt)
        media = project.media.put(content or f"{shot_id} {seam} {job.id}".encode(), ".png")
        take = project.takes.add(
            seam=seam,
            shot_id=shot_id,
            round=standing.round,
            attempt=standing.attempt,
            media=media,
            poster=None,
            num_frames=num_frames,
            frame_rate=Fraction(8) if seam is Seam.CLIP else Fraction(0),
            width_px=4,
            height_px=2,
            recipe=replace(RECIPE, seed=job.id, drawn_as=drawn_as),
            inputs=(*standing.inputs, *self._base_of(mending)),
            graph_revision=state.revision,
            seconds=2.0,
            mending=mending,
            planted=planted,
        )
        project.jobs.finish(job.id, take.id)
        project.takes.add_review([finding(drift)] if drift else [], take_id=take.id, graph_revision=state.revision)
        return take

    def _base_of(self, mending: Mending | None) -> tuple[TakeInput, ...]:
        return (mended_input(self.project.takes.get(mending.of)),) if mending and mending.means.builds_on else ()

    def approve_everything(self) -> None:
        """Script, keyframes, clips and cut, all clean."""
        self.commands.approve_script()
        for seam in (Seam.KEYFRAME, Seam.CLIP):
            for shot in self.state.planned_shots:
                self.commands.approve(self.make(shot.id, seam).id)
        self.commands.approve(self.make(None, Seam.CUT).id)


def finding(key: str, verdict: Verdict = Verdict.DRIFT, *, must: bool = True) -> Finding:
    return Finding(
        key=key,
        label=key,
        constraint_id=None,
        check="judge",
        verdict=verdict,
        must=must,
        expected="brown",
        observed="blue",
        confidence=0.9,
    )


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Film]:
    made = Film(tmp_path / "Film.matchcut")
    yield made
    made.project.close()

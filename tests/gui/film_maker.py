"""Builds real films in a folder, with drawn pictures and clips, in the states that a director meets."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from desktop.bench.drawing import HEIGHT_PX, WIDTH_PX, jpeg, movie, png
from desktop.bench.drawing import draw as draw_shot
from storage.commands import Commands
from storage.domain.findings import Finding, FrameRange, Region, Verdict
from storage.domain.scene_graph import (
    Billing,
    Character,
    Constraint,
    ConstraintId,
    Evidence,
    Origin,
    Scene,
    SceneGraph,
    Scope,
    Setting,
    Shot,
    ShotId,
    ShotPerson,
)
from storage.domain.staleness import mended_input
from storage.domain.takes import Means, Mending, Recipe, Seam, Take
from storage.domain.vocabulary import Attribute
from storage.film_state import FilmState
from storage.project import Project

CLIP_RATE = Fraction(8)
SLATE_FRAMES = 12
SCREENPLAY = """Title: The Tide Clock

EXT. HARBOUR BEACH - DUSK

MARA, red hair, brown eyes that miss nothing, walks the tide line in a yellow coat.

THEO waits by the boat with a glass lamp, his blue scarf loose.

MARA
The clock stopped at low water.

INT. KITCHEN - NIGHT

A lamp. CLOSE ON Mara, listening.

THEO
Then the sea will not come back.

EXT. MARKET STREET - DAY

Mara pushes through the crowd.
"""
_HAIR_AND_COAT = {"mara": ((176, 62, 30), (228, 184, 40)), "theo": ((34, 30, 32), (52, 96, 190))}
EYES_REGION = Region(left=0.36, top=0.31, right=0.64, bottom=0.51)


@dataclass(frozen=True, kw_only=True)
class ShotPlan:
    label: str
    scene: int
    size: str
    people: tuple[str, ...]
    frames: int


PLAN = (
    ShotPlan(label="1A", scene=1, size="wide shot", people=("mara", "theo"), frames=96),
    ShotPlan(label="1B", scene=1, size="medium shot", people=("mara",), frames=72),
    ShotPlan(label="1C", scene=1, size="close-up", people=("mara",), frames=60),
    ShotPlan(label="2A", scene=2, size="wide shot", people=("theo",), frames=84),
    ShotPlan(label="2B", scene=2, size="close-up", people=("mara",), frames=72),
    ShotPlan(label="2C", scene=2, size="medium shot", people=("theo",), frames=60),
    ShotPlan(label="3A", scene=3, size="wide shot", people=("mara",), frames=120),
    ShotPlan(label="3B", scene=3, size="close-up", people=("mara",), frames=48),
)
_SCENES = (
    (1, "HARBOUR BEACH", "EXT. HARBOUR BEACH - DUSK", False, "dusk", 3, 9),
    (2, "KITCHEN", "INT. KITCHEN - NIGHT", True, "night", 12, 17),
    (3, "MARKET STREET", "EXT. MARKET STREET - DAY", False, "day", 19, 21),
)


def shot_id(label: str) -> ShotId:
    return ShotId(f"shot:{label}")


def script(line: int, quote: str) -> Evidence:
    return Evidence(origin=Origin.SCRIPT, first_line=line, last_line=line, quote=quote)


def graph() -> SceneGraph:
    """A scene graph of three scenes and eight shots, with constraints of every origin."""
    proposed = Evidence(origin=Origin.PROPOSED)
    rows = [
        ("mara", Attribute.EYES, "", "brown", script(5, "brown eyes that miss nothing"), Scope()),
        ("mara", Attribute.HAIR_COLOUR, "", "red", script(5, "red hair"), Scope()),
        ("mara", Attribute.HAIR_STYLE, "", "long", proposed, Scope()),
        ("mara", Attribute.GARMENT, "coat", "yellow", script(5, "walks the tide line in a yellow coat"), Scope()),
        ("mara", Attribute.GARMENT, "coat", "blue", Evidence(origin=Origin.DIRECTOR), Scope(scene_id="scene:3")),
        ("mara", Attribute.AGE, "", "adult", proposed, Scope()),
        ("theo", Attribute.EYES, "", "green", proposed, Scope()),
        ("theo", Attribute.ACCESSORY, "scarf", "blue", script(7, "his blue scarf loose"), Scope()),
    ]
    constraints = {}
    for who, attribute, part, value, evidence, scope in rows:
        key = ConstraintId(f"constraint:{who}/{attribute}/{part}@{scope.scene_id or 'film'}")
        constraints[key] = Constraint(
            id=key, entity_id=f"character:{who}", attribute=attribute, part=part, value=value, scope=scope,
            evidence=evidence,
        )  # fmt: skip
    for number, _, heading, _, time, first, _ in _SCENES:
        key = ConstraintId(f"constraint:scene:{number}/time")
        constraints[key] = Constraint(
            id=key, entity_id=f"scene:{number}", attribute=Attribute.TIME_OF_DAY, value=time,
            evidence=script(first, heading),
        )  # fmt: skip
    light = ConstraintId("constraint:kitchen/light")
    constraints[light] = Constraint(
        id=light, entity_id="setting:2", attribute=Attribute.LIGHT_WARMTH, value="warm", evidence=proposed
    )
    orders: dict[int, int] = {}
    shots = {}
    for plan in PLAN:
        order = orders[plan.scene] = orders.get(plan.scene, -1) + 1
        shots[shot_id(plan.label)] = Shot(
            id=shot_id(plan.label), scene_id=f"scene:{plan.scene}", label=plan.label, order=order, size=plan.size,
            people=tuple(ShotPerson(character_id=f"character:{name}") for name in plan.people),
            duration_frames=plan.frames, evidence=script(_SCENES[plan.scene - 1][5], _SCENES[plan.scene - 1][2]),
        )  # fmt: skip
    return SceneGraph(
        title="The Tide Clock",
        characters={
            f"character:{name}": Character(
                id=f"character:{name}", names=(name.upper(),), billing=Billing.LEAD, evidence=script(line, name.upper())
            )
            for name, line in (("mara", 5), ("theo", 7))
        },
        settings={
            f"setting:{number}": Setting(
                id=f"setting:{number}", name=name, interior=interior, evidence=script(first, heading)
            )
            for number, name, heading, interior, _, first, _ in _SCENES
        },
        scenes={
            f"scene:{number}": Scene(
                id=f"scene:{number}", number=str(number), order=number - 1, heading=heading,
                setting_id=f"setting:{number}", time_of_day=time, story_day=1, first_line=first, last_line=last,
            )
            for number, _, heading, _, time, first, last in _SCENES
        },
        shots=shots,
        constraints=constraints,
    )  # fmt: skip


def draw(plan: ShotPlan, *, eyes: str = "brown", shift: float = 0.0) -> np.ndarray:
    """A flat drawing of a shot: sky, floor, people; Mara with the eyes that are asked for."""
    people = [(*_HAIR_AND_COAT[name], eyes if name == "mara" else "brown") for name in plan.people]
    return draw_shot(_SCENES[plan.scene - 1][4], plan.size, people, shift_px=shift)


def finding(label: str, verdict: Verdict, expected: str, observed: str = "", **more: object) -> Finding:
    who, _, what = label.partition(": ")
    attribute, _, part = what.partition("/")
    return Finding(
        key=f"character:{who.lower()}/{attribute}/{part}",
        label=f"{who}: {part or attribute}",
        constraint_id=more.pop("constraint_id", f"constraint:{who.lower()}/{attribute}/{part}@film"),
        check=attribute,
        verdict=verdict,
        must=bool(more.pop("must", True)),
        expected=expected,
        observed=observed or expected,
        confidence=float(more.pop("confidence", 0.98)),
        **more,
    )


def clean_findings(plan: ShotPlan) -> list[Finding]:
    found = [finding("MARA: hair colour", Verdict.OK, "red"), finding("MARA: garment/coat", Verdict.OK, "yellow")]
    if plan.size == "close-up":
        found.append(finding("MARA: eyes", Verdict.OK, "brown", region=EYES_REGION))
        found.append(finding("MARA: age", Verdict.UNSEEN, "adult", "", must=False, confidence=0.5))
    return found if "mara" in plan.people else [finding("THEO: accessory/scarf", Verdict.OK, "blue")]


def drift_findings(plan: ShotPlan, *, frame_range: FrameRange | None = None) -> list[Finding]:
    drift = finding(
        "MARA: eyes", Verdict.DRIFT, "brown", "blue", region=EYES_REGION, frame_range=frame_range, confidence=0.99
    )
    return [drift, *[item for item in clean_findings(plan) if item.label != "MARA: eyes"]]


class FilmMaker:
    """Drives one film through its seams, as worker and director would."""

    def __init__(self, folder: Path, *, title: str = "The Tide Clock", plan: Sequence[ShotPlan] = PLAN) -> None:
        self.project = Project.create(
            folder, title=title, screenplay=SCREENPLAY.encode(), screenplay_name="tide.fountain", seed=7
        )
        self.commands = Commands(self.project)
        self.plans = {plan.label: plan for plan in plan}

    def draft(self, scene_graph: SceneGraph | None = None) -> None:
        self.project.graphs.save(scene_graph or graph(), label="draft", author="script")

    def add_take(
        self, label: str, seam: Seam, findings: Sequence[Finding] | None, *, eyes: str = "brown", planted: bool = False
    ) -> Take:
        """Make the next attempt of a shot at a seam, as the worker would: job, media, take, review."""
        plan = self.plans[label]
        shot = FilmState(self.project).shot(shot_id(label))
        standing = shot.keyframe if seam is Seam.KEYFRAME else shot.clip
        job = self.project.jobs.ensure(
            seam=seam, shot_id=shot_id(label), round=standing.round, attempt=standing.attempt or 1
        )
        frames = [draw(plan, eyes=eyes)]
        mending = None
        if standing.base:
            means = {2: Means.INPAINT, 3: Means.IMAGE_TO_IMAGE}.get(standing.attempt, Means.NEW_SEED)
            mending = Mending(means=means, of=standing.base.id, missed=standing.missed)
        base = (mended_input(standing.base),) if standing.base and mending and mending.means.builds_on else ()
        rate = Fraction(0)
        if seam is Seam.CLIP:
            rate = CLIP_RATE
            count = max(2, int(plan.frames * CLIP_RATE / 24))
            frames = [draw(plan, eyes=eyes, shift=index * 1.5) for index in range(count)]
            media = self.project.media.put(movie(frames, rate), ".mkv")
        else:
            media = self.project.media.put(png(frames[0]), ".png")
        take = self.project.takes.add(
            seam=seam, shot_id=shot_id(label), round=standing.round, attempt=standing.attempt or 1, media=media,
            poster=self.project.media.put(jpeg(frames[0]), ".jpg"), num_frames=len(frames), frame_rate=rate,
            width_px=WIDTH_PX, height_px=HEIGHT_PX,
            recipe=Recipe(
                agent="storyboard", scheduler_config={}, width_px=WIDTH_PX, height_px=HEIGHT_PX, library_versions={},
                extra={}, drawn_as=("market street → street", "glass lamp → lamp"),
            ),
            inputs=(*standing.inputs, *base), graph_revision=self.project.graphs.latest_revision, planted=planted,
            seconds=9.0, mending=mending,
        )  # fmt: skip
        self.project.jobs.finish(job.id, take.id)
        if findings is not None:
            self.project.takes.add_review(findings, take_id=take.id, graph_revision=self.project.graphs.latest_revision)
        return take

    def approved(self, label: str, *seams: Seam) -> None:
        for seam in seams:
            self.commands.approve(self.add_take(label, seam, clean_findings(self.plans[label])).id)

    def add_cut(self) -> Take:
        standing = FilmState(self.project).cut()
        slate = [np.full((HEIGHT_PX, WIDTH_PX, 3), 40, np.uint8)] * SLATE_FRAMES
        shots = [draw(plan, shift=index % 20) for plan in self.plans.values() for index in range(plan.frames)]
        frames = slate + shots
        return self.project.takes.add(
            seam=Seam.CUT, shot_id=None, round=standing.round, attempt=1,
            media=self.project.media.put(movie(frames, Fraction(24), codec="libx264", container="mp4"), ".mp4"),
            poster=None, num_frames=len(frames), frame_rate=Fraction(24), width_px=WIDTH_PX, height_px=HEIGHT_PX,
            recipe=Recipe(
                agent="assembly", scheduler_config={}, width_px=WIDTH_PX, height_px=HEIGHT_PX, library_versions={},
                extra={"slate_frames": SLATE_FRAMES},
            ),
            inputs=standing.inputs, graph_revision=self.project.graphs.latest_revision,
        )  # fmt: skip


def make_busy_film(folder: Path) -> FilmMaker:
    """A film in the middle of its making: every state of the timeline at once.

    1A to 1C finished, 2A its clip to be decided, 2B a keyframe with drift after three attempts,
    2C at work, 3A its job failed, 3B waiting.
    """
    maker = FilmMaker(folder)
    maker.draft()
    maker.project.takes.add_review([], take_id=None, graph_revision=1)
    maker.commands.approve_script()
    for label in ("1A", "1B", "1C"):
        maker.approved(label, Seam.KEYFRAME, Seam.CLIP)
    maker.approved("2A", Seam.KEYFRAME)
    maker.add_take("2A", Seam.CLIP, clean_findings(maker.plans["2A"]))
    for attempt in range(4):
        maker.add_take("2B", Seam.KEYFRAME, drift_findings(maker.plans["2B"]), eyes="blue", planted=attempt == 0)
    state = FilmState(maker.project)
    for label in ("2C", "3A", "3B"):
        standing = state.shot(shot_id(label)).keyframe
        maker.project.jobs.ensure(seam=Seam.KEYFRAME, shot_id=shot_id(label), round=standing.round, attempt=1)
    running, failed, _ = [job for job in maker.project.jobs.everything() if job.take_id is None]
    maker.project.jobs.start(running.id, 16)
    maker.project.jobs.progress([running.id], 9, 16)
    maker.project.jobs.start(failed.id, 16)
    maker.project.jobs.fail(failed.id, "The worker stopped twice while making this. Retry it, or change the shot.")
    return maker


def make_finished_film(folder: Path) -> FilmMaker:
    """A film whose cut is approved."""
    maker = FilmMaker(folder)
    maker.draft()
    maker.commands.settle(
        [
            constraint.id
            for constraint in maker.project.graphs.view().graph.constraints.values()
            if constraint.is_proposed
        ]
    )
    maker.commands.approve_script()
    for label in maker.plans:
        maker.approved(label, Seam.KEYFRAME, Seam.CLIP)
    cut = maker.add_cut()
    maker.project.takes.add_review([], take_id=cut.id, graph_revision=maker.project.graphs.latest_revision)
    maker.commands.approve(cut.id)
    return maker


def long_graph(num_scenes: int, shots_a_scene: int) -> tuple[SceneGraph, tuple[ShotPlan, ...]]:
    """A feature: many scenes, long names, people who come back."""
    plans = tuple(
        ShotPlan(
            label=f"{scene}{chr(65 + shot)}", scene=scene, size=("wide shot", "medium shot", "close-up")[shot % 3],
            people=("mara",) if shot % 2 else ("mara", "theo"), frames=40 + 17 * ((scene + shot) % 5),
        )
        for scene in range(1, num_scenes + 1)
        for shot in range(shots_a_scene)
    )  # fmt: skip
    base = graph()
    places = ("HARBOUR BEACH", "KITCHEN OF THE OLD LIGHTHOUSE KEEPER'S WIDOW", "MARKET STREET", "CLOCK OFFICE")
    scenes = {
        f"scene:{number}": Scene(
            id=f"scene:{number}", number=str(number), order=number - 1,
            heading=f"INT. {places[number % 4]} - {'NIGHT' if number % 3 else 'DAY'}",
            setting_id=f"setting:{number % 3 + 1}",
            time_of_day="night", story_day=1 + number // 20, first_line=number * 20, last_line=number * 20 + 18,
        )
        for number in range(1, num_scenes + 1)
    }  # fmt: skip
    shots = {
        shot_id(plan.label): Shot(
            id=shot_id(plan.label), scene_id=f"scene:{plan.scene}", label=plan.label, order=index % shots_a_scene,
            size=plan.size, people=tuple(ShotPerson(character_id=f"character:{name}") for name in plan.people),
            duration_frames=plan.frames, evidence=script(plan.scene * 20, "…"),
        )
        for index, plan in enumerate(plans)
    }  # fmt: skip
    constraints = {key: item for key, item in base.constraints.items() if not item.entity_id.startswith("scene:")}
    characters = dict(base.characters)
    long_name = "THE WIDOW OF THE LIGHTHOUSE KEEPER AT THE END OF THE LONG PIER"
    characters["character:widow"] = Character(
        id="character:widow", names=(long_name,), billing=Billing.BIT, evidence=script(40, long_name)
    )
    made = SceneGraph(
        title="The Tide Clock, or: What the Sea Took Back in the Long Winter of the Stopped Harbour Bells",
        characters=characters, settings=base.settings, scenes=scenes, shots=shots, constraints=constraints,
    )  # fmt: skip
    return made, plans

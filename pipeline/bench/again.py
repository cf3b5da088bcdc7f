"""Measures what is made again after an edit: takes made, divided by takes in the scope of the edit."""

import io
import platform
import time
from collections.abc import Callable, Iterator, Set
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

from critic.panel import Panel
from pipeline.bench.results import command_line, git_revision
from pipeline.policy import Approve, Policy
from pipeline.producer import Producer
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.renderers.base import Capabilities, Reference, Renderer
from pipeline.resources import ARTIST
from storage.commands import Commands
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Constraint, ConstraintId, ShotId
from storage.domain.takes import Seam
from storage.domain.vocabulary import STANDARD_VALUES, Attribute
from storage.edit_cost import EditCost
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.graph_commands import GraphCommands
from storage.look_commands import LookCommands
from storage.project import Project

Takes = Set[tuple[str, str]]
"""Seams and ids of shots: one keyframe or clip each."""


class GoesByLooks(ArtistRenderer):
    """Draws as the artist does, for a checkpoint that takes references: it keeps what looks it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[int, tuple[Reference, ...]] = {}

    @property
    def capabilities(self) -> Capabilities:
        return replace(super().capabilities, takes_references=True)

    def render(self, requests, **how):  # pyright: ignore[reportIncompatibleMethodOverride]
        """See `Renderer.render`."""
        self.given |= {request.job_id: request.references for request in requests}
        return super().render(requests, **how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit of a film that was made.

    Attributes:
        name: of the kind of edit.
        told: what is edited, in words.
        scope: the takes that rest on what is edited.
        said: the takes that the director is told of beforehand.
        make: makes it.
    """

    name: str
    told: str
    scope: Takes
    said: Takes
    make: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remade:
    """What was made after an edit.

    Attributes:
        in_scope, said: numbers of takes; see `Edit`.
        made: keyframes and clips that were made, `outside` of them not in scope.
        cuts: that were made.
        seconds: it took.
    """

    name: str
    told: str
    in_scope: int
    said: int
    made: int
    outside: int
    cuts: int
    seconds: float

    @property
    def ratio(self) -> Fraction:
        """Takes made again, divided by takes in scope."""
        return Fraction(self.made, self.in_scope)


def produce(project: Project, renderer: Renderer) -> None:
    """Let a film be made to its end: whatever waits is approved."""
    producer = Producer(
        project,
        renderer=renderer,
        panel=Panel(()),
        policy=Policy(project, Approve.ALL),
        emit=lambda _event: None,
        leaving=lambda: False,
    )
    try:
        while producer.advance():
            pass
    finally:
        producer.close()


def measure(project: Project, edit: Edit, produce_film: Callable[[], object]) -> Remade:
    """Make an edit, let the film be made to its end, and count."""
    before = len(project.takes.everything())
    edit.make()
    started = time.perf_counter()
    produce_film()
    made = [(take.seam.value, take.shot_id) for take in project.takes.everything()[before:]]
    of_shots = [(seam, shot_id) for seam, shot_id in made if shot_id is not None]
    return Remade(
        name=edit.name,
        told=edit.told,
        in_scope=len(edit.scope),
        said=len(edit.said),
        made=len(of_shots),
        outside=sum(each not in edit.scope for each in of_shots),
        cuts=len(made) - len(of_shots),
        seconds=round(time.perf_counter() - started, 2),
    )


def takes_of(shot_ids: Set[ShotId]) -> Takes:
    """The keyframes and clips of some shots."""
    return {(seam.value, shot_id) for seam in (Seam.KEYFRAME, Seam.CLIP) for shot_id in shot_ids}


def takes_told(cost: EditCost) -> Takes:
    """The takes that a cost names."""
    keyframes = {(Seam.KEYFRAME.value, shot_id) for shot_id in (*cost.keyframes, *cost.new)}
    return keyframes | {(Seam.CLIP.value, shot_id) for shot_id in (*cost.clips, *cost.new)}


def edit_of_value(project: Project, name: str, constraint: Constraint, value: str) -> Edit:
    """Another value of a constraint: in scope is every shot in which that constraint holds."""
    graphs = GraphCommands(project, "bench director")
    plan = graphs.edit(constraint.id, "value", value)
    view = project.graphs.view()
    shots = {shot.id for shot in view.shots if constraint in view.constraints_in(shot.id)}
    return Edit(
        name=name,
        told=plan.label,
        scope=takes_of(shots),
        said=takes_told(graphs.cost(plan)),
        make=lambda: graphs.make(plan),
    )


def replaced_keyframe(project: Project, shot_id: ShotId) -> Edit:
    """Another keyframe of a shot in place of its circled one: in scope is that shot."""
    circled = FilmState(project, only=shot_id).shot(shot_id).keyframe.circled
    assert circled is not None
    label = project.graphs.view().graph.shots[shot_id].label
    scope = takes_of({shot_id})
    return Edit(
        name="a circled keyframe replaced",
        told=f"{label}: changes asked for",
        scope=scope,
        said=scope,
        make=lambda: Commands(project, "bench director").request_changes(circled.id),
    )


def imported_look(project: Project, entity_id: str, picture: bytes) -> Edit:
    """A picture that becomes a look: in scope is every shot that goes by looks of that character or setting."""
    looks = LookCommands(project, "bench director")
    view = project.graphs.view()
    number = project.looks.next_number(entity_id)
    name = view.graph.characters[entity_id].name  # pyright: ignore[reportArgumentType]
    return Edit(
        name="a look changed" if number > 1 else "a look imported",
        told=f"{name}: look {number}",
        scope=takes_of({shot.id for shot in view.shots if _shows(view, shot.id, entity_id)}),
        said=takes_told(looks.cost_of_keeping(entity_id)),
        make=lambda: looks.import_picture(entity_id, picture),
    )


def bench_again(folder: Path, screenplay: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make a film with the procedural artist, edit it in each way, and say what was made again, as JSON types.

    Args:
        folder: where the film goes.
        screenplay: of the film.
        tell: told a sentence after each step.

    Raises:
        WrongUse: the screenplay describes nobody.
    """
    project = Project.create(
        folder,
        title=screenplay.stem,
        screenplay=screenplay.read_bytes(),
        screenplay_name=screenplay.name,
        seed=1,
        checkpoint=ARTIST,
    )
    try:
        renderer = GoesByLooks()
        started = time.perf_counter()
        produce(project, renderer)
        made = [take for take in project.takes.everything() if take.shot_id]
        tell(f"{len(made)} takes of {len(project.graphs.view().shots)} shots made.")
        rows: list[dict[str, Any]] = []
        for edit in _edits(project):
            row = measure(project, edit(), lambda: produce(project, renderer))
            tell(f"{row.name} ({row.told}): {row.made} of {row.in_scope} made again.")
            rows.append(asdict(row) | {"ratio": float(row.ratio)})
        return {
            "screenplay": screenplay.name,
            "shots": len(project.graphs.view().shots),
            "takes": len(made),
            "edits": rows,
            "seconds": round(time.perf_counter() - started, 1),
            "command": command_line(),
            "revision": git_revision(),
            "machine": f"{platform.processor() or platform.machine()}, {platform.system()}",
        }
    finally:
        project.close()


def _edits(project: Project) -> Iterator[Callable[[], Edit]]:
    """Each is worked out on the film as the ones before it left it."""
    view = project.graphs.view()
    lead = max(view.graph.characters, key=lambda each: sum(_shows(view, shot.id, each) for shot in view.shots))
    said = view.constraints_of(lead)
    eyes = next((each for each in said if each.attribute is Attribute.EYES), None)
    coat = next((each for each in said if each.attribute is Attribute.GARMENT and each.scope.scene_id), None)
    if eyes is None or coat is None:
        raise WrongUse(
            f"Nothing says what colour {view.graph.characters[lead].name}'s eyes are, or what is worn in one scene.",
            "Take a screenplay that does, or the bundled one.",
        )
    shots = [shot.id for shot in view.shots if _shows(view, shot.id, lead)]
    yield lambda: edit_of_value(project, "eyes", _now(project, eyes.id), _other(eyes))
    yield lambda: edit_of_value(project, "a coat scoped to a scene", _now(project, coat.id), _other(coat))
    yield lambda: replaced_keyframe(project, shots[0])
    yield lambda: imported_look(project, lead, picture_of((120, 60, 30)))
    yield lambda: imported_look(project, lead, picture_of((30, 60, 120)))


def picture_of(colour: tuple[int, int, int]) -> bytes:
    """A plain PNG: some picture to import."""
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(picture, "PNG")
    return picture.getvalue()


def _now(project: Project, constraint_id: ConstraintId) -> Constraint:
    return project.graphs.view().graph.constraints[constraint_id]


def _other(constraint: Constraint) -> str:
    return next(value for value in STANDARD_VALUES[constraint.attribute] if value != constraint.value)


def _shows(view: GraphView, shot_id: ShotId, entity_id: str) -> bool:
    """Whether a shot shows somebody's face, and so goes by looks."""
    shot = view.graph.shots[shot_id]
    return shot.size != "insert" and any(
        person.character_id == entity_id and not person.turned_away for person in shot.people
    )

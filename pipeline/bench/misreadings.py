"""Corrupts the handoff from script to graph: a shot's constraint misread, or dropped."""

import random
from dataclasses import replace

from pipeline.bench.films import BenchFilm
from pipeline.bench.injections import Handoff, Injector, Kind
from pipeline.pocket import lexicon
from storage.domain.scene_graph import Constraint, ConstraintId, Origin, SceneGraph, Scope, ShotId
from storage.domain.vocabulary import Attribute

_OF_A_PERSON = (Attribute.EYES, Attribute.HAIR_COLOUR, Attribute.HAIR_STYLE, Attribute.GARMENT)
_OF_THE_FRAME = (Attribute.SETTING, Attribute.TIME_OF_DAY)


def corrupt_graph(film: BenchFilm, injector: Injector) -> SceneGraph:
    """The scene graph as it arrives from the script agent.

    A misreading holds in the one shot that was hit, so that a hit costs one shot at this handoff as it does at the
    others; in a film a misread attribute often holds in a whole scene.
    """
    constraints = dict(film.view.graph.constraints)
    for shot in film.shots:
        rng = injector.hit(Handoff.SCRIPT, shot.id)
        for kind in injector.kinds_of(Handoff.SCRIPT, rng) if rng else ():
            readable = _readable(film, shot.id, dropping=kind is Kind.DROPPED)
            if not readable or rng is None:
                continue
            constraint = rng.choice(readable)
            if kind is Kind.MISREAD:
                wrong = _misread(constraint, shot.id, rng)
                constraints[wrong.id] = wrong
            else:
                _drop(constraint, shot.id, film, constraints)
            injector.note(Handoff.SCRIPT, kind, shot.id, str(constraint.attribute))
            break
    return replace(film.view.graph, constraints=constraints)


def _readable(film: BenchFilm, shot_id: ShotId, *, dropping: bool) -> list[Constraint]:
    """What the script says of a shot and its picture would show. What the plan itself says cannot be dropped."""
    said = [c for c in film.view.visible_in(shot_id) if c.evidence.origin is Origin.SCRIPT]
    of_people = [c for c in said if c.attribute in _OF_A_PERSON]
    return of_people if of_people or dropping else [c for c in said if c.attribute in _OF_THE_FRAME]


def _misread(constraint: Constraint, shot_id: ShotId, rng: random.Random) -> Constraint:
    attribute = constraint.attribute
    words = lexicon.LEXICON[lexicon.GARMENT_COLOUR if attribute is Attribute.GARMENT else str(attribute)]
    value = rng.choice([word for word in words if word not in (constraint.value, "bald")])
    return _in_shot(replace(constraint, value=value), shot_id)


def _drop(
    constraint: Constraint, shot_id: ShotId, film: BenchFilm, constraints: dict[ConstraintId, Constraint]
) -> None:
    """Let a constraint hold in every shot where it held but one."""
    if constraints.pop(constraint.id, None) is not None:
        for shot in film.view.shots:
            if constraint in film.view.constraints_in(shot.id):
                kept = _in_shot(constraint, shot.id)
                # Where it was misread, that stays.
                constraints.setdefault(kept.id, kept)
    del constraints[_in_shot(constraint, shot_id).id]


def _in_shot(constraint: Constraint, shot_id: ShotId) -> Constraint:
    return replace(constraint, id=ConstraintId(f"{constraint.id}@{shot_id}"), scope=Scope(shot_id=shot_id))

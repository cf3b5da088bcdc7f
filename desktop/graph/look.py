"""What a node of the drawing shows: its words, its state and its marks, as the painter needs them."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtGui import QColor

from desktop import theme
from desktop.fault_words import mark_word
from desktop.graph.facts import wardrobe_words, where_words
from desktop.graph.net import GraphNet, Sort, source_words
from desktop.snapshot import FilmSnapshot, ShotCard
from desktop.standing_light import Light
from desktop.swatches import swatch_of
from desktop.translating import plural, tr
from desktop.wording import attribute_words, value_words
from storage.domain.graph_words import name_in
from storage.domain.scene_graph import ConstraintId, SceneId, ShotId

# The first one that a shot has stands for it, as in the outline.
TOLD_LIGHTS = (Light.DRIFT, Light.NEEDS_YOU, Light.SET_ASIDE, Light.STALE, Light.IN_WORK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What to paint of a node.

    Attributes:
        second: a line under the title, smaller; only on what stands by itself.
        note: at the right: where a constraint comes from, the state of a shot.
        state, light: the worst state of what it stands for, in words; empty where all is quiet.
        proposed: how much is proposed of it or under it, in words.
        fault: what it, or something under it, is marked as, in a word; empty for nothing.
        swatch: a colour, as "#rrggbb".
    """

    title: str
    value: str = ""
    second: str = ""
    note: str = ""
    state: str = ""
    light: Light = Light.NOTHING
    is_proposed: bool = False
    proposed: str = ""
    fault: str = ""
    swatch: str | None = None


def look_of(net: GraphNet, film: FilmSnapshot, node: str, chosen: str = "") -> Look:
    """What a node shows.

    Args:
        chosen: the node whose edges are strong; scenes say of a chosen character what is worn there.
    """
    sort = net.sort(node)
    wrong = film.faults().by_item.get(node)
    fault = mark_word(wrong) if wrong else ""
    if sort is Sort.CONSTRAINT:
        constraint = net.constraint(node)
        return Look(
            title=attribute_words(constraint),
            value=value_words(constraint),
            note=source_words(net, constraint),
            is_proposed=constraint.is_proposed,
            fault=fault,
            swatch=swatch_of(constraint.attribute, constraint.value),
        )
    number = net.proposed.get(node, 0)
    proposed = plural("{n} proposed", "{n} proposed", number) if number else ""
    if sort is Sort.SHOT:
        light = shot_light(film.card(ShotId(node)))
        state = tr(light) if light is not Light.NOTHING else ""
        return Look(title=net.title(node), state=state, light=light, fault=fault)
    if sort is Sort.SCENE:
        light, state = _scene_state(net, film, node)
        return Look(
            title=net.title(node),
            second=_who(net, node, chosen),
            note=plural("{n} shot", "{n} shots", len(net.shots(node))),
            state=state,
            light=light,
            fault=fault,
        )
    return Look(title=net.title(node), second=where_words(net, node), proposed=proposed, fault=fault)


def colour_of(net: GraphNet, film: FilmSnapshot, node: str) -> QColor:
    """The colour of a node that is too small to read."""
    if node in film.faults().by_item:
        return theme.RED
    constraint = net.graph.constraints.get(ConstraintId(node))
    if constraint is not None:
        return theme.VIOLET if constraint.is_proposed else theme.LINE
    light = shot_light(film.card(ShotId(node))) if node in net.graph.shots else Light.NOTHING
    if node in net.graph.scenes:
        light, _ = _scene_state(net, film, node)
    return theme.LINE if light is Light.NOTHING else theme.LIGHTS[light]


def shot_light(card: ShotCard | None) -> Light:
    """The state of a shot that is told outside of the timeline; `NOTHING` where all is quiet."""
    lights = (card.keyframe.light, card.clip.light) if card else ()
    return next((light for light in TOLD_LIGHTS if light in lights), Light.NOTHING)


def _scene_state(net: GraphNet, film: FilmSnapshot, scene_id: str) -> tuple[Light, str]:
    counts = Counter(shot_light(film.card(shot.id)) for shot in net.shots(scene_id))
    worst = next((light for light in TOLD_LIGHTS if counts[light]), Light.NOTHING)
    return worst, f"{counts[worst]} {tr(worst)}" if worst is not Light.NOTHING else ""


def _who(net: GraphNet, scene_id: str, chosen: str) -> str:
    people = net.people_of(scene_id)
    if chosen in people and net.sort(chosen) is Sort.CHARACTER:
        wears = wardrobe_words(net, chosen, SceneId(scene_id))
        return f"{name_in(net.graph, chosen).title()}: {wears or tr('no wardrobe')}"
    return ", ".join(name_in(net.graph, who).title() for who in people) or tr("nobody")

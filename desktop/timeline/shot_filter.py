"""Which shots a filter lets through: states, people, places and words, combined."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop.snapshot import FilmSnapshot, ShotCard
from desktop.standing_light import Light
from storage.domain.scene_graph import CharacterId, SceneGraph, SettingId, Shot, ShotId

_WAITS = frozenset({Light.NEEDS_YOU, Light.DRIFT, Light.SET_ASIDE})


class Facet(StrEnum):
    """What a shot can be filtered by that is neither person, place nor word."""

    NEEDS_ME = "needs me"
    DRIFT = "drift"
    STALE = "stale"
    IN_WORK = "in work"
    APPROVED = "approved"


def facets_of(card: ShotCard) -> frozenset[Facet]:
    """The facets of a shot; a shot has several where its keyframe and its clip stand differently."""
    return _facets_of(card.keyframe.light, card.clip.light)


@lru_cache(maxsize=256)
def _facets_of(keyframe: Light, clip: Light) -> frozenset[Facet]:
    lights = {keyframe, clip}
    found: set[Facet] = set()
    if lights & _WAITS:
        found.add(Facet.NEEDS_ME)
    if Light.DRIFT in lights:
        found.add(Facet.DRIFT)
    if Light.STALE in lights:
        found.add(Facet.STALE)
    if Light.IN_WORK in lights:
        found.add(Facet.IN_WORK)
    if lights == {Light.APPROVED}:
        found.add(Facet.APPROVED)
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotFilter:
    """What a director wants to see.

    Attributes:
        facets: any of these; empty for all.
        characters: all of these are in the shot.
        settings: any of these; empty for all.
        text: every word of it is in the label, heading, place, names, size, action or dialogue.
    """

    facets: frozenset[Facet] = frozenset()
    characters: frozenset[CharacterId] = frozenset()
    settings: frozenset[SettingId] = frozenset()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.facets or self.characters or self.settings or self.text.strip())


class FilterIndex:
    """Answers filters on one film, and counts; keeps what it worked out of shots that did not change."""

    def __init__(self) -> None:
        self._film: FilmSnapshot | None = None
        self._facets: list[frozenset[Facet]] = []
        self._words: dict[ShotId, tuple[Shot, str]] = {}
        self._graph: SceneGraph | None = None
        self.counts: Counter[Facet] = Counter()

    def show(self, film: FilmSnapshot, changed: Collection[ShotId] | None) -> None:
        """Take a newer film.

        Args:
            changed: the shots whose cards differ; None where any may.
        """
        self._film = film
        graph = film.view.graph if film.view else None
        if graph is not self._graph:
            self._graph, self._words = graph, {}
        if changed is None or len(self._facets) != len(film.shots):
            self._facets = [_facets_of(card.keyframe.light, card.clip.light) for card in film.shots]
            self.counts = Counter()
            for facets, number in Counter(self._facets).items():
                self.counts.update(dict.fromkeys(facets, number))
            return
        for shot_id in changed:
            index = film.index_of[shot_id]
            before, now = self._facets[index], facets_of(film.shots[index])
            if now != before:
                self._facets[index] = now
                for facet in before:
                    self.counts[facet] -= 1
                for facet in now:
                    self.counts[facet] += 1

    def flagged(self) -> bytes:
        """For each shot of the film 1 where something drifts, else 0."""
        return bytes(Facet.DRIFT in facets for facets in self._facets)

    def characters(self) -> list[tuple[CharacterId, str, int]]:
        """Who is in the film: id, name, number of shots; most shots first."""
        if self._film is None or self._graph is None:
            return []
        counts = Counter(person.character_id for card in self._film.shots for person in card.shot.people)
        named = [(key, character.name, counts[key]) for key, character in self._graph.characters.items() if counts[key]]
        return sorted(named, key=lambda item: (-item[2], item[1]))

    def settings(self) -> list[tuple[SettingId, str, int]]:
        """Where the film plays: id, name, number of shots; most shots first."""
        if self._film is None or self._graph is None:
            return []
        counts = Counter(card.scene.setting_id for card in self._film.shots)
        named = [(key, setting.name, counts[key]) for key, setting in self._graph.settings.items() if counts[key]]
        return sorted(named, key=lambda item: (-item[2], item[1]))

    def name_of(self, entity_id: str) -> str:
        """What to call a character or setting; the end of its id where this film has none such."""
        if self._graph is not None:
            for names in (self._graph.characters, self._graph.settings):
                if entity_id in names:
                    return names[entity_id].name  # pyright: ignore[reportArgumentType]
        return entity_id.rpartition(":")[2]

    def matches(self, wanted: ShotFilter) -> bytes | None:
        """For each shot of the film 1 where it matches, else 0; None where the filter is empty."""
        if wanted.is_empty or self._film is None:
            return None
        shots = self._film.shots
        found: Sequence[int] = range(len(shots))
        if wanted.facets:
            found = [index for index in found if not wanted.facets.isdisjoint(self._facets[index])]
        if wanted.settings:
            found = [index for index in found if shots[index].scene.setting_id in wanted.settings]
        if wanted.characters:
            people = wanted.characters
            found = [index for index in found if people <= {person.character_id for person in shots[index].shot.people}]
        for word in wanted.text.casefold().split():
            found = [index for index in found if word in self._said_of(shots[index])]
        matches = bytearray(len(shots))
        for index in found:
            matches[index] = 1
        return bytes(matches)

    def _said_of(self, card: ShotCard) -> str:
        held = self._words.get(card.shot.id)
        if held is None or held[0] is not card.shot:
            held = (card.shot, self._say(card))
            self._words[card.shot.id] = held
        return held[1]

    def _say(self, card: ShotCard) -> str:
        shot, scene = card.shot, card.scene
        parts = [shot.label, shot.size, shot.action, scene.heading]
        if scene.setting_id:
            parts.append(self.name_of(scene.setting_id))
        if self._graph is not None:
            characters = self._graph.characters
            parts += [
                name
                for person in shot.people
                if (character := characters.get(person.character_id))
                for name in character.names
            ]
        parts += [line.text for line in shot.lines]
        return "\n".join(parts).casefold()

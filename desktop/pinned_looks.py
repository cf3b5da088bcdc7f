"""Which looks are pinned beside a shot, and of whom the take on screen could become one."""

from dataclasses import dataclass

from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from storage.domain.findings import Region
from storage.domain.looks import Look, look_region
from storage.domain.scene_graph import CharacterId, SettingId, ShotId


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedLook:
    """A character of a shot, or its setting, with the looks there are of it, oldest first."""

    entity_id: str
    name: str
    looks: tuple[Look, ...]

    @property
    def newest(self) -> Look | None:
        return self.looks[-1] if self.looks else None


def pinned_looks(film: FilmSnapshot, shot_id: ShotId | None) -> tuple[PinnedLook, ...]:
    """The people of a shot from left to right, then its setting; none for no shot."""
    card = film.card(shot_id)
    if card is None or film.view is None:
        return ()
    graph = film.view.graph
    named: list[tuple[str, str]] = [
        (person.character_id, graph.characters[person.character_id].name)
        for person in card.shot.people
        if person.character_id in graph.characters
    ]
    setting = graph.settings.get(card.scene.setting_id) if card.scene.setting_id else None
    if setting is not None:
        named.append((setting.id, setting.name))
    return tuple(
        PinnedLook(
            entity_id=entity_id,
            name=name.title(),
            looks=tuple(look for look in film.looks if look.entity_id == entity_id),
        )
        for entity_id, name in named
    )


def name_of_entity(film: FilmSnapshot, entity_id: str) -> str:
    """A character's or setting's name as it is told of looks; empty where the film has no such."""
    graph = film.view.graph if film.view else None
    if graph is None:
        return ""
    named = graph.characters.get(CharacterId(entity_id)) or graph.settings.get(SettingId(entity_id))
    return named.name.title() if named else ""


def whose_look(stage: Stage) -> str | None:
    """Of whom one key keeps a look: of whom the chosen finding speaks, else the first who has none, else the first."""
    if stage.film is None:
        return None
    pinned = pinned_looks(stage.film, stage.spot.shot_id)
    chosen = stage.finding_key.partition("/")[0]
    for one in pinned:
        if one.entity_id == chosen:
            return chosen
    without = next((one for one in pinned if not one.looks), None)
    first = without or (pinned[0] if pinned else None)
    return first.entity_id if first else None


def region_to_keep(stage: Stage, entity_id: str) -> Region:
    """What is cropped from the frame on screen."""
    return look_region(stage.findings, entity_id, stage.frame_index)


def is_circled(stage: Stage) -> bool:
    """Whether the take on screen is the circled one of its place: only such a take becomes a look."""
    card = stage.film.seam_card(stage.spot) if stage.film else None
    return stage.take is not None and card is not None and card.standing.circled == stage.take

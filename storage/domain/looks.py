"""Looks: approved reference pictures of a character or setting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from storage.domain.decisions import Decision, Verb, effective
from storage.domain.findings import Finding, Region
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ShotId
from storage.domain.takes import MediaDigest, TakeId
from storage.domain.vocabulary import Attribute

LookId = NewType("LookId", int)

# Where the critic looks for these, the head is; the whole figure and the eyes alone say less.
_HEAD_FIRST = (
    Attribute.HAIR_COLOUR,
    Attribute.HAIR_STYLE,
    Attribute.SKIN,
    Attribute.AGE,
    Attribute.EYES,
    Attribute.ACCESSORY,
    Attribute.GARMENT,
    Attribute.BUILD,
)
WHOLE_FRAME = Region(left=0.0, top=0.0, right=1.0, bottom=1.0)
_MARGIN = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One picture that a director holds others against.

    Attributes:
        entity_id: the character or setting that it shows.
        number: counts from 1 for its entity; never used again.
        media: the crop itself.
        take_id: the circled take that it was cropped from, at `frame_index` (0 for a keyframe); None where it is a
            picture that was imported.
        decision_seq: the entry of the ledger that made it; once undone, the look is withdrawn.
    """

    id: LookId
    entity_id: str
    number: int
    media: MediaDigest
    take_id: TakeId | None
    frame_index: int
    region: Region
    decision_seq: int
    created_at: str


def look_region(findings: Iterable[Finding], entity_id: str, frame_index: int = 0) -> Region:
    """What a look of an entity shows of a frame: around where the critic said it is, the head before the clothes, with
    a margin; all of the frame where the critic said nothing.

    Args:
        frame_index: findings on other frames say nothing of this one.
    """
    places: dict[str, Region] = {}
    for finding in findings:
        entity, _, rest = finding.key.partition("/")
        frames = finding.frame_range
        if entity != entity_id or finding.region is None or (frames and not frames.start <= frame_index < frames.stop):
            continue
        places.setdefault(rest.partition("/")[0], finding.region)
    place = next((places[attribute] for attribute in _HEAD_FIRST if attribute in places), None)
    return _with_margin(place) if place else WHOLE_FRAME


def _with_margin(place: Region) -> Region:
    across, down = (place.right - place.left) * _MARGIN, (place.bottom - place.top) * _MARGIN
    return Region(
        left=max(0.0, place.left - across),
        top=max(0.0, place.top - down),
        right=min(1.0, place.right + across),
        bottom=min(1.0, place.bottom + down),
    )


def standing_looks(looks: Iterable[Look], decisions: Sequence[Decision]) -> tuple[Look, ...]:
    """The looks whose decision still counts, oldest first.

    Args:
        decisions: the whole ledger, or what is effective of it.
    """
    counting = {decision.seq for decision in effective(list(decisions)) if decision.verb is Verb.PROMOTE}
    return tuple(look for look in looks if look.decision_seq in counting)


def looks_shown(view: GraphView, shot_id: ShotId, looks: Iterable[Look]) -> tuple[Look, ...]:
    """The looks that a keyframe of a shot can go by: of its people who show their faces, and of its setting.

    An insert shows neither.
    """
    shot = view.graph.shots[shot_id]
    if shot.size == "insert":
        return ()
    shown: set[str | None] = {person.character_id for person in shot.people if not person.turned_away}
    shown.add(view.scene_of(shot_id).setting_id)
    return tuple(look for look in looks if look.entity_id in shown)

"""The storyboard agent: asks for the keyframe that a shot's constraints describe."""

from collections.abc import Mapping, Sequence

from pipeline.renderers.base import Frame, Reference, RenderRequest
from pipeline.request import describe_shot, seed_for
from storage.domain.findings import Region
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job
from storage.domain.looks import WHOLE_FRAME, Look
from storage.domain.scene_graph import ShotId
from storage.domain.takes import MediaDigest, Seam
from storage.errors import WrongUse

# A place is to be known again, not to be copied into every frame with its own people and angle.
_PERSON_STRENGTH, _SETTING_STRENGTH = 0.6, 0.35


def keyframe_request(
    view: GraphView,
    job: Job,
    *,
    film_seed: int,
    generation: int,
    pressed: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
) -> RenderRequest:
    """Turn a keyframe job into a render request.

    Args:
        view: the scene graph as it stands.
        film_seed: the film's own seed.
        generation: how often the director has asked for changes here; each asks for new seeds.
        pressed: phrases that the attempt before missed (`pressed_phrases`).
        references: the looks of whom and what the shot shows (`references_for`).

    Raises:
        WrongUse: the job is no keyframe, or its shot is no longer planned.
    """
    if job.seam is not Seam.KEYFRAME or job.shot_id is None:
        raise WrongUse(f"Job {job.id} is no keyframe.", "Give it to another agent.")
    if job.shot_id not in view.graph.shots:
        raise WrongUse(f"The shot of job {job.id} is no longer planned.", "Cancel the job.")
    return RenderRequest(
        job_id=job.id,
        seam=Seam.KEYFRAME,
        description=describe_shot(view, job.shot_id, Seam.KEYFRAME),
        seed=seed_for(film_seed, job.shot_id, Seam.KEYFRAME, job.attempt, generation),
        pressed=pressed,
        references=references,
    )


def references_for(
    view: GraphView, shot_id: ShotId, looks: Sequence[Look], pictures: Mapping[MediaDigest, Frame]
) -> tuple[Reference, ...]:
    """Say where in a shot's picture each look holds.

    People stand from left to right as the shot plan has them, each in a share of the width; the setting is
    everywhere.

    Args:
        looks: of those that the shot shows (`looks_shown`).
        pictures: of these looks.
    """
    people = [person.character_id for person in view.graph.shots[shot_id].people]
    found: list[Reference] = []
    for look in looks:
        of_person = look.entity_id in people
        region = WHOLE_FRAME
        if of_person:
            place = people.index(look.entity_id)  # pyright: ignore[reportArgumentType]
            region = Region(left=place / len(people), top=0.0, right=(place + 1) / len(people), bottom=1.0)
        strength = _PERSON_STRENGTH if of_person else _SETTING_STRENGTH
        found.append(Reference(media=look.media, picture=pictures[look.media], region=region, strength=strength))
    return tuple(found)

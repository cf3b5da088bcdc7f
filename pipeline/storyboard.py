"""The storyboard agent: asks for the keyframe that a shot's constraints describe."""

from pipeline.renderers.base import RenderRequest
from pipeline.request import describe_shot, seed_for
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job
from storage.domain.takes import Seam
from storage.errors import WrongUse


def keyframe_request(
    view: GraphView, job: Job, *, film_seed: int, generation: int, pressed: tuple[str, ...] = ()
) -> RenderRequest:
    """Turn a keyframe job into a render request.

    Args:
        view: the scene graph as it stands.
        film_seed: the film's own seed.
        generation: how often the director has asked for changes here; each asks for new seeds.
        pressed: phrases that the attempt before missed (`pressed_phrases`).

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
    )

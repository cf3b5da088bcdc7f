"""The shot agent: asks for the clip that begins on a shot's circled keyframe."""

from fractions import Fraction

from pipeline.renderers.base import Frame, RenderRequest
from pipeline.renderers.pieces import pieces_of
from pipeline.request import clip_length, describe_shot, seed_for
from storage.domain.graph_view import GraphView
from storage.domain.jobs import Job
from storage.domain.takes import Seam
from storage.errors import WrongUse

__all__ = ["clip_request", "pieces_of"]


def clip_request(
    view: GraphView,
    job: Job,
    *,
    film_seed: int,
    generation: int,
    keyframe: Frame,
    film_rate: Fraction,
    clip_rate: Fraction,
    pressed: tuple[str, ...] = (),
) -> RenderRequest:
    """Turn a clip job into a render request.

    Args:
        view: the scene graph as it stands.
        film_seed: the film's own seed.
        generation: how often the director has asked for changes here; each asks for new seeds.
        keyframe: the circled keyframe, height x width x 3, RGB.
        film_rate: of the shot's duration, frames a second.
        clip_rate: of the renderer's clips, frames a second.
        pressed: phrases that the attempt before missed (`pressed_phrases`).

    Raises:
        WrongUse: the job is no clip, its shot is no longer planned, or the renderer makes no clips.
    """
    if job.seam is not Seam.CLIP or job.shot_id is None:
        raise WrongUse(f"Job {job.id} is no clip.", "Give it to another agent.")
    if job.shot_id not in view.graph.shots:
        raise WrongUse(f"The shot of job {job.id} is no longer planned.", "Cancel the job.")
    if clip_rate <= 0:
        raise WrongUse("This checkpoint makes no clips.", "Use one with a motion adapter, or Stable Video Diffusion.")
    return RenderRequest(
        job_id=job.id,
        seam=Seam.CLIP,
        description=describe_shot(view, job.shot_id, Seam.CLIP),
        seed=seed_for(film_seed, job.shot_id, Seam.CLIP, job.attempt, generation),
        pressed=pressed,
        keyframe=keyframe,
        num_frames=clip_length(view.graph.shots[job.shot_id].duration_frames, film_rate, clip_rate),
    )

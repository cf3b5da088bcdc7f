"""The failing case: six agents in a row, each of which reads the last one's output; the first take wins."""

from dataclasses import replace
from pathlib import Path

from pipeline.assembly.cut import CutPlan, CutShot
from pipeline.bench.corrupting import CorruptingHandoffs, CorruptingRenderer
from pipeline.bench.films import FILM_RATE, BenchFilm
from pipeline.bench.injections import Handoff, Injector, frames_digest
from pipeline.bench.misreadings import corrupt_graph
from pipeline.bench.truth import FinalFilm, FinalShot
from pipeline.renderers.base import Rendered, Renderer, RenderRequest
from pipeline.request import clip_length, describe_shot, seed_for
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Shot, ShotId
from storage.domain.takes import MediaDigest, Seam, TakeId


def make_by_chain(film: BenchFilm, renderer: Renderer, injector: Injector) -> FinalFilm:
    """Make a film with nothing that two agents share.

    The breakdown goes to the storyboard agent, its prompt and frame to the shot agent, the clips to the assembly
    agent in the order in which they come, its movie to the one that exports. Nobody looks back at the script.
    """
    view = GraphView(corrupt_graph(film, injector))
    ids = [shot.id for shot in film.shots]
    handoffs = CorruptingHandoffs(injector, ids.__getitem__, requests_too=False)
    corrupting = CorruptingRenderer(renderer, injector, handoffs, ids.__getitem__, requests_too=True)
    shots = {shot.id: _make(film, view, shot, number, corrupting) for number, shot in enumerate(film.shots)}
    plan, cut = injector.corrupt_plan(Handoff.CUT, _plan(film, shots))
    _, export = injector.corrupt_plan(Handoff.EXPORT, plan)
    return FinalFilm(
        view=view,
        shots=shots,
        made=corrupting.made,
        cut=cut,
        export=export,
        calls=dict.fromkeys(ids, 2),
    )


def _make(film: BenchFilm, view: GraphView, shot: Shot, number: int, renderer: CorruptingRenderer) -> FinalShot:
    breakdown = describe_shot(view, shot.id, Seam.CLIP)
    keyframe = _rendered(
        renderer,
        RenderRequest(
            job_id=number,
            seam=Seam.KEYFRAME,
            description=replace(breakdown, movement=""),
            seed=seed_for(film.seed, shot.id, Seam.KEYFRAME, 1, 0),
        ),
    )
    # The shot agent works from the prompt that came with the frame; only how the camera moves is added to it.
    prompt = renderer.made[frames_digest(keyframe.frames)].drawn
    clip = _rendered(
        renderer,
        RenderRequest(
            job_id=number,
            seam=Seam.CLIP,
            description=replace(prompt, movement=breakdown.movement),
            seed=seed_for(film.seed, shot.id, Seam.CLIP, 1, 0),
            keyframe=keyframe.frames[0],
            num_frames=clip_length(shot.duration_frames, FILM_RATE, renderer.capabilities.frame_rate),
        ),
    )
    return FinalShot(keyframe=keyframe.frames[0], clip=clip.frames)


def _rendered(renderer: CorruptingRenderer, request: RenderRequest) -> Rendered:
    (outcome,) = renderer.render([request], on_progress=lambda _: None, is_cancelled=lambda _: False)
    if not isinstance(outcome, Rendered):
        raise RuntimeError(f"the artist did not draw {request.description.prompt}")
    return outcome


def _plan(film: BenchFilm, shots: dict[ShotId, FinalShot]) -> CutPlan:
    places: list[CutShot] = []
    for number, shot in enumerate(film.shots):
        scene, clip = film.view.scene_of(shot.id), shots[shot.id].clip
        places.append(
            CutShot(
                shot_id=shot.id,
                label=shot.label,
                scene_id=scene.id,
                scene_number=scene.number,
                heading=scene.heading,
                take_id=TakeId(number),
                take_number=1,
                media=MediaDigest(frames_digest(clip)),
                media_path=Path(),
                num_frames=len(clip),
                take_rate=FILM_RATE,
                duration_frames=shot.duration_frames,
            )
        )
    height_px, width_px = shots[film.shots[0].id].clip.shape[1:3]
    return CutPlan(
        title=film.view.graph.title,
        revision=1,
        made_on="",
        film_rate=FILM_RATE,
        width_px=width_px,
        height_px=height_px,
        shots=tuple(places),
    )

"""A film drafted from a screenplay by the script agent itself, with approved keyframes, and its next draft."""

from pathlib import Path

from PIL import Image

from pipeline.redrafting import draft_film
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.script.reading import read_screenplay
from storage.commands import Commands
from storage.domain.takes import Recipe, Seam
from storage.film_state import FilmState
from storage.project import Project
from tests.drafts import FIRST


def make_drafted_film(folder: Path) -> None:
    """The first draft, approved, with an approved keyframe of the first shot of each scene."""
    project = Project.create(
        folder, title="Lamp", screenplay=FIRST.encode(), screenplay_name="lamp.fountain", seed=7, checkpoint="artist"
    )
    screenplay = read_screenplay(project.media.find(project.film.screenplay))
    project.graphs.save(
        draft_film(project.film, screenplay, ArtistRenderer().capabilities), label="draft", author="script agent"
    )
    commands = Commands(project)
    commands.approve_script()
    picture = folder.parent / "still.png"
    Image.new("RGB", (64, 36), (90, 110, 140)).save(picture)
    view = project.graphs.view()
    for scene in view.scenes:
        shot = view.shots_of(scene.id)[0]
        standing = FilmState(project).shot(shot.id).keyframe
        job = project.jobs.ensure(seam=Seam.KEYFRAME, shot_id=shot.id, round=standing.round, attempt=1)
        medium = project.media.put(picture.read_bytes(), ".png")
        take = project.takes.add(
            seam=Seam.KEYFRAME, shot_id=shot.id, round=standing.round, attempt=1, media=medium, poster=medium,
            num_frames=1, frame_rate=0, width_px=64, height_px=36, inputs=standing.inputs, graph_revision=1,
            recipe=Recipe(
                agent="storyboard", scheduler_config={}, width_px=64, height_px=36, library_versions={}, extra={}
            ), seconds=9.0,
        )  # fmt: skip
        project.jobs.finish(job.id, take.id)
        project.takes.add_review([], take_id=take.id, graph_revision=1)
        commands.approve(take.id)
    project.close()

"""Shows graphs, takes and cuts to the critic, and stores what it finds."""

import time
from collections.abc import Sequence
from functools import lru_cache
from typing import overload

from critic.cut_review import ExpectedShot, review_cut
from critic.panel import Panel
from critic.script_review import review_scene_graph
from critic.subject import Neighbour, PictureSubject
from critic.thresholds import Thresholds
from pipeline.assembly.cut import CutPlan
from pipeline.drawn_words import drawn_words
from pipeline.export.movie import read_movie_frames
from pipeline.media import decode_clip, decode_picture
from pipeline.neighbouring import neighbours_of
from pipeline.renderers.base import Frame, Renderer
from pipeline.request import describe_shot
from pipeline.script.reading import read_screenplay
from pipeline.shot import pieces_of
from storage.domain.findings import Finding, FrameRange
from storage.domain.graph_view import GraphView
from storage.domain.graph_words import name_in
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, Take
from storage.learning import Learning
from storage.project import Project
from storage.standing_looks import looks_of


class Reviewing:
    """The critic at work on one project.

    Args:
        renderer: asked which words its checkpoint draws, nothing else.
        panel: judges pictures, by the thresholds that this film's director taught it.
    """

    def __init__(self, project: Project, renderer: Renderer, panel: Panel) -> None:
        self._project = project
        self._renderer = renderer
        self._panel = panel
        self._learning = Learning(project)

    def review_script(self) -> list[Finding]:
        """Review the latest scene graph against the lines it rests on."""
        started = time.perf_counter()
        project = self._project
        revision = project.graphs.latest_revision
        screenplay = read_screenplay(project.media.find(project.film.screenplay))
        findings = review_scene_graph(project.graphs.view(revision), screenplay.lines)
        project.takes.add_review(findings, take_id=None, graph_revision=revision, seconds=time.perf_counter() - started)
        return findings

    def review_take(self, take: Take, circled_keyframe: Take | None) -> list[Finding]:
        """Review a keyframe, or a clip beside the keyframe that it begins on."""
        assert take.shot_id is not None
        started = time.perf_counter()
        self._learning.catch_up()
        panel = self._panel.with_thresholds(Thresholds(by_kind=self._learning.promise.thresholds))
        findings = panel.review(self._subject(take, take.shot_id, circled_keyframe))
        self._project.takes.add_review(
            findings,
            take_id=take.id,
            graph_revision=self._project.graphs.latest_revision,
            seconds=time.perf_counter() - started,
        )
        return findings

    def review_cut(self, take: Take, plan: CutPlan) -> list[Finding]:
        """Review a movie: its decoded frames are the circled takes, in order, at length."""
        started = time.perf_counter()
        movie = read_movie_frames(self._project.media.find(take.media))
        for _ in range(plan.slate_frames):
            next(movie, None)
        findings = review_cut(movie, _CutShots(plan))
        self._project.takes.add_review(
            findings,
            take_id=take.id,
            graph_revision=self._project.graphs.latest_revision,
            seconds=time.perf_counter() - started,
        )
        return findings

    def _subject(self, take: Take, shot_id: ShotId, circled_keyframe: Take | None) -> PictureSubject:
        view = self._project.graphs.view()
        path = self._project.media.find(take.media)
        frames = decode_picture(path)[None] if take.seam is Seam.KEYFRAME else decode_clip(path)
        asked = describe_shot(view, shot_id, take.seam)
        drawn, _ = self._renderer.describe(asked)
        return PictureSubject(
            view=view,
            shot_id=shot_id,
            seam=take.seam,
            frames=frames,
            frame_rate=take.frame_rate,
            keyframe=decode_picture(self._project.media.find(circled_keyframe.media)) if circled_keyframe else None,
            pieces=self._pieces(take, len(frames)),
            known_as=drawn_words(view, shot_id, asked, drawn),
            looks=self._looks(view, shot_id),
            neighbours=()
            if view.graph.shots[shot_id].size == "insert"
            else (*neighbours_of(self._project, view, shot_id), *self._places(view, shot_id)),
        )

    def _looks(self, view: GraphView, shot_id: ShotId) -> dict[str, tuple[Frame, ...]]:
        """The looks of those whom a shot shows and of its setting."""
        shown = {person.character_id for person in view.graph.shots[shot_id].people}
        named = {*shown, view.scene_of(shot_id).setting_id}
        looks: dict[str, tuple[Frame, ...]] = {}
        for look in looks_of(self._project):
            if look.entity_id in named:
                picture = decode_picture(self._project.media.find(look.media))
                looks[look.entity_id] = (*looks.get(look.entity_id, ()), picture)
        return looks

    def _places(self, view: GraphView, shot_id: ShotId) -> tuple[Neighbour, ...]:
        """The looks of a shot's setting: the place is to look like them too."""
        setting_id = view.scene_of(shot_id).setting_id
        return tuple(
            Neighbour(
                label=f"look {look.number} of {name_in(view.graph, look.entity_id).title()}",
                frame=decode_picture(self._project.media.find(look.media)),
                in_scene=False,
            )
            for look in looks_of(self._project)
            if look.entity_id == setting_id
        )

    def _pieces(self, take: Take, num_frames: int) -> tuple[FrameRange, ...]:
        clip_frames = self._renderer.capabilities.clip_frames
        if take.seam is Seam.KEYFRAME or clip_frames < 2:
            return ()
        return tuple(FrameRange(start=start, stop=stop) for start, stop in pieces_of(num_frames, clip_frames))


class _CutShots(Sequence[ExpectedShot]):
    """The takes of a cut, decoded when they are asked for: a feature does not fit in memory."""

    def __init__(self, plan: CutPlan) -> None:
        self._plan = plan
        self._load = lru_cache(maxsize=2)(self._decode)

    def __len__(self) -> int:
        return len(self._plan.shots)

    @overload
    def __getitem__(self, index: int) -> ExpectedShot: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ExpectedShot]: ...

    def __getitem__(self, index: int | slice) -> ExpectedShot | Sequence[ExpectedShot]:
        if isinstance(index, slice):
            return [self._load(each) for each in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._load(index % len(self))

    def _decode(self, index: int) -> ExpectedShot:
        shot = self._plan.shots[index]
        return ExpectedShot(
            shot_id=shot.shot_id,
            label=shot.label,
            frames=decode_clip(shot.media_path),
            take_rate=shot.take_rate,
            film_rate=self._plan.film_rate,
            duration_frames=shot.duration_frames,
        )

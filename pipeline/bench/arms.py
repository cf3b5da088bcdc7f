"""The ways in which the benchmark makes a film, each through the product's own producer but the first."""

import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from critic.panel import Panel
from pipeline.bench.chain import make_by_chain
from pipeline.bench.corrupting import CorruptingHandoffs, CorruptingRenderer
from pipeline.bench.director import BenchDirector
from pipeline.bench.films import FILM_RATE, BenchFilm
from pipeline.bench.injections import Handoff, Injection, Injector, Kind
from pipeline.bench.misreadings import corrupt_graph
from pipeline.bench.sharing import Bill, SharedWork, SharingPanel, SharingRenderer
from pipeline.bench.truth import FinalFilm, FinalShot, Truth, fates, outcomes
from pipeline.export.delivery import Delivery
from pipeline.export.movie import write_movie
from pipeline.media import decode_clip, decode_picture
from pipeline.policy import Approve, Policy
from pipeline.producer import Producer
from pipeline.protocol import Event, FilmFinished, TakeMade
from pipeline.renderers.base import Renderer
from pipeline.resources import ARTIST
from pipeline.work import cut_plan
from storage.domain.findings import is_clean
from storage.domain.jobs import JobId
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, TakeId
from storage.film_state import FilmState
from storage.project import Project


class Arm(StrEnum):
    """CHAIN: agents read each other's output. STATE: typed shared state, no critic, the first take wins. CRITIC: state,
    critic and loop; what drifted is drawn anew. MEND: all that the product has. CLEAN: as MEND, with nothing injected.
    """

    CHAIN = "chain"
    STATE = "state"
    CRITIC = "critic"
    MEND = "mend"
    CLEAN = "clean"

    @property
    def has_critic(self) -> bool:
        return self not in (Arm.CHAIN, Arm.STATE)

    @property
    def mends(self) -> bool:
        return self in (Arm.MEND, Arm.CLEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Attributes: probability: of a corruption at each handoff, 0 to 1; kinds: only these are put in, all if empty."""

    seed: int
    probability: float
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What draws and judges in every arm: one renderer, one panel, and what they have done for this film already."""

    renderer: Renderer
    panel: Panel
    shared: SharedWork


def make_film(arm: Arm, film: BenchFilm, tools: Tools, conditions: Conditions) -> dict[str, Any]:
    """Make a film in one arm and say what became of it, as JSON types."""
    bill = Bill()
    probability = 0.0 if arm is Arm.CLEAN else conditions.probability
    injector = Injector(film, seed=conditions.seed, probability=probability, kinds=conditions.kinds)
    sharing = SharingRenderer(tools.renderer, tools.shared, bill, mends=arm.mends, timed=False)
    more: dict[str, Any] = {}
    if arm is Arm.CHAIN:
        final = make_by_chain(film, sharing, injector)
    else:
        panel = SharingPanel(tools.panel, tools.shared, bill) if arm.has_critic else Panel(())
        with tempfile.TemporaryDirectory(prefix="matchcut-gap-") as folder:
            production = Production(Path(folder), film, injector, sharing, bill, has_critic=arm.has_critic)
            try:
                final = production.run(panel)
                more = {"script_false_alarms": production.director.script_false_alarms}
            finally:
                production.project.close()
    found = outcomes(film, final)
    return {
        "film": film.number,
        "arm": arm.value,
        "shots": [{**asdict(outcome), "passed": outcome.passed} for outcome in found],
        "injections": fates(final, injector.injections, found),
        "bill": asdict(bill),
        **more,
    }


class Production:
    """One film in the making, in a project of its own."""

    def __init__(
        self,
        folder: Path,
        film: BenchFilm,
        injector: Injector,
        renderer: Renderer,
        bill: Bill,
        *,
        has_critic: bool,
    ) -> None:
        self._film = film
        self._injector = injector
        self._bill = bill
        self._has_critic = has_critic
        self.project = Project.create(
            folder / "Film.matchcut",
            title=film.view.graph.title,
            screenplay=film.screenplay.encode(),
            screenplay_name="script.fountain",
            seed=film.seed,
            frame_rate=FILM_RATE,
            checkpoint=ARTIST,
        )
        self.project.set_selection((), film.num_shots)
        # The handoff from script to graph: the draft arrives as the injector lets it.
        self.project.graphs.save(corrupt_graph(film, injector), label="draft", author="script agent")
        self.director = BenchDirector(self.project, film)
        self._delivery = Delivery(self.project)
        self._handoffs = CorruptingHandoffs(injector, self._shot_of, requests_too=has_critic)
        self._handoffs.assembling = self._assembling
        self._renderer = CorruptingRenderer(
            renderer, injector, self._handoffs, self._shot_of, requests_too=not has_critic
        )
        self._assembling_since = 0.0
        self._exports: Counter[TakeId] = Counter()

    def run(self, panel: Panel) -> FinalFilm:
        """Make the film to its end."""
        approve = Approve.CLEAN if self._has_critic else Approve.ALL
        producer = Producer(
            self.project,
            renderer=self._renderer,
            panel=panel,
            policy=Policy(self.project, approve),
            emit=self._hear,
            leaving=lambda: False,
            handoffs=self._handoffs,
        )
        try:
            while True:
                while producer.advance():
                    pass
                if producer.is_finished or not self.director.decide():
                    break
        finally:
            producer.close()
        return self._final()

    def _shot_of(self, job_id: int) -> ShotId:
        shot_id = self.project.jobs.get(JobId(job_id)).shot_id
        assert shot_id is not None
        return shot_id

    def _assembling(self) -> None:
        self._assembling_since = time.process_time()

    def _hear(self, event: Event) -> None:
        if isinstance(event, TakeMade) and event.seam == Seam.CUT:
            self._bill.cuts += 1
            self._bill.assembling_s += time.process_time() - self._assembling_since
        elif isinstance(event, FilmFinished):
            self._corrupt_export()

    def _corrupt_export(self) -> None:
        """The handoff from cut to export: what lies in `exports/` is not always what was sent there.

        The product compares digests before it calls a film done, and exports again. So whatever is wrong with the
        file, what matters is that its bytes are not the cut's.
        """
        state = FilmState(self.project)
        plan, injected = self._injector.corrupt_plan(Handoff.EXPORT, cut_plan(self.project, state))
        if injected:
            write_movie(plan, self._delivery.paths()[0], lambda _step, _total: None)

    def _final(self) -> FinalFilm:
        project, state = self.project, FilmState(self.project)
        cut = state.cut().circled
        assert state.view is not None and cut is not None
        shots = {shot.id: self._final_shot(state, shot.id) for shot in self._film.shots}
        takes = [take for take in project.takes.everything() if take.shot_id]
        return FinalFilm(
            view=state.view,
            shots=shots,
            made=self._renderer.made,
            # A cut's number says which assembly it came from.
            cut=self._handoffs.cuts[cut.number - 1],
            export=self._export_injections() if not self._delivery.is_delivered(cut) else {},
            handed_over=frozenset(self.director.handed_over),
            helped=self.director.helped,
            calls=Counter(take.shot_id for take in takes if take.shot_id),
            false_alarms=self._false_alarms(state),
        )

    def _export_injections(self) -> dict[ShotId, Injection]:
        return {each.shot_id: each for each in self._injector.injections if each.handoff is Handoff.EXPORT}

    def _final_shot(self, state: FilmState, shot_id: ShotId) -> FinalShot:
        shot = state.shot(shot_id)
        assert shot.keyframe.circled is not None and shot.clip.circled is not None
        return FinalShot(
            keyframe=decode_picture(self.project.media.find(shot.keyframe.circled.media)),
            clip=decode_clip(self.project.media.find(shot.clip.circled.media)),
        )

    def _false_alarms(self, state: FilmState) -> Counter[ShotId]:
        """Takes that are right, made from a right scene graph, and were not called clean."""
        alarms: Counter[ShotId] = Counter()
        truth = Truth(self._film, self._renderer.made)
        for take in self.project.takes.everything():
            if take.shot_id is None or is_clean(state.findings.get(take.id, ())):
                continue
            path = self.project.media.find(take.media)
            if take.seam is Seam.KEYFRAME:
                alarms[take.shot_id] += truth.is_right_keyframe(take.shot_id, decode_picture(path))
                continue
            circled = state.shot(take.shot_id).keyframe.circled
            if circled is None:
                continue
            keyframe = decode_picture(self.project.media.find(circled.media))
            is_right = truth.is_right_keyframe(take.shot_id, keyframe)
            alarms[take.shot_id] += is_right and truth.is_right_clip(take.shot_id, decode_clip(path), keyframe)
        return +alarms

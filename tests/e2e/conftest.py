"""Films produced for real by the procedural artist, with a critic that a test can script."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from critic.subject import PictureSubject
from pipeline.planting import Plant
from pipeline.policy import Approve, Policy
from pipeline.producer import Producer
from pipeline.protocol import Event
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.renderers.base import Renderer
from storage.domain.findings import Finding
from storage.project import Project
from tests.unit.storage.conftest import small_graph

Critic = Callable[[PictureSubject], list[Finding]]


class ScriptedPanel:
    """Says what the test says."""

    def __init__(self, critic: Critic) -> None:
        self.review = critic

    def with_thresholds(self, _thresholds: object) -> "ScriptedPanel":
        return self


class Studio:
    """One project, and a producer that can be started, killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = Project.create(
            folder,
            title="The Tide Clock",
            screenplay=b"INT. KITCHEN - NIGHT\nbrown-eyed MARA waits.\n",
            screenplay_name="x.fountain",
            seed=7,
        )
        self.project.graphs.save(small_graph(), label="draft", author="script agent")
        self.events: list[Event] = []
        self.leaving = False
        self.producer: Producer | None = None

    def start(
        self,
        *,
        critic: Critic = lambda _subject: [],
        approve: Approve = Approve.NONE,
        renderer: Renderer | None = None,
        plants: Sequence[Plant] = (),
        lost: str = "",
    ) -> Producer:
        self.producer = Producer(
            self.project,
            renderer=renderer or ArtistRenderer(),
            panel=ScriptedPanel(critic),  # pyright: ignore[reportArgumentType]
            policy=Policy(self.project, approve),
            emit=self.events.append,
            leaving=lambda: self.leaving,
            plants=tuple(plants),
            lost=lost,
        )
        return self.producer

    def run(self, **how) -> None:
        """Until nothing is left to do for now."""
        producer = self.start(**how)
        for _ in range(200):
            if not producer.advance():
                break
        else:
            raise AssertionError("the producer never comes to rest")
        producer.close()

    def kill(self) -> None:
        """As a crash leaves it: nothing released, nothing closed in order."""
        self.producer = None
        self.project.close()
        self.project = Project.open(self.folder)

    def forget_graph_checkpoints(self) -> None:
        for path in self.folder.glob("graph.db*"):
            path.unlink()

    def takes(self) -> list[tuple[str, str | None, int]]:
        return [(take.seam, take.shot_id, take.attempt) for take in self.project.takes.everything()]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path / "Film.matchcut")
    yield made
    made.project.close()

"""Opens what a worker needs: the renderer of a film and the panel that judges it."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from critic.panel import CostlyCheck, Panel
from pipeline.planting import Plant
from pipeline.policy import Approve, Policy
from pipeline.producer import Emit, Producer
from pipeline.renderers.base import Renderer
from pipeline.resources import ARTIST, resources
from storage.errors import KnownError, WrongUse
from storage.project import Project

if TYPE_CHECKING:
    from critic.checks.named_attributes import FrameJudge
    from pipeline.hardware import Hardware

_MOST_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Attributes: device: in words ("CPU, bfloat16")."""

    renderer: Renderer
    panel: Panel
    device: str


def open_crew(checkpoint: str, own_judges: tuple[str, ...] = ()) -> Crew:
    """Load a renderer and the critic's panel.

    Args:
        checkpoint: folder of a diffusers checkpoint; empty for pocket; "artist" for the
            procedural artist, which draws what it is told and needs no weights.
        own_judges: folders of the user's own models, asked what the panel cannot judge.

    Raises:
        WrongUse: it is no checkpoint, or no judge, that can be opened.
    """
    # What transformers prints on import (image processors that nothing here uses) is no news to a director.
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    from critic.calibration import Calibration
    from critic.default_panel import default_panel
    from critic.judge import Judge
    from pipeline.hardware import choose_hardware

    hardware = choose_hardware()
    renderer = open_by_name(checkpoint, hardware)
    try:
        judge = Judge.load(resources() / "judge")
    except FileNotFoundError as error:
        raise WrongUse("The critic's judge is missing.", "Install Matchcut again.") from error
    return Crew(
        renderer=renderer,
        panel=default_panel(
            judge,
            calibration=Calibration.load(resources() / "judge", judge.digest),
            costly=_own_models(own_judges, judge),
        ),
        device=f"{hardware.device}, {hardware.autocast or hardware.dtype}",
    )


def open_by_name(checkpoint: str, hardware: "Hardware") -> Renderer:
    """Load the renderer that a film names; for the argument and what is raised see `open_crew`."""
    if checkpoint == ARTIST:
        from pipeline.renderers.artist_renderer import ArtistRenderer

        return ArtistRenderer()
    from pipeline.renderers.opening import open_renderer

    return open_renderer(Path(checkpoint) if checkpoint else None, hardware)


def _own_models(folders: tuple[str, ...], judge: "FrameJudge") -> list[CostlyCheck]:
    if not folders:
        return []
    from critic.checks.own_model import OwnModel
    from critic.own_models import open_chooser
    from critic.people import JudgedPeople

    return [OwnModel(open_chooser(Path(folder)), JudgedPeople(judge)) for folder in folders]


@contextmanager
def at_work(
    project: Project,
    crew: Crew,
    *,
    approve: Approve,
    emit: Emit,
    leaving: Callable[[], bool],
    plants: tuple[Plant, ...] = (),
    lost: str = "",
) -> Generator[Producer]:
    """Put a producer together for a project that the caller holds, and let it and its crew go afterwards.

    An error inside that nobody knows is blamed on the jobs that were being drawn. For the arguments see `Producer`.
    """
    try:
        producer = Producer(
            project,
            renderer=crew.renderer,
            panel=crew.panel,
            policy=Policy(project, approve),
            emit=emit,
            leaving=leaving,
            plants=plants,
            lost=lost,
        )
        try:
            yield producer
        except KnownError:
            raise
        except Exception as error:
            producer.blame(_died_of(error))
            raise
        finally:
            producer.close()
    finally:
        crew.renderer.close()


def _died_of(error: Exception) -> str:
    """An error that nobody expected, in a few words: "RuntimeError: mat1 and mat2 cannot be multiplied"."""
    return f"{type(error).__name__}: {error}".splitlines()[0].removesuffix(": ")[:_MOST_WORDS]

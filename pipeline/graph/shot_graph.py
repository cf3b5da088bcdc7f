"""The graph of one shot: keyframe, critic, director, clip, critic, director.

Every way leads back to `locate`, which works the next step out from project.db. So a
node can run twice without harm, and an undo, a stale take or a crash has a way back.
"""

# LangGraph's own types are partly unknown.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownLambdaType=false, reportUnknownVariableType=false, reportArgumentType=false

from collections.abc import Hashable
from typing import Any, NotRequired, Protocol, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import interrupt

from storage.domain.jobs import JobId
from storage.domain.scene_graph import ShotId
from storage.domain.standing import Standing, State
from storage.domain.takes import TakeId
from storage.film_state import ShotState

DONE = "done"


class ShotThread(TypedDict):
    """What the graph carries: ids only."""

    shot_id: ShotId
    step: NotRequired[str]
    take_id: NotRequired[TakeId | None]


class _Found(TypedDict, total=False):
    step: str
    take_id: TakeId | None


class ShotWork(Protocol):
    """What the nodes do in project.db."""

    def locate_shot(self, shot_id: ShotId) -> ShotState: ...

    def queue_shot(self, shot_id: ShotId) -> JobId | None:
        """Put the attempt that is due in the queue; the same job when asked again, None where none is due."""
        ...

    def review_take(self, take_id: TakeId) -> None:
        """Let the critic look at a take, unless it has."""
        ...


def standing_of(state: ShotState) -> Standing:
    """The seam that the shot is at: its clip once the keyframe is approved."""
    return state.clip if state.keyframe.state is State.APPROVED else state.keyframe


def waits_for(standing: Standing) -> str:
    """What a thread that interrupted at this standing waits to see change."""
    job = standing.job.id if standing.job else 0
    take = standing.take.id if standing.take else 0
    return f"{standing.seam}:{standing.state}:{job}:{take}"


def build_shot_graph(work: ShotWork, checkpointer: BaseCheckpointSaver[Any]) -> CompiledStateGraph[Any, Any, Any, Any]:
    """Compile the graph of a shot. Thread state holds ids; pictures and prose stay in the project."""

    def locate(state: ShotThread) -> _Found:
        standing = standing_of(work.locate_shot(state["shot_id"]))
        return {"step": _node_for(standing), "take_id": standing.take.id if standing.take else None}

    def make(state: ShotThread) -> _Found:
        work.queue_shot(state["shot_id"])
        interrupt(waits_for(standing_of(work.locate_shot(state["shot_id"]))))
        return {}

    def critic(state: ShotThread) -> _Found:
        take_id = state.get("take_id")
        if take_id is not None:
            work.review_take(take_id)
        return {}

    def director(state: ShotThread) -> _Found:
        interrupt(waits_for(standing_of(work.locate_shot(state["shot_id"]))))
        return {}

    graph = StateGraph(ShotThread)
    graph.add_node("locate", locate)
    graph.add_edge(START, "locate")
    routes: dict[Hashable, str] = {DONE: END}
    for seam in ("keyframe", "clip"):
        for name, node in ((seam, make), (f"{seam}_critic", critic), (f"{seam}_director", director)):
            graph.add_node(name, node)
            graph.add_edge(name, "locate")
            routes[name] = name
    graph.add_conditional_edges("locate", lambda state: state.get("step", ""), routes)
    return graph.compile(checkpointer=checkpointer)


def _node_for(standing: Standing) -> str:
    if standing.state is State.APPROVED:
        return DONE
    if standing.state in (State.MAKE, State.IN_WORK):
        return str(standing.seam)
    return f"{standing.seam}_critic" if standing.state is State.CHECK else f"{standing.seam}_director"

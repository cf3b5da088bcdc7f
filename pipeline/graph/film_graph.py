"""The graph of the film: script, director, shots, assembly, director, export."""

# LangGraph's own types are partly unknown.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownLambdaType=false, reportUnknownVariableType=false, reportArgumentType=false

from collections.abc import Hashable
from enum import StrEnum
from typing import Any, Protocol, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import interrupt


class FilmStep(StrEnum):
    """Where the film is."""

    SCRIPT = "script"
    SCRIPT_CRITIC = "script_critic"
    SCRIPT_DIRECTOR = "script_director"
    SHOTS = "shots"
    ASSEMBLY = "assembly"
    CUT_CRITIC = "cut_critic"
    CUT_DIRECTOR = "cut_director"
    EXPORT = "export"
    DONE = "done"


class FilmThread(TypedDict, total=False):
    """What the graph carries."""

    step: str


class FilmWork(Protocol):
    """What the nodes do in project.db. Each can be called twice without harm."""

    def locate_film(self) -> FilmStep: ...

    def draft_script(self) -> None: ...

    def review_script(self) -> None: ...

    def assemble(self) -> None: ...

    def review_cut(self) -> None: ...

    def export(self) -> None: ...


def build_film_graph(work: FilmWork, checkpointer: BaseCheckpointSaver[Any]) -> CompiledStateGraph[Any, Any, Any, Any]:
    """Compile the graph of the film. It waits, interrupted, while shots are made and at both its gates."""

    def locate(_: FilmThread) -> FilmThread:
        return {"step": work.locate_film().value}

    def wait(state: FilmThread) -> FilmThread:
        interrupt(state.get("step"))
        return {}

    effects = {
        FilmStep.SCRIPT: work.draft_script,
        FilmStep.SCRIPT_CRITIC: work.review_script,
        FilmStep.ASSEMBLY: work.assemble,
        FilmStep.CUT_CRITIC: work.review_cut,
        FilmStep.EXPORT: work.export,
    }

    def perform(state: FilmThread) -> FilmThread:
        effects[FilmStep(state.get("step", ""))]()
        return {}

    graph = StateGraph(FilmThread)
    graph.add_node("locate", locate)
    graph.add_edge(START, "locate")
    routes: dict[Hashable, str] = {FilmStep.DONE.value: END}
    for step in FilmStep:
        if step is not FilmStep.DONE:
            graph.add_node(step.value, perform if step in effects else wait)
            graph.add_edge(step.value, "locate")
            routes[step.value] = step.value
    graph.add_conditional_edges("locate", lambda state: state["step"], routes)
    return graph.compile(checkpointer=checkpointer)

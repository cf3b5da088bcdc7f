"""Runs graph threads and keeps their graph checkpoints, which are only a cache of project.db."""

# LangGraph's own types are partly unknown.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false, reportArgumentType=false

import sqlite3
from pathlib import Path
from typing import Any

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

GRAPH_DATABASE = "graph.db"


def open_checkpointer(folder: Path) -> SqliteSaver:
    """Open `graph.db` of a film; one that cannot be read is thrown away and made anew.

    Only plain values are read back (strict msgpack): state holds ids.
    """
    path = folder / GRAPH_DATABASE
    serde = JsonPlusSerializer(allowed_msgpack_modules=None)
    try:
        saver = SqliteSaver(sqlite3.connect(path, check_same_thread=False), serde=serde)
        saver.setup()
    except sqlite3.DatabaseError:
        for name in (GRAPH_DATABASE, f"{GRAPH_DATABASE}-wal", f"{GRAPH_DATABASE}-shm"):
            (folder / name).unlink(missing_ok=True)
        saver = SqliteSaver(sqlite3.connect(path, check_same_thread=False), serde=serde)
        saver.setup()
    return saver


class GraphThreads:
    """The threads of one compiled graph.

    A thread that has ended is never run again: what comes back after its end (an undo, a
    stale take) starts a new thread of the same name with the next number.
    """

    def __init__(self, graph: CompiledStateGraph[Any, Any, Any, Any]) -> None:
        self._graph = graph
        self._numbers: dict[str, int] = {}
        self._waiting: dict[str, str | None] = {}

    def waiting(self, name: str) -> str | None:
        """What a thread interrupted with; None where it is new or has ended."""
        if name not in self._waiting:
            number = 0
            snapshot = self._graph.get_state(self._config(name, number))
            while snapshot.values and not snapshot.next:
                number += 1
                snapshot = self._graph.get_state(self._config(name, number))
            self._numbers[name] = number
            self._waiting[name] = snapshot.interrupts[0].value if snapshot.interrupts else None
        return self._waiting[name]

    def run(self, name: str, start: dict[str, Any]) -> str | None:
        """Start or resume a thread until it interrupts or ends; returns what it waits for.

        Args:
            start: state of a new state.
        """
        resumed = self.waiting(name) is not None
        config = self._config(name, self._numbers[name])
        result = self._graph.invoke(Command(resume=True) if resumed else start, config, durability="sync")
        interrupts = result.get("__interrupt__", ())
        if interrupts:
            self._waiting[name] = interrupts[0].value
        else:
            self._numbers[name] += 1
            self._waiting[name] = None
        return self._waiting[name]

    @staticmethod
    def _config(name: str, number: int) -> dict[str, Any]:
        return {"configurable": {"thread_id": f"{name}#{number}"}, "recursion_limit": 1000}

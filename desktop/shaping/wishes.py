"""Edits of the scene graph as values: each can be planned, which changes nothing, then costed and made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec

from storage.domain.working_graph import GraphEdit
from storage.edit_cost import EditCost
from storage.graph_commands import GraphCommands

_P = ParamSpec("_P")


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphWish:
    """One edit that a director has in mind, equal to another that means the same; `wish_to` makes it.

    Attributes:
        verb: of `GraphCommands`, which plans it.
        arguments, named: what it is given.
        chosen_after: the id to be chosen once it is made, unless something new is; empty for whatever is near.
    """

    verb: Callable[..., GraphEdit]
    arguments: tuple[Any, ...] = ()
    named: tuple[tuple[str, Any], ...] = ()
    chosen_after: str = ""

    def plan(self, commands: GraphCommands) -> GraphEdit:
        """Work out what it makes of the scene graph.

        Raises:
            WrongUse: it cannot be done, in one sentence for the person.
        """
        return self.verb(commands, *self.arguments, **dict(self.named))

    def choosing(self, item_id: str) -> "GraphWish":
        """The same, after which this id is chosen."""
        return replace(self, chosen_after=item_id)


def wish_to(
    verb: Callable[Concatenate[GraphCommands, _P], GraphEdit], *arguments: _P.args, **named: _P.kwargs
) -> GraphWish:
    """An edit by one of the verbs of `GraphCommands`: `wish_to(GraphCommands.merge, kept_id, gone_id)`."""
    return GraphWish(verb=verb, arguments=arguments, named=tuple(named.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOfEdit:
    """What making a wish would do and turn stale.

    Attributes:
        plan: for the scene graph as it was then; making it is refused where that has changed meanwhile.
    """

    wish: GraphWish
    plan: GraphEdit
    cost: EditCost

"""The verbs that shape the scene graph: add, edit, merge, split, delete, settle, restore.

Each is planned first, which changes nothing; then one may ask what it costs, and make it. `Commands.undo` takes it
back like any decision.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from storage.database import write
from storage.domain import graph_adding, graph_fields, graph_merge, graph_removal, graph_split
from storage.domain.decisions import Decision, Verb, effective
from storage.domain.draft_merge import DraftMerge, merge_draft
from storage.domain.graph_difference import Difference, difference
from storage.domain.graph_split import Places
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import Billing, CharacterId, SceneGraph, SceneId, Scope, SettingId, ShotId
from storage.domain.takes import Seam
from storage.domain.told import Told, together
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import EverUsed, GraphEdit
from storage.edit_cost import EditCost, cost_of_graph
from storage.errors import WrongUse
from storage.graph_changes import GraphChanges
from storage.graph_store import Draft
from storage.look_commands import LookCommands
from storage.naming import find_item
from storage.project import Project
from storage.standing_looks import looks_of

_NEW_SHOT_S = 3


class GraphCommands(GraphChanges):
    """Verbs on the scene graph of one project. See `GraphChanges`."""

    def cost(self, edit: GraphEdit) -> EditCost:
        """What a planned edit would turn stale; changes nothing."""
        return cost_of_graph(self._project, edit.after)

    def make(self, edit: GraphEdit) -> Decision:
        """Make a planned edit.

        Raises:
            WrongUse: the scene graph has changed since it was planned.
        """
        self._refuse_outdated(edit)
        if "restored" in edit.details:
            draft = self._project.graphs.draft_of(edit.details["restored"])
            return self._make(edit, draft)
        with write(self._project.db):
            return self._merge_looks(edit) or self._make(edit)

    def _merge_looks(self, edit: GraphEdit) -> Decision | None:
        """Make a merge in which the kept one gets the other's looks, as one act; None where there are none to get."""
        gone, kept = edit.details.get("merged", ("", ""))
        looks = looks_of(self._project)
        known = {look.media for look in looks if look.entity_id == kept}
        given = {look.media: look for look in looks if look.entity_id == gone and look.media not in known}
        if not given:
            return None
        together = self._project.ledger.written + 1
        made = self._make(replace(edit, details={**edit.details, "together": together}))
        for look in given.values():
            LookCommands(self._project, self._author).give(look, kept, together)
        return made

    def _make(self, edit: GraphEdit, draft: Draft | None = None) -> Decision:
        return self._put(
            Verb.EDIT, edit.label, edit.after, shot_id=edit.shot_id, details=edit.details, screenplay=draft
        )

    def _refuse_outdated(self, edit: GraphEdit) -> None:
        if edit.before is not self._graph and edit.before != self._graph:
            raise WrongUse("The scene graph has changed meanwhile.", "Do it again.")

    def edit(self, item_id: str, field: str, value: str) -> GraphEdit:
        """Change one field of anything; see `graph_fields.changed`."""
        return graph_fields.changed(self._graph, item_id, field, value, lambda name: find_item(self._view, name))

    def edit_fields(self, item_id: str, changes: Sequence[tuple[str, str]]) -> GraphEdit:
        """Change some fields of one thing, as one edit.

        Args:
            changes: fields and values; see `graph_fields.changed`.
        """
        graph = self._graph
        labels: list[str] = []
        edit: GraphEdit | None = None
        for field, value in changes:
            edit = graph_fields.changed(graph, item_id, field, value, lambda name: find_item(self._view, name))
            graph = edit.after
            labels.append(edit.label)
        if edit is None:
            raise WrongUse("Nothing is changed.", "Choose another value.")
        subject = labels[0].partition(": ")[0]
        rest = [label.removeprefix(f"{subject}: ") for label in labels[1:]]
        return replace(edit, before=self._graph, label=together([labels[0], *rest], "; "))

    def add_character(self, name: str, billing: Billing = Billing.SUPPORTING) -> GraphEdit:
        """See `graph_adding.add_character`."""
        return graph_adding.add_character(self._graph, name, self._ever, billing=billing)

    def add_setting(self, name: str, *, interior: bool = True) -> GraphEdit:
        """See `graph_adding.add_setting`."""
        return graph_adding.add_setting(self._graph, name, self._ever, interior=interior)

    def add_prop(self, name: str) -> GraphEdit:
        """See `graph_adding.add_prop`."""
        return graph_adding.add_prop(self._graph, name, self._ever)

    def add_scene(self, setting_id: SettingId, time_of_day: str, after: SceneId | None = None) -> GraphEdit:
        """See `graph_adding.add_scene`. Its first shot lasts three seconds."""
        return graph_adding.add_scene(
            self._graph, setting_id, time_of_day, self._ever, after=after, duration_frames=self._new_shot_frames
        )

    def add_shot(
        self,
        scene_id: SceneId,
        *,
        size: str = "medium shot",
        angle: str = "eye level",
        movement: str = "static",
        people: Sequence[CharacterId] = (),
        before: ShotId | None = None,
        duration_frames: int | None = None,
    ) -> GraphEdit:
        """See `graph_adding.add_shot`. It lasts three seconds unless told."""
        frames = self._new_shot_frames if duration_frames is None else duration_frames
        return graph_adding.add_shot(
            self._graph,
            scene_id,
            self._ever,
            size=size,
            angle=angle,
            movement=movement,
            people=people,
            before=before,
            duration_frames=frames,
        )

    def add_constraint(
        self, entity_id: str, attribute: Attribute, value: str, *, part: str = "", scope: Scope | None = None
    ) -> GraphEdit:
        """See `graph_adding.add_constraint`."""
        return graph_adding.add_constraint(self._graph, entity_id, attribute, value, part=part, scope=scope)

    def merge(self, kept_id: str, gone_id: str) -> GraphEdit:
        """See `graph_merge.merged`."""
        return graph_merge.merged(self._graph, kept_id, gone_id)

    def split(self, item_id: str, name: str, places: Places) -> GraphEdit:
        """See `graph_split.split`."""
        return graph_split.split(self._graph, item_id, name, places, self._ever)

    def split_scene(self, first_shot: ShotId) -> GraphEdit:
        """See `graph_split.split_scene`."""
        return graph_split.split_scene(self._graph, first_shot, self._ever)

    def split_shot(self, shot_id: ShotId, at_frame: int) -> GraphEdit:
        """See `graph_split.split_shot`."""
        return graph_split.split_shot(self._graph, shot_id, at_frame, self._ever)

    def delete(self, item_id: str) -> GraphEdit:
        """See `graph_removal.removed`."""
        return graph_removal.removed(self._graph, item_id)

    def restore(self, revision: int) -> GraphEdit:
        """Bring an old revision back, as a new one.

        Raises:
            WrongUse: there is no such revision, or it is as the film is now.
        """
        graph = self.at(revision)
        if graph == self._graph:
            raise WrongUse(
                Told("The film is as it was in revision {revision}.", revision=revision), "Nothing was changed."
            )
        details = {"restored": revision}
        return GraphEdit(
            before=self._graph, after=graph, label=Told("restore revision {number}", number=revision), details=details
        )

    def compare(self, before: int, after: int | None = None) -> Difference:
        """What is different between two revisions.

        Args:
            after: None for the latest.

        Raises:
            WrongUse: there is no such revision.
        """
        return difference(self.at(before), self.at(after) if after is not None else self._graph)

    def at(self, revision: int) -> SceneGraph:
        """The scene graph as it was.

        Raises:
            WrongUse: there is no such revision.
        """
        latest = self._project.graphs.latest_revision
        if revision == latest:
            return self._graph
        try:
            return self._project.graphs.load(revision)
        except KeyError:
            raise WrongUse(
                Told("There is no revision {revision}.", revision=revision),
                Told("Name one from 1 to {latest}.", latest=latest),
            ) from None

    def merge_draft(
        self, new: SceneGraph, *, last_lines: Sequence[str], new_lines: Sequence[str], name: str
    ) -> DraftMerge:
        """Work out what merging a new draft of the screenplay would make; changes nothing. See `draft_merge`.

        Args:
            new: the new draft, as the script agent reads it.
            last_lines, new_lines: of the screenplay that the film rests on, and of the new one; line 1 first.
            name: of the new draft.
        """
        counting = effective(self._project.ledger.everything())
        merges = [decision.details["merged"] for decision in counting if "merged" in decision.details]
        drafts = [decision.details["drafted"] for decision in counting if decision.verb is Verb.DRAFT]
        return merge_draft(
            self.at(drafts[-1] if drafts else 1),
            self._graph,
            new,
            last_lines=last_lines,
            new_lines=new_lines,
            ever=self._ever,
            merges=[(gone, kept) for gone, kept in merges],
            name=name,
        )

    def take_draft(self, merge: DraftMerge, screenplay: bytes, name: str) -> Decision:
        """Make a merged draft the scene graph: the new draft as it was read, then with the director's own work.

        The script is to be approved again; what was drawn stays approved where nothing that it rests on has changed.

        Args:
            screenplay: the new draft's file; name: its name.

        Raises:
            WrongUse: the scene graph has changed since it was worked out, or the draft changes nothing.
        """
        self._refuse_outdated(merge.edit)
        if merge.edit.after == self._graph:
            raise WrongUse("The new draft changes nothing.", "Nothing was changed.")
        project = self._project
        medium = project.media.put(screenplay, Path(name).suffix.lower())
        with write(project.db):
            before = project.graphs.latest_revision
            read = f"{name}, as it was read"
            drafted = project.graphs.save(merge.drafted, label=read, author=self._author, screenplay=(medium, name))
            after = project.graphs.save(merge.edit.after, label=merge.edit.label, author=self._author)
            details = {"revisions": [before, after], "drafted": drafted}
            return self._decide(Verb.DRAFT, Seam.SCRIPT, note=merge.edit.label, details=details)

    def revisions(self) -> list[tuple[int, str, str, str, str]]:
        """Each revision: number, digest, label, author, time."""
        return self._project.graphs.revisions()

    @property
    def project(self) -> Project:
        """The film."""
        return self._project

    @property
    def view(self) -> GraphView:
        """The scene graph as it is."""
        return self._view

    @property
    def _graph(self) -> SceneGraph:
        return self._view.graph

    @property
    def _ever(self) -> EverUsed:
        return self._project.graphs.ever_used()

    @property
    def _new_shot_frames(self) -> int:
        return round(_NEW_SHOT_S * self._project.film.frame_rate)

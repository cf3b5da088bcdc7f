"""The scene graph as rows of a tree, made when they are looked at: characters, settings, props, scenes with shots."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.fault_words import fault_words
from desktop.faults import MARK
from desktop.shaping.outline_search import Found, find
from desktop.snapshot import FilmSnapshot
from desktop.standing_light import Light
from desktop.swatches import swatch_of
from desktop.translating import marked, plural, tr
from desktop.wording import attribute_words, evidence_words, short_source, value_words
from storage.domain.graph_view import GraphView
from storage.domain.open_ends import OpenEnd
from storage.domain.scene_graph import Constraint, ConstraintId, Evidence, Origin, SceneId, ShotId

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# Asked of each row that is laid out; put together here, because that takes longer than all the rest of the answer.
_OF_A_GROUP = Qt.ItemFlag.ItemIsEnabled
_OF_A_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_SHOWN_LIGHTS = (Light.DRIFT, Light.NEEDS_YOU, Light.SET_ASIDE, Light.STALE, Light.IN_WORK)


class Kind(StrEnum):
    GROUP = "group"
    ENTITY = "entity"
    SCENE = "scene"
    SHOT = "shot"
    CONSTRAINT = "constraint"


@dataclass(slots=True, kw_only=True, eq=False)
class Row:
    """One row of the tree.

    Attributes:
        id: the same from one revision to the next, so that what is open stays open.
        value, swatch, note: shown at the right.
        fault: what is marked of it or under it.
        fill: makes the rows below when they are first asked for; None where there are none or they are made.
    """

    id: str
    kind: Kind
    text: str
    parent: "Row | None" = None
    fill: "Callable[[Row], None] | None" = None
    made: list["Row"] = field(default_factory=list)
    number: int = 0
    value: str = ""
    swatch: str | None = None
    note: str = ""
    light: Light = Light.NOTHING
    constraint: Constraint | None = None
    evidence: Evidence | None = None
    shot_id: ShotId | None = None
    fault: OpenEnd | None = None

    @property
    def children(self) -> list["Row"]:
        fill, self.fill = self.fill, None
        if fill is not None:
            fill(self)
        return self.made

    def add(self, child: "Row") -> "Row":
        child.parent = self
        child.number = len(self.made)
        self.made.append(child)
        return child

    @property
    def is_proposed(self) -> bool:
        return self.constraint is not None and self.constraint.is_proposed


class GraphItemModel(QAbstractItemModel):
    """Rows of the latest scene graph, all of them or those that were searched for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Row(id="", kind=Kind.GROUP, text="")
        self.revision = -1
        self._film: FilmSnapshot | None = None
        self._rows: dict[str, Row] = {}
        self._words = ""
        self.found: Found | None = None

    def show_film(self, film: FilmSnapshot) -> bool:
        """Show a reading. True where the rows were made anew, because the scene graph is another one."""
        before, self._film = self._film, film
        anew = film.revision != self.revision
        if anew:
            self._make_anew(film)
        elif before is not None and before is not film:
            self._show_lights(film)
            if before.faults() is not film.faults():
                self._show_faults(film)
        return anew

    def search(self, words: str) -> None:
        """Show only what has all of some words, with what it is part of; everything for no words."""
        self._words = words
        if self._film is not None:
            self._make_anew(self._film)

    def _make_anew(self, film: FilmSnapshot) -> None:
        self.beginResetModel()
        self._root = Row(id="", kind=Kind.GROUP, text="")
        self._rows = {}
        self.found = find(film.view, self._words) if film.view is not None else None
        if film.view is not None:
            self._add_groups(film.view)
        self.revision = film.revision
        self.endResetModel()

    def row_at(self, index: _Index) -> Row:
        return index.internalPointer() if index.isValid() else self._root

    def index_of(self, row_id: str) -> QModelIndex:
        """Where a row is; an invalid index where it is not. Makes the rows above it where need be."""
        row = self._row(row_id)
        return self.createIndex(row.number, 0, row) if row else QModelIndex()

    @property
    def num_made(self) -> int:
        """How many rows have been made so far."""
        return len(self._rows)

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        children = self.row_at(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # pyright: ignore[reportIncompatibleMethodOverride]
        above = self.row_at(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self.createIndex(above.number, 0, above)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self.row_at(parent).children)

    def hasChildren(self, parent: _Index = _NOWHERE) -> bool:
        # A view asks this of every row that it lays out: it is answered without making the rows below.
        row = self.row_at(parent)
        if row.fill is None or row.kind is Kind.SCENE:
            return row.kind is Kind.SCENE or bool(row.made)
        if self.found is not None:
            return bool(row.children)
        view = self._film.view if self._film else None
        return view is not None and bool(view.constraints_of(row.id))

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        return _OF_A_GROUP if row.kind is Kind.GROUP else _OF_A_ROW

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            fault = fault_words(row.fault) if row.fault else ""
            return " ".join(filter(None, (row.text, row.value, row.note, fault)))
        return None

    def constraint_row(self, constraint_id: ConstraintId) -> Row | None:
        return self._row(constraint_id)

    def _row(self, row_id: str) -> Row | None:
        row = self._rows.get(row_id)
        graph = self._film.view.graph if self._film and self._film.view else None
        if row is not None or graph is None:
            return row
        above: str | None = None
        if row_id in graph.shots:
            above = graph.shots[ShotId(row_id)].scene_id
        elif row_id in graph.constraints:
            above = graph.constraints[ConstraintId(row_id)].entity_id
        upper = self._row(above) if above else None
        if upper is None:
            return None
        _ = upper.children
        return self._rows.get(row_id)

    def _add(self, parent: Row, row: Row) -> Row:
        self._rows.setdefault(row.id, row)
        row.fault = self._film.faults().by_item.get(row.id) if self._film else None
        return parent.add(row)

    def _is_shown(self, item_id: str, below: Row | None = None) -> bool:
        """Whether an item is searched for, is part of what is, or has it below; all are where nothing is."""
        if self.found is None or self.found.shows(item_id):
            return True
        while below is not None and below.id not in self.found.hits:
            below = below.parent
        return below is not None

    def _show_lights(self, film: FilmSnapshot) -> None:
        changed = film.index_of if film.changed is None else film.changed
        for shot_id in [shot_id for shot_id in changed if shot_id in self._rows]:
            row = self._rows[shot_id]
            light = _light(film, shot_id)
            if light is not row.light:
                _show_light(row, light)
                index = self.createIndex(row.number, 0, row)
                self.dataChanged.emit(index, index)

    def _show_faults(self, film: FilmSnapshot) -> None:
        marked = film.faults().by_item
        for row in self._rows.values():
            fault = marked.get(row.id)
            if fault is not row.fault:
                row.fault = fault
                index = self.createIndex(row.number, 0, row)
                self.dataChanged.emit(index, index)

    def _add_groups(self, view: GraphView) -> None:
        graph = view.graph
        counts = Counter(person.character_id for shot in view.shots for person in shot.people)
        there = [item for item in graph.characters.values() if self._is_shown(item.id)]
        characters = sorted(there, key=lambda item: (-counts[item.id], item.name))
        if characters:
            group = self._add(self._root, _group(marked("CHARACTERS"), len(characters)))
            for character in characters:
                note = plural("{n} shot", "{n} shots", counts[character.id])
                self._add(group, _entity(character.id, character.name, character.evidence, note, self._fill_entity))
        for title, items in ((marked("SETTINGS"), graph.settings), (marked("PROPS"), graph.props)):
            shown = [item for item in items.values() if self._is_shown(item.id)]
            if shown:
                group = self._add(self._root, _group(title, len(shown)))
                for item in sorted(shown, key=lambda item: item.name):
                    self._add(group, _entity(item.id, item.name, item.evidence, "", self._fill_entity))
        scenes = [scene for scene in view.scenes if self._is_shown(scene.id)]
        if scenes:
            group = self._add(self._root, _group(marked("SCENES"), len(scenes)))
            for scene in scenes:
                evidence = Evidence(
                    origin=Origin.SCRIPT, first_line=scene.first_line, last_line=scene.first_line, quote=scene.heading
                )
                text = f"{scene.number}  {scene.heading}"
                row = Row(id=scene.id, kind=Kind.SCENE, text=text, evidence=evidence, fill=self._fill_scene)
                self._add(group, row)

    def _fill_entity(self, row: Row) -> None:
        if self._film is not None and self._film.view is not None:
            for child in _constraint_rows(self._film.view, row.id):
                if self._is_shown(child.id, row):
                    self._add(row, child)

    def _fill_scene(self, row: Row) -> None:
        film = self._film
        if film is None or film.view is None:
            return
        self._fill_entity(row)
        graph = film.view.graph
        for shot in film.view.shots_of(SceneId(row.id)):
            if not self._is_shown(shot.id, row):
                continue
            names = ", ".join(graph.characters[person.character_id].name for person in shot.people[:3])
            words = " · ".join(filter(None, (f"{shot.label}  {tr(shot.size)}", names.title() or shot.action)))
            shot_row = Row(
                id=shot.id, kind=Kind.SHOT, text=words, evidence=shot.evidence, shot_id=shot.id, fill=self._fill_entity
            )
            _show_light(shot_row, _light(film, shot.id))
            self._add(row, shot_row)


def _light(film: FilmSnapshot, shot_id: ShotId) -> Light:
    card = film.card(shot_id)
    lights = (card.keyframe.light, card.clip.light) if card else ()
    return next((light for light in _SHOWN_LIGHTS if light in lights), Light.NOTHING)


def _show_light(row: Row, light: Light) -> None:
    row.light = light
    row.note = tr(light) if light is not Light.NOTHING else ""


def _group(title: str, number: int) -> Row:
    return Row(id=title, kind=Kind.GROUP, text=tr(title), value=f"{number:,}")


def _entity(entity_id: str, name: str, evidence: Evidence, note: str, fill: Callable[[Row], None]) -> Row:
    return Row(id=entity_id, kind=Kind.ENTITY, text=name, evidence=evidence, note=note, fill=fill)


def _constraint_rows(view: GraphView, entity_id: str) -> Iterator[Row]:
    graph = view.graph
    for constraint in sorted(
        view.constraints_of(entity_id), key=lambda item: (item.attribute, item.part, item.scope.rank)
    ):
        note = tr("proposed") if constraint.is_proposed else short_source(constraint.evidence)
        scene = graph.scenes.get(constraint.scope.scene_id) if constraint.scope.scene_id else None
        if scene is not None and constraint.scope.scene_id != entity_id:
            note = f"{tr('sc {number}', number=scene.number)} · {note}"
        yield Row(
            id=constraint.id,
            kind=Kind.CONSTRAINT,
            text=attribute_words(constraint),
            value=value_words(constraint),
            swatch=swatch_of(constraint.attribute, constraint.value),
            note=note,
            constraint=constraint,
            evidence=constraint.evidence,
        )


def _tooltip(row: Row) -> str:
    parts = [row.text + (f": {row.value}" if row.value and row.kind is Kind.CONSTRAINT else "")]
    if row.fault is not None:
        parts.append(f"{MARK} {fault_words(row.fault)}")
    if row.evidence is not None:
        parts.append(evidence_words(row.evidence))
        if row.evidence.quote:
            parts.append(f"“{row.evidence.quote}”")
    return "\n".join(parts)

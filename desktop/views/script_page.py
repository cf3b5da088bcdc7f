"""The screenplay as a page: what the scene graph holds, the lines that it rests on, and what rests on each."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.claims import lines_behind
from desktop.fault_words import fault_words
from desktop.faults import MARK, NO_FAULTS, Faults
from desktop.keymap import key_of
from desktop.script_rows import Script
from desktop.shaping.names import spoken
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.translating import plural, tr
from desktop.views.claim_list import ClaimList
from desktop.views.parts import label
from desktop.views.screenplay import Screenplay
from desktop.wording import length, page_words
from storage.domain.graph_view import GraphView
from storage.domain.scene_graph import ConstraintId


class ScriptPage(QWidget):
    """What the scene graph holds, over the screenplay that it was read from. What is chosen in one is chosen in all.

    Args:
        stage: what is on screen and chosen.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._from_line = 0
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.summary = label("")
        self.summary.setWordWrap(True)
        self.summary.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.what_now = label("", "soft")
        self.what_now.setWordWrap(True)
        self.page = Screenplay()
        self.claims = ClaimList()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 14, 28, 8)
        layout.setSpacing(4)
        layout.addWidget(self.summary)
        layout.addWidget(self.what_now)
        layout.addSpacing(8)
        layout.addWidget(self.page, 1)
        layout.addWidget(self.claims)
        self.page.line_chosen.connect(self.choose_line)
        self.page.next_wanted.connect(self._choose_next)
        self.claims.item_wanted.connect(self._choose_listed)
        stage.film_changed.connect(self.show_film)
        stage.item_chosen.connect(self.show_item)

    @Slot(object)
    def show_script(self, script: Script) -> None:
        """Show a laid-out screenplay."""
        self.page.show_script(script)
        self._show_claims()
        self.show_item()

    @Slot()
    def show_film(self) -> None:
        """Say what the scene graph holds."""
        film = self._stage.film
        if film is None or film.view is None:
            return
        graph = film.view.graph
        seconds = float(film.num_frames / film.frame_rate)
        self.summary.setText(
            " · ".join(
                (
                    plural("{n} scene", "{n} scenes", len(graph.scenes)),
                    plural("{n} shot", "{n} shots", len(graph.shots)),
                    plural("{n} character", "{n} characters", len(graph.characters)),
                    plural("{n} setting", "{n} settings", len(graph.settings)),
                    tr("{length} long", length=length(seconds)),
                )
            )
        )
        proposed = len(film.proposed())
        open_words = (
            plural(
                "The script leaves {n} thing open. What is proposed is in violet: settle or edit it.",
                "The script leaves {n} things open. What is proposed is in violet: settle or edit it.",
                proposed,
            )
            if proposed
            else tr("Nothing is left open.")
        )
        if film.script is Light.APPROVED:
            self.what_now.setText(f"{tr('The scene graph is approved.')} {open_words}")
        else:
            approve = key_of(self, "approve", "A")
            nothing = tr("Nothing is drawn before you approve the scene graph: {key}.", key=approve)
            self.what_now.setText(f"{open_words} {nothing}")
        self._show_claims()
        self.show_item()

    @Slot()
    def show_item(self) -> None:
        """Light the lines that the chosen item rests on, and bring the first into view."""
        view = self._view
        item_id = self._stage.item_id
        if view is None or not self.isVisible():
            return
        lines = lines_behind(view, item_id)
        constraint = view.graph.constraints.get(ConstraintId(item_id))
        self.page.mark(lines, is_proposed=constraint is not None and constraint.is_proposed)
        if self._from_line and self._from_line not in lines and self._from_line in self._faults.by_line:
            self.page.go_to(self._from_line)
            self._show_list(self._from_line)
        elif lines:
            # Whoever came from a line stays there.
            line = self._from_line if self._from_line in lines else lines[0]
            self.page.go_to(line)
            self._show_list(line)
        elif item_id:
            self.claims.show_claims(_unwritten(view, item_id), view, (), "")
        else:
            self.claims.show_claims("", view, (), "")

    @Slot(int)
    def choose_line(self, line: int) -> None:
        """Choose what rests on a line; where that is chosen already, the next that rests there."""
        view, claims = self._view, self._claims
        ids = claims.by_line.get(line, ()) if claims else ()
        if self._stage.film is not None and not ids:
            # What a line says and nothing claims is told where it is missing.
            wrong = self._stage.film.faults().by_line.get(line, ())
            ids = tuple(dict.fromkeys(end.subject for end in wrong if end.subject))
        if view is None or not ids:
            self.page.viewport().update()
            return
        here = ids.index(self._stage.item_id) if self._stage.item_id in ids else -1
        self._from_line = line
        self._stage.choose_item(ids[(here + 1) % len(ids)])
        self.show_item()
        self._from_line = 0

    def show_line(self, line: int) -> None:
        """Bring a line into view, with what rests on it and what is wrong there, and give the page the keys."""
        self.page.go_to(line)
        self._show_list(line)
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> bool:
        """Go to the next line that something rests on, or the one before."""
        return self.page.step(by)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_item()

    @property
    def _view(self) -> GraphView | None:
        return self._stage.film.view if self._stage.film else None

    @property
    def _claims(self):
        return self._stage.film.claims() if self._stage.film and self._stage.film.view else None

    @property
    def _faults(self) -> Faults:
        return self._stage.film.faults() if self._stage.film else NO_FAULTS

    def _show_claims(self) -> None:
        if self._claims is not None:
            self.page.show_claims(self._claims, self._faults.by_line)

    @Slot()
    def _choose_next(self) -> None:
        if self.page.line:
            self.choose_line(self.page.line)

    @Slot(str)
    def _choose_listed(self, item_id: str) -> None:
        self._from_line = self.page.line
        self._stage.choose_item(item_id)
        self._from_line = 0

    def _show_list(self, line: int) -> None:
        view, claims = self._view, self._claims
        if view is None or claims is None:
            return
        ids = claims.by_line.get(line, ())
        claims = plural("{n} claim", "{n} claims", len(ids))
        words = [f"{page_words(line)} · {claims}" if len(ids) != 1 else page_words(line)]
        words += [f"{MARK} {fault_words(end)}" for end in self._faults.by_line.get(line, ())]
        words += [tr("Click the line again, or press Enter on it, for the next.")] if len(ids) > 1 else []
        self.claims.show_claims("  ".join(words), view, ids, self._stage.item_id, self._faults)


def _unwritten(view: GraphView, item_id: str) -> str:
    """Why no line is lit."""
    constraint = view.graph.constraints.get(ConstraintId(item_id))
    if constraint is None:
        return tr("No line of the screenplay speaks of {what}.", what=spoken(view, item_id))
    places = {"what": spoken(view, item_id), "value": tr(constraint.value)}
    if constraint.is_proposed:
        return tr("No line of the screenplay says it: {what} {value} is proposed.", **places)
    origin = tr(constraint.evidence.origin)
    return tr("No line of the screenplay says it: {what} {value} comes from the {origin}.", **places, origin=origin)

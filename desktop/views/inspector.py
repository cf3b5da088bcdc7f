"""The inspector: what the critic found in the take on screen, its takes and history, and the director's verbs."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.pictures import PictureKey, Pictures
from desktop.playback import Frames, media_of
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.views.finding_row import FindingRow
from desktop.views.parts import ElidedLabel, KeyButton, label
from desktop.views.take_strip import TakeStrip
from desktop.wording import ago
from storage.domain.decisions import Decision, Verb
from storage.domain.findings import Finding, Verdict
from storage.domain.standing import State
from storage.domain.takes import Seam, Take

_MOST_HISTORY = 12


class Inspector(QWidget):
    """Shows why the take on screen is as it is; its buttons speak of that take.

    Args:
        stage: what is on screen.
        pictures, frames: where crops come from.
    """

    approve_wanted = Signal()
    changes_wanted = Signal(str)
    false_alarm_wanted = Signal()
    missed_wanted = Signal()
    lock_wanted = Signal()
    undo_wanted = Signal()
    note_closed = Signal()
    finding_hovered = Signal(str)

    def __init__(self, stage: Stage, pictures: Pictures, frames: Frames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self._frames = frames
        self.rows: list[FindingRow] = []
        self._told: object = None
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel()
        self.title.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.made = label("", "soft")
        self.made.setFont(theme.font(theme.SMALL_PT))
        self.stale = _wrapped("")
        _colour(self.stale, theme.VIOLET)
        self.drawn_as = _wrapped("soft")
        self.state_words = _wrapped("soft")
        self.takes = TakeStrip(pictures)
        self.takes.take_wanted.connect(stage.show_take)
        self._takes_heading = label("TAKES", "heading")
        self._history_heading = label("HISTORY", "heading")
        self.history = _wrapped("soft")
        self.history.setFont(theme.font(theme.SMALL_PT))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(5)
        self._build()
        stage.film_changed.connect(self.show_take)
        stage.moved.connect(self.show_take)
        stage.detail_changed.connect(self._show_detail)
        stage.finding_chosen.connect(self._show_chosen)
        pictures.picture_ready.connect(self._show_crops)
        frames.frame_ready.connect(self._show_crops)

    @Slot()
    def show_take(self) -> None:
        """Show what is known of the take on the stage."""
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        if film is None:
            return
        card = film.card(spot.shot_id)
        if spot.seam is Seam.SCRIPT:
            self.title.show_text("Scene graph")
            self.made.setText(f"revision {film.revision}" if film.revision else "")
        else:
            name = f"{card.shot.label} · {spot.seam}" if card else "The cut"
            self.title.show_text(f"{name} · take {take.number}" if take else name)
        self._show_rows()
        self._show_state()
        words = {take.id: film.take_word(take) for take in self._stage.takes}
        seam_card = film.seam_card(spot)
        circled = seam_card.standing.circled if seam_card else None
        self.takes.show_takes(
            self._stage.takes, words, shown=take.id if take else None, circled=circled.id if circled else None
        )
        self._takes_heading.setVisible(bool(self._stage.takes))
        self.show_ages()
        self._show_detail()
        self._show_buttons()

    @Slot()
    def show_ages(self) -> None:
        """Say anew how long ago things were."""
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        if film is None:
            return
        if spot.seam is not Seam.SCRIPT:
            self.made.setText(f"made {ago(take.created_at)}" if take else "")
        history = film.history(spot)
        self.history.setText("\n".join(_history_line(decision, history) for decision in history[:_MOST_HISTORY]))
        self.history.setVisible(bool(history))
        self._history_heading.setVisible(bool(history))

    @Slot()
    def open_note(self) -> None:
        """Ask for a note to go with the request for changes; nothing else waits for it."""
        if self._stage.take is None:
            return
        finding = self._chosen_finding()
        about = f" about {finding.label}" if finding else ""
        self.note.setPlaceholderText(f"What should change{about}? Enter sends it, Esc does not.")
        self._note_row.show()
        self.note.setFocus()

    @Slot()
    def close_note(self) -> None:
        """Put the note away."""
        self.note.clear()
        self._note_row.hide()
        self.note_closed.emit()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.made)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 0, 10, 8)
        column.setSpacing(8)
        column.addWidget(self.state_words)
        column.addWidget(self.stale)
        column.addLayout(self._rows)
        column.addWidget(self.drawn_as)
        column.addWidget(self._takes_heading)
        column.addWidget(self.takes)
        column.addWidget(self._history_heading)
        column.addWidget(self.history)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setObjectName("panel")
        scroll.viewport().setObjectName("panel")
        scroll.viewport().setAutoFillBackground(False)
        self.approve = KeyButton("Approve", "A")
        self.approve.setObjectName("approve")
        self.request = KeyButton("Request changes", "R")
        self.false_alarm = KeyButton("False alarm", "F")
        self.missed = KeyButton("You missed this", "M")
        self.lock = KeyButton("Lock", "Ctrl+L")
        self.undo = KeyButton("Undo", "Ctrl+Z")
        self.approve.clicked.connect(self.approve_wanted)
        self.request.clicked.connect(self.open_note)
        self.false_alarm.clicked.connect(self.false_alarm_wanted)
        self.missed.clicked.connect(self.missed_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.note = QLineEdit()
        self.note.setAccessibleName("Note for the request")
        self.note.returnPressed.connect(self._send_note)
        self._note_row = QWidget()
        note_layout = QHBoxLayout(self._note_row)
        note_layout.setContentsMargins(0, 0, 0, 0)
        note_layout.addWidget(self.note)
        self._note_row.hide()
        escape = QShortcut(QKeySequence("Escape"), self._note_row)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_note)
        buttons = QGridLayout()
        buttons.setSpacing(8)
        pairs = (self.approve, self.request, self.false_alarm, self.missed, self.lock, self.undo)
        for index, button in enumerate(pairs):
            buttons.addWidget(button, index // 2, index % 2)
            buttons.setColumnStretch(index % 2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(8)
        head.setContentsMargins(14, 0, 14, 0)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(self._note_row)
        foot.addLayout(buttons)
        layout.addLayout(foot)

    def _send_note(self) -> None:
        note = self.note.text().strip()
        self.close_note()
        self.changes_wanted.emit(note)

    def _show_rows(self) -> None:
        film, take = self._stage.film, self._stage.take
        assert film is not None
        drifts = (
            film.take_drifts(take)
            if take
            else tuple(finding.key for finding in self._stage.findings if finding.is_open_drift)
        )
        spoken = {
            decision.key: decision.verb
            for decision in film.effective.get((self._stage.spot.seam, self._stage.spot.shot_id), ())
            if take and decision.take_id == take.id and decision.verb in (Verb.FALSE_ALARM, Verb.MISSED_DRIFT)
        }
        told = [
            (finding, _word(finding, spoken.get(finding.key)), finding.key in drifts, self._quote(finding))
            for finding in self._stage.findings
        ]
        if (take, told) == self._told:
            return
        self._told = (take, told)
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for finding, word, is_drift, quote in told:
            row = FindingRow(
                finding,
                word=word,
                is_drift=is_drift or (finding.verdict is Verdict.DRIFT and finding.key not in spoken),
                quote=quote,
            )
            row.chosen.connect(self._stage.choose_finding)
            row.hovered.connect(self.finding_hovered)
            self._rows.addWidget(row)
            row.show()
            self.rows.append(row)
        self._show_chosen()
        self._show_crops()

    def _quote(self, finding: Finding) -> str:
        film = self._stage.film
        constraints = film.view.graph.constraints if film and film.view else {}
        constraint = constraints.get(finding.constraint_id) if finding.constraint_id else None  # pyright: ignore[reportArgumentType, reportCallIssue]
        if constraint is None:
            return ""
        evidence = constraint.evidence
        line = f" · line {evidence.first_line}" if evidence.first_line else ""
        if evidence.quote:
            return f"“{' '.join(evidence.quote.split())}”{line}"
        return line.removeprefix(" · ")

    def _show_state(self) -> None:
        film = self._stage.film
        assert film is not None
        card = film.seam_card(self._stage.spot)
        words = ""
        if card is None:
            if film.script is Light.APPROVED:
                words = "Approved."
            elif film.view is not None and film.script_findings is None:
                words = "The critic has not read this revision yet."
            elif film.view is not None and not film.script_findings:
                words = "The critic found nothing wrong in the scene graph."
        elif card.standing.locked:
            words = "Locked: kept whatever changes."
        elif card.light is Light.STALE:
            words = "It is made again when the worker gets to it."
        elif self._stage.take is not None and self._stage.take.id not in film.findings:
            words = "The critic has not looked at this take yet."
        elif card.standing.state is State.DECIDE and card.standing.clean and self._stage.take == card.standing.take:
            words = "Everything that must hold does."
        self.state_words.setText(words)
        self.state_words.setVisible(bool(words))

    @Slot()
    def _show_detail(self) -> None:
        detail = self._stage.detail
        drawn = detail.recipe.drawn_as if detail else ()
        self.drawn_as.setText(f"drawn as: {' · '.join(drawn)}")
        self.drawn_as.setVisible(bool(drawn))
        reasons = detail.stale_because if detail else ()
        self.stale.setText("Stale: " + " ".join(reasons))
        self.stale.setVisible(bool(reasons))

    @Slot()
    def _show_chosen(self) -> None:
        for row in self.rows:
            row.show_chosen(row.finding.key == self._stage.finding_key)
        self._show_buttons()

    @Slot()
    def _show_crops(self) -> None:
        take = self._stage.take
        if take is None:
            return
        for row in self.rows:
            region = row.finding.region
            if not row.is_tall or region is None:
                continue
            whole = self._whole(take, row.finding)
            if whole is not None and not whole.isNull():
                left, top = round(region.left * whole.width()), round(region.top * whole.height())
                right, bottom = round(region.right * whole.width()), round(region.bottom * whole.height())
                row.show_crop(whole.copy(QRect(left, top, max(1, right - left), max(1, bottom - top))))

    def _whole(self, take: Take, finding: Finding) -> QImage | None:
        if take.num_frames > 1:
            return self._frames.get(take, finding.frame_range.start if finding.frame_range else 0)
        return self._pictures.get(PictureKey(media=media_of(take)))

    def _chosen_finding(self) -> Finding | None:
        return next((row.finding for row in self.rows if row.finding.key == self._stage.finding_key), None)

    def _show_buttons(self) -> None:
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        script = spot.seam is Seam.SCRIPT
        card = film.seam_card(spot) if film else None
        is_approved = bool(take and card and card.standing.state is State.APPROVED and card.standing.circled == take)
        if script:
            is_approved = film is not None and film.script is Light.APPROVED
        self.approve.setText("Approved" if is_approved else "Approve the graph" if script else "Approve this take")
        open_script = film is not None and film.view is not None and film.script is not Light.APPROVED
        self.approve.setEnabled(open_script if script else take is not None and not is_approved)
        self.request.setEnabled(take is not None)
        chosen = next((row for row in self.rows if row.finding.key == self._stage.finding_key), None)
        self.false_alarm.setEnabled(bool(chosen and chosen.is_drift and take))
        self.missed.setEnabled(bool(chosen and not chosen.is_drift and take))
        self.lock.setEnabled(take is not None)
        self.lock.setText("Unlock" if card and card.standing.locked else "Lock")
        self.undo.setEnabled(bool(film and film.undo_label))
        self.undo.setToolTip(f"Undo: {film.undo_label}" if film and film.undo_label else "")


def _word(finding: Finding, spoken: Verb | None) -> str:
    if spoken is Verb.FALSE_ALARM and finding.verdict is Verdict.DRIFT:
        return "false alarm"
    if spoken is Verb.MISSED_DRIFT:
        return "you say: drift"
    return str(finding.verdict)


def _history_line(decision: Decision, history: Sequence[Decision]) -> str:
    undone = any(other.undoes == decision.seq for other in history)
    note = f" — “{decision.note}”" if decision.note and decision.verb is not Verb.UNDO else ""
    verb = decision.note if decision.verb in (Verb.UNDO, Verb.EDIT, Verb.SETTLE) and decision.note else decision.verb
    if decision.verb in (Verb.EDIT, Verb.SETTLE):
        note = ""
    by = "" if decision.author == "director" else f" · {decision.author}"
    return f"{ago(decision.created_at)} · {verb}{note}{by}{' · undone' if undone else ''}"


def _wrapped(kind: str):
    made = label("", kind)
    made.setWordWrap(True)
    made.hide()
    return made


def _colour(widget, colour) -> None:
    palette = widget.palette()
    palette.setColor(widget.foregroundRole(), colour)
    widget.setPalette(palette)

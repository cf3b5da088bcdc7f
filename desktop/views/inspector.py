"""The inspector: what the critic found in the take on screen, its takes and history, and the director's verbs."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.pictures import PictureKey, Pictures
from desktop.playback import Frames, media_of
from desktop.snapshot import FilmSnapshot
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.standing_words import approval_words, num_clean
from desktop.translating import marked, plural, tr
from desktop.views.emptiness import standing_words
from desktop.views.finding_row import CANNOT_BE_SEEN, FindingRow, UnseenFold
from desktop.views.history import History
from desktop.views.parts import ElidedLabel, ReadingArea, StarRow, crop_of, label, quiet_button
from desktop.views.question_card import QuestionCard
from desktop.views.take_strip import TakeStrip
from desktop.views.verbs import NoteLine, Verbs
from desktop.wording import ago, frames_words, page_words
from storage.domain.decisions import Verb
from storage.domain.findings import Finding, Verdict
from storage.domain.scene_graph import Evidence, ShotId
from storage.domain.shortage import shortage_words
from storage.domain.standing import State
from storage.domain.takes import Seam, Take, TakeId

_SHORT_PX = 500
_SPOKEN = (Verb.FALSE_ALARM, Verb.MISSED_DRIFT)


class Inspector(QWidget):
    """Shows why the take on screen is as it is; its buttons speak of that take.

    Args:
        stage: what is on screen.
        pictures, frames: where crops come from.
    """

    approve_wanted = Signal()
    clean_wanted = Signal()
    changes_wanted = Signal(str, str)
    false_alarm_wanted = Signal()
    missed_wanted = Signal()
    lock_wanted = Signal()
    stars_wanted = Signal(int)
    undo_wanted = Signal()
    redo_wanted = Signal()
    note_opened = Signal()
    note_closed = Signal()
    finding_hovered = Signal(str)

    def __init__(self, stage: Stage, pictures: Pictures, frames: Frames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pictures = pictures
        self._frames = frames
        self.rows: list[FindingRow] = []
        self._told: object = None
        self._selected: tuple[ShotId, ...] = ()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel()
        self.title.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.made = ElidedLabel()
        self.made.setObjectName("soft")
        self.made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.made.setFont(theme.font(theme.SMALL_PT))
        self.stars = StarRow()
        self.stars.stars_wanted.connect(self.stars_wanted)
        self.stale = _wrapped("")
        theme.tint(self.stale, "violet")
        self.approval = _wrapped("")
        self.drawn_as = _wrapped("soft")
        self.state_words = _wrapped("soft")
        self.fold = UnseenFold()
        self.fold.toggled.connect(self._show_folded)
        self.takes = TakeStrip(pictures)
        self.takes.take_wanted.connect(self._show_wanted_take)
        self.sort = quiet_button("", "Sort the takes by number, stars, fewest drifts or newest")
        self.history = History()
        self.verbs = Verbs()
        self.question = QuestionCard(stage, pictures, frames)
        self.note_line = NoteLine()
        self.note = self.note_line.note
        self._history_heading = label("HISTORY", "heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._folded = QVBoxLayout()
        self._folded.setSpacing(4)
        self._lay_out()
        self._connect()

    @Slot()
    def show_take(self) -> None:
        """Show what is known of the take on the stage."""
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        if film is None:
            return
        card = film.card(spot.shot_id)
        # Each part that comes or goes would lay out the whole column at once; it is done when all are known.
        self.scroll_area.column.setEnabled(False)
        if spot.seam is Seam.SCRIPT:
            self.title.show_text(tr("Scene graph"))
            self.made.show_text(tr("revision {revision}", revision=film.revision) if film.revision else "")
        else:
            name = f"{card.shot.label} · {tr(spot.seam)}" if card else tr("The cut")
            self.title.show_text(tr("{name} · take {number}", name=name, number=take.number) if take else name)
        self.stars.setVisible(take is not None)
        self.stars.show_stars(film.stars.get(take.id, 0) if take else 0)
        self._show_rows(film)
        self._show_state(film)
        self._show_takes(film)
        self.show_ages()
        self._show_detail()
        self._show_buttons()
        self.scroll_area.column.setEnabled(True)
        self.scroll_area.column.activate()

    @Slot()
    def show_ages(self) -> None:
        """Say anew how long ago things were."""
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        if film is None:
            return
        if spot.seam is not Seam.SCRIPT:
            self.made.show_text(
                tr("made {ago} from revision {revision}", ago=ago(take.created_at), revision=take.graph_revision)
                if take
                else ""
            )
        number = self.history.show_film(film, spot)
        self.history.setVisible(bool(number))
        self._history_heading.setVisible(bool(number))

    @Slot(str)
    def show_hovered(self, key: str) -> None:
        """Light the row of the finding whose region, strip or row is under the mouse."""
        for row in self.rows:
            row.show_lit(row.finding.key == key)

    @Slot()
    def open_note(self) -> None:
        """Ask for a note to go with the request for changes; nothing else waits for it."""
        if self._stage.take is not None:
            self.note_opened.emit()
            self.note_line.open_note(self._stage.findings, self._stage.finding_key)

    @Slot(object)
    def show_selection(self, shot_ids: tuple[ShotId, ...]) -> None:
        """Take which shots are selected on the timeline; "approve all clean" is about them."""
        self._selected = tuple(shot_ids)
        self._show_buttons()

    @property
    def shots_meant(self) -> frozenset[ShotId] | None:
        """The shots that "approve all clean" is about: several that are selected, else all (None)."""
        return frozenset(self._selected) if len(self._selected) > 1 else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verbs.show_low(self.height() < _SHORT_PX)

    @Slot(int)
    def _show_wanted_take(self, take_id: TakeId) -> None:
        """Put a take on screen, and its thumbnail into view: stepping is by the strip."""
        self._stage.show_take(take_id)
        place = self.takes.place_of(take_id)
        if place is not None:
            middle = self.takes.mapToParent(place.center())
            self.scroll_area.ensureVisible(middle.x(), middle.y(), 0, place.height())

    def _connect(self) -> None:
        stage = self._stage
        stage.here_changed.connect(self.show_take)
        stage.findings_changed.connect(self.show_take)
        stage.settled.connect(self.show_take)
        stage.detail_changed.connect(self._show_detail)
        stage.finding_chosen.connect(self._show_chosen)
        self._pictures.picture_ready.connect(self._show_crops)
        self._frames.frame_ready.connect(self._show_crops)
        self.note_line.sent.connect(self.changes_wanted)
        self.note_line.closed.connect(self.note_closed)
        self.sort.clicked.connect(self.takes.sort_next)
        self.takes.order_changed.connect(self._show_order)
        for button, wanted in (
            (self.verbs.approve, self.approve_wanted),
            (self.verbs.approve_clean, self.clean_wanted),
            (self.verbs.request, self.open_note),
            (self.verbs.false_alarm, self.false_alarm_wanted),
            (self.verbs.missed, self.missed_wanted),
            (self.verbs.lock, self.lock_wanted),
            (self.verbs.undo, self.undo_wanted),
            (self.verbs.redo, self.redo_wanted),
        ):
            button.clicked.connect(wanted)

    def _lay_out(self) -> None:
        self.sort.setFont(theme.font(theme.SMALL_PT))
        self._show_order(str(self.takes.order))
        second = QHBoxLayout()
        second.addWidget(self.stars)
        second.addWidget(self.made, 1)
        takes_head = QHBoxLayout()
        self._takes_heading = label("TAKES", "heading")
        takes_head.addWidget(self._takes_heading, 1)
        takes_head.addWidget(self.sort)
        self.scroll_area = ReadingArea(tr("Findings, takes and history"))
        column = self.scroll_area.column
        for widget in (self.state_words, self.approval, self.stale):
            column.addWidget(widget)
        column.addLayout(self._rows)
        column.addWidget(self.fold)
        column.addLayout(self._folded)
        column.addLayout(takes_head)
        column.addWidget(self.takes)
        column.addWidget(self.drawn_as)
        column.addWidget(self._history_heading)
        column.addWidget(self.history)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addLayout(second)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 4, 14, 0)
        foot.addWidget(self.question)
        foot.addWidget(self.note_line)
        foot.addWidget(self.verbs)
        layout.addLayout(head)
        layout.addWidget(self.scroll_area, 1)
        layout.addLayout(foot)

    def _show_rows(self, film: FilmSnapshot) -> None:
        take = self._stage.take
        spoken = {
            decision.key: decision.verb
            for decision in film.effective.get((self._stage.spot.seam, self._stage.spot.shot_id), ())
            if take and decision.take_id == take.id and decision.verb in _SPOKEN
        }
        told = [
            (finding, spoken.get(finding.key), *self._quote(film, finding), self._stage.spot.seam)
            for finding in self._stage.findings
        ]
        if (take, told) == self._told:
            return
        self._told = (take, told)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        folded: list[Finding] = []
        for finding, verb, quote, place, _ in told:
            row = FindingRow(finding, spoken=verb, quote=quote, place=place)
            row.chosen.connect(self._stage.choose_finding)
            row.hovered.connect(self.finding_hovered)
            is_folded = row.word == CANNOT_BE_SEEN
            if is_folded:
                folded.append(finding)
            (self._folded if is_folded else self._rows).addWidget(row)
            self.rows.append(row)
        self.fold.show_findings(folded)
        self._show_folded()
        self._show_chosen()
        self._show_crops()

    @Slot()
    def _show_folded(self) -> None:
        for row in self.rows:
            row.setVisible(row.word != CANNOT_BE_SEEN or self.fold.isChecked())

    def _quote(self, film: FilmSnapshot, finding: Finding) -> tuple[str, str]:
        """The words that a finding rests on, and where they stand and it drifts."""
        constraints = film.view.graph.constraints if film.view else {}
        constraint = constraints.get(finding.constraint_id) if finding.constraint_id else None  # pyright: ignore[reportArgumentType, reportCallIssue]
        evidence: Evidence | None = constraint.evidence if constraint else None
        quote = f"“{' '.join(evidence.quote.split())}”" if evidence and evidence.quote else ""
        page = page_words(evidence.first_line, evidence.last_line) if evidence else ""
        if evidence and not page:
            page = {"director": tr("you said so"), "proposed": tr("proposed")}.get(str(evidence.origin), "")
        frames = ""
        if finding.frame_range is not None and finding.verdict is Verdict.DRIFT:
            frames = frames_words(finding.frame_range)
        return quote, " · ".join(filter(None, (page, frames)))

    def _show_state(self, film: FilmSnapshot) -> None:
        words = standing_words(film, self._stage.spot, self._stage.take)
        self.state_words.setText(words)
        self.state_words.setVisible(bool(words))

    def _show_takes(self, film: FilmSnapshot) -> None:
        takes, shown = self._stage.takes, self._stage.take
        seam_card = film.seam_card(self._stage.spot)
        circled = seam_card.standing.circled if seam_card else None
        self.takes.show_takes(
            takes,
            {take.id: film.take_word(take) for take in takes},
            shown=shown.id if shown else None,
            circled=circled.id if circled else None,
            stars=film.stars,
            drifts={take.id: len(film.take_drifts(take)) for take in takes if take.id in film.findings},
        )
        self._takes_heading.setVisible(bool(takes))
        self.sort.setVisible(len(takes) > 1)

    @Slot(str)
    def _show_order(self, order: str) -> None:
        self.sort.setText(tr("by {order}  ⇧T", order=tr(order)))

    @Slot()
    def _show_detail(self) -> None:
        film, detail = self._stage.film, self._stage.detail
        drawn = detail.recipe.drawn_as if detail else ()
        told = [
            tr(shortage_words(detail.recipe)) if detail else "",
            tr("drawn as: {words}", words=" · ".join(drawn)) if drawn else "",
        ]
        self.drawn_as.setText("\n".join(words for words in told if words))
        self.drawn_as.setVisible(any(told))
        reasons = tuple(tr(reason) for reason in detail.stale_because) if detail else ()
        words = approval_words(film, self._stage.spot, self._stage.take, reasons) if film else ""
        self.approval.setText(words)
        self.approval.setVisible(bool(words))
        theme.tint(self.approval, "violet" if words and reasons else "soft")
        self.stale.setText(tr("Stale: {reasons}", reasons=" ".join(reasons)))
        self.stale.setVisible(bool(reasons) and not words)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = next((row for row in self.rows if row.finding.key == self._stage.finding_key), None)
        for row in self.rows:
            row.show_chosen(row is chosen)
        if chosen is not None and chosen.word == CANNOT_BE_SEEN:
            self.fold.setChecked(True)
        if chosen is not None and chosen.isVisible():
            self.scroll_area.ensureWidgetVisible(chosen, 0, 12)
        self._show_crops()
        self._show_buttons()

    @Slot()
    def _show_crops(self) -> None:
        take = self._stage.take
        if take is None:
            return
        for row in self.rows:
            region = row.finding.region
            if not row.lacks_crop or region is None:
                continue
            whole = self._whole(take, row.finding)
            if whole is not None and not whole.isNull():
                row.show_crop(crop_of(whole, region))

    def _whole(self, take: Take, finding: Finding) -> QImage | None:
        if take.num_frames > 1:
            return self._frames.get(take, finding.frame_range.start if finding.frame_range else 0)
        return self._pictures.get(PictureKey(media=media_of(take)))

    def _show_buttons(self) -> None:
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        verbs = self.verbs
        script = spot.seam is Seam.SCRIPT
        card = film.seam_card(spot) if film else None
        is_approved = bool(take and card and card.standing.state is State.APPROVED and card.standing.circled == take)
        if script:
            is_approved = film is not None and film.script is Light.APPROVED
        approve = tr("Approve the graph") if script else tr("Approve this take")
        verbs.approve.setText(tr("Approved") if is_approved else approve)
        open_script = film is not None and film.view is not None and film.script is not Light.APPROVED
        verbs.approve.setEnabled(open_script if script else take is not None and not is_approved)
        verbs.request.setEnabled(take is not None)
        chosen = next((row for row in self.rows if row.finding.key == self._stage.finding_key), None)
        verbs.false_alarm.setEnabled(bool(chosen and chosen.is_drift and take))
        verbs.missed.setEnabled(bool(chosen and not chosen.is_drift and take))
        verbs.lock.setEnabled(take is not None)
        verbs.lock.setText(
            tr("Unlock") if card and card.standing.locked and card.standing.circled == take else tr("Lock")
        )
        number = num_clean(film, self.shots_meant) if film else 0
        words = tr("Approve clean")
        if number and self.shots_meant:
            words = plural("Approve {n} of {all} clean", "Approve {n} of {all} clean", number, all=len(self._selected))
        elif number:
            words = plural("Approve {n} clean", "Approve {n} clean", number)
        verbs.approve_clean.setText(words)
        verbs.approve_clean.setEnabled(number is None or number > 0)
        verbs.approve_clean.setToolTip(
            plural(
                "Approve every take that waits and is clean, in the {n} selected shot",
                "Approve every take that waits and is clean, in the {n} selected shots",
                len(self._selected),
            )
            if self.shots_meant
            else tr("Approve every take that waits and is clean, in all shots")
        )
        for button, word, what in (
            (verbs.undo, marked("Undo: {what}"), film.undo_label if film else ""),
            (verbs.redo, marked("Redo: {what}"), film.redo_label if film else ""),
        ):
            button.setEnabled(bool(what))
            button.setToolTip(tr(word, what=what) if what else "")


def _wrapped(kind: str):
    made = label("", kind)
    made.setWordWrap(True)
    made.hide()
    return made

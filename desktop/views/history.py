"""What was decided about a shot and what was tried where it drifted, readable; undone entries struck out."""

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop import theme
from desktop.snapshot import FilmSnapshot, Spot
from desktop.translating import marked, plural, tr
from desktop.wording import ago, finding_label, length, stars_words
from storage.author import name_of
from storage.domain.decisions import Decision, Verb
from storage.domain.mending import mending_words
from storage.domain.notes import NOTE_VERBS
from storage.domain.takes import Seam, Take, TakeId

_MOST = 30
_SAID = {
    Verb.APPROVE: marked("Approved"),
    Verb.REQUEST_CHANGES: marked("Sent back"),
    Verb.FALSE_ALARM: marked("False alarm"),
    Verb.MISSED_DRIFT: marked("Missed by the critic"),
    Verb.LOCK: marked("Locked"),
    Verb.UNLOCK: marked("Unlocked"),
}
_TAKES = {
    Seam.KEYFRAME: marked("keyframe take {number}"),
    Seam.CLIP: marked("clip take {number}"),
    Seam.CUT: marked("cut take {number}"),
}
_SAID_BY_NOTE = (Verb.EDIT, Verb.DRAFT, Verb.SETTLE, Verb.PROMOTE, Verb.ANSWER)


class History(QLabel):
    """Shows the entries of the ledger about one place, and the attempts to mend what is there, newest first.

    Notes have a list of their own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFont(theme.font(theme.SMALL_PT))
        self.setAccessibleName(tr("History"))
        self._undone_by: dict[int, Decision] = {}
        self._told: tuple[FilmSnapshot, Spot] | None = None
        self._written_in = theme.painted_in()

    def heightForWidth(self, width: int) -> int:
        # A layout asks again and again, and each answer lays out rich text.
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        # It goes by the column's width; a label would try several of its own to find one that looks well.
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._heights.clear()
        # Its rich text has the colours written in it.
        if event.type() == QEvent.Type.PaletteChange and self._told and self._written_in != theme.painted_in():
            self.show_film(*self._told)

    def show_film(self, film: FilmSnapshot, spot: Spot) -> int:
        """Show a place's entries; returns how many there are."""
        self._told, self._written_in = (film, spot), theme.painted_in()
        seams = (Seam.KEYFRAME, Seam.CLIP) if spot.shot_id else (spot.seam,)
        said = [decision for seam in seams for decision in film.entries.get((seam, spot.shot_id), ())]
        # An undo stands at the place of what it takes back.
        self._undone_by = {undo.undoes: undo for undo in said if undo.verb is Verb.UNDO and undo.undoes is not None}
        entries = [decision for decision in said if decision.verb not in (Verb.UNDO, *NOTE_VERBS)]
        entries.sort(key=lambda decision: -decision.seq)
        card = film.seam_card(spot)
        mended = [take for take in card.takes if take.mending] if card else []
        happened: list[Decision | Take] = [*entries, *mended]
        happened.sort(key=lambda each: each.created_at, reverse=True)
        rows = [
            self._row(each, film, spot) if isinstance(each, Decision) else _mended_row(each, film)
            for each in happened[:_MOST]
        ]
        if len(happened) > _MOST:
            rows.append(_soft(plural("and {n} older entry", "and {n} older entries", len(happened) - _MOST)))
        written = "".join(rows)
        if written != self.text():
            self._heights.clear()
            self.setText(written)
        return len(happened)

    def _row(self, decision: Decision, film: FilmSnapshot, spot: Spot) -> str:
        said = escape(_said(decision, film), quote=False)
        by = [
            escape(name_of(decision.author), quote=False),
            tr("revision {revision}", revision=decision.graph_revision),
        ]
        number = _take_number(decision, film)
        if number:
            take = "take {number}" if decision.seam is spot.seam else _TAKES[decision.seam]
            by.insert(0, tr(take, number=number))
        undo = self._undone_by.get(decision.seq)
        is_undone = self._is_undone(decision.seq)
        if is_undone:
            said = f"<s>{said}</s>"
            by.append(tr("taken back {ago}", ago=ago(undo.created_at)) if undo else tr("taken back"))
        note = ""
        if decision.note and decision.verb not in _SAID_BY_NOTE:
            note = f"<br>“{escape(decision.note, quote=False)}”"
            note = f"<s>{note}</s>" if is_undone else note
        colour = (theme.FAINT if is_undone else theme.TEXT).name()
        return _entry(f"<span style='color: {colour}'>{said}</span>", decision.created_at, f"{' · '.join(by)}{note}")

    def _is_undone(self, seq: int) -> bool:
        # An undo can itself be undone.
        undo = self._undone_by.get(seq)
        return undo is not None and not self._is_undone(undo.seq)


def _entry(said: str, created_at: str, below: str) -> str:
    return (
        f"<table width='100%' cellspacing='0' cellpadding='0' style='margin-bottom: 5px'><tr><td>{said}</td>"
        f"<td align='right' style='color: {theme.FAINT.name()}'>{ago(created_at)}</td></tr>"
        f"<tr><td colspan='2' style='color: {theme.SOFT.name()}'>{below}</td></tr></table>"
    )


def _mended_row(take: Take, film: FilmSnapshot) -> str:
    """What the worker tried: which take, how, after which, how long it took and what the critic said."""
    assert take.mending is not None
    words = tr(mending_words(take.mending))
    said = f"<span style='color: {theme.TEXT.name()}'>{escape(words[0].upper() + words[1:], quote=False)}</span>"
    after = _number_of(Spot(seam=take.seam, shot_id=take.shot_id), take.mending.of, film)
    below = [
        tr("take {number} after take {after}", number=take.number, after=after),
        tr(film.take_word(take)),
        length(take.seconds),
    ]
    return _entry(said, take.created_at, " · ".join(below))


def _said(decision: Decision, film: FilmSnapshot) -> str:
    if decision.verb in _SAID_BY_NOTE:
        return decision.note
    if decision.verb is Verb.STARS:
        return stars_words(decision.details["stars"])
    about = f": {_label(decision, film)}" if decision.key else ""
    return f"{tr(_SAID[decision.verb])}{about}"


def _label(decision: Decision, film: FilmSnapshot) -> str:
    findings = film.findings.get(decision.take_id, ()) if decision.take_id else ()
    by_tail = [part for part in decision.key.split("/") if part]
    return next((finding_label(item) for item in findings if item.key == decision.key), tr(by_tail[-1]))


def _take_number(decision: Decision, film: FilmSnapshot) -> int | None:
    return _number_of(Spot(seam=decision.seam, shot_id=decision.shot_id), decision.take_id, film)


def _number_of(spot: Spot, take_id: TakeId | None, film: FilmSnapshot) -> int | None:
    card = film.seam_card(spot)
    return next((take.number for take in (card.takes if card else ()) if take.id == take_id), None)


def _soft(words: str) -> str:
    return f"<p style='color: {theme.FAINT.name()}'>{words}</p>"

"""What was decided about a shot, readable: what, by whom, when, why, on which revision; undone entries struck out."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop import theme
from desktop.snapshot import FilmSnapshot, Spot
from desktop.wording import ago, counted, stars_words
from storage.author import name_of
from storage.domain.decisions import Decision, Verb
from storage.domain.takes import Seam

_MOST = 30
_SAID = {
    Verb.APPROVE: "Approved",
    Verb.REQUEST_CHANGES: "Sent back",
    Verb.FALSE_ALARM: "False alarm",
    Verb.MISSED_DRIFT: "Missed by the critic",
    Verb.LOCK: "Locked",
    Verb.UNLOCK: "Unlocked",
}
_SAID_BY_NOTE = (Verb.EDIT, Verb.SETTLE, Verb.PROMOTE, Verb.ANSWER)


class History(QLabel):
    """Shows the entries of the ledger about one place, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFont(theme.font(theme.SMALL_PT))
        self.setAccessibleName("History")
        self._undone_by: dict[int, Decision] = {}

    def show_film(self, film: FilmSnapshot, spot: Spot) -> int:
        """Show a place's entries; returns how many there are."""
        seams = (Seam.KEYFRAME, Seam.CLIP) if spot.shot_id else (spot.seam,)
        said = [decision for seam in seams for decision in film.entries.get((seam, spot.shot_id), ())]
        # An undo stands at the place of what it takes back.
        self._undone_by = {undo.undoes: undo for undo in said if undo.verb is Verb.UNDO and undo.undoes is not None}
        entries = [decision for decision in said if decision.verb is not Verb.UNDO]
        entries.sort(key=lambda decision: -decision.seq)
        rows = [self._row(decision, film, spot) for decision in entries[:_MOST]]
        if len(entries) > _MOST:
            rows.append(_soft(f"and {counted(len(entries) - _MOST, 'older entry', 'older entries')}"))
        self.setText("".join(rows))
        return len(entries)

    def _row(self, decision: Decision, film: FilmSnapshot, spot: Spot) -> str:
        said = escape(_said(decision, film), quote=False)
        by = [escape(name_of(decision.author), quote=False), f"revision {decision.graph_revision}"]
        number = _take_number(decision, film)
        if number:
            by.insert(0, f"{decision.seam if decision.seam is not spot.seam else ''} take {number}".strip())
        undo = self._undone_by.get(decision.seq)
        is_undone = self._is_undone(decision.seq)
        if is_undone:
            said = f"<s>{said}</s>"
            by.append(f"taken back {ago(undo.created_at)}" if undo else "taken back")
        note = ""
        if decision.note and decision.verb not in _SAID_BY_NOTE:
            note = f"<br>“{escape(decision.note, quote=False)}”"
            note = f"<s>{note}</s>" if is_undone else note
        colour = (theme.FAINT if is_undone else theme.TEXT).name()
        return (
            f"<table width='100%' cellspacing='0' cellpadding='0' style='margin-bottom: 5px'><tr>"
            f"<td style='color: {colour}'>{said}</td>"
            f"<td align='right' style='color: {theme.FAINT.name()}'>{ago(decision.created_at)}</td></tr>"
            f"<tr><td colspan='2' style='color: {theme.SOFT.name()}'>{' · '.join(by)}{note}</td></tr></table>"
        )

    def _is_undone(self, seq: int) -> bool:
        # An undo can itself be undone.
        undo = self._undone_by.get(seq)
        return undo is not None and not self._is_undone(undo.seq)


def _said(decision: Decision, film: FilmSnapshot) -> str:
    if decision.verb in _SAID_BY_NOTE:
        return decision.note
    if decision.verb is Verb.STARS:
        return stars_words(decision.details["stars"])
    about = f": {_label(decision, film)}" if decision.key else ""
    return f"{_SAID[decision.verb]}{about}"


def _label(decision: Decision, film: FilmSnapshot) -> str:
    findings = film.findings.get(decision.take_id, ()) if decision.take_id else ()
    by_tail = [part for part in decision.key.split("/") if part]
    return next((item.label for item in findings if item.key == decision.key), by_tail[-1])


def _take_number(decision: Decision, film: FilmSnapshot) -> int | None:
    card = film.seam_card(Spot(seam=decision.seam, shot_id=decision.shot_id))
    takes: Sequence = card.takes if card else ()
    return next((take.number for take in takes if take.id == decision.take_id), None)


def _soft(words: str) -> str:
    return f"<p style='color: {theme.FAINT.name()}'>{words}</p>"

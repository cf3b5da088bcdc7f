"""What is on the stage: the film as last read, place and take on screen, frame, finding and graph item chosen."""

from bisect import bisect_left, bisect_right
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.snapshot import FilmSnapshot, ShotCard, Spot, TakeDetail, tells_the_same
from desktop.standing_light import Light
from storage.domain.findings import Finding, Verdict
from storage.domain.notes import NoteId
from storage.domain.scene_graph import ShotId
from storage.domain.takes import Seam, Take, TakeId

_WAITS = (Light.NEEDS_YOU, Light.DRIFT, Light.SET_ASIDE)
_SETTLES_AFTER_MS = 80
_SEAMS = (Seam.SCRIPT, Seam.KEYFRAME, Seam.CLIP, Seam.CUT)


class Stage(QObject):
    """One selection for all views. A take stays on screen until the director moves on, whatever the worker makes.

    Signals:
        film_changed: a newer reading is here; facts of the whole film may differ.
        here_changed: after it, where it says something else of the place on screen than the one before.
        shots_changed: after it, the ids of the shots whose cards differ, as a frozenset; None for any of them.
        range_shown: a view shows these shots, as a range of indexes; they are to be read first.
        moved: another place or take is on screen.
        settled: after it, at once where the director went there, a moment later where playing or scrubbing came by.
        frame_moved: another frame of the take is.
        finding_chosen: another finding is, or none.
        findings_changed: all findings of the take on screen are here, where only some were before.
        item_chosen: another item of the scene graph is, or none.
        note_chosen: another note is, or none.
    """

    film_changed = Signal()
    here_changed = Signal()
    shots_changed = Signal(object)
    range_shown = Signal(object)
    moved = Signal()
    settled = Signal()
    frame_moved = Signal()
    finding_chosen = Signal()
    detail_changed = Signal()
    findings_changed = Signal()
    item_chosen = Signal()
    note_chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.film: FilmSnapshot | None = None
        self.spot = Spot(seam=Seam.SCRIPT)
        self.take: Take | None = None
        self.frame_index = 0
        self.held_frames = 0
        self.finding_key = ""
        self.item_id = ""
        self.note_id: NoteId | None = None
        self.detail: TakeDetail | None = None
        self.shown = range(0)
        self._placed = False
        self._chosen_take: TakeId | None = None
        self._following = False
        self._waited: Spot | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLES_AFTER_MS)
        self._settle.timeout.connect(self.settled)

    def show_film(self, film: FilmSnapshot) -> None:
        """Take a newer reading; stay where the director is."""
        read_before, before = self.film, self.take
        first = read_before is None
        self.film = film
        if self.spot.shot_id and self.spot.shot_id not in film.index_of:
            self.spot = Spot(seam=Seam.SCRIPT)
            self._chosen_take = None
        placed_now = first or (not self._placed and film.view is not None)
        if placed_now:
            # While shots are still being read, what waits first may not be known yet.
            self._placed = film.view is not None and (bool(film.waiting) or not film.num_unread)
            wanted = film.waiting[0] if film.waiting else self._default_spot()
            placed_now = first or self._placed or wanted != self.spot
            self.spot = wanted
        self.take = self._take_to_show()
        if self._waits():
            self._waited = self.spot
        self.film_changed.emit()
        if read_before is None or not tells_the_same(read_before, film, self.spot):
            self.here_changed.emit()
        self.shots_changed.emit(None if first else film.changed)
        if placed_now or self.take != before:
            self._arrive()

    def look_at(self, indexes: range) -> None:
        """Say which shots a view shows: what is not read yet of them comes first."""
        if indexes != self.shown:
            self.shown = indexes
            self.range_shown.emit(indexes)

    def show_spot(self, spot: Spot) -> None:
        """Go to a place; the take that waits there comes on screen."""
        if self.film is None:
            return
        self._placed = self._placed or self.film.view is not None
        self.spot = spot
        self._chosen_take, self._following = None, False
        self.take = self._take_to_show()
        if self._waits():
            self._waited = spot
        self._arrive()

    def show_shot(self, shot_id: ShotId) -> None:
        """Go to a shot, to the seam where something is to be decided, else to the furthest that has a take."""
        card = self.film.card(shot_id) if self.film else None
        if card is not None:
            self.show_spot(Spot(seam=_best_seam(card), shot_id=shot_id))

    def show_seam(self, seam: Seam) -> None:
        """Stay at the shot, look at another seam of it."""
        if seam in (Seam.SCRIPT, Seam.CUT):
            self.show_spot(Spot(seam=seam))
            return
        shot_id = self.spot.shot_id or (self.film.shots[0].shot.id if self.film and self.film.shots else None)
        if shot_id:
            self.show_spot(Spot(seam=seam, shot_id=shot_id))

    def show_take(self, take_id: TakeId) -> None:
        """Put another take of this place on screen."""
        self._chosen_take, self._following = take_id, False
        self.take = self._take_to_show()
        self._arrive()

    def follow(self) -> None:
        """Let the next take of this place come on screen by itself: the one shown was sent back."""
        self._following = True

    def step_shot(self, by: int) -> None:
        """Go to the shot before or after."""
        if self.film is None or not self.film.shots:
            return
        index = self.film.index_of.get(self.spot.shot_id) if self.spot.shot_id else None
        wanted = 0 if index is None else max(0, min(len(self.film.shots) - 1, index + by))
        self.show_shot(self.film.shots[wanted].shot.id)

    def next_for_me(self) -> bool:
        """Go on to the next place that waits for a decision, and from the last to the first.

        Returns:
            False where nothing waits.
        """
        if self.film is None or not self.film.waiting:
            return False
        waiting = self.film.waiting
        # From the place that waits or waited a moment ago; a director who wandered off gets the most valuable one.
        index = bisect_right(waiting, self._rank(self.spot), key=self._rank) if self.spot == self._waited else 0
        self.show_spot(waiting[index % len(waiting)])
        return True

    def choose_finding(self, key: str) -> None:
        """Choose a finding of the take on screen; an empty key for none."""
        self.finding_key = key
        self.finding_chosen.emit()

    def choose_item(self, item_id: str) -> None:
        """Choose an entity, scene, shot or constraint of the scene graph for all its views; an empty id for none."""
        if item_id != self.item_id:
            self.item_id = item_id
            self.item_chosen.emit()

    def choose_note(self, note_id: NoteId | None) -> None:
        """Choose a note for all its views; None for none."""
        if note_id != self.note_id:
            self.note_id = note_id
            self.note_chosen.emit()

    def step_finding(self, by: int) -> None:
        """Choose the finding before or after."""
        keys = [finding.key for finding in self.findings]
        if keys:
            here = keys.index(self.finding_key) if self.finding_key in keys else (-1 if by > 0 else len(keys))
            self.choose_finding(keys[max(0, min(len(keys) - 1, here + by))])

    def show_frame(self, frame_index: int) -> None:
        """Show a frame of the take, from 0; held within it."""
        last = self.take.num_frames - 1 if self.take else 0
        wanted = max(0, min(last, frame_index))
        if wanted != self.frame_index:
            self.frame_index = wanted
            self.frame_moved.emit()

    def run_to(self, spot: Spot, take: Take | None, frame_index: int, held_frames: int = 0) -> None:
        """Show a moment of the film while it plays: another place where need be, always at this frame.

        Args:
            take: of that place; None where nothing was made yet.
            frame_index: of the take, from 0.
            held_frames: how long its still, or nothing, has been shown, in frames of the film.
        """
        if (spot, take) != (self.spot, self.take):
            self.spot, self.take = spot, take
            self._chosen_take, self._following = take.id if take else None, False
            self._arrive(frame_index, held_frames)
        elif (frame_index, held_frames) != (self.frame_index, self.held_frames):
            self.frame_index, self.held_frames = frame_index, held_frames
            self.frame_moved.emit()

    def show_detail(self, detail: TakeDetail) -> None:
        """Take what was read of the take on screen; what comes late for another is let go."""
        if self.take is not None and detail.take_id == self.take.id:
            before = self.findings
            self.detail = detail
            self.detail_changed.emit()
            if self.findings != before:
                self.findings_changed.emit()

    @property
    def takes(self) -> tuple[Take, ...]:
        card = self.film.seam_card(self.spot) if self.film else None
        return card.takes if card else ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Of the take on screen (of the scene graph at the script seam): first what keeps it from being clean."""
        if self.film is None:
            return ()
        if self.spot.seam is Seam.SCRIPT:
            found = self.film.script_findings or ()
        else:
            known = self.detail.findings if self.detail else None
            found = known or (self.film.findings.get(self.take.id, ()) if self.take else ())
        return tuple(sorted(found, key=_urgency))

    @property
    def film_frame(self) -> int:
        """Where the playhead stands, in frames of the film."""
        if self.film is None:
            return 0
        card = self.film.card(self.spot.shot_id)
        start = card.start_frame if card else 0
        if self.take is None or not self.take.frame_rate:
            return start + self.held_frames
        frame = start + ceil(self.frame_index * self.film.frame_rate / self.take.frame_rate)
        return max(0, frame - self.slate_frames)

    @property
    def slate_frames(self) -> int:
        """How many frames at the head of the take on screen come before the film: a cut's slate."""
        return int(self.detail.recipe.extra.get("slate_frames", 0)) if self.detail else 0

    def _rank(self, spot: Spot) -> tuple[int, int]:
        """Where a place stands in the order in which `FilmSnapshot.waiting` has them."""
        index = self.film.index_of.get(spot.shot_id, -1) if self.film and spot.shot_id else -1
        return _SEAMS.index(spot.seam), index

    def _waits(self) -> bool:
        waiting = self.film.waiting if self.film else ()
        index = bisect_left(waiting, self._rank(self.spot), key=self._rank)
        return index < len(waiting) and waiting[index] == self.spot

    def _default_spot(self) -> Spot:
        if self.film is None or not self.film.shots:
            return Spot(seam=Seam.SCRIPT)
        if self.film.cut.takes:
            return Spot(seam=Seam.CUT)
        card = next((card for card in self.film.shots if card.poster), self.film.shots[0])
        return Spot(seam=_best_seam(card), shot_id=card.shot.id)

    def _take_to_show(self) -> Take | None:
        card = self.film.seam_card(self.spot) if self.film else None
        if card is None:
            return None
        if self._following:
            shown = card.first_shown
            self._following = shown == self.take
        else:
            chosen = next((take for take in card.takes if take.id == self._chosen_take), None)
            shown = chosen or card.first_shown
        self._chosen_take = shown.id if shown else None
        return shown

    def _arrive(self, frame_index: int | None = None, held_frames: int = 0) -> None:
        self.detail = None
        self.held_frames = held_frames
        drifts = self.film.take_drifts(self.take) if self.film and self.take else ()
        chosen = next((finding for finding in self.findings if finding.key in drifts), None)
        self.finding_key = chosen.key if chosen else ""
        # A clip comes up where it drifts, so that the region is there to be seen.
        drifts_from = chosen.frame_range.start if chosen and chosen.frame_range else 0
        self.frame_index = drifts_from if frame_index is None else frame_index
        self.moved.emit()
        if frame_index is None:
            self._settle.stop()
            self.settled.emit()
        elif not self._settle.isActive():
            self._settle.start()


def _urgency(finding: Finding) -> tuple[int, bool]:
    """Drift, then what should be seen and was not, then what is ok, then what cannot be seen."""
    if finding.verdict is Verdict.UNSEEN:
        return (1 if finding.must else 3), False
    return (0 if finding.verdict is Verdict.DRIFT else 2), not finding.must


def _best_seam(card: ShotCard) -> Seam:
    if card.clip.light in _WAITS:
        return Seam.CLIP
    if card.keyframe.light in _WAITS:
        return Seam.KEYFRAME
    return Seam.CLIP if card.clip.takes and card.keyframe.light is Light.APPROVED else Seam.KEYFRAME

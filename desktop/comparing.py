"""Which two takes of a shot are held against each other, and how."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from desktop.snapshot import FilmSnapshot, Spot
from desktop.stage import Stage
from desktop.translating import marked, tr
from storage.domain.takes import Seam, Take, TakeId

GAINS = (1, 2, 4, 8, 16, 32)
_STEP = 0.05
_NAMES = {
    Seam.KEYFRAME: marked("keyframe {number}"),
    Seam.CLIP: marked("clip {number}"),
    Seam.CUT: marked("cut {number}"),
}


class Mode(StrEnum):
    """How two takes are shown together."""

    FLICK = "flick"
    WIPE = "wipe"
    SIDE = "side by side"
    DIFFERENCE = "difference"
    ONION = "onion skin"


class Comparison(QObject):
    """The take on screen (A) and another of its shot (B). A follows the stage; B stays until another is chosen.

    Signals:
        changed: it is on or off, or mode, B, or how much of it is shown are others.

    Args:
        stage: whose take is A.
    """

    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.is_on = False
        self.mode = Mode.WIPE
        self.shows_partner = False
        self.wipe = 0.5
        self.onion = 0.5
        self.gain = 4
        self.partner: Take | None = None
        self._chosen: TakeId | None = None
        self._take_before: Take | None = None
        self._told: object = None
        stage.moved.connect(self._follow)
        stage.here_changed.connect(self._follow)

    @property
    def candidates(self) -> tuple[Take, ...]:
        """What the take on screen can be held against: every other keyframe and clip of its shot, or other cuts."""
        film, take = self._stage.film, self._stage.take
        return () if film is None else tuple(one for one in takes_of_place(film, self._stage.spot) if one != take)

    @property
    def amount(self) -> float:
        """How far the wipe line, the onion skin or the amplification of differences is, 0 to 1."""
        if self.mode is Mode.DIFFERENCE:
            return GAINS.index(self.gain) / (len(GAINS) - 1)
        return self.onion if self.mode is Mode.ONION else self.wipe

    @Slot()
    def toggle(self) -> None:
        """Compare, or no longer."""
        self.is_on = not self.is_on
        self.shows_partner = False
        self._choose_partner()
        self.changed.emit()

    def show_mode(self, mode: Mode) -> None:
        """Compare in a mode; asked for again, a flick turns to the other take and any other mode ends."""
        if self.is_on and self.mode is mode:
            if mode is Mode.FLICK:
                self.shows_partner = not self.shows_partner
                self.changed.emit()
            else:
                self.toggle()
            return
        self.mode = mode
        self.is_on = True
        self._choose_partner()
        self.shows_partner = mode is Mode.FLICK and self.partner is not None
        self.changed.emit()

    def show_amount(self, amount: float) -> None:
        """Move the wipe line, or show more or less of the other take, or amplify differences.

        Args:
            amount: held within 0 to 1.
        """
        amount = max(0.0, min(1.0, amount))
        if self.mode is Mode.DIFFERENCE:
            self.gain = GAINS[round(amount * (len(GAINS) - 1))]
        elif self.mode is Mode.ONION:
            self.onion = amount
        else:
            self.wipe = amount
        self.changed.emit()

    def step_amount(self, by: int) -> None:
        """Do what `show_amount` does, by one step."""
        if self.is_on:
            step = 1 / (len(GAINS) - 1) if self.mode is Mode.DIFFERENCE else _STEP
            self.show_amount(self.amount + by * step)

    def choose_partner(self, take_id: TakeId) -> None:
        """Hold the take on screen against this one."""
        self._chosen = take_id
        self.is_on = True
        self._choose_partner()
        self.changed.emit()

    def step_partner(self, by: int) -> None:
        """Hold the take on screen against the one before or after."""
        others = self.candidates
        if self.is_on and others:
            here = others.index(self.partner) if self.partner in others else 0
            self.choose_partner(others[(here + by) % len(others)].id)

    def frame_beside(self, take: Take, frame_index: int) -> tuple[Take, int] | None:
        """The other take and its frame at the same moment; None where nothing is compared."""
        partner = self.partner
        if not self.is_on or partner is None or take != self._stage.take:
            return None
        if not partner.frame_rate or not take.frame_rate:
            return partner, 0
        return partner, min(partner.num_frames - 1, int(frame_index * partner.frame_rate // take.frame_rate))

    @Slot()
    def _follow(self) -> None:
        before, now = self._take_before, self._stage.take
        self._take_before = now
        if before is not None and now is not None and now.shot_id == before.shot_id and now.id == self._chosen:
            self._chosen = before.id
        if before is None or now is None or now.shot_id != before.shot_id:
            self.shows_partner = False
        self._choose_partner()
        told = (self._stage.spot, now, self.candidates, self.partner, self.shows_partner)
        if told != self._told:
            self._told = told
            self.changed.emit()

    def _choose_partner(self) -> None:
        others = self.candidates
        chosen = next((take for take in others if take.id == self._chosen), None)
        self.partner = (chosen or self._default(others)) if self.is_on else None
        if self.partner is not None:
            self._chosen = self.partner.id

    def _default(self, others: tuple[Take, ...]) -> Take | None:
        film, spot = self._stage.film, self._stage.spot
        card = film.seam_card(spot) if film else None
        circled = card.standing.circled if card else None
        if circled in others:
            return circled
        same = [take for take in others if take.seam is spot.seam]
        if same:
            return same[-1]
        shot = film.card(spot.shot_id) if film else None
        other_seam = shot.at(Seam.KEYFRAME if spot.seam is Seam.CLIP else Seam.CLIP).standing.circled if shot else None
        return other_seam if other_seam in others else others[-1] if others else None


def takes_of_place(film: FilmSnapshot, spot: Spot) -> tuple[Take, ...]:
    """All takes that can be seen at a place: keyframes, then clips of a shot; cuts of the film."""
    if spot.seam is Seam.CUT:
        return film.cut.takes
    card = film.card(spot.shot_id)
    return (*card.keyframe.takes, *card.clip.takes) if card else ()


def take_name(take: Take, spot: Spot) -> str:
    """A take as it is called beside others of its place: "take 2", or "keyframe 1" from another seam."""
    return tr("take {number}" if take.seam is spot.seam else _NAMES[take.seam], number=take.number)

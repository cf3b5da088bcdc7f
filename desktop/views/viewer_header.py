"""The head of the viewer: which shot and take is on screen, and the ways to its seams."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import theme
from desktop.stage import Stage
from desktop.standing_light import Light
from desktop.translating import tr
from desktop.views.parts import ElidedLabel, label
from desktop.views.seam_tabs import SEAMS, SeamTab
from storage.domain.takes import Seam

_SPACING_PX = 6


class ViewerHeader(QWidget):
    """Title, subtitle and seam tabs.

    Args:
        stage: what is on screen.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.title = label("")
        self.title.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        self.subtitle = ElidedLabel()
        self.subtitle.setObjectName("soft")
        self.tabs = {seam: SeamTab(seam, str(index + 1)) for index, seam in enumerate(SEAMS)}
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 10, 0)
        layout.setSpacing(_SPACING_PX)
        layout.addWidget(self.title)
        layout.addSpacing(_SPACING_PX)
        layout.addWidget(self.subtitle, 1)
        for seam, tab in self.tabs.items():
            tab.clicked.connect(lambda _=False, seam=seam: stage.show_seam(seam))
            layout.addWidget(tab)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # Without its keys it fits wherever the picture does.
        return QSize(0, self.height())

    def _fit(self) -> None:
        """Leave the tabs' keys out where the words on the take would be cut short."""
        tabs = sum(tab.full_width + _SPACING_PX for tab in self.tabs.values())
        words = self.title.sizeHint().width() + self.subtitle.sizeHint().width() + 6 * _SPACING_PX
        for tab in self.tabs.values():
            tab.show_compact(tabs + words > self.width())

    @Slot()
    def show_film(self) -> None:
        """Show the place on the stage and the states of its seams."""
        film, spot = self._stage.film, self._stage.spot
        for tab in self.tabs.values():
            tab.setChecked(tab.seam is spot.seam)
        if film is None:
            return
        card = film.card(spot.shot_id)
        self.tabs[Seam.SCRIPT].show_light(film.script)
        self.tabs[Seam.CUT].show_light(film.cut.light)
        for seam in (Seam.KEYFRAME, Seam.CLIP):
            self.tabs[seam].show_light(card.at(seam).light if card else Light.NOTHING)
            self.tabs[seam].setEnabled(bool(film.shots))
        self.title.setText(
            card.shot.label if card else tr("Scene graph") if spot.seam is Seam.SCRIPT else tr("The cut")
        )
        self.subtitle.show_text(" · ".join(part for part in self._parts() if part))
        self._fit()

    def _parts(self) -> list[str]:
        film, spot, take = self._stage.film, self._stage.spot, self._stage.take
        if film is None:
            return []
        card = film.card(spot.shot_id)
        # What tells takes apart comes first: it is read where there is little room. The tab that is lit has the seam.
        parts: list[str] = []
        if take is not None:
            parts.append(tr("take {number} of {all}", number=take.number, all=len(self._stage.takes)))
            newer = [other for other in self._stage.takes if other.number > take.number]
            place = film.seam_card(spot)
            if newer and not (place and place.standing.circled == take):
                parts.append(tr("{number} is newer ]", number=newer[-1].number))
        elif spot.seam is Seam.SCRIPT:
            parts.append(tr("revision {revision}", revision=film.revision) if film.revision else "")
        if take is not None and take.planted:
            parts.append(tr("planted"))
        return [*parts, tr(card.shot.size), card.shot.action] if card else parts

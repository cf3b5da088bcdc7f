"""The page of checkpoints: what is on disk, what each can do and needs, and a frame to try one with."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.checkpoints import Checkpoints
from desktop.translating import tr
from desktop.views.page import Page
from desktop.views.parts import PressableButton, label
from pipeline.protocol import Found, FoundCheckpoint, Tried

_MIB, _GIB = 2**20, 2**30
_ARTIST = "artist"


class _Picture(QWidget):
    """The frame that was drawn to try, as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.words = ""
        self.setMinimumHeight(150)

    def show_image(self, image: QImage, words: str) -> None:
        self.image, self.words = image, words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.SURROUND)
        if self.image.isNull():
            painter.setPen(theme.SURROUND_TEXT)
            painter.drawText(
                self.rect().adjusted(12, 0, -12, 0),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self.words,
            )
        else:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = self.rect()
            place.setSize(size)
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self.image)
        painter.end()


class CheckpointsPage(Page):
    """Lists checkpoints and tries them.

    Args:
        checkpoints: looks and tries.
        folders: gives more folders to look into: those that recent films were drawn with.

    Signals:
        chosen: carries the checkpoint that is to draw the film.
    """

    chosen = Signal(str)

    def __init__(
        self,
        checkpoints: Checkpoints,
        folders: Callable[[], Sequence[str]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            tr("Checkpoints"),
            tr("What can draw a film: found here, never downloaded, never changed. Pickled weights are refused."),
            parent,
        )
        self._checkpoints = checkpoints
        self._folders = folders
        self._found: Found | None = None
        self._tried: dict[str, Tried] = {}
        self._in_use: str | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Checkpoints on this machine"))
        self.list.setObjectName("roomy")
        self.list.setMinimumWidth(300)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.name = label("")
        self.name.setFont(theme.font(theme.TEXT_PT + 2, strong=True))
        self.name.setWordWrap(True)
        self.facts = label("", "soft")
        self.facts.setWordWrap(True)
        self.problem = label("", "problem")
        self.problem.setWordWrap(True)
        self.picture = _Picture()
        self.told = label("", "soft")
        self.told.setWordWrap(True)
        self.try_it = PressableButton("Try it with one frame")
        self.use = PressableButton("Use it for this film")
        self.use.setObjectName("approve")
        self.add = PressableButton("Look into a folder…")
        self.again = PressableButton("Look again")
        buttons = QHBoxLayout()
        for button in (self.try_it, self.use):
            buttons.addWidget(button)
        buttons.addStretch(1)
        right = QVBoxLayout()
        for widget in (self.name, self.facts, self.problem):
            right.addWidget(widget)
        right.addWidget(self.picture, 1)
        right.addWidget(self.told)
        right.addLayout(buttons)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addWidget(self.again)
        below.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(below)
        across = QHBoxLayout()
        across.setSpacing(18)
        across.addLayout(left, 2)
        across.addLayout(right, 3)
        self.body.addLayout(across, 1)
        self.list.currentRowChanged.connect(self._show_chosen)
        self.try_it.clicked.connect(self._try)
        self.use.clicked.connect(self._use)
        self.add.clicked.connect(self._choose_folder)
        self.again.clicked.connect(self.look)
        checkpoints.found.connect(self.show_found)
        checkpoints.stepped.connect(self._show_step)
        checkpoints.tried.connect(self._show_tried)
        checkpoints.failed.connect(self._show_failure)
        self.show_in_use(None)
        self.look()

    def take_focus(self) -> None:
        self.list.setFocus()

    @Slot()
    def look(self) -> None:
        """Look at the disk again."""
        self.again.setEnabled(False)
        if not self.list.count():
            self.name.setText(tr("Looking…"))
        self._checkpoints.look([each for each in (self._in_use, *self._folders()) if each and each != _ARTIST])

    def show_in_use(self, checkpoint: str | None) -> None:
        """Mark what draws the film that is open; None where none is."""
        changed = checkpoint != self._in_use
        self._in_use = checkpoint
        if self._found is not None and changed:
            self._fill()
        self._show_chosen()

    @Slot(object)
    def show_found(self, found: Found) -> None:
        """Show what is on disk."""
        self._found = found
        self.again.setEnabled(True)
        self._fill()

    @property
    def current(self) -> FoundCheckpoint | None:
        """The checkpoint that is chosen in the list."""
        row = self.list.currentRow()
        return self._found.checkpoints[row] if self._found is not None and row >= 0 else None

    def _fill(self) -> None:
        before = self.current
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._found.checkpoints if self._found else ():
            words = (
                tr("refused: {why}", why=each.refused.replace(each.checkpoint, each.name))
                if each.refused
                else short_facts(each)
            )
            used = f"  ·  {tr('draws this film')}" if each.checkpoint == self._in_use else ""
            item = QListWidgetItem(f"{each.name}{used}\n{words}")
            item.setToolTip(each.checkpoint or tr("ships with Matchcut"))
            if each.refused:
                item.setForeground(theme.FAINT)
            self.list.addItem(item)
        self.list.blockSignals(False)
        known = [each.checkpoint for each in self._found.checkpoints] if self._found else []
        wanted = before.checkpoint if before else self._in_use
        self.list.setCurrentRow(known.index(wanted) if wanted in known else 0)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        each = self.current
        trying = self._checkpoints.is_trying
        tried = self._tried.get(each.checkpoint) if each else None
        self.try_it.setText(tr("Stop trying") if trying is not None else tr("Try it with one frame"))
        self.try_it.setEnabled(trying is not None or (each is not None and not each.refused and each.makes != "clips"))
        fit = each is not None and not each.refused and each.makes != "clips" and (tried is not None or each.ships)
        self.use.setEnabled(fit and self._in_use is not None and each is not None and each.checkpoint != self._in_use)
        self.use.setToolTip("" if self._in_use is not None else tr("Open a film first"))
        if each is None:
            return
        self.name.setText(each.name)
        self.facts.setText("\n".join(self._facts(each)) if not each.refused else each.checkpoint)
        self.problem.setText(f"{each.refused} {each.action}")
        self.problem.setVisible(bool(each.refused))
        if tried is not None:
            self.picture.show_image(
                QImage(tried.picture), tr("One frame by {name}: {asked}", name=tried.name, asked=tried.asked)
            )
            self.told.setText(
                tr(
                    "Asked for: {asked}. Loaded in {loading} s, drawn in {drawing} s on {device}.",
                    asked=tried.asked,
                    loading=f"{tried.loading_s:g}",
                    drawing=f"{tried.drawing_s:g}",
                    device=tried.device,
                )
            )
        else:
            waits = "" if each.ships or each.refused else tr("Not tried yet: try it before a film rests on it.")
            self.picture.show_image(QImage(), waits)
            self.told.setText("")

    def _facts(self, each: FoundCheckpoint) -> list[str]:
        size = f"{each.width_px} × {each.height_px}" if each.width_px else tr("its files do not say what size")
        lines = [
            tr("Makes {makes}; {size}.", makes=tr(each.makes), size=size),
            tr("Keyframes go by looks.") if each.references else tr("Takes no references: looks are told in words."),
            tr("Clips begin on the keyframe.") if each.image_to_video else tr("No image to video."),
        ]
        if each.makes == "clips":
            lines.append(tr("Makes clips only: put it beside one for keyframes, as image_to_video."))
        if self._found is not None and each.memory_bytes:
            free = self._found.free_bytes
            need, have = memory_words(each.memory_bytes), memory_words(free)
            told = [tr("Needs about {need} of memory; {have} are free.", need=need, have=have)]
            if each.memory_bytes > free:
                told.append(tr("That is short: it steps down to less, or to slower."))
            lines.append(" ".join(told))
        lines.append(each.checkpoint if each.checkpoint and not each.ships else tr("Ships with Matchcut."))
        return lines

    @Slot()
    def _try(self) -> None:
        each = self.current
        if self._checkpoints.is_trying is not None:
            self._checkpoints.cancel()
        elif each is not None:
            self._checkpoints.try_frame(each.checkpoint)
            self.told.setText(tr("Loading…"))
            self.try_it.setText(tr("Stop trying"))

    @Slot(int, int)
    def _show_step(self, step: int, total: int) -> None:
        self.told.setText(tr("Drawing: step {step} of {total}", step=step, total=total))

    @Slot(str, object)
    def _show_tried(self, checkpoint: str, tried: Tried) -> None:
        image = QImage(tried.picture)
        kept = tried.picture.replace("frame.png", f"frame{len(self._tried)}.png")
        image.save(kept)
        self._tried[checkpoint] = tried.model_copy(update={"picture": kept})
        self._show_chosen()

    @Slot(str, str)
    def _show_failure(self, sentence: str, action: str) -> None:
        self.again.setEnabled(True)
        self._show_chosen()
        self.problem.setText(f"{sentence} {action}".strip())
        self.problem.show()

    @Slot()
    def _use(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current.checkpoint)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, tr("Look into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setModal(False)
        dialog.fileSelected.connect(self.add_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot(str)
    def add_folder(self, folder: str) -> None:
        """Look into one more folder, now and from now on."""
        self._checkpoints.add_folder(folder)
        self.look()


def short_facts(each: FoundCheckpoint) -> str:
    """A checkpoint in a line: "keyframes and clips · 512 × 288 · 0.1 GiB"."""
    size = f"{each.width_px} × {each.height_px}" if each.width_px else ""
    memory = memory_words(each.memory_bytes) if each.memory_bytes else ""
    return " · ".join(part for part in (tr(each.makes), size, memory) if part)


def memory_words(num_bytes: int) -> str:
    """So much memory, as people say it: "80 MiB", "6.5 GiB"."""
    return (
        tr("{n} GiB", n=f"{num_bytes / _GIB:.1f}")
        if num_bytes >= _GIB
        else tr("{n} MiB", n=max(1, round(num_bytes / _MIB)))
    )

"""The rows of the queue: one job each, with the picture as it is drawn, how long it takes and what it waits for."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.pictures import Pictures, poster_key
from desktop.snapshot import FilmSnapshot
from desktop.translating import marked, tr
from desktop.views.parts import elided
from desktop.wording import work_words
from desktop.work_clock import WorkClock
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.pace import round_length
from storage.domain.takes import Take

ROW = 46
_PICTURE_WIDTH, _PICTURE_HEIGHT = 64, 36
_BUTTON = 58
_MIME = "application/x-matchcut-job"
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FIRST = {JobState.RUNNING: 0, JobState.FAILED: 1, JobState.QUEUED: 2, JobState.CANCELLED: 3}
_SILENCE_S = 60.0


class QueueItemModel(QAbstractListModel):
    """The jobs: those at work first, then what was set aside, what waits in its order, what was cancelled.

    Args:
        clock: says how long they take.
    """

    move_wanted = Signal(int, int)

    def __init__(self, clock: WorkClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []
        self.counts: Counter[JobState] = Counter()
        self.paused = False
        self.at_work = False
        self._clock = clock
        self._film: FilmSnapshot | None = None
        self._waiting: list[Job] = []
        self._places: dict[JobId, int] = {}
        self._steps: dict[JobId, tuple[int, int]] = {}
        self._previews: dict[JobId, QImage] = {}
        self._short: dict[JobId, str] = {}

    def show_film(self, film: FilmSnapshot) -> None:
        """Show the jobs of a reading."""
        jobs = sorted(film.jobs, key=lambda job: (_FIRST.get(job.state, 9), job.priority, job.id))
        same = [job.id for job in jobs] == [job.id for job in self.jobs]
        if not same:
            self.beginResetModel()
        self._film, self.jobs = film, jobs
        self.counts = Counter(job.state for job in jobs)
        self._waiting = [job for job in jobs if job.state is JobState.QUEUED]
        self._places = {job.id: place for place, job in enumerate(self._waiting)}
        running = {job.id for job in jobs if job.state is JobState.RUNNING}
        for held in (self._steps, self._previews, self._short):
            for job_id in held.keys() - running:
                del held[job_id]
        if same:
            self.tell_all()
        else:
            self.endResetModel()

    def show_progress(self, job_id: int, step: int, total: int, preview: QImage | None) -> None:
        """Show how far a running job is, and what it looks like, before the film is read again."""
        for row, job in enumerate(self.jobs):
            if job.id == job_id:
                self._steps[job.id] = (step, total)
                if preview is not None:
                    self._previews[job.id] = preview
                self.dataChanged.emit(self.index(row), self.index(row))
                return

    def show_short_memory(self, job_ids: Sequence[int], what: str) -> None:
        """Say under these jobs what is done because memory ran out."""
        for job in self.jobs:
            if job.id in job_ids:
                self._short[job.id] = what
        self.tell_all()

    def tell_all(self) -> None:
        """Every row may say something else: time went on, or work was paused."""
        if self.jobs:
            self.dataChanged.emit(self.index(0), self.index(len(self.jobs) - 1))

    def steps(self, job: Job) -> tuple[int, int]:
        """Steps done and in all."""
        return self._steps.get(job.id, (job.progress, job.total))

    def preview(self, job: Job) -> QImage | None:
        """The picture as it is being drawn."""
        return self._previews.get(job.id)

    def poster(self, job: Job) -> Take | None:
        """The take that stands for the job's shot until there is a picture of its own."""
        card = self._film.card(job.shot_id) if self._film else None
        return card.poster if card else None

    def name(self, job: Job) -> str:
        """ "2C keyframe", "2C keyframe · try 2", "the cut"."""
        card = self._film.card(job.shot_id) if self._film else None
        what = work_words(job.seam, card.shot.label if card else None)
        return tr("{what} · try {attempt}", what=what, attempt=job.attempt) if job.attempt > 1 else what

    def standing(self, job: Job) -> str:
        """How a job stands, beside its name: "9 of 16", "in about 2 min", "set aside"."""
        if job.cancel_requested:
            return tr("cancelling…")
        if job.state is JobState.RUNNING:
            step, total = self.steps(job)
            return tr("{step} of {total}", step=step, total=total) if total else tr("begins")
        if job.state is JobState.QUEUED:
            until = self._clock.until(job)
            if self.paused or not self.at_work or not until.known:
                return ""
            if self._places[job.id] == 0 and until.seconds < 1:
                return tr("next")
            return tr("in {time}", time=tr(until.words))
        return tr("set aside") if job.state is JobState.FAILED else tr(job.state)

    def reason(self, job: Job) -> str:
        """What a job waits for, or why it was set aside; of one at work, how long it takes."""
        if job.state is JobState.RUNNING:
            return self._running_words(job)
        if job.state is not JobState.QUEUED:
            return tr(job.message) or (tr("It failed.") if job.state is JobState.FAILED else "")
        if job.message:
            return tr(job.message)
        if self.paused:
            return tr("waits: work is paused")
        if not self.at_work:
            return tr("waits for the worker")
        place = self._places[job.id]
        if place:
            return tr("after {name}", name=self.name(self._waiting[place - 1]))
        return tr("after what is drawn now") if self.counts[JobState.RUNNING] else tr("next")

    def is_short(self, job: Job) -> bool:
        """Whether memory ran out for a job under way."""
        return job.id in self._short

    def neighbours(self, job: Job) -> tuple[JobId | None, JobId | None, JobId | None]:
        """Ids of the first that waits, of the one before and of the second after; None where there is none."""
        place = self._places.get(job.id)
        if place is None:
            return None, None, None
        after = self._waiting[place + 2].id if place + 2 < len(self._waiting) else None
        return self._waiting[0].id, self._waiting[max(0, place - 1)].id, after

    def is_last(self, job: Job) -> bool:
        """Whether a job is the last of those that wait."""
        return self._places.get(job.id) == len(self._waiting) - 1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.jobs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        job = self.jobs[index.row()]
        words = [each for each in (self.name(job), self.standing(job), self.reason(job)) if each]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(words)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return plain | Qt.ItemFlag.ItemIsDragEnabled if self.jobs[index.row()].id in self._places else plain

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_MIME, QByteArray(str(self.jobs[indexes[0].row()].id).encode()))
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        return data.hasFormat(_MIME) and not parent.isValid()

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        """Put the dragged job before the first one that waits at or below the row where it was dropped."""
        moved = int(data.data(_MIME).data())
        below = [job for job in self.jobs[max(0, row) :] if job.id in self._places and job.id != moved]
        self.move_wanted.emit(moved, below[0].id if below and row >= 0 else 0)
        # The rows change when the queue has been read again, not before it is so.
        return False

    def _running_words(self, job: Job) -> str:
        if job.id in self._short:
            return tr("memory was short: {what}", what=self._short[job.id].partition(" in place")[0])
        if self.paused:
            return "paused"
        silent = self._clock.silent_s()
        if silent > _SILENCE_S:
            return tr("no step for {length}", length=tr(round_length(silent)))
        left = self._clock.running_left()
        return tr(left.words) if left.known else ""


class QueueDelegate(QStyledItemDelegate):
    """Paints a job: picture, name, standing, reason or progress, and what one can do about it."""

    def __init__(self, pictures: Pictures, is_hovered: Callable[[QModelIndex], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._is_hovered = is_hovered

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(180, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, QueueItemModel)
        job = model.jobs[index.row()]
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if selected:
            painter.fillRect(rect, theme.SELECTED)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(theme.FOCUS)
                painter.drawRect(rect.adjusted(1, 0, -2, -1))
        picture = QRect(rect.left() + 12, rect.top() + 5, _PICTURE_WIDTH, _PICTURE_HEIGHT)
        self._paint_picture(painter, picture, model, job)
        inner = QRect(picture.right() + 10, rect.top(), rect.right() - picture.right() - 20, rect.height())
        action = job_action(job)
        shows_action = bool(action) and (
            selected or job.state in (JobState.FAILED, JobState.CANCELLED) or self._is_hovered(index)  # pyright: ignore[reportArgumentType]
        )
        top = QRect(inner.left(), inner.top() + 5, inner.width(), 18)
        middle = Qt.AlignmentFlag.AlignVCenter
        if shows_action:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.TEXT)
            painter.drawText(action_rect(rect), middle | Qt.AlignmentFlag.AlignRight, tr(action))
            top.setRight(action_rect(rect).left() - 6)
        painter.setFont(theme.figures(theme.SMALL_PT))
        standing = model.standing(job)
        width = min(top.width() // 2, painter.fontMetrics().horizontalAdvance(standing) + 3) if standing else 0
        painter.setPen(theme.AMBER if job.state is JobState.FAILED else theme.SOFT)
        painter.drawText(top, middle | Qt.AlignmentFlag.AlignRight, elided(painter, standing, width))
        painter.setFont(theme.font())
        painter.setPen(theme.TEXT if job.state in (JobState.RUNNING, JobState.FAILED) else theme.SOFT)
        painter.drawText(top, middle, elided(painter, model.name(job), top.width() - width - 8))
        below = QRect(inner.left(), inner.top() + 23, inner.width(), 17)
        # In a narrow row the cause is what must be read; the tooltip has the sentence.
        reason = model.reason(job).replace(tr("The worker died twice"), tr("worker died 2×"))
        if job.state is JobState.RUNNING:
            painter.setFont(theme.figures(theme.SMALL_PT))
            painter.setPen(theme.AMBER if model.is_short(job) else theme.FAINT)
            words = elided(painter, reason, below.width() * 3 // 4)
            painter.drawText(below, middle | Qt.AlignmentFlag.AlignRight, words)
            used = painter.fontMetrics().horizontalAdvance(words) + 8 if words else 0
            bar = QRect(below.left(), below.center().y() - 1, below.width() - used, 4)
            painter.fillRect(bar, theme.UNDECIDED)
            step, total = model.steps(job)
            if total:
                done = QRect(bar.left(), bar.top(), round(bar.width() * step / total), bar.height())
                painter.fillRect(done, theme.SOFT if model.paused else theme.BLUE)
        else:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.FAINT)
            painter.drawText(below, middle, elided(painter, reason, below.width()))
        painter.restore()

    def _paint_picture(self, painter: QPainter, rect: QRect, model: QueueItemModel, job: Job) -> None:
        painter.fillRect(rect, theme.STAGE)
        image = model.preview(job)
        faint = image is None
        if image is None and (take := model.poster(job)) is not None:
            image = self._pictures.get(poster_key(take, 160))
        painter.save()
        if image is not None and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(0.45 if faint else 1.0)
            size = image.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
            at = rect.center() - QRect(0, 0, size.width(), size.height()).center()
            painter.drawImage(QRect(at, size), image)
        else:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.FAINT)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tr(job.seam))
        painter.restore()
        mark = {JobState.RUNNING: theme.BLUE, JobState.FAILED: theme.AMBER}.get(job.state)
        if mark is not None:
            painter.fillRect(QRect(rect.left() - 3, rect.top(), 3, rect.height()), mark)


def job_action(job: Job) -> str:
    """What a director can do about a job, untranslated; empty for nothing."""
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return marked("keep") if job.cancel_requested else marked("cancel")
    return marked("try again") if job.state in (JobState.FAILED, JobState.CANCELLED) else ""


def action_rect(row: QRect) -> QRect:
    """Where a row's action is."""
    return QRect(row.right() - _BUTTON - 9, row.top(), _BUTTON, 26)

"""The queue: what the worker does now, what waits, what was set aside; each can be cancelled or tried again."""

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.snapshot import FilmSnapshot
from desktop.views.parts import elided, label
from storage.domain.jobs import Job, JobId, JobState
from storage.domain.takes import Seam

_ROW = 38
_BUTTON = 62
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FIRST = {JobState.RUNNING: 0, JobState.FAILED: 1, JobState.LOST: 2, JobState.QUEUED: 3, JobState.CANCELLED: 4}


class QueueItemModel(QAbstractListModel):
    """The jobs, those at work first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []
        self._names: dict[JobId, str] = {}
        self._steps: dict[JobId, tuple[int, int]] = {}

    def show_film(self, film: FilmSnapshot) -> None:
        """Show the jobs of a reading."""
        jobs = sorted(film.jobs, key=lambda job: (_FIRST.get(job.state, 9), job.priority, job.id))
        names = {job.id: _name(film, job) for job in jobs}
        if [job.id for job in jobs] == [job.id for job in self.jobs]:
            self.jobs, self._names = jobs, names
            if jobs:
                self.dataChanged.emit(self.index(0), self.index(len(jobs) - 1))
            return
        self.beginResetModel()
        self.jobs, self._names = jobs, names
        self._steps = {key: value for key, value in self._steps.items() if key in names}
        self.endResetModel()

    def show_progress(self, job_ids: tuple[int, ...], step: int, total: int) -> None:
        """Show how far running jobs are, before the film is read again."""
        for row, job in enumerate(self.jobs):
            if job.id in job_ids:
                self._steps[job.id] = (step, total)
                self.dataChanged.emit(self.index(row), self.index(row))

    def steps(self, job: Job) -> tuple[int, int]:
        """Steps done and in all."""
        return self._steps.get(job.id, (job.progress, job.total))

    def name(self, job: Job) -> str:
        return self._names.get(job.id, "")

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.jobs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        job = self.jobs[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self.name(job)}, {job_words(job, *self.steps(job))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                f"{self.name(job)} · attempt {job.attempt}\n{job_words(job, *self.steps(job))}\n{job.message}".strip()
            )
        return None


class QueueDelegate(QStyledItemDelegate):
    """Paints a job with its progress and what one can do about it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(180, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, QueueItemModel)
        job = model.jobs[index.row()]
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.SELECTED)
        inner = rect.adjusted(14, 0, -10, 0)
        button = action_rect(rect)
        action = job_action(job)
        if action:
            painter.setFont(theme.font(theme.SMALL_PT))
            painter.setPen(theme.SOFT)
            painter.drawText(button, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, action)
        room = button.left() - inner.left() - 8
        painter.setFont(theme.font())
        painter.setPen(theme.TEXT if job.state is JobState.RUNNING else theme.SOFT)
        top = QRect(inner.left(), inner.top() + 2, room, 18)
        name = elided(painter, model.name(job), room)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, name)
        used = painter.fontMetrics().horizontalAdvance(name)
        painter.setFont(theme.figures(theme.SMALL_PT))
        painter.setPen(theme.RED if job.state is JobState.FAILED else theme.FAINT)
        step, total = model.steps(job)
        words = elided(painter, f"  {job_words(job, step, total)}", room - used)
        painter.drawText(top.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        line = QRect(inner.left(), inner.top() + 24, room, 4)
        if job.state is JobState.FAILED:
            painter.setPen(theme.FAINT)
            text = elided(painter, job.message or "It failed.", room)
            painter.drawText(QRect(inner.left(), inner.top() + 18, room, 18), Qt.AlignmentFlag.AlignVCenter, text)
        elif job.state in (JobState.RUNNING, JobState.QUEUED):
            painter.fillRect(line, theme.UNDECIDED)
            if total and job.state is JobState.RUNNING:
                painter.fillRect(QRect(line.left(), line.top(), round(line.width() * step / total), 4), theme.BLUE)
        painter.restore()


class QueuePanel(QWidget):
    """The queue with its heading. Delete cancels the chosen job, Enter tries one again that was set aside."""

    cancel_wanted = Signal(int)
    retry_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.jobs = QueueItemModel(self)
        self.list = QListView()
        self.list.setModel(self.jobs)
        self.list.setItemDelegate(QueueDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Queue")
        self.list.viewport().installEventFilter(self)
        self.list.installEventFilter(self)
        self.count = label("", "faint")
        self._empty = label("Nothing is waiting to be made.", "faint")
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 2)
        head.addWidget(label("QUEUE", "heading"))
        head.addStretch(1)
        head.addWidget(self.count)
        self._empty.setContentsMargins(14, 4, 14, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)

    def show_film(self, film: FilmSnapshot) -> None:
        """Show the jobs of a reading."""
        self.jobs.show_film(film)
        self._empty.setVisible(not self.jobs.jobs)
        waiting = sum(job.state is JobState.QUEUED for job in film.jobs)
        self.count.setText(f"{waiting} waiting" if waiting else "")

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            index = self.list.indexAt(event.position().toPoint())
            if index.isValid() and action_rect(self.list.visualRect(index)).contains(event.position().toPoint()):
                self.do_action(self.jobs.jobs[index.row()])
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.list:
            row = self.list.currentIndex().row()
            job = self.jobs.jobs[row] if 0 <= row < len(self.jobs.jobs) else None
            wanted = {Qt.Key.Key_Delete: "cancel", Qt.Key.Key_Return: "retry"}.get(Qt.Key(event.key()))
            if job is not None and wanted and job_action(job) == wanted:
                self.do_action(job)
                return True
        return super().eventFilter(watched, event)

    def do_action(self, job: Job) -> None:
        """Cancel a job that is to be done, or try one again that was set aside."""
        match job_action(job):
            case "cancel":
                self.cancel_wanted.emit(job.id)
            case "retry":
                self.retry_wanted.emit(job.id)


def job_action(job: Job) -> str:
    """What a director can do about a job; empty for nothing."""
    if job.state in (JobState.QUEUED, JobState.RUNNING):
        return "" if job.cancel_requested else "cancel"
    return "retry" if job.state in (JobState.FAILED, JobState.CANCELLED) else ""


def job_words(job: Job, step: int, total: int) -> str:
    """How a job stands: "9 of 16", "waiting", "cancelling…"."""
    if job.cancel_requested:
        return "cancelling…"
    if job.state is JobState.RUNNING:
        return f"{step} of {total}" if total else "begins"
    return {JobState.QUEUED: "waiting", JobState.FAILED: "set aside", JobState.LOST: "worker was lost"}.get(
        job.state, str(job.state)
    )


def action_rect(row: QRect) -> QRect:
    """Where a row's action is."""
    return QRect(row.right() - _BUTTON - 13, row.top(), _BUTTON, row.height())


def _name(film: FilmSnapshot, job: Job) -> str:
    card = film.card(job.shot_id)
    what = f"{card.shot.label} {job.seam}" if card else "the cut" if job.seam is Seam.CUT else str(job.seam)
    return f"{what} · try {job.attempt}" if job.attempt > 1 else what

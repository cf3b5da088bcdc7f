"""The figures of a film as cards: a number with its count, a chart, and what it means in one sentence."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.figures_reader import FiguresRead
from desktop.translating import tr
from desktop.views.charts import Bar, BarChart, IntervalLine, Part
from desktop.views.parts import ElidedLabel, KeyButton, label
from desktop.wording import counted, length, pass_rate_words
from storage.domain.pass_rate import PassRate
from storage.domain.promise import Group, Promise, percent
from storage.domain.takes import Seam
from storage.film_figures import FilmFigures, SeamFigures

_MOST_COLUMNS = 9
_NARROW_PX = 620
_PROMISED = (
    "An exact bound on how much drift it lets pass of what it judges, from questions that were drawn at random; no"
    " approval counts. Hover for each kind."
)


class Card(QWidget):
    """One figure: heading, number, count, and what it means in a sentence."""

    def __init__(self, heading: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.number = label("—")
        self.number.setFont(theme.figures(theme.LARGE_PT + 3))
        self.count = label("", "soft")
        self.count.setFont(theme.figures())
        self.sentence = label(sentence, "soft")
        self.sentence.setWordWrap(True)
        self.sentence.setFont(theme.font(theme.SMALL_PT))
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 9, 14, 8)
        self.body.setSpacing(2)
        self.body.addWidget(label(heading, "heading"))
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        self.row.addWidget(self.number)
        self.row.addWidget(self.count, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(self.row)
        self.body.addWidget(self.sentence)

    def show_number(self, number: str, count: str) -> None:
        """Show the figure and what it rests on."""
        self.number.setText(number)
        self.count.setText(count)


class ChartCard(Card):
    """A figure with a chart; hovering the chart, or its arrow keys, tell its values in place of the sentence."""

    def __init__(self, heading: str, sentence: str, chart: BarChart, parent: QWidget | None = None) -> None:
        super().__init__(heading, sentence, parent)
        self._meaning = sentence
        self.chart = chart
        self.body.insertWidget(self.body.count() - 1, chart, 1)
        chart.told.connect(self._tell)

    @Slot(str)
    def _tell(self, told: str) -> None:
        self.sentence.setText(told or self._meaning)
        self.sentence.setObjectName("" if told else "soft")
        self.sentence.style().polish(self.sentence)


class FiguresPanel(QWidget):
    """All figures of a film, each beside what it rests on.

    Signals:
        price_wanted: a price per call and a currency, as they were written.
        closed: the take is to be shown again.
    """

    price_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.pass_rate = Card(
            "END TO END",
            "Of the planned shots that have reached the cut: those whose circled keyframe and clip no later decision"
            " overturned and that have no open drift. It cannot know of drift that nobody has seen.",
        )
        self.promise = Card(
            "WHAT THE CRITIC PROMISES",
            "",
        )
        self.first_pass = ChartCard(
            "FIRST-PASS YIELD BY SEAM",
            "Shots whose first take was clean, after what you said of the findings. Whiskers: 95 % interval.",
            BarChart("First-pass yield by seam", top=100, unit=" %"),
        )
        self.drift = ChartCard(
            "DRIFT FOUND BY SEAM",
            "Every must that a take did not meet: found by the critic, or by you where it did not (hatched)."
            " False alarms are left out.",
            BarChart("Drift found by seam"),
        )
        self.calls = ChartCard(
            "GENERATOR CALLS PER APPROVED SHOT",
            "Keyframes and clips drawn for shots whose clip is approved, all attempts. Each bar: how many shots"
            " took so many calls.",
            BarChart("Generator calls per approved shot"),
        )
        self.time = ChartCard(
            "TIME AND MONEY",
            "Drawing time. What was cancelled or failed left no take, so it is not in here.",
            BarChart("Drawing time by seam", unit=" s"),
        )
        self.interval = IntervalLine()
        self.planted = label("", "soft")
        self.planted.setFont(theme.font(theme.SMALL_PT))
        self.price = QLineEdit()
        self.currency = QLineEdit()
        self.money = ElidedLabel()
        self.money.setObjectName("soft")
        self.close_button = KeyButton("Back to the take", "G", action="figures")
        self.close_button.clicked.connect(self.closed)
        self._lay_out()

    @Slot(object)
    def show_figures(self, read: FiguresRead) -> None:
        """Show what was counted."""
        figures = read.figures
        self._show_pass_rate(figures)
        self._show_first_pass(figures)
        self._show_drift(figures)
        self._show_calls(figures)
        self._show_time(figures)
        self._show_money(read)
        planted = sum(seam.planted for seam in figures.seams)
        flagged = sum(seam.planted_flagged for seam in figures.seams)
        self.planted.setText(
            f"{counted(planted, 'take')} with planted drift {'is' if planted == 1 else 'are'} left out everywhere;"
            f" the critic flagged {flagged} of {planted}."
            if planted
            else ""
        )
        self.planted.setVisible(bool(planted))

    def show_promise(self, promise: Promise) -> None:
        """Show what the critic can promise, or what that still takes."""
        if promise.is_kept:
            number = f"≤ {percent(promise.terms.most)}"
            rest = f"of drift missed, with {percent(promise.terms.confidence)} confidence"
        elif promise.lacking:
            number, rest = "not yet", f"{counted(promise.lacking, 'more confirmed drift')} needed"
        else:
            number, rest = "not yet", "blind questions wait for answers"
        self.promise.show_number(number, rest)
        counts = (
            f"{counted(promise.drifts, 'confirmed drift')}, {promise.missed} missed;"
            f" {promise.num_answered:,} of {counted(promise.num_drawn, 'blind question')} answered."
        )
        self.promise.sentence.setText(f"{counts} {_PROMISED}")
        kinds = [line for group in promise.groups for line in _group_lines(group)]
        self.promise.setToolTip("\n".join([promise.sentence, *kinds]))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 8, 0)
        title = label("Figures")
        title.setFont(theme.font(theme.TEXT_PT + 1, strong=True))
        head.addWidget(title)
        head.addWidget(label("hover a bar for its values, or Tab and ← →", "faint"), 1)
        head.addWidget(self.close_button)
        bar = QWidget()
        bar.setObjectName("bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(40)
        bar.setLayout(head)
        self.price.setAccessibleName(tr("Price of a generator call"))
        self.currency.setAccessibleName(tr("Currency"))
        for editor, width in ((self.price, 74), (self.currency, 56)):
            editor.setFixedWidth(width)
            editor.returnPressed.connect(self._send_price)
        # The price has two lines of this card; its chart makes room.
        self.time.chart.setMinimumHeight(60)
        price = QHBoxLayout()
        price.addWidget(label("a call costs", "soft"))
        price.addWidget(self.price)
        price.addWidget(self.currency)
        price.addStretch(1)
        self.time.body.insertLayout(self.time.body.count() - 1, price)
        self.time.body.insertWidget(self.time.body.count() - 1, self.money)
        self.pass_rate.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.promise.body.addStretch(1)
        self.pass_rate.body.insertWidget(2, self.interval)
        self.pass_rate.body.addWidget(self.planted)
        inside = QWidget()
        inside.setObjectName("stage")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(8, 8, 8, 8)
        self._grid.setSpacing(8)
        self._place_cards(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout.addWidget(scroll, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 1 if self.width() < _NARROW_PX else 2
        if columns != self._columns:
            self._place_cards(columns)

    def _place_cards(self, columns: int) -> None:
        """Lay the charts out in one column, or in two."""
        self._columns = columns
        charts = (self.first_pass, self.drift, self.calls, self.time)
        for index, card in enumerate((self.pass_rate, self.promise, *charts)):
            self._grid.addWidget(card, index // columns, index % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)
        for line in range(6):
            self._grid.setRowStretch(line, 1 if 2 // columns <= line < 6 // columns else 0)

    def _show_pass_rate(self, figures: FilmFigures) -> None:
        rate = figures.pass_rate
        number, _ = pass_rate_words(rate)
        left = figures.planned_shots - rate.counted
        self.interval.show_rate(rate)
        rest = f" · {counted(left, 'planned shot')} not there yet" if left else ""
        self.pass_rate.show_number(number, f"{_share_words(rate)}{rest}" if rate.counted else "nothing in the cut yet")

    def _show_first_pass(self, figures: FilmFigures) -> None:
        seams = [seam for seam in figures.seams if seam.seam is not Seam.SCRIPT]
        passed = sum(seam.first_pass.passed for seam in seams)
        of = sum(seam.first_pass.counted for seam in seams)
        together = PassRate(passed=passed, counted=of)
        number, _ = pass_rate_words(together)
        self.first_pass.show_number(number, f"{passed:,} of {of:,} first takes clean" if of else "no take checked yet")
        self.first_pass.chart.show_bars([_yield_bar(seam) for seam in seams])

    def _show_drift(self, figures: FilmFigures) -> None:
        number = sum(seam.drift + seam.missed for seam in figures.seams)
        alarms = sum(seam.false_alarms for seam in figures.seams)
        self.drift.show_number(f"{number:,}", f"found · {counted(alarms, 'false alarm')} aside" if alarms else "found")
        self.drift.chart.show_bars([_drift_bar(seam) for seam in figures.seams])

    def _show_calls(self, figures: FilmFigures) -> None:
        each = figures.calls_per_shot
        shots = len(figures.calls_of_shots)
        number = f"{each:.2f}".rstrip("0").rstrip(".") if each is not None else "—"
        of = f"{sum(figures.calls_of_shots):,} calls for {counted(shots, 'approved shot')}"
        self.calls.show_number(
            number, of if shots else f"no shot approved yet · {counted(figures.calls, 'call')} so far"
        )
        self.calls.chart.show_bars(_call_bars(figures.calls_of_shots))

    def _show_time(self, figures: FilmFigures) -> None:
        seams = [seam for seam in figures.seams if seam.seam is not Seam.SCRIPT]
        shots = len(figures.calls_of_shots)
        told = f"drawing {counted(figures.calls, 'take')}"
        self.time.show_number(length(figures.seconds), told if figures.calls else "nothing drawn yet")
        self.time.setToolTip(f"{length(figures.seconds / shots)} per approved shot so far" if shots else "")
        self.time.chart.show_bars([_time_bar(seam) for seam in seams])

    def _show_money(self, read: FiguresRead) -> None:
        film, figures = read.film, read.figures
        for editor, text in ((self.price, film.price_per_call), (self.currency, film.currency)):
            if not editor.hasFocus():
                editor.setText(text)
        price = Decimal(film.price_per_call)
        spent, each = figures.spent(price), figures.spent_per_shot(price)
        words = f"× {counted(figures.calls, 'call')} = {spent:,.2f} {film.currency}"
        if each is not None:
            words += f" · {each:,.2f} an approved shot"
        self.money.show_text(words if price else "0: no price is set")

    @Slot()
    def _send_price(self) -> None:
        self.price.clearFocus()
        self.currency.clearFocus()
        self.price_wanted.emit(self.price.text(), self.currency.text())


def _group_lines(group: Group) -> list[str]:
    """Each kind's counts, and the threshold that a group has in common: as many lines as there are kinds."""
    flagged = f"flagged from {percent(group.threshold)} on" if group.threshold else "nothing promised yet"
    return [f"{kind}: {missed} of {drifts} missed, {flagged}" for kind, (drifts, missed) in group.by_kind.items()]


def _share_words(rate: PassRate) -> str:
    if rate.interval is None:
        return "0 of 0"
    low, high = rate.interval
    return f"{rate.passed} of {rate.counted} · 95 % interval {low * 100:.0f}–{high * 100:.0f} %"


def _yield_bar(seam: SeamFigures) -> Bar:
    rate = seam.first_pass
    share = (rate.share or 0.0) * 100
    told = f"{seam.seam}: {share:.0f} % clean at first, {_share_words(rate)}" if rate.counted else ""
    return Bar(
        name=str(seam.seam),
        parts=(Part(value=share, colour=theme.GREEN),),
        words=f"{rate.passed:,} of {rate.counted:,}" if rate.counted else "—",
        told=told or f"{seam.seam}: no first take has been checked yet",
        interval=(rate.interval[0] * 100, rate.interval[1] * 100) if rate.interval else None,
    )


def _drift_bar(seam: SeamFigures) -> Bar:
    return Bar(
        name=str(seam.seam),
        parts=(Part(value=seam.drift, colour=theme.RED), Part(value=seam.missed, colour=theme.AMBER, hatched=True)),
        words=f"{seam.drift + seam.missed:,}",
        told=f"{seam.seam}: {seam.drift} found by the critic, {seam.missed} by you;"
        f" {counted(seam.false_alarms, 'false alarm')} aside; {seam.flagged} of {counted(seam.takes, 'take')} flagged",
    )


def _call_bars(calls: Sequence[int]) -> list[Bar]:
    counts = Counter(calls)
    if not counts:
        return []
    last = max(counts)
    top = min(last, min(counts) + _MOST_COLUMNS - 1)
    bars: list[Bar] = []
    for number in range(min(counts), top + 1):
        more = number == top and last > top
        shots = sum(value for key, value in counts.items() if key >= number) if more else counts[number]
        name = f"{number}+" if more else str(number)
        bars.append(
            Bar(
                name=name,
                parts=(Part(value=shots, colour=theme.BLUE),),
                words=f"{shots:,}" if shots else "",
                told=f"{counted(shots, 'shot')} took {f'{name} calls' if more else counted(number, 'call')}",
            )
        )
    return bars


def _time_bar(seam: SeamFigures) -> Bar:
    each = f", {seam.seconds / seam.takes:.1f} s each" if seam.takes else ""
    return Bar(
        name=str(seam.seam),
        parts=(Part(value=seam.seconds, colour=theme.VIOLET),),
        words=length(seam.seconds) if seam.seconds else "",
        told=f"{seam.seam}: {length(seam.seconds)} for {counted(seam.takes, 'take')}{each}",
    )

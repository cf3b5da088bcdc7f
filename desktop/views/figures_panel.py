"""The figures of a film as cards: a number with its count, a chart, and what it means in one sentence."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.figures_reader import FiguresRead
from desktop.translating import marked, plural, tr
from desktop.views.charts import SECONDS, BarChart, IntervalLine
from desktop.views.figure_bars import call_bars, drift_bar, group_lines, share_words, time_bar, yield_bar
from desktop.views.parts import ElidedLabel, KeyButton, label
from desktop.wording import length, pass_rate_words
from storage.domain.pass_rate import PassRate
from storage.domain.promise import Promise, percent
from storage.domain.takes import Seam
from storage.film_figures import FilmFigures

_NARROW_PX = 620
_PROMISED = marked(
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
            tr("END TO END"),
            tr(
                "Of the planned shots that have reached the cut: those whose circled keyframe and clip no "
                "later decision overturned and that have no open drift. It cannot know of drift that nobody "
                "has seen."
            ),
        )
        self.promise = Card(
            tr("WHAT THE CRITIC PROMISES"),
            "",
        )
        self.first_pass = ChartCard(
            tr("FIRST-PASS YIELD BY SEAM"),
            tr("Shots whose first take was clean, after what you said of the findings. Whiskers: 95 % interval."),
            BarChart(tr("First-pass yield by seam"), top=100, unit=" %"),
        )
        self.drift = ChartCard(
            tr("DRIFT FOUND BY SEAM"),
            tr(
                "Every must that a take did not meet: found by the critic, or by you where it did not "
                "(hatched). False alarms are left out."
            ),
            BarChart(tr("Drift found by seam")),
        )
        self.calls = ChartCard(
            tr("GENERATOR CALLS PER APPROVED SHOT"),
            tr(
                "Keyframes and clips drawn for shots whose clip is approved, all attempts. Each bar: how "
                "many shots took so many calls."
            ),
            BarChart(tr("Generator calls per approved shot")),
        )
        self.time = ChartCard(
            tr("TIME AND MONEY"),
            tr("Drawing time. What was cancelled or failed left no take, so it is not in here."),
            BarChart(tr("Drawing time by seam"), unit=SECONDS),
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
            plural(
                "{n} take with planted drift is left out everywhere; the critic flagged {flagged} of {n}.",
                "{n} takes with planted drift are left out everywhere; the critic flagged {flagged} of {n}.",
                planted,
                flagged=flagged,
            )
            if planted
            else ""
        )
        self.planted.setVisible(bool(planted))

    def show_promise(self, promise: Promise) -> None:
        """Show what the critic can promise, or what that still takes."""
        if promise.is_kept:
            number = f"≤ {percent(promise.terms.most)}"
            rest = tr("of drift missed, with {confidence} confidence", confidence=percent(promise.terms.confidence))
        elif promise.lacking:
            number, rest = (
                tr("not yet"),
                plural("{n} more confirmed drift needed", "{n} more confirmed drifts needed", promise.lacking),
            )
        else:
            number, rest = tr("not yet"), tr("blind questions wait for answers")
        self.promise.show_number(number, rest)
        counts = tr(
            "{drifts}, {missed} missed; {answered} of {questions} answered.",
            drifts=plural("{n} confirmed drift", "{n} confirmed drifts", promise.drifts),
            missed=promise.missed,
            answered=f"{promise.num_answered:,}",
            questions=plural("{n} blind question", "{n} blind questions", promise.num_drawn),
        )
        self.promise.sentence.setText(f"{counts} {tr(_PROMISED)}")
        kinds = [line for group in promise.groups for line in group_lines(group)]
        self.promise.setToolTip("\n".join([tr(promise.sentence), *kinds]))

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
        rest = f" · {plural('{n} planned shot not there yet', '{n} planned shots not there yet', left)}" if left else ""
        self.pass_rate.show_number(
            number, f"{share_words(rate)}{rest}" if rate.counted else tr("nothing in the cut yet")
        )

    def _show_first_pass(self, figures: FilmFigures) -> None:
        seams = [seam for seam in figures.seams if seam.seam is not Seam.SCRIPT]
        passed = sum(seam.first_pass.passed for seam in seams)
        of = sum(seam.first_pass.counted for seam in seams)
        together = PassRate(passed=passed, counted=of)
        number, _ = pass_rate_words(together)
        self.first_pass.show_number(
            number,
            plural("{passed} of {n} first takes clean", "{passed} of {n} first takes clean", of, passed=f"{passed:,}")
            if of
            else tr("no take checked yet"),
        )
        self.first_pass.chart.show_bars([yield_bar(seam) for seam in seams])

    def _show_drift(self, figures: FilmFigures) -> None:
        number = sum(seam.drift + seam.missed for seam in figures.seams)
        alarms = sum(seam.false_alarms for seam in figures.seams)
        self.drift.show_number(
            f"{number:,}",
            plural("found · {n} false alarm aside", "found · {n} false alarms aside", alarms)
            if alarms
            else tr("found"),
        )
        self.drift.chart.show_bars([drift_bar(seam) for seam in figures.seams])

    def _show_calls(self, figures: FilmFigures) -> None:
        each = figures.calls_per_shot
        shots = len(figures.calls_of_shots)
        number = f"{each:.2f}".rstrip("0").rstrip(".") if each is not None else "—"
        of = tr(
            "{calls} for {shots}",
            calls=plural("{n} call", "{n} calls", sum(figures.calls_of_shots)),
            shots=plural("{n} approved shot", "{n} approved shots", shots),
        )
        self.calls.show_number(
            number,
            of
            if shots
            else plural(
                "no shot approved yet · {n} call so far", "no shot approved yet · {n} calls so far", figures.calls
            ),
        )
        self.calls.chart.show_bars(call_bars(figures.calls_of_shots))

    def _show_time(self, figures: FilmFigures) -> None:
        seams = [seam for seam in figures.seams if seam.seam is not Seam.SCRIPT]
        shots = len(figures.calls_of_shots)
        told = plural("drawing {n} take", "drawing {n} takes", figures.calls)
        self.time.show_number(length(figures.seconds), told if figures.calls else tr("nothing drawn yet"))
        self.time.setToolTip(
            tr("{length} per approved shot so far", length=length(figures.seconds / shots)) if shots else ""
        )
        self.time.chart.show_bars([time_bar(seam) for seam in seams])

    def _show_money(self, read: FiguresRead) -> None:
        film, figures = read.film, read.figures
        for editor, text in ((self.price, film.price_per_call), (self.currency, film.currency)):
            if not editor.hasFocus():
                editor.setText(text)
        price = Decimal(film.price_per_call)
        spent, each = figures.spent(price), figures.spent_per_shot(price)
        words = f"× {plural('{n} call', '{n} calls', figures.calls)} = {spent:,.2f} {film.currency}"
        if each is not None:
            words += f" · {tr('{price} an approved shot', price=f'{each:,.2f}')}"
        self.money.show_text(words if price else tr("0: no price is set"))

    @Slot()
    def _send_price(self) -> None:
        self.price.clearFocus()
        self.currency.clearFocus()
        self.price_wanted.emit(self.price.text(), self.currency.text())

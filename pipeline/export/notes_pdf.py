"""The notes of a film as a PDF to read or print: each with its frame, what is drawn on it, and what was said."""

from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import resources
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional

from fpdf import FPDF
from PIL import Image

from pipeline.export.noted import Noted
from pipeline.export.replacing import replacing
from pipeline.renderers.base import Frame
from storage.author import name_of
from storage.domain.graph_words import counted
from storage.domain.notes import Note
from storage.domain.strokes import LETTERS, LINE, RGB, Colour, Point, Stroke, Tool, arrow_head

_MARGIN = 16.0
_PICTURE = 84.0
_GAP = 6.0
_MOST_PX = 1100
_QUALITY = 86
_INK, _SOFT, _RULE = (24, 24, 27), (104, 104, 112), (214, 214, 218)
_POINTS_A_MM = 72 / 25.4
_HEAD = 3.5
_CASING = 1.7


def write_pdf(
    title: str, rows: Sequence[Noted], path: Path, picture: Callable[[Noted], Frame | None], written_on: str
) -> None:
    """Write notes as an A4 PDF, in the order given, under a heading for each shot.

    Args:
        title: of the film.
        picture: the frame of a note; None where it cannot be read.
        written_on: the day, as it is printed.

    Raises:
        KnownError: the disk is full.
        WrongUse: the folder cannot be written to, or the path cannot be a file.
    """
    page = _Page(title, written_on)
    page.write_head(rows)
    before: object = object()
    for noted in rows:
        place = noted.shot.id if noted.shot else noted.take.shot_id
        page.write_note(noted, picture(noted), begins=place != before)
        before = place
    if not rows:
        page.write_empty()
    with replacing(path) as temporary:
        temporary.write_bytes(bytes(page.output()))


class _Page(FPDF):
    def __init__(self, title: str, written_on: str) -> None:
        super().__init__(format="A4")
        self._film = title
        self.set_title(f"{title}: notes")
        self.set_creator("Matchcut")
        self.set_margin(_MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(True, _MARGIN + 4)
        fonts = resources.files("resources").joinpath("fonts")
        for family, style, file in (
            ("Inter", "", "Inter-Regular.otf"),
            ("Inter", "B", "Inter-SemiBold.otf"),
            ("DejaVu", "", "DejaVuSans.ttf"),
        ):
            with resources.as_file(fonts.joinpath(file)) as found:
                self.add_font(family, style, found)
        # Inter lacks Hebrew, Arabic and Greek extensions; in semi-bold too the plain letters stand in.
        self.set_fallback_fonts(["DejaVu"], exact_match=False)
        self.set_text_shaping(True)
        self._written_on = written_on
        self.add_page()

    def footer(self) -> None:
        """See `FPDF`."""
        self.set_y(-_MARGIN + 3)
        self._font(8, colour=_SOFT)
        self.cell(self.epw / 2, 4, f"{self._film} · {self._written_on}")
        self.cell(self.epw / 2, 4, f"{self.page_no()} / {{nb}}", align="R")

    def write_head(self, rows: Sequence[Noted]) -> None:
        self._font(19, strong=True)
        self.multi_cell(self.epw, 9, self._film, align="L", new_x="LMARGIN", new_y="NEXT")
        resolved = sum(noted.note.is_resolved for noted in rows)
        words = f"{counted(len(rows), 'note')}, {len(rows) - resolved} open and {resolved} resolved"
        self._font(10, colour=_SOFT)
        self.cell(self.epw, 6, f"{words} · {self._written_on}", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)

    def write_empty(self) -> None:
        self._font(10, colour=_SOFT)
        self.cell(self.epw, 6, "Nobody has written or drawn a note.")

    def write_note(self, noted: Noted, frame: Frame | None, *, begins: bool) -> None:
        """A note: its picture at the left, what was said at the right.

        Args:
            begins: it is the first of its shot, which gets a heading.
        """
        height = _PICTURE * (frame.shape[0] / frame.shape[1] if frame is not None else 9 / 16)
        height = min(height, 120.0)
        if self.will_page_break(height + (12 if begins else 0)):
            self.add_page()
        if begins:
            self._write_heading(noted)
        top, first_page = self.get_y(), self.page_no()
        self._draw_picture(noted.note, frame, top, height)
        self._write_words(noted)
        below = self.get_y() if self.page_no() > first_page else max(self.get_y(), top + height)
        self.set_y(below + 6)

    def _write_heading(self, noted: Noted) -> None:
        self.set_draw_color(*_RULE)
        self.set_line_width(0.2)
        self.line(_MARGIN, self.get_y(), self.w - _MARGIN, self.get_y())
        self.ln(2.5)
        self._font(12, strong=True)
        name = noted.shot.label if noted.shot else "The cut" if noted.take.shot_id is None else noted.name.split("/")[0]
        self.cell(self.get_string_width(name) + 3, 6, name)
        self._font(9, colour=_SOFT)
        about = noted.scene.heading if noted.scene else "" if noted.take.shot_id is None else "gone from the film"
        self.cell(0, 6.6, self._cut(about, self.w - _MARGIN - self.get_x()), new_x="LMARGIN", new_y="NEXT")
        self.ln(1.5)

    def _draw_picture(self, note: Note, frame: Frame | None, top: float, height: float) -> None:
        self.set_draw_color(*_RULE)
        self.set_line_width(0.2)
        if frame is None:
            self.rect(_MARGIN, top, _PICTURE, height)
            self._font(9, colour=_SOFT)
            self.set_xy(_MARGIN, top + height / 2 - 3)
            self.cell(_PICTURE, 6, "This picture cannot be read.", align="C")
            self.set_y(top)
            return
        width = min(_PICTURE, height * frame.shape[1] / frame.shape[0])
        self.image(_jpeg(frame), _MARGIN, top, width, height, alt_text=note.written or "A frame with a drawing")
        with self.rect_clip(_MARGIN, top, width, height):
            for stroke in note.strokes:
                self._draw(stroke, _MARGIN, top, width, height)
        self.set_y(top)

    def _draw(self, stroke: Stroke, left: float, top: float, width: float, height: float) -> None:
        points = [(left + x * width, top + y * height) for x, y in stroke.points]
        thick = max(0.25, LINE[stroke.width] * height)
        casing = Colour.WHITE if stroke.colour is Colour.BLACK else Colour.BLACK
        if stroke.tool is Tool.TEXT:
            self._draw_words(stroke, points[0], height, casing)
            return
        lines = _lines(stroke, points, thick)
        for colour, line_width, opacity in ((casing, thick * _CASING, 0.5), (stroke.colour, thick, 1.0)):
            with self.local_context(stroke_opacity=opacity, stroke_join_style="ROUND", stroke_cap_style="ROUND"):
                self.set_draw_color(*RGB[colour])
                self.set_line_width(line_width)
                for line in lines:
                    self.polyline(line)

    def _draw_words(self, stroke: Stroke, at: Point, height: float, casing: Colour) -> None:
        size = LETTERS[stroke.width] * height
        self._font(size * _POINTS_A_MM, strong=True)
        wide = self.get_string_width(stroke.words) + size * 0.6
        with self.local_context(fill_opacity=0.62):
            self.set_fill_color(*RGB[casing])
            self.rect(at[0], at[1] - size * 0.75, wide, size * 1.5, style="F")
        self.set_text_color(*RGB[stroke.colour])
        self.text(at[0] + size * 0.3, at[1] + size * 0.36, stroke.words)

    def _write_words(self, noted: Noted) -> None:
        note = noted.note
        left = _MARGIN + _PICTURE + _GAP
        self.set_left_margin(left)
        self.set_x(left)
        self._font(8, colour=_SOFT)
        self._say(_place_words(noted), 4)
        # A name stands last: one that runs from right to left would turn round what follows it.
        self._say(f"{_day(note.created_at)} · {_kind_words(noted)} {name_of(note.author)}", 4)
        self.ln(0.8)
        if note.written:
            self._font(10.5)
            self._say(note.written, 5.2)
        for reply in note.replies:
            self.ln(1.2)
            self._font(8, colour=_SOFT)
            self._say(f"{_day(reply.created_at)} · reply by {name_of(reply.author)}", 4)
            self._font(9.5)
            self._say(reply.text, 4.8)
        self.ln(1)
        self._font(8, strong=True, colour=_SOFT if note.is_resolved else _INK)
        self._say(f"Resolved by {name_of(note.resolved_by)}" if note.is_resolved else "Open", 4)
        self.set_left_margin(_MARGIN)

    def _say(self, words: str, line_height: float) -> None:
        # Where the paragraph runs from right to left it is set so.
        direction = "R" if _runs_left(words) else "L"
        self.multi_cell(0, line_height, words, align=direction, new_x="LMARGIN", new_y="NEXT")

    def _font(self, points: float, *, strong: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        self.set_font("Inter", "B" if strong else "", points)
        self.set_text_color(*colour)

    def _cut(self, words: str, width: float) -> str:
        if self.get_string_width(words) <= width:
            return words
        while words and self.get_string_width(words + "…") > width:
            words = words[:-1]
        return words.rstrip() + "…"


def _lines(stroke: Stroke, points: list[Point], thick: float) -> list[list[Point]]:
    if stroke.tool is Tool.BOX:
        (left, top), (right, bottom) = points
        return [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]]
    if stroke.tool is Tool.ARROW:
        one, other = arrow_head(points[0], points[1], max(3.0, thick * _HEAD))
        return [points, [one, points[1], other]]
    return [points if len(points) > 1 else [points[0], (points[0][0] + 0.01, points[0][1])]]


def _place_words(noted: Noted) -> str:
    """Where a note stands, as people count: "2B/clip/1 · frames 9 to 14 · 00:00:05:02"."""
    frames = noted.note.frames
    parts = [noted.name]
    if frames is not None:
        one = frames.stop - frames.start == 1
        parts.append(f"frame {frames.stop}" if one else f"frames {frames.start + 1} to {frames.stop}")
    parts.append(noted.first_timecode)
    return " · ".join(filter(None, parts))


def _kind_words(noted: Noted) -> str:
    return {"drawing": "drawn by"}.get(noted.kind) or f"{noted.kind} by"


def _runs_left(words: str) -> bool:
    strong = next((found for letter in words if (found := bidirectional(letter)) in ("L", "R", "AL")), "L")
    return strong != "L"


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone():%d %b %Y, %H:%M}"


def _jpeg(frame: Frame) -> BytesIO:
    picture = Image.fromarray(frame)
    picture.thumbnail((_MOST_PX, _MOST_PX))
    made = BytesIO()
    picture.save(made, "JPEG", quality=_QUALITY)
    made.seek(0)
    return made

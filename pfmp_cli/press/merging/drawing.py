"""What a slot draws: a text set in its box, or the rule that a hand writes on.

Contents are PDF operators in the slot's own coordinates, origin at its lower left. Only
the standard library is used: this runs once a field and pupil.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from pfmp_cli.press.merging.fitting import (
    NARROWEST,
    PACKED,
    SMALLEST,
    Fit,
    break_lines,
    fit,
    fit_start,
)
from pfmp_cli.press.merging.master import BASELINE_MM, POINTS_PER_MM, FontMetrics, Slot, Style
from pfmp_cli.press.merging.qr_code import draw_code

_SHIFTS = {"gauche": 0.0, "centre": 0.5, "droite": 1.0}  # of the room that a line leaves
_BASELINE = BASELINE_MM * POINTS_PER_MM
_RULE_Y = 0.25 * POINTS_PER_MM
_INK = "0 G 0.5 w"
_ROW_INK, _HEAD_INK = "0 G 0.5 w", "0.137 0.314 0.42 RG 1 w"  # as in `style.css`


class Typesetter:
    """Sets texts in one font; what it has measured it remembers, as a text shows in many slots."""

    def __init__(self, metrics: FontMetrics) -> None:
        self._known = {*metrics.glyphs, "\n"}
        widths = {char: metrics.widths[int(glyph, 16)] for char, glyph in metrics.glyphs.items()}

        @lru_cache(maxsize=4096)
        def encode(text: str) -> str:
            return "".join(map(metrics.glyphs.__getitem__, text))

        @lru_cache(maxsize=4096)
        def measure(text: str) -> int:
            return sum(map(widths.__getitem__, text))

        self._encode, self.measure = encode, measure

    def find_missing(self, text: str) -> str:
        """The characters of `text` that the font lacks, each once."""
        return "".join(dict.fromkeys(char for char in text if char not in self._known))

    def make_drawer(self, slot: Slot) -> Callable[[str], str | None]:
        """A function from a text to the operators that set it in `slot`; None if it cannot fit."""
        style, width = slot.style, slot.width
        if style.page:
            size = min(width, slot.height)
            return lambda text: draw_code(f"{text.replace('-', '')}{style.page:02}", size)
        baselines = _baselines(slot)
        if style.strip:  # its text is there for whoever reads the page without seeing it
            set_unseen = f"BT 3 Tr /V {style.size:.4g} Tf 1 0 0 1 0.00 {baselines[0]} Tm"
            return lambda text: (
                f"{_draw_strip(text, width, slot.height)} {set_unseen} <{self._encode(text)}> Tj ET"
            )
        # What most texts are: one line that fits as it is, from the left.
        room = width * 1000 / style.size
        start = f"BT /V {style.size:.4g} Tf 0 g 1 0 0 1 0.00 {baselines[0]} Tm <"
        plain = style.align == "gauche"
        rules = draw_rules(slot)

        def draw(text: str) -> str | None:
            if plain and "\n" not in text and self.measure(text) <= room:
                return f"{start}{self._encode(text)}> Tj ET{rules}"
            fitted = fit(text, width, slot.height, style, self.measure)
            return self._draw(fitted, slot, baselines) + rules if fitted else None

        return draw

    def draw_blank(self, slot: Slot) -> str:
        """What `slot` shows without a value: a rule, or the text that stands for none."""
        text = slot.style.text_for("")
        drawn = self.make_drawer(slot)(text) if text else None
        return drawn or draw_blank(slot.width, slot.height, slot.style)

    def draw_start(self, slot: Slot, text: str, mark: str) -> tuple[str, str]:
        """The operators of as much of `text` as `slot` holds, `mark` at its end; and the rest."""
        fitted, rest = fit_start(text, slot.width, slot.height, slot.style, self.measure, mark)
        return self._draw(fitted, slot, []) + draw_rules(slot), rest

    def break_note(self, text: str, length: float) -> tuple[str, ...]:
        """The lines of a note, at most `length` points long."""
        return break_lines(
            text, length * 1000 / (SMALLEST * NARROWEST), self.measure, break_words=True
        )

    def draw_upwards(self, lines: Sequence[str], before: str, x: float, y: float) -> str:
        """Lines that are read from below, the first at `x`, which begins with what is drawn
        already."""
        parts = [f"BT /V {SMALLEST} Tf 0 g {NARROWEST * 100:.4g} Tz"]
        starts = (self.measure(before) * SMALLEST * NARROWEST / 1000, *(0.0 for _ in lines))
        for number, line in enumerate((lines[0].removeprefix(before), *lines[1:])):
            at = f"{x + number * PACKED:.2f} {y + starts[number]:.2f}"
            parts.append(f"0 1 -1 0 {at} Tm <{self._encode(line)}> Tj")
        return " ".join((*parts, "ET"))

    def _draw(self, fitted: Fit, slot: Slot, baselines: list[str]) -> str:
        size = slot.style.size * fitted.size
        parts = [f"BT /V {size:.4g} Tf 0 g"]
        if fitted.packed:
            last = len(fitted.lines) - 1
            baselines = [f"{POINTS_PER_MM + (last - n) * PACKED:.2f}" for n in range(last + 1)]
        if fitted.narrow != 1.0:
            parts.append(f"{fitted.narrow * 100:.4g} Tz")
        for line, y in zip(fitted.lines, baselines, strict=False):
            used = self.measure(line) * size * fitted.narrow / 1000
            x = (slot.width - used) * _SHIFTS[slot.style.align]
            parts.append(f"1 0 0 1 {x:.2f} {y} Tm <{self._encode(line)}> Tj")
        return " ".join((*parts, "ET"))


def _baselines(slot: Slot) -> list[str]:
    """The height of each line's baseline over the slot's lower edge, first line first."""
    first = slot.height - slot.style.pitch_mm * POINTS_PER_MM + _BASELINE
    leading = slot.style.leading_mm * POINTS_PER_MM
    return [f"{first - number * leading:.2f}" for number in range(slot.style.most_lines)]


def draw_rules(slot: Slot) -> str:
    """The rules of a table's row that a value brings along; a row without a value has none."""
    if not slot.style.row:
        return ""
    height, *widths = (float(word) * POINTS_PER_MM for word in slot.style.row.split())
    low, high = (slot.height - height) / 2, (slot.height + height) / 2
    if not widths:
        return f"\n{_HEAD_INK} 0 {high:.2f} m {slot.width:.2f} {high:.2f} l S"
    edges = list(accumulate(widths, initial=slot.width - sum(widths)))
    strokes = [f"{x:.2f} {low:.2f} m {x:.2f} {high:.2f} l" for x in edges[:-1]]
    strokes.append(f"{edges[0]:.2f} {low:.2f} m {edges[-1]:.2f} {low:.2f} l")
    return f" {_ROW_INK} {' '.join(strokes)} S"


def bounds(width: float, height: float) -> tuple[float, float, float, float]:
    """The box outside of which a slot draws nothing: its own, and room for tall letters."""
    return (-10, -10, round(width + 10, 2), round(height + 10, 2))


def draw_blank(width: float, height: float, style: Style) -> str:
    """The operators for a slot without a value: what `style.blank` names."""
    if style.blank == "rien":
        return ""
    if style.blank == "date":
        return _draw_date(height)
    if style.blank == "cadre":
        return f"{_INK} 0.25 {_RULE_Y:.2f} {width - 0.5:.2f} {height - 2 * _RULE_Y:.2f} re S"
    if style.blank.startswith("peigne:"):
        return _draw_comb(width, int(style.blank.removeprefix("peigne:")))
    pas = style.pitch_mm * POINTS_PER_MM
    return _draw_lines(width, (height - n * pas + _RULE_Y for n in range(1, style.lines + 1)))


def _draw_lines(width: float, heights: Iterable[float]) -> str:
    lines = " ".join(f"0 {y:.2f} m {width:.2f} {y:.2f} l" for y in heights)
    return f"{_INK} {lines} S" if lines else ""


def _draw_date(height: float) -> str:
    """« ___ / ___ / ______ »: day, month and year, with strokes between."""
    mm = POINTS_PER_MM
    rules = " ".join(
        f"{x * mm:.2f} {_RULE_Y:.2f} m {(x + w) * mm:.2f} {_RULE_Y:.2f} l"
        for x, w in ((0, 9), (13, 9), (26, 16))
    )
    return f"{_INK} {rules} {_strokes()} S"


def draw_to_fill(kind: str, width: float, height: float) -> str:
    """What a hand is to write on, which a reader takes away with the first letter typed."""
    if kind == "date":
        return f"{_INK} {_strokes()} S"
    # The lower edge of a frame is the last of its rules.
    count = round(height / (8 * POINTS_PER_MM)) if kind == "zone" else 0
    return _draw_lines(width, (height - n * height / count for n in range(1, count)))


def _strokes() -> str:
    mm = POINTS_PER_MM
    return " ".join(
        f"{x * mm:.2f} {_RULE_Y:.2f} m {(x + 1.6) * mm:.2f} {_RULE_Y + 4 * mm:.2f} l"
        for x in (10.2, 23.2)
    )


def _draw_comb(width: float, cells: int) -> str:
    """A rule with a tooth between any two of its `cells`, a digit each."""
    step, top = width / cells, _RULE_Y + 2 * POINTS_PER_MM
    teeth = " ".join(
        f"{number * step:.2f} {_RULE_Y:.2f} m {number * step:.2f} {top:.2f} l"
        for number in range(cells + 1)
    )
    return f"{_INK} 0 {_RULE_Y:.2f} m {width:.2f} {_RULE_Y:.2f} l {teeth} S"


def _draw_strip(text: str, width: float, height: float) -> str:
    """A bar in each of the weeks « 48, 49, 50 » of a year that begins with week 36."""
    step = width / 53
    places = ((int(week) - 36) % 53 for week in re.findall(r"\d+", text))
    bars = " ".join(f"{place * step:.2f} 0 {step:.2f} {height:.2f} re" for place in places)
    return f"0 g {bars} f"


def draw_cross(width: float, height: float) -> str:
    """The mark of a box that is ticked."""
    x, y = 0.2 * width, 0.2 * height
    return (
        f"0 G 1.6 w 1 J {x:.2f} {y:.2f} m {width - x:.2f} {height - y:.2f} l "
        f"{x:.2f} {height - y:.2f} m {width - x:.2f} {y:.2f} l S"
    )

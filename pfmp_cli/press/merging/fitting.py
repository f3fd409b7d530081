"""How a text is made to fit a box: on which lines, how small and how narrow; and where it is cut.

Only the standard library is used: this runs once a field and pupil.
"""

from collections.abc import Callable
from typing import NamedTuple

from pfmp_cli.press.merging.master import POINTS_PER_MM, Style

NARROWEST = 0.8  # of the width of the letters
SMALLEST = 8  # points: what is smaller cannot be read
PACKED = 3.2 * POINTS_PER_MM  # from line to line where a value needs all the room there is


class Fit(NamedTuple):
    """A text made to fit: its lines, the factor of its size, and of its letters' width."""

    lines: tuple[str, ...]
    size: float = 1.0
    narrow: float = 1.0
    packed: bool = False  # on lines closer than those of the field


def fit(
    text: str, width: float, height: float, style: Style, measure: Callable[[str], int]
) -> Fit | None:
    """`text` in a box of `width` by `height` points; None where it cannot be made to fit.

    It is set as it is where it can; else broken where the field has several lines, then
    condensed down to `NARROWEST`, then made smaller down to `SMALLEST`, then set on as many
    lines as there is room for. Its lines are kept where the field has as many, else they
    follow each other with commas between.
    """
    floor = min(1.0, SMALLEST / style.size)
    joined = _join(text)
    if style.lines == 1:
        natural = measure(joined) * style.size / 1000
        if natural <= width:
            return Fit((joined,))
        if fitted := _fit_line(joined, width / natural, floor):
            return fitted
    em = width * 1000 / style.size
    steps = ((1.0, 1.0), (1.0, 0.9), (1.0, NARROWEST), ((1 + floor) / 2, NARROWEST))
    for said in (text, joined):
        for size, narrow in (*steps, (floor, NARROWEST)):
            lines = break_lines(said, em / (size * narrow), measure)
            if lines and len(lines) <= style.most_lines:
                return Fit(lines, size, narrow)
    for narrow in (1.0, NARROWEST):
        for said in (text, joined):
            lines = break_lines(said, em / (floor * narrow), measure, break_words=narrow < 1)
            if lines and len(lines) <= height // PACKED:
                return Fit(lines, floor, narrow, packed=True)
    return None


def fit_start(
    text: str, width: float, height: float, style: Style, measure: Callable[[str], int], mark: str
) -> tuple[Fit, str]:
    """As much of `text` as such a box holds at the most, with `mark` at its end; and the rest."""
    joined, size = _join(text), min(1.0, SMALLEST / style.size)
    em = width * 1000 / (style.size * size * NARROWEST)
    lines = break_lines(joined, em - measure(mark), measure, break_words=True) or ("",)
    *shown, last = lines[: max(1, int(height // PACKED))]
    end = 0
    for line in (*shown, last):
        end = joined.index(line, end) + len(line)
    return Fit((*shown, last + mark), size, NARROWEST, packed=True), joined[end:].lstrip()


def _join(text: str) -> str:
    return ", ".join(line.strip().removesuffix(",") for line in text.split("\n") if line.strip())


def _fit_line(text: str, ratio: float, floor: float) -> Fit | None:
    if ratio >= NARROWEST:
        return Fit((text,), narrow=ratio)
    if ratio >= NARROWEST * floor:
        return Fit((text,), size=ratio / NARROWEST, narrow=NARROWEST)
    return None


def break_lines(
    text: str, em: float, measure: Callable[[str], int], break_words: bool = False
) -> tuple[str, ...]:
    """Words on lines at most `em` thousandths wide, each as full as it can be; () if none fits,
    unless `break_words`."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        first = len(lines)
        for word in paragraph.split(" "):
            longer = f"{lines[-1]} {word}" if len(lines) > first else word
            if len(lines) > first and measure(longer) <= em:
                lines[-1] = longer
                continue
            while break_words and len(word) > 1 and measure(word) > em:
                most = next(
                    n for n in range(len(word) - 1, 0, -1) if n == 1 or measure(word[:n]) <= em
                )
                lines.append(word[:most])
                word = word[most:]
            if measure(word) > em:
                return ()
            lines.append(word)
    return tuple(lines)

"""What a slot draws: a text set in its box, or the rule that a hand writes on.

Contents are PDF operators in the slot's own coordinates, origin at its lower left. Only
the standard library is used: this runs once a field and pupil.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pfmp_cli.press.fields import BASELINE_MM, POINTS_PER_MM, FontMetrics, Style

NARROWEST = 0.8  # of the width of the letters
SMALLEST = 0.7  # of the size of the text
# Factors of size and of width that a text of several lines is tried at, in this order.
_STEPS = ((1.0, 1.0), (1.0, 0.9), (1.0, NARROWEST), (0.85, NARROWEST), (SMALLEST, NARROWEST))
_BASELINE = BASELINE_MM * POINTS_PER_MM
_RULE_Y = 0.25 * POINTS_PER_MM
_INK = "0.45 G 0.5 w"


@dataclass(frozen=True, slots=True)
class Fit:
    """A text made to fit: its lines, the factor of its size, and of its letters' width."""

    lines: tuple[str, ...]
    size: float = 1.0
    narrow: float = 1.0


def fit(text: str, width: float, style: Style, measure: Callable[[str], int]) -> Fit | None:
    """`text` in a box `width` points wide; None where it cannot be made to fit.

    It is set as it is where it can; else broken where the field has several lines, then
    condensed down to `NARROWEST`, then made smaller down to `SMALLEST`.
    """
    natural = measure(text) * style.taille / 1000
    if natural <= width:
        return Fit((text,))
    if style.lignes == 1:
        return _fit_line(text, width / natural)
    for size, narrow in _STEPS:
        em = width * 1000 / (style.taille * size * narrow)
        lines = _break_lines(text, em, measure)
        if lines and len(lines) <= style.lignes:
            return Fit(lines, size, narrow)
    return None


def _fit_line(text: str, ratio: float) -> Fit | None:
    if ratio >= NARROWEST:
        return Fit((text,), narrow=ratio)
    if ratio >= NARROWEST * SMALLEST:
        return Fit((text,), size=ratio / NARROWEST, narrow=NARROWEST)
    return None


def _break_lines(text: str, em: float, measure: Callable[[str], int]) -> tuple[str, ...]:
    """Words on lines at most `em` thousandths wide, each as full as it can be; () if none fits."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= em:
            lines[-1] = longer
        elif measure(word) <= em:
            lines.append(word)
        else:
            return ()
    return tuple(lines)


def draw_text(fitted: Fit, width: float, height: float, style: Style, metrics: FontMetrics) -> str:
    """The operators that set `fitted`; every character is one that the font has."""
    size = style.taille * fitted.size
    pas = style.pas_mm * POINTS_PER_MM
    glyphs = metrics.glyphes
    parts = [f"BT /V {size:.4g} Tf 0 g"]
    if fitted.narrow != 1.0:
        parts.append(f"{fitted.narrow * 100:.4g} Tz")
    for number, line in enumerate(fitted.lines, start=1):
        x = 0.0
        if style.aligne != "gauche":
            used = sum(map(metrics.chasses.__getitem__, line)) * size * fitted.narrow / 1000
            x = (width - used) / (2 if style.aligne == "centre" else 1)
        y = height - number * pas + _BASELINE
        coded = "".join(map(glyphs.__getitem__, line))
        parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm <{coded}> Tj")
    parts.append("ET")
    return " ".join(parts)


def bounds(width: float, height: float) -> tuple[float, float, float, float]:
    """The box outside of which a slot draws nothing: its own, and room for tall letters."""
    return (-10, -10, round(width + 10, 2), round(height + 10, 2))


def draw_blank(width: float, height: float, style: Style) -> str:
    """The operators for a slot without a value: what `style.vide` names."""
    if style.vide == "rien":
        return ""
    if style.vide == "date":
        return _draw_date(height)
    if style.vide.startswith("peigne:"):
        return _draw_comb(width, int(style.vide.removeprefix("peigne:")))
    pas = style.pas_mm * POINTS_PER_MM
    rules = (height - number * pas + _RULE_Y for number in range(1, style.lignes + 1))
    return f"{_INK} " + " ".join(f"0 {y:.2f} m {width:.2f} {y:.2f} l" for y in rules) + " S"


def _draw_date(height: float) -> str:
    """« ___ / ___ / ______ »: day, month and year, with strokes between."""
    mm = POINTS_PER_MM
    rules = " ".join(
        f"{x * mm:.2f} {_RULE_Y:.2f} m {(x + w) * mm:.2f} {_RULE_Y:.2f} l"
        for x, w in ((0, 9), (13, 9), (26, 16))
    )
    strokes = " ".join(
        f"{x * mm:.2f} {_RULE_Y:.2f} m {(x + 1.6) * mm:.2f} {_RULE_Y + 4 * mm:.2f} l"
        for x in (10.2, 23.2)
    )
    return f"{_INK} {rules} {strokes} S"


def _draw_comb(width: float, cells: int) -> str:
    """A rule with a tooth between any two of its `cells`, a digit each."""
    step, top = width / cells, _RULE_Y + 2 * POINTS_PER_MM
    teeth = " ".join(
        f"{number * step:.2f} {_RULE_Y:.2f} m {number * step:.2f} {top:.2f} l"
        for number in range(cells + 1)
    )
    return f"{_INK} 0 {_RULE_Y:.2f} m {width:.2f} {_RULE_Y:.2f} l {teeth} S"

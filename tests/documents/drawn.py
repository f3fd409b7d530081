"""What is drawn on the pages of a PDF, in millimetres from the upper left of each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pikepdf

from tests.pdf import read_words

MM = 72 / 25.4


@dataclass(frozen=True)
class Drawn:
    """A rectangle, a line that is none as high or as wide, or where a word begins."""

    page: int
    left: float
    top: float
    width: float = 0
    height: float = 0
    text: str = ""


def read_drawn(content: bytes) -> list[Drawn]:
    """Rules, frames and boxes of every page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            replace(_turn(one, float(page.MediaBox[3])), page=number)
            for number, page in enumerate(pdf.pages)
            for one in _walk(page, page.Resources, pikepdf.Matrix())
        ]


def read_placed_words(content: bytes) -> list[Drawn]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        heights = [float(page.MediaBox[3]) for page in pdf.pages]
    return [
        _turn(Drawn(word.page, word.x, word.y, text=word.text), heights[word.page])
        for word in read_words(content)
    ]


def _turn(one: Drawn, height: float) -> Drawn:
    """From points above the lower edge of the page."""
    left, top, width, high = (
        points / MM for points in (one.left, height - one.top - one.height, one.width, one.height)
    )
    return replace(one, left=left, top=top, width=width, height=high)


def _walk(
    stream: pikepdf.Object | pikepdf.Page, resources: pikepdf.Object, matrix: pikepdf.Matrix
) -> Iterator[Drawn]:
    saved: list[pikepdf.Matrix] = []
    corners: list[tuple[float, float]] = []  # two for each line or rectangle of the path
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator), list(operands):
            case "q", _:
                saved.append(matrix)
            case "Q", _:
                matrix = saved.pop()
            case "cm", numbers:
                matrix = pikepdf.Matrix(*map(float, numbers)) @ matrix
            case "m", (x, y):
                start = float(x), float(y)
            case "l", (x, y):
                corners += [start, (start := (float(x), float(y)))]
            case "re", numbers:
                x, y, width, height = map(float, numbers)
                corners += [(x, y), (x + width, y + height)]
            case "S" | "s" | "f" | "f*" | "B", _:
                placed = [matrix.transform(corner) for corner in corners]
                for (x1, y1), (x2, y2) in zip(placed[::2], placed[1::2], strict=True):
                    yield Drawn(0, min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
                corners = []
            case "n", _:
                corners = []
            case "Do", (name,) if resources.XObject[name].Subtype == "/Form":
                form = resources.XObject[name]
                yield from _walk(form, form.get("/Resources", resources), matrix)

"""Which pages go on which side of a sheet, and where: booklets to fold, in numbers.

Pages are numbered from 0, None is a blank.
"""

import math
from collections.abc import Iterable, Iterator

Box = tuple[float, float, float, float]  # left, bottom, right, top

A4_LANDSCAPE: Box = (0, 0, 841.889764, 595.275591)
_A5 = (419.53, 595.28)  # two of them are a sheet; 0.25 mm are left on its outer sides


def is_to_fold(pages: Iterable[Box]) -> bool:
    """Whether all pages are A5: they are printed two by two, never smaller or larger."""
    return all(
        max(abs(right - left - _A5[0]), abs(top - bottom - _A5[1])) < 1
        for left, bottom, right, top in pages
    )


def impose(pages: int) -> Iterator[tuple[int | None, int | None]]:
    """The sides, left and right, of a booklet of `pages` pages stitched through its fold, front and
    back in turn.

    Sheets lie in each other, so the first holds the first and the last page. They are
    turned over along the fold (« bord court » of the printer). The booklet is filled up
    to a multiple of four with blanks at its end.
    """
    whole = math.ceil(pages / 4) * 4
    number = [*range(pages), *[None] * (whole - pages)]
    for low in range(0, whole // 2, 2):
        high = whole - 1 - low
        yield (number[high], number[low])
        yield (number[low + 1], number[high - 1])


def place(left: Box, right: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """By how much two pages are moved so that they meet in the fold of a sheet."""
    fold = A4_LANDSCAPE[2] / 2
    return (fold - left[2], -left[1]), (fold - right[0], -right[1])

"""Which pages go on which side of a sheet, and where: booklets to fold, in numbers.

Pages are numbered from 0, None is a blank. A matrix is six numbers as `cm` takes them.
"""

import math
from collections.abc import Iterator

Box = tuple[float, float, float, float]  # left, bottom, right, top
Matrix = tuple[float, float, float, float, float, float]

PRINT_KINDS = {"a4": "a-imprimer", "livret-a5": "a5"}  # and how the names of their files end
LIVRET_A5 = "livret-a5"  # what the command line calls A5 booklets to fold
A4_LANDSCAPE: Box = (0, 0, 841.889764, 595.275591)


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


def halves(sheet: Box) -> tuple[Box, Box]:
    """The left and the right half of a sheet."""
    left, bottom, right, top = sheet
    middle = (left + right) / 2
    return (left, bottom, middle, top), (middle, bottom, right, top)


def place(page: Box, cell: Box) -> Matrix:
    """Puts `page` into `cell`, as large as it can be, in its middle; wide pages on their side."""
    width, height = _size(page)
    cell_width, cell_height = _size(cell)
    lying = (width > height) != (cell_width > cell_height)
    across, up = (height, width) if lying else (width, height)
    scale = min(cell_width / across, cell_height / up)
    left = cell[0] + (cell_width - across * scale) / 2
    bottom = cell[1] + (cell_height - up * scale) / 2
    if lying:  # a quarter turn, the page's head to the left
        return (0, scale, -scale, 0, left + page[3] * scale, bottom - page[0] * scale)
    return (scale, 0, 0, scale, left - page[0] * scale, bottom - page[1] * scale)


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]

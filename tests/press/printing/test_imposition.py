"""Sheets to fold: the order and the places of their pages, in numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.press.printing.imposition import A4_LANDSCAPE, Box, halves, impose, place

A4: Box = (0, 0, 595.275591, 841.889764)


def fold(sides: list[tuple[int | None, int | None]]) -> list[int | None]:
    """The pages as one reads them, once sheets are turned along the fold, put in each other,
    and folded: first all right halves from the outside in, then the left ones back out."""
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    inwards = [page for front, back in sheets for page in (front[1], back[0])]
    outwards = [page for front, back in sheets[::-1] for page in (back[1], front[0])]
    return inwards + outwards


@given(st.integers(min_value=1, max_value=200))
def test_folding_the_sheets_gives_the_pages_in_their_order(pages: int) -> None:
    read = fold(list(impose(pages)))

    assert len(read) % 4 == 0
    assert len(read) - pages < 4
    assert read == [*range(pages), *[None] * (len(read) - pages)]


def test_eight_pages_go_on_two_sheets() -> None:
    assert list(impose(8)) == [(7, 0), (1, 6), (5, 2), (3, 4)]


def test_a_single_page_takes_a_sheet() -> None:
    assert list(impose(1)) == [(None, 0), (None, None)]


def corners(page: Box, cell: Box) -> Box:
    """Where the lower left and the upper right corner of `page` come to be."""
    a, b, c, d, e, f = place(page, cell)
    left, bottom, right, top = page
    ends = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((left, bottom), (right, top))]
    return (*map(min, *ends), *map(max, *ends))


BOXES = st.builds(
    lambda x, y, w, h: (x, y, x + w, y + h),
    *[st.floats(-500, 500)] * 2, *[st.floats(50, 2000)] * 2,
)  # fmt: skip


@given(BOXES, BOXES)
def test_a_page_lies_inside_its_cell_in_its_middle_and_fills_it_one_way(
    page: Box, cell: Box
) -> None:
    left, bottom, right, top = corners(page, cell)
    gaps = [left - cell[0], cell[2] - right, bottom - cell[1], cell[3] - top]

    assert min(gaps) > -1e-6
    assert max(abs(gaps[0] - gaps[1]), abs(gaps[2] - gaps[3])) < 1e-6
    assert min(gaps) < 1e-6


def test_an_a4_page_is_an_a5_page_on_half_a_sheet() -> None:
    scale, *_ = place(A4, halves(A4_LANDSCAPE)[0])

    assert round(scale, 3) == 0.707


def test_a_wide_page_lies_on_its_side_with_its_head_to_the_left() -> None:
    _, _, c, _, e, _ = place(A4_LANDSCAPE, A4)
    head = c * A4_LANDSCAPE[3] + e

    assert round(head, 6) == A4[0]
    assert round(c * A4_LANDSCAPE[1] + e, 3) == round(A4[2], 3)

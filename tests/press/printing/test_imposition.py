"""Sheets to fold: the order and the places of their pages, in numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.press.printing.imposition import A4_LANDSCAPE, Box, impose, is_to_fold, place

A4: Box = (0, 0, 595.28, 841.89)
A5: Box = (0, 0, 419.53, 595.28)


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


MOVED: Box = (20, -30, 20 + A5[2], A5[3] - 30)  # of a template that has another origin


@pytest.mark.parametrize("pages", [(A5, A5), (MOVED, A5), (A5, MOVED), (MOVED, MOVED)])
def test_two_pages_meet_in_the_fold_and_lie_on_the_sheet(pages: tuple[Box, Box]) -> None:
    moved = [
        (left + x, bottom + y, right + x, top + y)
        for (left, bottom, right, top), (x, y) in zip(pages, place(*pages), strict=True)
    ]

    assert moved[0][2] == moved[1][0] == A4_LANDSCAPE[2] / 2
    for left, bottom, right, top in moved:
        assert left >= 0
        assert bottom >= 0
        assert right <= A4_LANDSCAPE[2]
        assert top == pytest.approx(A4_LANDSCAPE[3], abs=0.01)


def test_pages_are_folded_where_all_of_them_are_half_a_sheet() -> None:
    assert is_to_fold([A5, A5])
    assert not is_to_fold([A4])
    assert not is_to_fold([A5, (0, 0, A5[3], A5[2])])

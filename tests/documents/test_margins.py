"""A booklet is stitched or stapled: the margin on the side of the fold is the wide one."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pikepdf
import pytest

from tests.documents.conftest import Make
from tests.documents.making import A5, COVERING, FOLDED, Edition, list_periods
from tests.pdf import read_words

MM = 72 / 25.4


@pytest.mark.parametrize(
    ("edition", "inner", "outer"), [(COVERING[0], 18, 15), (FOLDED, 14, 10)], ids=str
)
def test_the_wide_margin_of_a_booklet_is_at_the_fold(
    edition: Edition, inner: int, outer: int, make_edition: Make
) -> None:
    content = make_edition(edition, edition.documents).filled["livret"]
    starts: dict[int, list[float]] = defaultdict(list)
    for word in read_words(content):
        starts[word.page].append(word.x / MM)
    left_edges = {page: min(found) for page, found in starts.items() if page}  # but the cover

    assert len(left_edges) > 10
    for page, edge in left_edges.items():
        is_right_hand = page % 2 == 0  # the first page, 0, is one
        assert abs(edge - (inner if is_right_hand else outer)) < 1, page + 1


# What begins a period, and what leaves the booklet: each begins a leaf.
OF_A_PERIOD = ("Période ", "Feuille de présence", "Attestation")


@pytest.mark.parametrize("edition", [*COVERING, *A5], ids=str)
def test_a_period_and_what_leaves_the_booklet_begin_a_leaf(
    edition: Edition, make_edition: Make
) -> None:
    content = make_edition(edition, edition.documents).blank["livret"]
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        begun = [
            pdf.pages.index(item.destination[0]) + 1
            for item in walk(outline.root)
            if str(item.title).startswith((*OF_A_PERIOD, "Bilan"))
        ]

    assert len(begun) == len(OF_A_PERIOD) * len(list_periods(edition)) + 1
    assert {page % 2 for page in begun} == {1}, begun
    assert len(set(begun)) == len(begun)


def walk(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from walk(item.children)

"""A booklet is stitched or stapled: the margin on the side of the fold is the wide one."""

from __future__ import annotations

from collections import defaultdict

from tests.documents.conftest import Make
from tests.documents.making import DOCUMENTS, Edition
from tests.pdf import read_words

MM = 72 / 25.4
INNER, OUTER = 18, 15


def test_the_wide_margin_of_a_booklet_is_at_the_fold(make_edition: Make) -> None:
    content = make_edition(Edition("mcv", "seconde"), DOCUMENTS).filled["livret"]
    starts: dict[int, list[float]] = defaultdict(list)
    for word in read_words(content):
        starts[word.page].append(word.x / MM)
    left_edges = {page: min(found) for page, found in starts.items() if page}  # but the cover

    assert len(left_edges) > 10
    for page, edge in left_edges.items():
        is_right_hand = page % 2 == 0  # the first page, 0, is one
        assert abs(edge - (INNER if is_right_hand else OUTER)) < 1, page + 1

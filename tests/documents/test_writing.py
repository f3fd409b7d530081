"""There is room for a pen: lines 8 mm apart, boxes of 5 mm (4.5 on A5), 30 mm to sign."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from tests.documents.conftest import Make
from tests.documents.drawn import MM, Drawn, read_drawn, read_placed_words
from tests.documents.making import A5, COVERING, Edition
from tests.press.layout.test_form_widgets import widgets_of

EXACT = 0.06  # mm
TO_SIGN = ("Signature", "Cachet")
MULTILINE = 1 << 12
INSIDE = 4  # points: a zone is typed in within its frame

both_formats = pytest.mark.parametrize("edition", [*COVERING, *A5], ids=str)


def read_blanks(edition: Edition, make_edition: Make) -> Iterator[tuple[str, list[Drawn], bytes]]:
    for name, content in make_edition(edition, edition.documents).blank.items():
        yield name, read_drawn(content), content


def holds(box: Drawn, other: Drawn) -> bool:
    return (
        box is not other
        and box.page == other.page
        and box.left <= other.left + EXACT
        and box.top <= other.top + EXACT
        and box.left + box.width >= other.left + other.width - EXACT
        and box.top + box.height >= other.top + other.height - EXACT
    )


@both_formats
def test_boxes_are_large_enough_to_tick(edition: Edition, make_edition: Make) -> None:
    least = 4.5 if edition.format else 5
    seen = 0
    for name, drawn, _ in read_blanks(edition, make_edition):
        squares = [
            one for one in drawn if 3.5 < one.width < 8 and abs(one.width - one.height) < EXACT
        ]
        inner = {  # what a frame leaves white
            (one.page, round(one.left, 1), round(one.top, 1))
            for frame, one in pairwise(squares)
            if holds(frame, one) and one.width < frame.width - EXACT
        }
        for one in squares:
            if (one.page, round(one.left, 1), round(one.top, 1)) not in inner:
                assert one.width >= least - EXACT, (name, one)
                seen += 1
    assert seen > 50


AIR = {
    "mcv-seconde": 3,
    "mcv-terminale-B-insertion-a5": 3,
    "acv-court-toile": 3,
    "acv-court-toile-a5": 3,
}


@both_formats
def test_boxes_of_results_have_air_where_they_are_few(edition: Edition, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents).blank
    for name in ("livret", *(one for one in made if one.startswith("grille"))):
        columns: dict[tuple[int, float], list[float]] = defaultdict(list)
        for one in read_drawn(made[name]):
            if 4.4 < one.width < 5.1 and abs(one.width - one.height) < EXACT:
                columns[one.page, round(one.left, 1)].append(one.top)
        steps = [b - a for tops in columns.values() for a, b in pairwise(sorted(set(tops)))]
        size = 4.5 if edition.format else 5
        least = AIR.get(str(edition), 1.6 if name.startswith("grille") else 2.4)
        assert min(step for step in steps if step > size) >= size + least - 0.1, name


@both_formats
def test_there_is_room_to_sign(edition: Edition, make_edition: Make) -> None:
    seen = 0
    for name, drawn, content in read_blanks(edition, make_edition):
        for word in read_placed_words(content):
            if word.text in TO_SIGN:
                around = [one.height for one in drawn if one.height > 8 and holds(one, word)]
                assert around, (name, word)
                assert max(around) >= 30 - EXACT, (name, word)
                seen += 1
    assert seen >= 6


@both_formats
def test_lines_to_write_on_are_eight_millimetres_apart(
    edition: Edition, make_edition: Make
) -> None:
    seen = 0
    for name, drawn, content in read_blanks(edition, make_edition):
        words: dict[int, list[float]] = defaultdict(list)
        for word in read_placed_words(content):
            words[word.page].append(word.top)
        rules: dict[tuple[int, int, int], list[float]] = defaultdict(list)
        for one in drawn:
            if one.height < 0.6 and one.width > 60:
                rules[one.page, round(one.left), round(one.width)].append(one.top)
        for (page, *_), tops in rules.items():
            for above, below in pairwise(sorted(tops)):
                apart = below - above
                if 1 < apart < 20 and not any(above < y < below + 1 for y in words[page]):
                    assert apart >= 8 - EXACT, (name, page, above)
                    seen += 1
    assert seen


@both_formats
def test_zones_of_forms_have_lines_as_far_apart(edition: Edition, make_edition: Make) -> None:
    seen = 0
    for name, _, content in read_blanks(edition, make_edition):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for _, widget in widgets_of(pdf):
                if int(widget.get("/Ff", 0)) & MULTILINE:
                    height = (float(widget.Rect[3] - widget.Rect[1]) + INSIDE) / MM
                    assert height / round(height / 8) >= 8 - EXACT, (name, str(widget.TU))
                    seen += 1
    assert seen or edition.format

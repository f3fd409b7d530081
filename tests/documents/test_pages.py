"""A sheet of its own has no page without a reason."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.documents.conftest import Make
from tests.documents.making import COVERING, Edition, list_editions

# Its documents, and the most pages that each may have: one side of a sheet, or both.
SHEETS = {
    "lettre": 1,
    "attestation": 1,
    "visite": 1,
    "memo-tuteur": 1,
    "accueil": 1,
    "rapport": 1,
    "grille": 2,
    "annexe-pedagogique": 2,
    "journal": 2,
}


MM = 72 / 25.4
FOOT, HEAD, LEAST = 20 * MM, 18 * MM, 60 * MM


EDITIONS = [
    pytest.param(one, id=str(one), marks=() if one in COVERING else pytest.mark.lent)
    for one in list_editions()
]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_sheet_is_one_page_or_its_two_sides(edition: Edition, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents)
    for name, most in SHEETS.items():
        contents = [
            content
            for documents in (made.filled, made.blank)
            for label, content in documents.items()
            if label.startswith(f"{name}-")
        ]
        assert contents
        for content in contents:
            with pypdfium2.PdfDocument(content) as document:
                assert len(document) <= most, name


@pytest.mark.parametrize("edition", COVERING, ids=str)
def test_no_sheet_ends_on_a_page_nearly_empty(edition: Edition, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents)
    for name, content in (made.filled | made.blank).items():
        with pypdfium2.PdfDocument(content) as document:
            page = document[len(document) - 1]
            tops = [one.get_bounds()[3] for one in page.get_objects(max_depth=1)]
            inside = [top for top in tops if FOOT < top < page.get_height() - HEAD]
            assert page.get_height() - min(inside) > LEAST, name


def test_four_weeks_of_attendance_are_one_page(make_edition: Make) -> None:
    edition = COVERING[1]
    made = make_edition(edition, edition.documents)
    for content in (made.filled["presence-1"], made.blank["presence-2"]):
        with pypdfium2.PdfDocument(content) as document:
            assert len(document) == 1

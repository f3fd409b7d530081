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


def test_four_weeks_of_attendance_are_one_page(make_edition: Make) -> None:
    edition = COVERING[1]
    made = make_edition(edition, edition.documents)
    for content in (made.filled["presence-1"], made.blank["presence-2"]):
        with pypdfium2.PdfDocument(content) as document:
            assert len(document) == 1

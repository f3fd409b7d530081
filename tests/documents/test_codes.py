"""A sheet that comes back says whose it is to a scanner, as it does to the eye."""

from __future__ import annotations

import re

import pypdfium2
import zxingcpp

from tests.documents.conftest import Make
from tests.documents.making import COVERING
from tests.pdf import read_text

IDENTIFIER = re.compile(r"\b[0-9A-Z]{8}-[0-9A-Z]{5}-[0-9A-Z]{4}\b")


def scan(pdf: bytes) -> list[str]:
    """The codes on the pages, in their order, as printed with 288 dots an inch."""
    pages = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=4, grayscale=True).to_pil() for page in pages]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def test_the_code_of_a_grid_is_the_identifier_that_it_shows(make_edition: Make) -> None:
    made = make_edition(COVERING[0], ("grille",))
    assert made.filled.keys() == {"grille-1", "grille-2"}

    for name, pdf in made.filled.items():
        (shown,) = set(IDENTIFIER.findall(read_text(pdf)))
        assert scan(pdf) == [f"{shown.replace('-', '')}{page:02}" for page in (1, 2)]
        assert scan(made.blank[name]) == []

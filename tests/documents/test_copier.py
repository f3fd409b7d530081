"""A copy in black and white keeps all that is printed: each rule, box and letter."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.documents.conftest import Make
from tests.documents.making import COVERING, FOLDED, FOLDED_OTHER, Edition

DPI = 200
FINER = 2  # than a copier sees: what a printer puts on paper
BLACK = 128  # what is lighter is paper to a copier
FILL = 230  # a tint to lead the eye, which may be lost
MADE = [("blank", COVERING[1]), ("filled", FOLDED)]
OTHERS = [("filled", COVERING[2]), ("blank", COVERING[3]), ("blank", FOLDED_OTHER)]
MADE += [pytest.param(*one, marks=pytest.mark.lent) for one in OTHERS]


def find_lost(page: Image.Image) -> tuple[int, int, int, int] | None:
    """Where a page, in grey, has ink with nothing black of the copy beside it."""
    ink = page.point(lambda grey: 255 if grey < FILL else 0)
    copied = page.point(lambda grey: 255 if grey < BLACK else 0)
    return ImageChops.subtract(ink, copied.filter(ImageFilter.MaxFilter(3))).getbbox()


@pytest.mark.parametrize(("kind", "edition"), MADE, ids=str)
def test_a_copy_keeps_every_rule_box_and_letter(
    make_edition: Make, kind: str, edition: Edition
) -> None:
    made: dict[str, bytes] = getattr(make_edition(edition, edition.documents), kind)
    one_each = {name.rstrip("0123456789-P"): content for name, content in made.items()}
    assert len(one_each) == len(edition.documents)
    for name, content in one_each.items():
        with pypdfium2.PdfDocument(content) as document:
            for number, page in enumerate(document, 1):
                scanned = page.render(scale=DPI * FINER / 72, grayscale=True).to_pil()
                scanned = scanned.reduce(FINER)
                assert scanned.getextrema()[0] < BLACK, (name, number)
                assert find_lost(scanned) is None, (name, number)

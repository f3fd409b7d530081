"""Every document of both diplomas against the rules of PDF/UA-1 and PDF/A-2a that a machine can
judge, and what it says of itself."""

from __future__ import annotations

import io
from itertools import cycle
from pathlib import Path

import pikepdf
import pytest

from tests.documents.conftest import Make
from tests.documents.making import (
    COVERING,
    DOCUMENTS,
    FOLDED,
    FOLDED_OTHER,
    Edition,
    list_editions,
)
from tests.pdf import find_faults

# In every run each of these in one of its states; the slow tests take both of all.
USUAL = dict(zip((*COVERING, FOLDED), cycle(["filled", "blank"]), strict=False))
STATES = [
    pytest.param(
        one, kind, id=f"{kind}-{one}", marks=() if USUAL.get(one) == kind else pytest.mark.lent
    )
    for one in (*list_editions(), FOLDED, FOLDED_OTHER)
    for kind in ("filled", "blank")
]


@pytest.mark.parametrize(("edition", "kind"), STATES)
def test_nothing_is_held_against_any_document(
    make_edition: Make, edition: Edition, kind: str, tmp_path: Path
) -> None:
    judged = set()
    for name, content in getattr(make_edition(edition, edition.documents), kind).items():
        assert find_faults(content, tmp_path) == [], name
        judged.add(next(one for one in DOCUMENTS if name.startswith(one)))
    assert judged == set(edition.documents)


def test_metadata_and_information_say_the_same(make_edition: Make) -> None:
    made = make_edition(COVERING[0], DOCUMENTS)
    for content in (*made.blank.values(), *made.filled.values()):
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            said = {key: str(metadata[key]) for key in ("dc:title", "pdf:Producer")}
            known = {"dc:title": str(pdf.docinfo.Title), "pdf:Producer": str(pdf.docinfo.Producer)}
        assert said == known
        assert known["pdf:Producer"] == "pfmp"

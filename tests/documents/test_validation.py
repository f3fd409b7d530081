"""Every document of both diplomas against the rules of PDF/UA-1 that a machine can judge."""

from __future__ import annotations

import page
import pytest

from tests.documents.conftest import Make
from tests.documents.making import DIPLOMES, DOCUMENTS, list_editions

RULES = 104  # of PDF/UA-1 that page-validation knows


@pytest.mark.parametrize("diplome", DIPLOMES)
@pytest.mark.parametrize("kind", ["filled", "blank"])
def test_nothing_is_held_against_any_document(make_edition: Make, diplome: str, kind: str) -> None:
    judged = set()
    for edition in (e for e in list_editions() if e.diplome == diplome):
        for name, content in getattr(make_edition(edition, DOCUMENTS), kind).items():
            report = page.validate_pdf_bytes(content, profile="ua1")
            assert report.failures == [], (str(edition), name)
            assert report.is_compliant
            assert report.rules.passed == report.rules.total >= RULES, (str(edition), name)
            judged.add(name.rpartition("-")[0] if name[-1].isdigit() else name)
    assert judged == set(DOCUMENTS)

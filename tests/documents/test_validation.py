"""Every document of both diplomas against the rules of PDF/UA-1 that a machine can judge."""

from __future__ import annotations

import page
import pytest

from tests.documents.conftest import Make
from tests.documents.making import COVERING, DOCUMENTS, Edition, list_editions

RULES = 104  # of PDF/UA-1 that page-validation knows
EDITIONS = [
    pytest.param(one, id=str(one), marks=() if one in COVERING else pytest.mark.lent)
    for one in list_editions()
]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", ["filled", "blank"])
def test_nothing_is_held_against_any_document(
    make_edition: Make, edition: Edition, kind: str
) -> None:
    judged = set()
    for name, content in getattr(make_edition(edition, DOCUMENTS), kind).items():
        report = page.validate_pdf_bytes(content, profile="ua1")
        assert report.failures == [], name
        assert report.is_compliant
        assert report.rules.passed == report.rules.total >= RULES, name
        judged.add(next(one for one in DOCUMENTS if name.startswith(one)))
    assert judged == set(DOCUMENTS)

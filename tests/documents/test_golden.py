"""Each document of each edition is what `golden/` has of it: text, tables, fields, forms.

`pytest --rewrite-golden` writes these anew; the difference is then read before it is kept.
A file has all the periods of an edition. A line is the filled document's, with «fields» for
values; where the blank one says something else, its line follows, after `blank:`.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

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
from tests.documents.tagged import Line, format_lines, read_lines

GOLDEN = Path(__file__).parent / "golden"
SHEETS = DOCUMENTS[1:]
# Every document, class, option, variant and period of both diplomas.
USUAL = {
    **{one: one.documents for one in (*COVERING, FOLDED)},
    Edition("acv", "long", "armature"): ("grille",),
    Edition("acv", "long", "vol"): ("presence", "attestation"),
}
OTHERS = [*(one for one in list_editions() if one not in COVERING), FOLDED_OTHER]


def show(filled: bytes, blank: bytes, values: dict[str, str]) -> str:
    lines = [name_fields(line, values) for line in read_lines(filled)]
    blanks = read_lines(blank)
    assert [(line.page, line.tag) for line in lines] == [(line.page, line.tag) for line in blanks]
    return format_lines([one for pair in zip(lines, blanks, strict=True) for one in tell(*pair)])


def name_fields(line: Line, values: dict[str, str]) -> Line:
    """The line with each value as its field's name."""
    text = line.text
    for field, value in values.items():
        text = text.replace(value, f"«{field}»")
    text = re.sub(r"\b[0-9A-Z]{8}-[0-9A-Z]{5}-[0-9A-Z]{4}\b", "«eleve.identifiant»", text)
    return Line(line.page, line.depth, line.tag, text)


def tell(line: Line, blank: Line) -> list[Line]:
    """A line, and what the blank document has there, unless it is the same without values."""
    emptied = re.sub(r"«[a-z]+[0-9]?\.[a-z_]+»", "", line.text)
    if emptied.split() == blank.text.split():
        return [line]
    return [line, Line(line.page, line.depth + 1, "blank:", blank.text)]


def check(edition: Edition, documents: tuple[str, ...], make_edition: Make, rewrite: bool) -> None:
    made = make_edition(edition, documents)
    shown: dict[str, str] = {}
    for name, filled in made.filled.items():
        document = next(one for one in DOCUMENTS if name.startswith(one))
        text = show(filled, made.blank[name], made.values)
        shown[document] = f"{shown.get(document, '')}##### {name}\n{text}\n"

    assert shown.keys() == set(documents)
    differences = []
    for document, text in shown.items():
        path = GOLDEN / edition.diplome / f"{document}_{edition.code}.txt"
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        differences += compare(path, text)
    advice = "pytest tests/documents --rewrite-golden, where this is what was meant:"
    assert not differences, "\n".join([advice, *differences])


def compare(path: Path, text: str) -> list[str]:
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    names = (str(path.relative_to(GOLDEN)), "made now")
    return list(difflib.unified_diff(known.splitlines(), text.splitlines(), *names, lineterm=""))


@pytest.mark.parametrize("edition", USUAL, ids=str)
def test_documents_are_as_they_were(
    edition: Edition, make_edition: Make, request: pytest.FixtureRequest
) -> None:
    check(edition, USUAL[edition], make_edition, request.config.getoption("--rewrite-golden"))


@pytest.mark.lent
@pytest.mark.parametrize("edition", OTHERS, ids=str)
def test_all_documents_of_the_other_editions_are_as_they_were(
    edition: Edition, make_edition: Make, request: pytest.FixtureRequest
) -> None:
    check(edition, edition.documents, make_edition, request.config.getoption("--rewrite-golden"))

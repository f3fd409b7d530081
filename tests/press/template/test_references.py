"""The texts of law that templates cite: each is a reference, and one that is superseded is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfmp_cli.press.template.references import ARTICLE, FILE, find_citations, read_references
from pfmp_cli.shipped import shipped

SHIPPED = shipped("templates")


def tell(folder: Path) -> list[str]:
    return [
        f"{one.position.line}:{one.position.column} {one.severity.value} : {one.message}"
        for one in find_citations([folder, SHIPPED])
        if one.position
    ]


def test_the_shipped_templates_cite_references_and_nothing_else() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.html")}
    references = read_references(SHIPPED / FILE)
    cited = {name for text in texts.values() for name in re.findall(r"m\.loi\('(.+?)'\)", text)}

    assert [name for name, text in texts.items() if ARTICLE.search(text)] == [FILE]
    assert cited == set(references) != set()
    assert list(find_citations([SHIPPED])) == []


def test_an_article_that_no_reference_has_is_told_where_a_school_s_template_names_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "convention.md").write_text(
        "{# par stage #}\n# Convention\n\nVu l'article L. 124-4 et l'article D.999-1.\n",
        encoding="utf-8",
    )

    assert tell(tmp_path) == [
        "4:36 remarque : D.999-1 n'est pas dans les références : rien ne dira s'il est remplacé"
    ]


def test_a_reference_that_is_superseded_is_told_with_what_cites_it(tmp_path: Path) -> None:
    own = (SHIPPED / FILE).read_text(encoding="utf-8")
    line = next(n for n, text in enumerate(own.splitlines(), 1) if "D. 124-9" in text)
    own = own.replace("none}", "'l’article X. 1'}", 1)
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    (tmp_path / "note.html").write_text("<p>L'article D. 124-9.</p>", encoding="utf-8")

    said = "avertissement : D. 124-9 est remplacé par l’article X. 1"
    column = own.splitlines()[line - 1].index("D. 124-9") + 1
    assert sorted(tell(tmp_path)) == sorted([f"{line}:{column} {said}", f"1:14 {said}"])


@pytest.mark.parametrize(
    "text", ["{% set references = %}", "{% set references = {'a': range(9)} %}", "rien"]
)
def test_a_file_of_references_that_is_no_data_is_not_run(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    assert tell(tmp_path) == []

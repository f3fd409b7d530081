"""The articles of law that templates name, against the references that they come with."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_templates, locate
from pfmp_cli.rules.template_rules import ARTICLE_SUPERSEDED, ARTICLE_UNKNOWN

FILE = "_references.html"
ARTICLE = re.compile(r"\b[LRD]\.\s?\d+(?:-\d+)+")


def find_citations(templates: Templates) -> Iterator[Diagnostic]:
    """What a school's templates name that no reference has, and what is superseded, in them as in
    the references."""
    references = {
        _plain(article): reference
        for reference in templates.read_references(FILE).values()
        for article in reference.get("articles", ())
    }
    written = [path for folder in templates.folders[:-1] for path in list_templates(folder)]
    for path in dict.fromkeys([*written, locate(FILE, templates.folders)]):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            for found in ARTICLE.finditer(line):
                place = Position(str(path), number, found.start() + 1, line, len(found[0]))
                yield from _judge(found[0], place, references)


def _judge(
    article: str, place: Position, references: Mapping[str, Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    reference = references.get(_plain(article))
    if reference is None:
        yield ARTICLE_UNKNOWN.at(place, article=article)
    elif new := reference.get("remplace_par"):
        yield ARTICLE_SUPERSEDED.at(place, article=article, new=new)


def _plain(article: str) -> str:
    return "".join(article.split())

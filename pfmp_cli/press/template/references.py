"""The articles of law that templates name, against the references that they come with."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.press.template.template_files import list_templates
from pfmp_cli.press.template.template_loader import locate
from pfmp_cli.rules.template_rules import ARTICLE_SUPERSEDED, ARTICLE_UNKNOWN

FILE = "_references.html"
_PLAIN = (nodes.Dict, nodes.List, nodes.Const)
ARTICLE = re.compile(r"\b[LRD]\.\s?\d+(?:-\d+)+")


def find_citations(folders: list[Path]) -> Iterator[Diagnostic]:
    """What a school's templates name that no reference has, and what is superseded, in them as in
    the references."""
    own = locate(FILE, folders)
    references = {
        _plain(article): reference
        for reference in read_references(own).values()
        if isinstance(reference, dict) and isinstance(reference.get("articles"), list)
        for article in map(str, reference["articles"])
    }
    written = [path for folder in folders[:-1] for path in list_templates(folder)]
    for path in dict.fromkeys([*written, own]):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines, 1):
            for found in ARTICLE.finditer(line):
                place = Position(str(path), number, found.start() + 1, line, len(found[0]))
                yield from _judge(found[0], place, references)


def read_references(path: Path) -> dict[str, Any]:
    """The references by name, read and not run; none where they are not plain data."""
    try:
        tree = Environment().parse(path.read_text(encoding="utf-8", errors="replace"))
    except (TemplateSyntaxError, RecursionError):
        return {}
    for found in tree.find_all(nodes.Assign):
        parts = found.node.find_all(nodes.Expr)
        if isinstance(found.node, nodes.Dict) and all(isinstance(one, _PLAIN) for one in parts):
            return dict(found.node.as_const())
    return {}


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

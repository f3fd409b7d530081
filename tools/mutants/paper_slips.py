"""Slips in what is printed: in templates, and in the codes and levels of the référentiel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.mutants.slip import Slip, make_slip, rank

VARIABLE = re.compile(
    r"\b(eleve|stage|etablissement|periode|activite|contact|diplome|classe|option)\.([a-z_]+)\b"
)
CONDITION = re.compile(r"(?<=\{% )(?:el)?if (.+?)(?= %\})")
CELL = re.compile(
    r"<t([dh])\b[^<]*?>(?:(?!<t[dhr]).)*?</t\1>"
    r"|\{\{-? m\.(?:saisie|cellule|case|trait|donnee|signature|choix)\((?:(?!\{\{).)*?\) \}\}"
)
NEIGHBOURS = re.compile(r"(<td>(?:(?!<td).)*?</td>)(<td>(?:(?!<td).)*?</td>)")
SAID = re.compile(r"(?m)^ *[^#\n]*?(?:: |\[|\{|\")(.*)$")
LEVELS = re.compile(r"(?m)^( *- \{libelle: .*\}\n)( *- \{libelle: .*\}\n)")


def draw_paper_slips(root: Path, what: str, number: int, seed: int) -> list[Slip]:
    """The first `number` of the seed's order, of templates or of the référentiel."""
    if what == "templates":
        files = sorted((root / "templates").glob("*.html"))
        names = _fields_of(path.read_text("utf-8") for path in files)
        slips = [slip for path in files for slip in _template_slips(root, path, names)]
    else:
        slips = list(_referentiel_slips(root / what))
    once = {slip.name: slip for slip in slips}
    return sorted(once.values(), key=lambda slip: rank(seed, slip.name))[:number]


def _fields_of(texts: Iterable[str]) -> dict[str, list[str]]:
    """{noun: what the templates print of it}"""
    found: dict[str, set[str]] = {}
    for text in texts:
        for noun, field in VARIABLE.findall(text):
            found.setdefault(noun, set()).add(field)
    return {noun: sorted(fields) for noun, fields in found.items()}


def _template_slips(root: Path, path: Path, names: dict[str, list[str]]) -> Iterator[Slip]:
    text, file = path.read_text("utf-8"), path.relative_to(root).as_posix()
    for found in VARIABLE.finditer(text):
        fields = names[found[1]]
        other = fields[(fields.index(found[2]) + 1) % len(fields)]
        if other != found[2]:
            yield _replace(file, text, found.span(2), other)
    for found in CONDITION.finditer(text):
        yield _replace(file, text, found.span(1), "true")
    for found in CELL.finditer(text):
        yield _replace(file, text, found.span(), "")
    for found in NEIGHBOURS.finditer(text):
        if found[1] != found[2]:
            yield _replace(file, text, found.span(), found[2] + found[1])


def _referentiel_slips(path: Path) -> Iterator[Slip]:
    """A digit of a code, a number or a date that is one more; two levels swapped."""
    text = path.read_text("utf-8")
    for line in SAID.finditer(text):
        for digit in re.finditer(r"\d", line[1]):
            start = line.start(1) + digit.start()
            yield _replace(path.name, text, (start, start + 1), str((int(digit[0]) + 1) % 10))
    for levels in LEVELS.finditer(text):
        yield _replace(path.name, text, levels.span(), levels[2] + levels[1])


def _replace(file: str, text: str, span: tuple[int, int], words: str) -> Slip:
    return make_slip(file, text, text[: span[0]] + words + text[span[1] :])

"""Codes and spellings of a référentiel: what can be printed, named after and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.references import find_same
from pfmp_cli.rules.referentiel_rules import (
    AMBIGUOUS_CLASSE,
    BAD_MEF,
    ITEM_CODE,
    ODD_CODE,
    SAME_CODE,
    SAME_MEF,
)
from pfmp_cli.text import fold, slug
from pfmp_cli.yaml_files.source import Loc, YamlSource

# Codes go into file names, addresses inside a document and names of form fields.
CODE = re.compile(r"\w+(?:[.-]\w+)*", re.ASCII)
MEF = ("mef", "mef_apprentis", "mef_libelles")
_PLACES = ("options", "classes", "variantes", "activites")


def find_odd_codes(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    """Codes with a space, an accent or a sign."""
    for group in _list_codes(referentiel):
        for code, loc in group:
            if CODE.fullmatch(code) is None:
                yield ODD_CODE.at(source.position(loc), code=code, example=slug(code) or "X-1")


def find_same_codes(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    """Codes that two things bear."""
    items = [(code, loc) for code, loc, _ in _list_items(referentiel)]
    for group in (*_list_codes(referentiel), items):
        yield from find_same(SAME_CODE, group, source)


def find_misplaced_items(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    """Items whose code is not that of their activity and list, and a number."""
    for code, loc, start in _list_items(referentiel):
        if not re.fullmatch(re.escape(start) + "[0-9]+", code):
            number = int(loc[-2]) + 1
            yield ITEM_CODE.at(source.position(loc), code=code, start=start, number=number)


def _list_codes(referentiel: Referentiel) -> Iterator[list[tuple[str, Loc]]]:
    """Groups of codes that must differ, and where they stand."""
    for place in _PLACES:
        things = getattr(referentiel, place)
        yield [(thing.code, (place, i, "code")) for i, thing in enumerate(things)]
    for c, classe in enumerate(referentiel.classes):
        periodes = enumerate(classe.periodes)
        yield [(periode.code, ("classes", c, "periodes", i, "code")) for i, periode in periodes]


def _list_items(referentiel: Referentiel) -> Iterator[tuple[str, Loc, str]]:
    """The codes of all items, where they stand, and what they must begin with."""
    for a, activite in enumerate(referentiel.activites):
        for name, letters in LISTS.items():
            for i, item in enumerate(getattr(activite, name)):
                loc = ("activites", a, name, i, "code")
                yield item.code, loc, f"{activite.code}.{letters}"


def find_ambiguous_classes(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    """Ways to write a class (code, label, `graphies`) that another class has already."""
    seen: dict[str, str] = {}
    for c, classe in enumerate(referentiel.classes):
        loc: Loc = ("classes", c)
        spellings: list[tuple[str, Loc]] = [(classe.libelle, (*loc, "libelle"))]
        spellings += [(text, (*loc, "graphies", i)) for i, text in enumerate(classe.graphies)]
        seen.setdefault(fold(classe.code), classe.code)
        for text, place in spellings:
            other = seen.setdefault(fold(text), classe.code)
            if other != classe.code:
                yield AMBIGUOUS_CLASSE.at(source.position(place), text=text, other=other)


def find_wrong_mefs(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    """Codes of another shape, and codes or labels that would mean two things."""
    seen: dict[str, Loc] = {}
    for mef, loc in _list_mefs(referentiel):
        position = source.position(loc)
        if "mef_libelles" not in loc and not re.fullmatch("[0-9]{10}", mef):
            yield BAD_MEF.at(position, mef=mef)
        elif (first := seen.setdefault(fold(mef), loc)) != loc:
            yield SAME_MEF.at(position, word=mef, line=source.position(first).line)


def _list_mefs(referentiel: Referentiel) -> Iterator[tuple[str, Loc]]:
    for c, classe in enumerate(referentiel.classes):
        for key in MEF:
            for option, mefs in getattr(classe, key).items():
                for i, mef in enumerate(mefs):
                    yield mef, ("classes", c, key, option, i)

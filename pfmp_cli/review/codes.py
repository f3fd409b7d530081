"""Codes and spellings of a référentiel: what can be printed, named after and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, error
from pfmp_cli.text import fold, slug

if TYPE_CHECKING:
    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.yaml_files.source import Loc, YamlSource

# Codes go into file names, addresses inside a document and names of form fields.
CODE = re.compile(r"\w+(?:[.-]\w+)*", re.ASCII)
PLACES = ("options", "classes", "variantes", "activites")


def find_odd_codes(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    """Codes with a space, an accent or a sign."""
    for code, loc in _codes(referentiel):
        if CODE.fullmatch(code) is None:
            yield error(
                f"le code « {code} » n'a pas que des lettres sans accent, des chiffres, "
                "« - », « _ » ou « . »",
                source.position(loc),
                f"écrivez par exemple « {slug(code) or 'X-1'} »",
                "code",
            )


def _codes(referentiel: Referentiel) -> Iterator[tuple[str, Loc]]:
    for place in PLACES:
        for i, thing in enumerate(getattr(referentiel, place)):
            yield thing.code, (place, i, "code")
    for c, classe in enumerate(referentiel.classes):
        for p, periode in enumerate(classe.periodes):
            yield periode.code, ("classes", c, "periodes", p, "code")


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
                yield error(
                    f"« {text} » désigne déjà la classe « {other} »",
                    source.position(place),
                    "écrivez autrement l'une des deux",
                    "libelle-double",
                )

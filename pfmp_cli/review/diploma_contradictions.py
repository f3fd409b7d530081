"""What contradicts itself in a `pfmp.yaml` of several diplomas."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.rules import school_rules as rules
from pfmp_cli.text import fold, slug
from pfmp_cli.yaml_files.diplomas import DiplomaPart

_OF_EACH = (("divisions",), ("complements",), ("calendrier", "periodes"))


def find_absent(parts: Sequence[DiplomaPart], paths: Sequence[Path]) -> Iterator[Diagnostic]:
    """The référentiels that are not where the file says."""
    for part, path in zip(parts, paths, strict=True):
        if part.referentiel and not path.is_file():
            place = part.whole.position((*part.loc, "referentiel"))
            yield rules.NO_REFERENTIEL.at(place, name=part.referentiel)


def check_diplomas(
    parts: Sequence[DiplomaPart], referentiels: Sequence[Referentiel]
) -> Iterator[Diagnostic]:
    """What is said for all and is of each diploma, and what two of them have in common."""
    whole = parts[0].whole
    for loc in _OF_EACH:
        if loc in whole:
            yield rules.OF_A_DIPLOMA.at(whole.key_position(loc), key=".".join(loc))
    owners: dict[str, int] = {}
    sigles: set[str] = set()
    for rank, (part, referentiel) in enumerate(zip(parts, referentiels, strict=True)):
        sigle = referentiel.diplome.sigle
        if slug(sigle).lower() in sigles:
            yield rules.SAME_DIPLOMA.at(whole.position(part.loc), sigle=sigle)
        sigles.add(slug(sigle).lower())
        data: Any = part.source.data
        for name in data.get("divisions") or ():
            first = owners.setdefault(fold(name), rank)
            if first != rank:
                place = whole.key_position((*part.loc, "divisions", name))
                other = referentiels[first].diplome.sigle
                yield rules.DIVISION_OF_ANOTHER.at(place, division=name, sigle=other)

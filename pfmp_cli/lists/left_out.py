"""The pupils of a list of the whole school who are not ours, and those who may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, warning
from pfmp_cli.text import count, fold

if TYPE_CHECKING:
    from pfmp_cli.domain.projet import Division
    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.lists.mef import OtherPupil
    from pfmp_cli.lists.pupils import Roster

# Labels of two courses of study differ by more than this, spellings of one by less.
RESSEMBLANCE = 0.9
AIDE_MEF = "s'ils sont de ce diplôme, ajoutez leur MEF à « mef » ou « mef_libelles » du référentiel"


def find_doubtful(
    roster: Roster, referentiel: Referentiel, divisions: Mapping[str, Division]
) -> Iterator[Diagnostic]:
    """The MEFs left out, in divisions that are ours or with a label almost ours."""
    labels = {fold(label): label for label in referentiel.formations("mef_libelles")}
    groups: dict[tuple[str, str], list[OtherPupil]] = {}
    for other in roster.others:
        division = other.division if other.division in divisions else ""
        groups.setdefault((other.mef, division), []).append(other)
    near = {mef: _nearest(mef, labels) for mef, _ in groups}
    for (mef, division), others in groups.items():
        if division or near[mef]:
            reason = f"la division « {division} » est dans pfmp.yaml" if division else near[mef]
            left = count(len(others), "élève est laissé", "élèves sont laissés")
            yield warning(
                f"le MEF « {mef} » n'est pas au référentiel, {reason} : {left} de côté",
                roster.position(others[0], others[0].field),
                AIDE_MEF,
            )


def _nearest(mef: str, labels: Mapping[str, str]) -> str:
    if fold(mef).isdigit():
        return ""
    found = get_close_matches(fold(mef), labels, n=1, cutoff=RESSEMBLANCE)
    return f"« {labels[found[0]]} » y est" if found else ""

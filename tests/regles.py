"""A value judged by the rule of its field, as the readers of files do."""

from __future__ import annotations

from datetime import date

from pfmp_cli.lists.cells import read_date
from pfmp_cli.lists.value_checks import ValueFault, check_naissance, rule_of


def check_value(champ: str, texte: str, rentree: date | None = None) -> ValueFault | None:
    """What is wrong with the text of a field; a birth date against `rentree`, if it is given."""
    if champ == "eleve.date_naissance":
        return check_naissance(read_date(texte), rentree)
    regle = rule_of(champ)
    return regle(texte) if regle else None

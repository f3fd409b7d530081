"""What a school adds to the référentiel where that declares a gap (`lacunes`)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pfmp_cli.domain.projet import Complement, Projet
from pfmp_cli.domain.referentiel import Activite, Item

# A list of an activity → what its codes have between the activity's code and the number.
LISTS = {"taches": "T", "ressources": "RS", "resultats": "R"}


def complete(activites: Iterable[Activite], projet: Projet) -> tuple[Activite, ...]:
    """The activities, with the school's items where the référentiel has a gap."""
    none = Complement()
    return tuple(_fill(one, projet.complements.get(one.code, none)) for one in activites)


def _fill(activite: Activite, complement: Complement) -> Activite:
    filled: dict[str, Any] = {
        name: tuple(
            Item(code=f"{activite.code}.{letters}{number}", libelle=text)
            for number, text in enumerate(getattr(complement, name), start=1)
        )
        for name, letters in LISTS.items()
        if name in activite.lacunes and getattr(complement, name)
    }
    gaps = {name: why for name, why in activite.lacunes.items() if name not in filled}
    return replace(activite, **filled, lacunes=gaps)

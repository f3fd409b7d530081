"""What a school adds to the référentiel where that declares a gap (`lacunes`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pfmp_cli.domain.projet import Complement, Projet
from pfmp_cli.domain.referentiel import Activite, Item, Referentiel

# A list of an activity → what its codes have between the activity's code and the number.
LISTS = {"taches": "T", "ressources": "RS", "resultats": "R"}


def complete(activites: Iterable[Activite], projet: Projet) -> tuple[Activite, ...]:
    """The activities, with the school's items where the référentiel has a gap."""
    given = projet.complements
    return tuple(
        _fill(activite, given[activite.code]) if activite.code in given else activite
        for activite in activites
    )


def _fill(activite: Activite, complement: Complement) -> Activite:
    filled: dict[str, Any] = {
        name: tuple(
            Item(code=f"{activite.code}.{letters}{number}", libelle=text)
            for number, text in enumerate(texts, start=1)
        )
        for name, letters in LISTS.items()
        if (texts := getattr(complement, name))
    }
    gaps = {name: why for name, why in activite.lacunes.items() if name not in filled}
    return replace(activite, **filled, lacunes=gaps)


def keep_useful_complements(projet: Projet, referentiel: Referentiel) -> Projet:
    """The school without the complements of what is no gap in this référentiel."""
    gaps = {activite.code: activite.lacunes for activite in referentiel.activites}
    kept = {
        code: Complement(
            **{name: getattr(complement, name) for name in LISTS if name in gaps.get(code, {})}
        )
        for code, complement in projet.complements.items()
    }
    return replace(projet, complements=kept)

"""What a school adds to the référentiel where that declares a gap (`lacunes`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pfmp_cli.diagnostics import Diagnostic, error
from pfmp_cli.domain.referentiel import Activite, Item, Referentiel
from pfmp_cli.review.contradictions import LISTES, unknown
from pfmp_cli.yaml_files.source import YamlSource

if TYPE_CHECKING:
    from pfmp_cli.domain.projet import Projet


def complete(activites: Iterable[Activite], projet: Projet) -> tuple[Activite, ...]:
    """The activities, with the school's items where the référentiel has a gap."""
    return tuple(_complete(activite, projet) for activite in activites)


def _complete(activite: Activite, projet: Projet) -> Activite:
    complement = projet.complements.get(activite.code)
    if complement is None:
        return activite
    filled: dict[str, Any] = {}
    lacunes = dict(activite.lacunes)
    for name, letters in LISTES.items():
        if texts := getattr(complement, name):
            prefix = f"{activite.code}.{letters}"
            filled[name] = tuple(
                Item(code=f"{prefix}{number}", libelle=text)
                for number, text in enumerate(texts, start=1)
            )
            lacunes.pop(name, None)
    return replace(activite, **filled, lacunes=lacunes)


def keep_useful_complements(projet: Projet, referentiel: Referentiel) -> Projet:
    """The school without the complements of what is no gap in this référentiel."""
    gaps = {activite.code: activite.lacunes for activite in referentiel.activites}
    kept = {
        code: replace(complement, **{name: () for name in LISTES if name not in gaps.get(code, {})})
        for code, complement in projet.complements.items()
    }
    return replace(projet, complements=kept)


def find_useless_complements(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    """Complements of an activity that does not exist, or of a list that has no gap."""
    activites = {activite.code: activite for activite in referentiel.activites}
    for code, complement in projet.complements.items():
        if code not in activites:
            loc = ("complements", code)
            yield unknown("activité", code, activites, source, loc, key=True)
            continue
        for name in LISTES:
            if getattr(complement, name) and name not in activites[code].lacunes:
                yield error(
                    f"l'activité « {code} » a déjà ses {name}",
                    source.key_position(("complements", code, name)),
                    "un complément remplit une lacune du référentiel ; enlevez celui-ci",
                    "complement",
                )

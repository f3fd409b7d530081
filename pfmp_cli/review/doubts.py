"""What is right in form in a référentiel or a `pfmp.yaml`, and should be looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache

from pfmp_cli.diagnostics import Diagnostic, Rule
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Activite, Attitudes, Niveau, Referentiel
from pfmp_cli.rules.referentiel_rules import (
    GAP,
    LIKE_LABEL,
    LIKE_NIVEAU,
    SAME_COLUMN,
    SAME_LABEL,
    UNCONFIRMED,
)
from pfmp_cli.rules.school_rules import OUTDATED, SAMPLE_VALUES, YEAR_OVER
from pfmp_cli.text import fold
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource

_NAMES = {"taches": "tâches", "ressources": "ressources", "resultats": "résultats attendus"}
_LABELS = {
    "options": "intitule",
    "classes": "libelle",
    "variantes": "libelle",
    "activites": "intitule",
}


# What `pfmp new` writes for an example, and no school has.
SAMPLE = {
    "nom": "Lycée professionnel des Trois-Tilleuls",
    "adresse": ("12 rue de la Passementerie", "BP 90"),
    "ville": "Vernac-sur-Lune",
    "telephone": "05 36 49 00 00",
    "courriel": "accueil@trois-tilleuls.example",
    "uai": "0000001B",
}


def find_referentiel_doubts(
    referentiel: Referentiel, source: YamlSource, projets: Sequence[Projet] = ()
) -> list[Diagnostic]:
    """Labels under two codes, gaps, words to confirm; a gap that all `projets` fill is none."""
    evaluation = referentiel.evaluation
    return in_order(
        (
            *_find_same_labels(referentiel, source),
            *_find_same_columns(evaluation.taches, source),
            *_find_like_niveaux(evaluation.niveaux, evaluation.attitudes, source, ("evaluation",)),
            *_find_gaps(referentiel, source, projets),
            *_find_unconfirmed(referentiel, source),
        )
    )


def find_projet_doubts(projet: Projet, source: YamlSource) -> Iterator[Diagnostic]:
    """A school that is still the sample, a year that is over, a convention that is out of date."""
    names = [name for name, value in SAMPLE.items() if getattr(projet.etablissement, name) == value]
    if names:
        place = source.key_position(("etablissement", names[0]))
        yield SAMPLE_VALUES.at(place, names=", ".join(names))
    year = projet.annee_scolaire
    if year and _today() > date(int(year[-4:]), 8, 31):
        yield YEAR_OVER.at(source.position(("annee_scolaire",)), year=year)
    if "96-241" in (projet.lettre.convention or ""):
        yield OUTDATED.at(source.position(("lettre", "convention")))


@cache
def _today() -> date:
    """The day of the run, or what `SOURCE_DATE_EPOCH` says. Asked once: the layout sets it too."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(said), UTC).date() if said.isdecimal() else date.today()


def find_projet_scales(projet: Projet, source: YamlSource) -> list[Diagnostic]:
    """The levels of the school's scales that can be taken for one another."""
    return in_order(_find_like_niveaux(projet.niveaux, projet.attitudes, source, ()))


def _find_same_labels(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    for place, name in _LABELS.items():
        yield from _find_alike_labels(getattr(referentiel, place), name, source, (place,))
    for a, activite in enumerate(referentiel.activites):
        for name in LISTS:
            items, loc = getattr(activite, name), ("activites", a, name)
            yield from _find_alike_labels(items, "libelle", source, loc)


def _find_alike_labels(
    things: Iterable[object], name: str, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    words = ((getattr(thing, name), (*loc, i, name)) for i, thing in enumerate(things))
    return _find_alike(words, source, LIKE_LABEL, SAME_LABEL)


def _find_same_columns(heads: Iterable[str], source: YamlSource) -> Iterator[Diagnostic]:
    words = ((head, ("evaluation", "taches", i)) for i, head in enumerate(heads))
    return _find_alike(words, source, LIKE_NIVEAU, SAME_COLUMN)


def _find_like_niveaux(
    niveaux: Iterable[Niveau], attitudes: Attitudes | None, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    """Levels that differ by case, accents or spaces only; the same word twice is an error."""
    scales: list[tuple[Iterable[Niveau], Loc]] = [(niveaux, (*loc, "niveaux"))]
    if attitudes is not None:
        scales.append((attitudes.niveaux, (*loc, "attitudes", "niveaux")))
    for levels, place in scales:
        words = ((level.libelle, (*place, i, "libelle")) for i, level in enumerate(levels))
        yield from _find_alike(words, source, LIKE_NIVEAU)


def _find_alike(
    words: Iterable[tuple[str, Loc]], source: YamlSource, like: Rule, same: Rule | None = None
) -> Iterator[Diagnostic]:
    """The words that stand twice, whatever their case, accents and spaces; under `same`, those
    that are the same to the letter."""
    seen: dict[str, tuple[str, Loc]] = {}
    for word, loc in words:
        first, place = seen.setdefault(fold(word) or word, (word, loc))
        rule = same if first == word else like
        if place != loc and rule is not None:
            line = source.position(place).line
            yield rule.at(source.position(loc), word=word, first=first, line=line)


def _find_gaps(
    referentiel: Referentiel, source: YamlSource, projets: Sequence[Projet]
) -> Iterator[Diagnostic]:
    for a, activite in enumerate(referentiel.activites):
        for name in activite.lacunes.keys() & LISTS.keys():
            filled = projets and all(_fills(projet, activite, name) for projet in projets)
            if not getattr(activite, name) and not filled:
                position = source.key_position(("activites", a, "lacunes", name))
                yield GAP.at(position, activite=activite.code, name=_NAMES[name])


def _fills(projet: Projet, activite: Activite, name: str) -> bool:
    return bool(getattr(projet.complements.get(activite.code), name, ()))


def _find_unconfirmed(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    for e, erratum in enumerate(referentiel.errata):
        if erratum.certitude == "a_confirmer":
            yield UNCONFIRMED.at(
                source.position(("errata", e, "source")),
                source=erratum.source,
                corrige=erratum.corrige,
                ou=erratum.ou,
            )

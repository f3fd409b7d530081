"""What is right in form in a référentiel or a `pfmp.yaml`, and should be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, in_order, warning
from pfmp_cli.review.contradictions import LISTES
from pfmp_cli.text import fold
from pfmp_cli.yaml_files.source import Loc, YamlSource

if TYPE_CHECKING:
    from pfmp_cli.domain.projet import Projet
    from pfmp_cli.domain.referentiel import Activite, Attitudes, Niveau, Referentiel

AIDE_LIBELLE = "un libellé n'a qu'un code : enlevez l'un des deux, ou précisez-le"
_NOMS = {"taches": "tâches", "ressources": "ressources", "resultats": "résultats attendus"}
AIDE_NIVEAU = "donnez-lui un nom qui ne se confonde pas avec l'autre"


def find_referentiel_doubts(
    referentiel: Referentiel, source: YamlSource, projets: Iterable[Projet] = ()
) -> list[Diagnostic]:
    """Labels under two codes, gaps, words to confirm; a gap that all `projets` fill is none."""
    evaluation = referentiel.evaluation
    heads: list[tuple[str, Loc]]
    heads = [(head, ("evaluation", "taches", i)) for i, head in enumerate(evaluation.taches)]
    return in_order(
        (
            *_find_same_labels(referentiel, source),
            *_find_alike(heads, source, "echelle", AIDE_NIVEAU, exact=True),
            *_find_scales(evaluation.niveaux, evaluation.attitudes, source, ("evaluation",)),
            *_find_gaps(referentiel, source, list(projets)),
            *_find_unconfirmed(referentiel, source),
        )
    )


def find_projet_scales(projet: Projet, source: YamlSource) -> list[Diagnostic]:
    """The levels of the school's scales that can be taken for one another."""
    return in_order(_find_scales(projet.niveaux, projet.attitudes, source, ()))


def _find_same_labels(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    for place, name in (
        ("options", "intitule"),
        ("classes", "libelle"),
        ("variantes", "libelle"),
        ("activites", "intitule"),
    ):
        things = enumerate(getattr(referentiel, place))
        words: list[tuple[str, Loc]]
        words = [(getattr(thing, name), (place, i, name)) for i, thing in things]
        yield from _find_alike(words, source, "libelle-double", AIDE_LIBELLE, exact=True)
    for a, activite in enumerate(referentiel.activites):
        for name in LISTES:
            items = enumerate(getattr(activite, name))
            words = [(item.libelle, ("activites", a, name, i, "libelle")) for i, item in items]
            yield from _find_alike(words, source, "libelle-double", AIDE_LIBELLE, exact=True)


def _find_scales(
    niveaux: Iterable[Niveau], attitudes: Attitudes | None, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    """Levels that differ by case, accents or spaces only; the same word twice is an error."""
    scales: list[tuple[Iterable[Niveau], Loc]] = [(niveaux, (*loc, "niveaux"))]
    if attitudes is not None:
        scales.append((attitudes.niveaux, (*loc, "attitudes", "niveaux")))
    for levels, place in scales:
        words: list[tuple[str, Loc]]
        words = [(level.libelle, (*place, i, "libelle")) for i, level in enumerate(levels)]
        yield from _find_alike(words, source, "echelle", AIDE_NIVEAU)


def _find_alike(
    words: Iterable[tuple[str, Loc]], source: YamlSource, rule: str, help: str, exact: bool = False
) -> Iterator[Diagnostic]:
    """The words that stand twice, whatever their case, accents and spaces; with `exact`, also
    those that are the same to the letter."""
    seen: dict[str, tuple[str, Loc]] = {}
    for word, loc in words:
        first, place = seen.setdefault(fold(word) or word, (word, loc))
        if place != loc and (exact or first != word):
            line = source.position(place).line
            message = (
                f"« {word} » est déjà à la ligne {line}"
                if first == word
                else f"« {word} » se confond avec « {first} », ligne {line}"
            )
            yield warning(message, source.position(loc), help, rule)


def _find_gaps(
    referentiel: Referentiel, source: YamlSource, projets: list[Projet]
) -> Iterator[Diagnostic]:
    for a, activite in enumerate(referentiel.activites):
        for name in activite.lacunes.keys() & LISTES.keys():
            filled = [_fills(projet, activite, name) for projet in projets]
            if not getattr(activite, name) and not (filled and all(filled)):
                yield warning(
                    f"l'activité « {activite.code} » n'a pas de {_NOMS[name]}",
                    source.key_position(("activites", a, "lacunes", name)),
                    "le livret laisse des lignes à la place ; « complements » de pfmp.yaml "
                    "peut donner la liste de l'établissement",
                    "lacune",
                )


def _fills(projet: Projet, activite: Activite, name: str) -> bool:
    return bool(getattr(projet.complements.get(activite.code), name, ()))


def _find_unconfirmed(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    for e, erratum in enumerate(referentiel.errata):
        if erratum.certitude == "a_confirmer":
            yield warning(
                f"« {erratum.source} » est à confirmer : peut-être « {erratum.corrige} » "
                f"({erratum.ou})",
                source.position(("errata", e, "source")),
                "vérifiez sur le texte officiel, puis corrigez le texte ou ôtez ce doute",
                "a-confirmer",
            )

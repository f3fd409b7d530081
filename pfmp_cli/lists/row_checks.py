"""A row of a file of any kind: its texts, and what is wrong with it whatever it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pfmp_cli.diagnostics import Diagnostic, error, warning
from pfmp_cli.lists.cells import LONGUEUR_MAXIMALE, Refusal, check_text
from pfmp_cli.lists.formats.csv import SEPARATEURS, Row, clean_cell
from pfmp_cli.lists.formats.sheet import Table
from pfmp_cli.lists.value_checks import ValueCheck, ValueFault, rule_of


def read_texts(
    cellules: Sequence[str], colonnes: Mapping[str, int], refus: dict[str, Refusal]
) -> dict[str, str]:
    """The text of each field that has one; those that cannot be printed are told in `refus`."""
    valeurs = {}
    for champ, index in colonnes.items():
        if index < len(cellules) and (texte := clean_cell(cellules[index])):
            valeurs[champ] = texte
            suspect = len(texte) > LONGUEUR_MAXIMALE or not texte.isprintable()
            if suspect and (faute := check_text(texte)):
                refus[champ] = faute
    return valeurs


def check_width(tableau: Table, rangee: Row, largeur: int) -> list[Diagnostic]:
    """What is said of a row with more cells than titles, or fewer than `largeur`."""
    cellules, titres = len(rangee.cells), tableau.header.cells
    de_trop = range(len(titres), cellules)
    index = next((i for i in de_trop if clean_cell(rangee.cells[i])), None)
    if index is not None:
        return [
            error(
                f"la ligne a {cellules} cellules pour {len(titres)} colonnes",
                tableau.position(rangee.line, index),
                "entourez de guillemets droits le texte qui contient "
                f"{SEPARATEURS[tableau.separator]}",
            )
        ]
    if cellules < largeur:
        return [
            warning(
                f"la ligne a {cellules} cellules pour {largeur} colonnes : "
                "les dernières sont lues comme vides",
                tableau.position(rangee.line, cellules),
                "vérifiez qu'elle n'est pas coupée en deux",
            )
        ]
    return []


def rules_of(colonnes: Iterable[str]) -> list[tuple[str, ValueCheck]]:
    """The rule of each column that has one."""
    return [(champ, regle) for champ in colonnes if (regle := rule_of(champ))]


def find_doubts(
    valeurs: Mapping[str, str], regles: Iterable[tuple[str, ValueCheck]]
) -> dict[str, ValueFault | Refusal]:
    """What is unlikely in the values as the cells have them."""
    return {
        champ: doute
        for champ, regle in regles
        if (texte := valeurs.get(champ)) and (doute := regle(texte))
    }


def list_faults(
    tableau: Table,
    ligne: int,
    fautes: Mapping[str, ValueFault | Refusal],
    places: Mapping[str, int],
) -> Iterator[Diagnostic]:
    """What is wrong with a row, in the order of its cells; `places` are columns of fields."""
    for champ in sorted(fautes, key=places.__getitem__):
        faute, position = fautes[champ], tableau.position(ligne, places[champ])
        if isinstance(faute, Refusal):
            yield error(faute.message, position, faute.help)
        else:
            yield faute.at(position)

"""A row of a file of any kind: its texts, and what is wrong with it whatever it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pfmp_cli.diagnostics import Diagnostic, error, warning
from pfmp_cli.inputs.cellules import LONGUEUR_MAXIMALE, Refus, check_text
from pfmp_cli.inputs.feuille import Table
from pfmp_cli.inputs.tableau import SEPARATEURS, Rangee, clean_cell


def read_texts(
    cellules: Sequence[str], colonnes: Mapping[str, int], refus: dict[str, Refus]
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


def check_width(tableau: Table, rangee: Rangee, largeur: int) -> list[Diagnostic]:
    """What is said of a row with more cells than titles, or fewer than `largeur`."""
    cellules, titres = len(rangee.cellules), tableau.entete.cellules
    de_trop = range(len(titres), cellules)
    premiere = next((i for i in de_trop if clean_cell(rangee.cellules[i])), None)
    if premiere is not None:
        return [
            error(
                f"la ligne a {cellules} cellules pour {len(titres)} colonnes",
                tableau.position(rangee.ligne, premiere),
                "entourez de guillemets droits le texte qui contient "
                f"{SEPARATEURS[tableau.separateur]}",
            )
        ]
    if cellules < largeur:
        return [
            warning(
                f"la ligne a {cellules} cellules pour {largeur} colonnes : "
                "les dernières sont lues comme vides",
                tableau.position(rangee.ligne, cellules),
                "vérifiez qu'elle n'est pas coupée en deux",
            )
        ]
    return []


def list_errors(
    tableau: Table, ligne: int, refus: Mapping[str, Refus], places: Mapping[str, int]
) -> list[Diagnostic]:
    """What is refused in a row, in the order of its cells; `places` are columns of fields."""
    return [
        error(refus[champ].message, tableau.position(ligne, places[champ]), refus[champ].aide)
        for champ in sorted(refus, key=places.__getitem__)
    ]

"""A list of names without a row of titles: the titles that its cells make certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pfmp_cli.diagnostics import warning
from pfmp_cli.lists.cells import DATE, DATE_ISO, split_name
from pfmp_cli.lists.formats.csv import SEPARATEURS, Row, TextTable, clean_cell


def add_titles(tableau: TextTable) -> TextTable | None:
    """The table with titles: `NOM;Prénom`, or both in one column, and a birth date.

    None where a single row leaves a doubt.
    """
    bruts = [replace(tableau, separator=s, header=Row(0, 1, ())) for s in SEPARATEURS]
    for candidat in sorted(bruts, key=_first_row_width, reverse=True):
        rangees = list(candidat.rows())
        if not rangees or any(rangee.bad_quote for rangee in rangees):
            continue
        lignes = [[clean_cell(cellule) for cellule in r.cells] for r in rangees]
        if titres := _titles(lignes):
            ligne = rangees[0].line
            avis = warning(
                f"le fichier n'a pas de ligne de titres : il est lu comme {', '.join(titres)}",
                candidat.row_position(ligne),
                "ajoutez une ligne de titres pour ce qui manque",
            )
            largeur = max(map(len, lignes))
            entete = Row(ligne, ligne, [*titres, *[""] * (largeur - len(titres))])
            return replace(candidat, header=entete, diagnostics=(*candidat.diagnostics, avis))
    return None


def _first_row_width(tableau: TextTable) -> int:
    return len(next((r.cells for r in tableau.rows()), ()))


def _titles(lignes: Sequence[Sequence[str]]) -> list[str]:
    """The titles of the first columns, or nothing."""
    if all(len(ligne) > 1 and _is_pair(ligne[0], ligne[1]) for ligne in lignes):
        titres = ["nom", "prenom"]
    elif all(split_name(ligne[0]) for ligne in lignes):
        titres = ["nom_prenom"]
    else:
        return []
    suivantes = [ligne[len(titres)] for ligne in lignes if len(ligne) > len(titres)]
    dates = [cellule for cellule in suivantes if cellule]
    if dates and all(DATE.fullmatch(d) or DATE_ISO.fullmatch(d) for d in dates):
        titres.append("date_naissance")
    return titres


def _is_pair(nom: str, prenom: str) -> bool:
    return split_name(f"{nom} {prenom}") == (" ".join(nom.split()), " ".join(prenom.split()))

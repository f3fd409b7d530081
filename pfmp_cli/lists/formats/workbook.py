"""An Excel workbook (`.xlsx`) → the rows of its first sheet that lists pupils."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from pfmp_cli.diagnostics import InputRefused, Position, error
from pfmp_cli.lists.formats.archive import AIDE_EXPORT, COLONNES_MAXIMUM, LIGNES_MAXIMUM
from pfmp_cli.lists.formats.csv import LIGNES_CHERCHEES, Row, clean_cell, fold
from pfmp_cli.lists.formats.sheet import Sheet

# Numbers that lost the zero they begin with: column → least digits, digits to have.
CHIFFRES = {"code_postal": (4, 5), "siret": (8, 14), "telephone": (9, 10)}
IDENTITES = ({"eleve.nom", "eleve.prenom"}, {"eleve.nom_prenom"})


def open_workbook(fichier: str, contenu: bytes, titres: Mapping[str, str]) -> Sheet:
    """The first sheet with the names of pupils, or else the one with most known titles.

    `titres` are folded titles → fields. Raises InputRefused.
    """
    with warnings.catch_warnings():  # openpyxl's, in English, about what we do not read
        warnings.simplefilter("ignore")
        return _choose_sheet(fichier, _read_sheets(fichier, contenu, titres), titres)


def _choose_sheet(fichier: str, feuilles: Iterable[Sheet], titres: Mapping[str, str]) -> Sheet:
    meilleure: tuple[int, Sheet] | None = None
    for feuille in feuilles:
        champs = {titres.get(fold(titre), "") for titre in feuille.header.cells} - {""}
        if any(identite <= champs for identite in IDENTITES):
            return feuille
        if champs and (meilleure is None or len(champs) > meilleure[0]):
            meilleure = len(champs), feuille
    if meilleure is None:
        message = "aucune feuille du classeur n'a de ligne de titres avec « nom » et « prenom »"
        aide = "donnez un titre à chaque colonne, par exemple : nom, prenom, division"
        raise InputRefused([error(message, Position(fichier), aide)])
    return meilleure[1]


def _read_sheets(fichier: str, contenu: bytes, titres: Mapping[str, str]) -> Iterator[Sheet]:
    """The visible sheets, each under the row with most known titles."""
    from openpyxl import load_workbook

    try:
        with_values = load_workbook(io.BytesIO(contenu), read_only=True, data_only=True)
        for sheet in with_values.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                rows = sheet.iter_rows(
                    max_row=LIGNES_MAXIMUM + 1, max_col=COLONNES_MAXIMUM, values_only=True
                )
                yield _make_sheet(fichier, sheet.title, rows, titres)
    except InputRefused:
        raise
    except Exception as exception:  # openpyxl lets every kind through: KeyError, ParseError…
        message = "le classeur est abîmé, ou ce n'est pas un classeur Excel"
        raise InputRefused([error(message, Position(fichier), AIDE_EXPORT)]) from exception


def _make_sheet(
    fichier: str, nom: str, rows: Iterable[Sequence[Any]], titres: Mapping[str, str]
) -> Sheet:
    lignes = {ligne: row for ligne, row in enumerate(rows, 1) if any(v is not None for v in row)}
    if LIGNES_MAXIMUM + 1 in lignes:
        message = f"la feuille « {nom} » a plus de {LIGNES_MAXIMUM} lignes"
        raise InputRefused([error(message, Position(fichier), "ne gardez que la liste")])
    entete = _find_header(lignes, titres)
    champs = [titres.get(fold(titre), "") for titre in entete.cells]
    rangees = [
        Row(ligne, ligne + 1, [_text(v, c) for v, c in zip(row, champs, strict=False)])
        for ligne, row in lignes.items()
    ] if champs else []  # fmt: skip
    return Sheet(fichier, rangees, entete, _locator(fichier, nom, entete))


def _find_header(lignes: Mapping[int, Sequence[Any]], titres: Mapping[str, str]) -> Row:
    """The first of the rows with most known titles; without any, a row that has no cells."""
    entete, score = Row(0, 1, ()), 0
    for ligne, row in islice(lignes.items(), LIGNES_CHERCHEES):
        textes = [_text(valeur, "") for valeur in row]
        connus = sum(fold(texte) in titres for texte in textes)
        if connus > score:
            entete, score = Row(ligne, ligne + 1, textes), connus
    return entete


def _text(valeur: Any, champ: str) -> str:
    """A cell's value as a person would type it in that column."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime):
        return f"{valeur:%d/%m/%Y}" if valeur.time() == time() else f"{valeur:%d/%m/%Y %H:%M}"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    return _with_zero(str(valeur), champ) if isinstance(valeur, int) else str(valeur)


def _with_zero(chiffres: str, champ: str) -> str:
    nom = champ.rpartition(".")[2].removeprefix("responsable_").removeprefix("professeur_")
    au_moins, combien = CHIFFRES.get(nom.removeprefix("tuteur_"), (0, 0))
    return chiffres.zfill(combien) if len(chiffres) >= au_moins else chiffres


def _locator(fichier: str, nom: str, entete: Row) -> Callable[[int, int | None], Position]:
    def locate(ligne: int, index: int | None) -> Position:
        if index is None:
            return Position(fichier, ligne or None, label=f"feuille « {nom} »")
        titre = clean_cell(entete.cells[index]) if index < len(entete.cells) else ""
        cellule = f"{nom}!{_letters(index)}{ligne}"
        repere = f"{cellule}, {titre}" if titre else cellule
        return Position(fichier, ligne, index + 1, label=repere)

    return locate


def _letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    reste, lettre = divmod(index, 26)
    return (_letters(reste - 1) if reste else "") + chr(ord("A") + lettre)

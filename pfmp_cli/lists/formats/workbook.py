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
from pfmp_cli.lists.formats.csv import LIGNES_CHERCHEES, Row, clean_cell
from pfmp_cli.lists.formats.sheet import Sheet
from pfmp_cli.text import fold

# Numbers that lost the zero they begin with: column → least digits, digits to have.
CHIFFRES = {"code_postal": (4, 5), "siret": (8, 14), "telephone": (9, 10)}
IDENTITES = ({"eleve.nom", "eleve.prenom"}, {"eleve.nom_prenom"})


def open_workbook(file: str, content: bytes, titles: Mapping[str, str]) -> Sheet:
    """The first sheet with the names of pupils, or else the one with most known titles.

    `titres` are folded titles → fields. Raises InputRefused.
    """
    with warnings.catch_warnings():  # openpyxl's, in English, about what we do not read
        warnings.simplefilter("ignore")
        return _choose_sheet(file, _read_sheets(file, content, titles), titles)


def _choose_sheet(file: str, sheets: Iterable[Sheet], titles: Mapping[str, str]) -> Sheet:
    meilleure: tuple[int, Sheet] | None = None
    for sheet in sheets:
        fields = {titles.get(fold(title), "") for title in sheet.header.cells} - {""}
        if any(identite <= fields for identite in IDENTITES):
            return sheet
        if fields and (meilleure is None or len(fields) > meilleure[0]):
            meilleure = len(fields), sheet
    if meilleure is None:
        message = "aucune feuille du classeur n'a de ligne de titres avec « nom » et « prenom »"
        help = "donnez un titre à chaque colonne, par exemple : nom, prenom, division"
        raise InputRefused([error(message, Position(file), help)])
    return meilleure[1]


def _read_sheets(file: str, content: bytes, titles: Mapping[str, str]) -> Iterator[Sheet]:
    """The visible sheets, each under the row with most known titles."""
    from openpyxl import load_workbook

    try:
        with_values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in with_values.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                rows = sheet.iter_rows(
                    max_row=LIGNES_MAXIMUM + 1, max_col=COLONNES_MAXIMUM, values_only=True
                )
                yield _make_sheet(file, sheet.title, rows, titles)
    except InputRefused:
        raise
    except Exception as exception:  # openpyxl lets every kind through: KeyError, ParseError…
        message = "le classeur est abîmé, ou ce n'est pas un classeur Excel"
        raise InputRefused([error(message, Position(file), AIDE_EXPORT)]) from exception


def _make_sheet(
    file: str, nom: str, rows: Iterable[Sequence[Any]], titles: Mapping[str, str]
) -> Sheet:
    lines = {line: row for line, row in enumerate(rows, 1) if any(v is not None for v in row)}
    if LIGNES_MAXIMUM + 1 in lines:
        message = f"la feuille « {nom} » a plus de {LIGNES_MAXIMUM} lignes"
        raise InputRefused([error(message, Position(file), "ne gardez que la liste")])
    header = _find_header(lines, titles)
    fields = [titles.get(fold(title), "") for title in header.cells]
    rangees = [
        Row(line, line + 1, [_text(v, c) for v, c in zip(row, fields, strict=False)])
        for line, row in lines.items()
    ] if fields else []  # fmt: skip
    return Sheet(file, rangees, header, _locator(file, nom, header))


def _find_header(lines: Mapping[int, Sequence[Any]], titles: Mapping[str, str]) -> Row:
    """The first of the rows with most known titles; without any, a row that has no cells."""
    header, score = Row(0, 1, ()), 0
    for line, row in islice(lines.items(), LIGNES_CHERCHEES):
        texts = [_text(value, "") for value in row]
        connus = sum(fold(text) in titles for text in texts)
        if connus > score:
            header, score = Row(line, line + 1, texts), connus
    return header


def _text(value: Any, field: str) -> str:
    """A cell's value as a person would type it in that column."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _with_zero(str(value), field) if isinstance(value, int) else str(value)


def _with_zero(digits: str, field: str) -> str:
    nom = field.rpartition(".")[2].removeprefix("responsable_").removeprefix("professeur_")
    au_moins, how_many = CHIFFRES.get(nom.removeprefix("tuteur_"), (0, 0))
    return digits.zfill(how_many) if len(digits) >= au_moins else digits


def _locator(file: str, nom: str, header: Row) -> Callable[[int, int | None], Position]:
    def locate(line: int, index: int | None) -> Position:
        if index is None:
            return Position(file, line or None, label=f"feuille « {nom} »")
        title = clean_cell(header.cells[index]) if index < len(header.cells) else ""
        cell = f"{nom}!{_letters(index)}{line}"
        label = f"{cell}, {title}" if title else cell
        return Position(file, line, index + 1, label=label)

    return locate


def _letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    reste, lettre = divmod(index, 26)
    return (_letters(reste - 1) if reste else "") + chr(ord("A") + lettre)

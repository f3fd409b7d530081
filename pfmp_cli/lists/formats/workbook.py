"""A workbook (`.xlsx`, `.ods`, `.xls`) → the rows of its first sheet that lists pupils.

`python-calamine` reads what is a zip; of an `.xls` that is damaged it ends the process, which
`xlrd`, all Python, does not.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.extent import name_column
from pfmp_cli.lists.formats.table import (
    LINES_SEARCHED,
    MOST_COLUMNS,
    MOST_PUPILS,
    NO_HEADER,
    Row,
    Sheet,
    clean_cell,
)
from pfmp_cli.rules.file_rules import BROKEN_WORKBOOK, NO_SHEET, SHEET_TOO_LONG
from pfmp_cli.text import fold

# Numbers that lost the zero they begin with: column → least digits, digits to have.
DIGITS = {"code_postal": (4, 5), "siret": (8, 14), "telephone": (9, 10)}
IDENTITIES = ({"eleve.nom", "eleve.prenom"}, {"eleve.nom_prenom"})
LAST_DAY = 2_958_466  # the number of what comes after 31/12/9999
Values = list[list[Any]]  # of a sheet, from A1; '' where a cell is empty


def open_workbook(file: str, content: bytes, titles: Mapping[str, str]) -> Sheet:
    """The first sheet with the names of pupils, or else the one with most known titles.

    `titles` are folded titles → fields. Raises InputRefused.
    """
    read = _read_zip if content.startswith(b"PK") else _read_xls
    try:
        return _choose_sheet(file, read(content), titles)
    except InputRefused:
        raise
    except Exception as exception:  # the libraries let every kind through
        raise InputRefused([BROKEN_WORKBOOK.at(Position(file))]) from exception


def _choose_sheet(
    file: str, sheets: Iterable[tuple[str, Values]], titles: Mapping[str, str]
) -> Sheet:
    best, most = None, 0
    for name, values in sheets:
        sheet = _make_sheet(file, name, values, titles)
        fields = {titles.get(fold(title), "") for title in sheet.header.cells} - {""}
        if any(identity <= fields for identity in IDENTITIES):
            return sheet
        if len(fields) > most:
            best, most = sheet, len(fields)
    if best is None:
        raise InputRefused([NO_SHEET.at(Position(file))])
    return best


def _read_zip(content: bytes) -> Iterator[tuple[str, Values]]:
    """The visible sheets."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = load_workbook(io.BytesIO(content))
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            values = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            yield sheet.name, values


def _read_xls(content: bytes) -> Iterator[tuple[str, Values]]:
    """The visible sheets. Without `ragged_rows`, a lone cell far away would fill the memory."""
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True)
    for sheet in book.sheets():
        if sheet.visibility == 0:
            rows = map(sheet.row, range(sheet.nrows))
            yield sheet.name, [[_xls_value(cell, book.datemode) for cell in row] for row in rows]


def _xls_value(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value < LAST_DAY:
        moment = xlrd.xldate.xldate_as_datetime(cell.value, datemode)
        return moment if cell.value >= 1 else moment.time()
    return cell.value


def _make_sheet(file: str, name: str, values: Values, titles: Mapping[str, str]) -> Sheet:
    lines = {
        line: row[:MOST_COLUMNS]
        for line, row in enumerate(values, 1)
        if any(value != "" for value in row[:MOST_COLUMNS])
    }
    if max(lines, default=0) > MOST_PUPILS:
        raise InputRefused([SHEET_TOO_LONG.at(Position(file), sheet=name, limit=MOST_PUPILS)])
    width = max(map(len, lines.values()), default=0)
    header = _find_header(lines, width, titles)
    fields = [titles.get(fold(title), "") for title in header.cells]
    rows = [
        Row(line, line + 1, [_text(*pair) for pair in zip(_pad(row, width), fields, strict=False)])
        for line, row in lines.items()
    ]
    return Sheet(file, header, lines=rows, locate=_locator(file, name, header))


def _pad(row: list[Any], width: int) -> list[Any]:
    return row + [""] * (width - len(row))


def _find_header(lines: Mapping[int, list[Any]], width: int, titles: Mapping[str, str]) -> Row:
    """The first of the rows with most known titles; without any, a row that has no cells."""
    header, most = NO_HEADER, 0
    for line, row in islice(lines.items(), LINES_SEARCHED):
        texts = [_text(value) for value in _pad(row, width)]
        known = sum(fold(text) in titles for text in texts)
        if known > most:
            header, most = Row(line, line + 1, texts), known
    return header


def _text(value: Any, field: str = "") -> str:
    """A cell's value as a person would type it in that column."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _with_zero(str(value), field) if isinstance(value, int) else str(value)


def _with_zero(digits: str, field: str) -> str:
    name = field.rpartition(".")[2].removeprefix("responsable_").removeprefix("professeur_")
    least, count = DIGITS.get(name.removeprefix("tuteur_"), (0, 0))
    return digits.zfill(count) if len(digits) >= least else digits


def _locator(file: str, name: str, header: Row) -> Callable[[int, int | None], Position]:
    def locate(line: int, index: int | None) -> Position:
        if index is None:
            return Position(file, line or None, label=f"feuille « {name} »")
        title = clean_cell(header.cells[index]) if index < len(header.cells) else ""
        cell = f"{name}!{name_column(index)}{line}"
        label = f"{cell}, {title}" if title else cell
        return Position(file, line, index + 1, label=label)

    return locate

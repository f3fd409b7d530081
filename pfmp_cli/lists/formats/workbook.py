"""A workbook (`.xlsx`, `.ods`, `.xls`) → the rows of its first sheet that lists pupils.

`python-calamine` reads what is a zip; of an `.xls` that is damaged it ends the process, which
`xlrd`, all Python, does not.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import islice, zip_longest
from typing import Any, NamedTuple
from zipfile import ZipFile

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import MEGABYTE
from pfmp_cli.lists.formats.extent import MOST_CELLS, Merged, measure, name_column
from pfmp_cli.lists.formats.table import (
    MOST_COLUMNS,
    MOST_PUPILS,
    Row,
    Table,
    find_header,
    leave_out_blank,
)
from pfmp_cli.lists.formats.titles import FindField
from pfmp_cli.lists.formats.workbook_copy import NO_STYLES, STYLES, pack, read_members
from pfmp_cli.rules import file_rules as rules

# Numbers that lost the zero they begin with: column → least digits, digits to have.
DIGITS = {"code_postal": (4, 5), "siret": (8, 14), "telephone": (9, 10)}
IDENTITIES = ({"eleve.nom", "eleve.prenom"}, {"eleve.nom_prenom"})
LAST_DAY = 2_958_466  # the number of what comes after 31/12/9999
MOST_SHEETS = 500
MOST_WITH_FORMATS = 8 * MEGABYTE  # of an `.xls`, whose blank cells then take memory too


class RawSheet(NamedTuple):
    """The values of a sheet, from A1, '' where a cell is empty; and its merged cells."""

    name: str
    values: list[list[Any]]
    merged: list[Merged]


def choose_sheet(file: str, sheets: Iterable[RawSheet], find_field: FindField) -> Table:
    """The first sheet with the names of pupils, or else the one with most known titles.

    Of those without any, it is the first that is not empty. Raises InputRefused.
    """
    try:
        return _find_list(file, sheets, find_field)
    except InputRefused:
        raise
    except Exception as exception:  # the libraries let every kind through
        raise InputRefused([rules.BROKEN.at(Position(file))]) from exception


def _find_list(file: str, sheets: Iterable[RawSheet], find_field: FindField) -> Table:
    best, most, cells = None, -1, 0
    for raw in sheets:
        cells += sum(map(len, raw.values))
        if cells > MOST_CELLS:
            raise InputRefused([rules.WORKBOOK_TOO_LARGE.at(Position(file))])
        table = _make_table(file, raw, find_field)
        fields = set(filter(None, map(find_field, table.header.cells)))
        if any(identity <= fields for identity in IDENTITIES):
            return table
        if table.all_rows and len(fields) > most:
            best, most = table, len(fields)
    if best is None:
        raise InputRefused([rules.NO_SHEET.at(Position(file))])
    return best


def read_workbook(file: str, archive: ZipFile) -> Iterator[RawSheet]:
    """The visible sheets of an `.xlsx` or `.ods`.

    Styles that cannot be read are gone without: a date is then a number.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    members = read_members(file, archive)
    merged = measure(file, members)
    try:
        book = load_workbook(pack(members))
    except Exception:
        book = load_workbook(pack({**members, STYLES: NO_STYLES}))
    for sheet in islice(book.sheets_metadata, MOST_SHEETS):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            read = book.get_sheet_by_name(sheet.name)
            values = read.to_python(skip_empty_area=False)
            ends = read.merged_cell_ranges or merged.get(sheet.name) or []
            yield RawSheet(sheet.name, values, ends)


def read_old_workbook(content: bytes) -> Iterator[RawSheet]:
    """Those of an `.xls`. Without `ragged_rows`, a lone cell far away would fill the memory."""
    import xlrd

    load = partial(
        xlrd.open_workbook, file_contents=content, logfile=io.StringIO(), ragged_rows=True
    )
    try:  # only with the formats does it say which cells are merged
        book = load(formatting_info=len(content) < MOST_WITH_FORMATS)
    except Exception:
        book = load()
    for sheet in book.sheets():
        if sheet.visibility == 0:
            rows = map(sheet.row, range(sheet.nrows))
            values = [[_xls_value(cell, book.datemode) for cell in row] for row in rows]
            ends = [((r, c), (end - 1, c)) for r, end, c, _ in sheet.merged_cells]
            yield RawSheet(sheet.name, values, ends)


def _xls_value(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value < LAST_DAY:
        moment = xlrd.xldate.xldate_as_datetime(cell.value, datemode)
        return moment if cell.value >= 1 else moment.time()
    return cell.value


def _make_table(file: str, raw: RawSheet, find_field: FindField) -> Table:
    lines = {
        line: row[:MOST_COLUMNS]
        for line, row in enumerate(raw.values, 1)
        if any(value != "" for value in row[:MOST_COLUMNS])
    }
    if len(lines) > MOST_PUPILS:
        place = Position(file, label=f"feuille « {raw.name} »")
        raise InputRefused([rules.TOO_MANY_ROWS.at(place, limit=MOST_PUPILS)])
    _fill_down(lines, raw.merged)
    fields = [""] * max(map(len, lines.values()), default=0)
    header, _ = find_header(_write(lines, fields), find_field)
    rows = list(_write(lines, [find_field(title) or "" for title in header.cells] or fields))
    return Table(file, rows, partial(_locate, file, raw.name), header)


def _write(lines: Mapping[int, list[Any]], fields: Sequence[str]) -> Iterator[Row]:
    return leave_out_blank(
        Row(line, [_text(*pair) for pair in zip_longest(values, fields, fillvalue="")])
        for line, values in lines.items()
    )


def _fill_down(lines: dict[int, list[Any]], merged: Sequence[Merged]) -> None:
    """Write what merged cells say in each row of theirs that has other cells."""
    left = MOST_CELLS
    for (top, column), (bottom, _) in merged:
        value = next(iter(lines.get(top + 1, [])[column : column + 1]), "")
        if value == "":
            continue
        for line in range(top + 2, bottom + 2)[:left]:
            row = lines.get(line, [])
            if row and row[column : column + 1] in ([], [""]):
                row += [""] * (column + 1 - len(row))
                row[column] = value
        left -= min(left, bottom - top)


def _text(value: Any, field: str) -> str:
    """A cell's value as a person would type it in that column."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value.replace("_x000D_\n", "\n").replace("_x000D_", "\n")  # a typed newline
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _with_zero(str(value), field) if isinstance(value, int) else str(value)


def _with_zero(digits: str, field: str) -> str:
    name = field.rpartition(".")[2].removeprefix("responsable_").removeprefix("professeur_")
    least, count = DIGITS.get(name.removeprefix("tuteur_"), (0, 0))
    return digits.zfill(count) if len(digits) >= least else digits


def _locate(file: str, sheet: str, line: int, index: int | None, title: str) -> Position:
    if index is None:
        return Position(file, line or None, label=f"feuille « {sheet} »")
    label = f"{sheet}!{name_column(index)}{line}"
    return Position(file, line, index + 1, label=f"{label}, {title}" if title else label)

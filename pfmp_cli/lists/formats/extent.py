"""How far the filled cells of a workbook go, counted before they are laid out as a rectangle.

`python-calamine` takes memory for all of the rectangle: a lone cell XFD1048576, or a cell that
an OpenDocument repeats a million times, would end the process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import read_member
from pfmp_cli.lists.formats.table import MOST_COLUMNS, MOST_PUPILS
from pfmp_cli.rules.file_rules import BROKEN_WORKBOOK, SHEET_TOO_WIDE

MOST_CELLS = MOST_PUPILS * MOST_COLUMNS
CELL = re.compile(r"([A-Za-z]+)([0-9]+)")
# What calamine takes for cells; a workbook in bytes of its own is not for us to read.
SHEETS = re.compile(rb"sheetData|table:table\b")
BINARY_WORKBOOK = "workbook.bin"


def check_extent(file: str, archive: ZipFile) -> None:
    """Raises InputRefused where a sheet of the workbook goes too far, or is no XML."""
    for info in archive.infolist():
        content = read_member(file, archive, info)
        try:
            if info.filename.lower().endswith(BINARY_WORKBOOK):
                raise ValueError(BINARY_WORKBOOK)
            if SHEETS.search(content):
                _walk(content)
        except _TooFar as found:
            raise InputRefused([SHEET_TOO_WIDE.at(Position(file), cell=found)]) from None
        except (ExpatError, ValueError) as exception:
            raise InputRefused([BROKEN_WORKBOOK.at(Position(file))]) from exception


def name_column(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    rest, letter = divmod(index, 26)
    return (name_column(rest - 1) if rest else "") + chr(ord("A") + letter)


class _TooFar(Exception):
    """The rectangle up to this cell is more than any list has."""


class _Walk:
    """The cell that is read, from 1, and the last row and column of those that are filled."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table":
            self.row = self.rows = self.columns = 0
        elif name == "table:table-row":
            self.row, self.column = self.row + _times(attributes, "table:number-rows-repeated"), 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.column += _times(attributes, "table:number-columns-repeated")
            if any(key == "table:formula" or key.startswith("office:") for key in attributes):
                self._fill()
        else:
            self._start_excel(name.rpartition(":")[2], attributes.get("r"))

    def _start_excel(self, name: str, place: str | None) -> None:
        if name == "row":
            self.row, self.column = int(place or self.row + 1), 0
        elif name == "c":
            self.column += 1
            if place:
                self.row, self.column = _row_and_column(place)
        elif name in ("v", "is"):
            self._fill()

    def _fill(self) -> None:
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows * self.columns > MOST_CELLS:
            raise _TooFar(f"{name_column(self.columns - 1)}{self.rows}")


def _walk(content: bytes) -> None:
    parser = ParserCreate()
    parser.StartElementHandler = _Walk().start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(content, True)


def _refuse_doctype(*_declared: object) -> None:
    raise ValueError("a DTD")


def _times(attributes: Mapping[str, str], name: str) -> int:
    return int(attributes.get(name, 1))


def _row_and_column(place: str) -> tuple[int, int]:
    found = CELL.fullmatch(place)
    if found is None:
        raise ValueError(place)
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column

"""How far the filled cells of a workbook go, counted before they are laid out as a rectangle.

`python-calamine` takes memory for all of the rectangle: a lone cell XFD1048576, or a cell that
an OpenDocument repeats a million times, would end the process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import read_member
from pfmp_cli.lists.formats.table import MOST_COLUMNS, MOST_PUPILS
from pfmp_cli.rules.file_rules import BROKEN_WORKBOOK, SHEET_TOO_WIDE

MOST_CELLS = MOST_PUPILS * MOST_COLUMNS
LAST_COLUMN = 2**14  # of a spreadsheet
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
        except (ExpatError, LookupError, ValueError) as exception:
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
        local = name.rpartition(":")[2]
        if local == "c":
            self._move(attributes.get("r"))
        elif local in ("v", "is"):
            self._fill()
        elif local == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif local == "table":
            self.row = self.rows = self.columns = 0
        elif local == "table-row":
            self.row += int(attributes.get("table:number-rows-repeated", 1))
            self.column = 0
        elif local in ("table-cell", "covered-table-cell"):
            self.column += int(attributes.get("table:number-columns-repeated", 1))
            if any(key == "table:formula" or key.startswith("office:") for key in attributes):
                self._fill()

    def _move(self, place: str | None) -> None:
        if place is None:
            self.column += 1
        elif found := CELL.fullmatch(place):
            self.row, self.column = int(found[2]), _number_column(found[1])
        else:
            raise ValueError(place)

    def _fill(self) -> None:
        if self.row > self.rows or self.column > self.columns:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.rows * self.columns > MOST_CELLS:
                raise _TooFar(f"{name_column(min(self.columns, LAST_COLUMN) - 1)}{self.rows}")


def _walk(content: bytes) -> None:
    parser = ParserCreate()
    parser.StartElementHandler = _Walk().start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(content, True)


def _refuse_doctype(*_declared: object) -> None:
    raise ValueError("a DTD")


@lru_cache
def _number_column(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    return reduce(lambda number, letter: 26 * number + int(letter, 36) - 9, letters, 0)

"""How far the filled cells of a workbook go, counted before they are laid out as rectangles.

`python-calamine` takes memory for all of a rectangle, and for each text as often as cells have
it: a lone cell XFD1048576, a cell that an OpenDocument repeats a million times, or a long text
that many cells share would end the process. So the limits are those of all sheets together.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache, reduce
from typing import TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import LARGEST
from pfmp_cli.rules.file_rules import BROKEN, SHEET_TOO_WIDE, WORKBOOK_TOO_LARGE

MOST_CELLS = 1_000_000  # 20,000 pupils with 50 columns, 5,000 with 200
LAST_COLUMN = 2**14  # of a spreadsheet
CELL = re.compile(r"([A-Za-z]+)([0-9]+)")
# What calamine takes for cells, and for texts that cells share.
SHEETS = re.compile(rb"sheetData|table:table\b")
SHARED_TEXTS = re.compile(rb"<(?:\w+:)?sst\b")
DEEPEST = 200  # beyond, each element takes memory
# First and last row and column of cells merged to one, from 0.
Merged: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


def measure(file: str, members: Mapping[str, bytes]) -> Mapping[str, list[Merged]]:
    """The merged cells of each sheet of an OpenDocument. Raises InputRefused where the sheets
    go too far, or are no XML."""
    walk = _Walk(file)
    order = sorted(members.values(), key=lambda content: not SHARED_TEXTS.search(content))
    try:
        for content in order:
            if SHEETS.search(content) or SHARED_TEXTS.search(content):
                walk.take(content)
    except (ExpatError, LookupError, ValueError) as exception:
        raise InputRefused([BROKEN.at(Position(file))]) from exception
    return walk.merged


def name_column(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    rest, letter = divmod(index, 26)
    return (name_column(rest - 1) if rest else "") + chr(ord("A") + letter)


class _Walk:
    """The cell that is read, from 1; the last row and column of those that are filled; what the
    sheets before come to."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.row = self.column = self.rows = self.columns = 0
        self.cells = self.length = 0
        self.merged: dict[str, list[Merged]] = defaultdict(list)
        self._depth = 0
        self._shared: list[int] = []  # the length of each text that cells share
        self._rows_repeated, self._number = 1, ""

    def take(self, content: bytes) -> None:
        """A file of the workbook."""
        self._begin_sheet("")
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._read
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.Parse(content, True)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(name)
        local = name.rpartition(":")[2]
        if local == "c":
            self._move(attributes.get("r"))
            self._is_shared = attributes.get("t") == "s"
        elif local in ("v", "is"):
            self._fill()
            self._number = ""
        elif local == "si":
            self._shared.append(0)
        elif local == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif local == "table":
            self._begin_sheet(attributes.get("table:name", ""))
        elif local == "table-row":
            self._rows_repeated = int(attributes.get("table:number-rows-repeated", 1))
            self.row += self._rows_repeated
            self.column = 0
        elif local in ("table-cell", "covered-table-cell"):
            self._take_cell(attributes)

    def _take_cell(self, attributes: Mapping[str, str]) -> None:
        """A cell of an OpenDocument."""
        times = int(attributes.get("table:number-columns-repeated", 1))
        self.column += times
        self._times = times * self._rows_repeated
        if any(key == "table:formula" or key.startswith("office:") for key in attributes):
            self._fill()
        if (rows := int(attributes.get("table:number-rows-spanned", 1))) > 1:
            row, column = self.row - 1, self.column - 1
            self.merged[self._sheet].append(((row, column), (row + rows - 1, column)))

    def _begin_sheet(self, name: str) -> None:
        self.cells += self.rows * self.columns
        self.row = self.column = self.rows = self.columns = 0
        self._sheet, self._times, self._is_shared = name, 0, False

    def _read(self, text: str) -> None:
        if self._is_shared:
            self._number += text[:10]
        elif self._shared and not self.row:
            self._shared[-1] += len(text)
        else:
            self._count(len(text) * self._times)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._is_shared and name.rpartition(":")[2] == "v":
            number = int(self._number or -1)
            self._count(self._shared[number] if 0 <= number < len(self._shared) else 0)

    def _count(self, length: int) -> None:
        self.length += length
        if self.length > LARGEST:
            raise self._too_large()

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
                cell = f"{name_column(min(self.columns, LAST_COLUMN) - 1)}{self.rows}"
                raise InputRefused([SHEET_TOO_WIDE.at(Position(self._file), cell=cell)])
            if self.cells + self.rows * self.columns > MOST_CELLS:
                raise self._too_large()

    def _too_large(self) -> InputRefused:
        return InputRefused([WORKBOOK_TOO_LARGE.at(Position(self._file))])


def _refuse_doctype(*_declared: object) -> None:
    raise ValueError("a DTD")


@lru_cache
def _number_column(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    return reduce(lambda number, letter: 26 * number + int(letter, 36) - 9, letters, 0)

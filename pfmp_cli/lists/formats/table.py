"""Rows of cells under a header, whatever file they come from."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position

MOST_COLUMNS = 200
MOST_PUPILS = 20_000  # a school has some thousands
LINES_SEARCHED = 50  # for a header
LEAST_TITLES = 2  # that a second header has

_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DIRECTIONS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff" + _DIRECTIONS
_BLANKS = str.maketrans(
    {"\u2028": "\n", "\u2029": "\n", "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_INVISIBLE)
)
_FORMULA = re.compile(r'="((?:[^"]|"")*)"')


def clean_cell(text: str) -> str:
    """The text of a cell as it will be printed: trimmed, ordinary spaces, composed accents."""
    if not text.isprintable() or "\u2010" in text or "\u2011" in text:
        text = text.replace("\r\n", "\n").translate(_BLANKS)
    text = unicodedata.normalize("NFC", text.strip(" \n"))
    if text.startswith('="') and (formula := _FORMULA.fullmatch(text)):
        return formula[1].replace('""', '"').strip(" \n")
    return text


@dataclass(frozen=True, slots=True)
class Row:
    """A row: cells as typed (unquoted), its first line and the line after its last.

    A line is one of the file, the number of a row in a sheet, or the rank of a pupil in an XML
    file. With `bad_quote`, the quotes of its last cell are wrong: only the first line is taken
    for the row, whatever lines the quotes before swallowed.
    """

    line: int
    next_line: int
    cells: Sequence[str]
    bad_quote: bool = False


NO_HEADER = Row(0, 1, ())


@dataclass(frozen=True, slots=True)
class Table(ABC):
    """What the readers of lists ask of a file."""

    file: str
    header: Row = NO_HEADER
    diagnostics: tuple[Diagnostic, ...] = ()
    encoding: str = ""
    separator: str = ";"

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """The rows under the header, blank ones left out."""

    @abstractmethod
    def position(self, line: int, index: int) -> Position:
        """The cell of that index in the row that begins on that line, or the end of the row."""

    @abstractmethod
    def row_position(self, line: int) -> Position:
        """The whole of a row."""

    @abstractmethod
    def first_position(self) -> Position:
        """The first row that is not blank."""

    @property
    def width(self) -> int:
        """How many columns there are, up to the last that has a title."""
        titles = enumerate(self.header.cells, 1)
        return max((number for number, title in titles if clean_cell(title)), default=0)

    def title(self, index: int) -> str:
        """The header of a column as the file writes it, '' where it has none."""
        titles = self.header.cells
        return clean_cell(titles[index]) if index < len(titles) else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, from which a value comes."""

    table: Table
    line: int
    index: int

    @property
    def position(self) -> Position:
        return self.table.position(self.line, self.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Table):
    """Rows that do not come from lines of text.

    `locate` makes the position of a row (None) or of one of its cells.
    """

    lines: Sequence[Row]
    locate: Callable[[int, int | None], Position]

    def rows(self) -> Iterator[Row]:
        for row in self.lines:
            if row.line >= self.header.next_line and any(map(clean_cell, row.cells)):
                yield row

    def position(self, line: int, index: int) -> Position:
        return self.locate(line, index)

    def row_position(self, line: int) -> Position:
        return self.locate(line, None)

    def first_position(self) -> Position:
        return self.locate(self.lines[0].line if self.lines else 1, None)


T = TypeVar("T", bound=Table)


def join_titles(table: T, is_title: Callable[[str], bool]) -> T:
    """The same table, where the row under its header is a second header, with both as one.

    The lower title is the more precise: it counts where both have one.
    """
    second = next(iter(table.rows()), None)
    if second is None or second.bad_quote or not table.header.line:
        return table
    titles = list(filter(None, map(clean_cell, second.cells)))
    if len(titles) < LEAST_TITLES or not all(map(is_title, titles)):
        return table
    pairs = zip_longest(table.header.cells, second.cells, fillvalue="")
    cells = [bottom if clean_cell(bottom) else top for top, bottom in pairs]
    return replace(table, header=Row(table.header.line, second.next_line, cells))

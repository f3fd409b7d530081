"""Rows of cells that do not come from lines of text: a sheet, an XML file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Protocol, TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.formats.csv import Row, TextTable, clean_cell

TITRES_AU_MOINS = 2


class Table(Protocol):
    """What the reader of pupils asks of a file, whatever its shape. See `Tableau`."""

    @property
    def file(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...
    @property
    def separator(self) -> str: ...
    @property
    def header(self) -> Row: ...
    @property
    def width(self) -> int: ...
    def rows(self) -> Iterator[Row]: ...
    def position(self, line: int, index: int) -> Position: ...
    def row_position(self, line: int) -> Position: ...
    def first_position(self) -> Position: ...
    def title(self, index: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, from which a value comes."""

    table: Table
    line: int
    index: int

    @property
    def position(self) -> Position:
        return self.table.position(self.line, self.index)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a header. `locate` makes the position of a row (None) or of one of its cells.

    A row's `ligne` is its number in a sheet, its rank in an XML file.
    """

    file: str
    lines: Sequence[Row]
    header: Row
    locate: Callable[[int, int | None], Position]
    diagnostics: tuple[Diagnostic, ...] = ()
    encoding: str = ""
    separator: str = ";"

    @property
    def width(self) -> int:
        titles = enumerate(self.header.cells, 1)
        return max((number for number, title in titles if clean_cell(title)), default=0)

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

    def title(self, index: int) -> str:
        titles = self.header.cells
        return clean_cell(titles[index]) if index < len(titles) else ""


T = TypeVar("T", TextTable, Sheet)


def join_titles(table: T, is_title: Callable[[str], bool]) -> T:
    """The same table, where the row under its header is a second header, with both as one.

    The lower title is the more precise: it counts where both have one.
    """
    second = next(iter(table.rows()), None)
    if second is None or second.bad_quote or not table.header.line:
        return table
    titles = list(filter(None, map(clean_cell, second.cells)))
    if len(titles) < TITRES_AU_MOINS or not all(map(is_title, titles)):
        return table
    paires = zip_longest(table.header.cells, second.cells, fillvalue="")
    cells = [bottom if clean_cell(bottom) else top for top, bottom in paires]
    header = Row(table.header.line, second.next_line, cells)
    return replace(table, header=header)

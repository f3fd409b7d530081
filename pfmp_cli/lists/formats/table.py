"""Rows of cells under a header, whatever file they come from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.formats.cell_text import clean_cell, tidy_cell
from pfmp_cli.lists.formats.titles import FindField
from pfmp_cli.rules.list_rules import OTHER_TITLES
from pfmp_cli.text import fold

MOST_COLUMNS = 200
MOST_PUPILS = 20_000  # a school has some thousands
LINES_SEARCHED = 50  # for a header
LEAST_TITLES = 2  # that a second header has
PUPIL_NAMES = {"eleve.nom", "eleve.prenom", "eleve.nom_prenom"}


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
    """What the readers of lists ask of a file. `skipped` are lines of rows that are no pupils'."""

    file: str
    header: Row = NO_HEADER
    diagnostics: tuple[Diagnostic, ...] = ()
    encoding: str = ""
    separator: str = ";"
    skipped: frozenset[int] = frozenset()

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
            if row.line < self.header.next_line or row.line in self.skipped:
                continue
            if any(map(tidy_cell, row.cells)):
                yield row

    def position(self, line: int, index: int) -> Position:
        return self.locate(line, index)

    def row_position(self, line: int) -> Position:
        return self.locate(line, None)

    def first_position(self) -> Position:
        return self.locate(self.lines[0].line if self.lines else 1, None)


T = TypeVar("T", bound=Table)


def join_titles(table: T, find_field: FindField) -> T:
    """The same table, where the row under its header is a second header, with both as one.

    The lower title is the more precise: it counts where both have one.
    """
    second = next(iter(table.rows()), None)
    if second is None or second.bad_quote or not table.header.line:
        return table
    titles = list(filter(None, map(clean_cell, second.cells[:MOST_COLUMNS])))
    if len(titles) < LEAST_TITLES or None in map(find_field, titles):
        return table
    pairs = zip_longest(table.header.cells, second.cells, fillvalue="")
    cells = [bottom if clean_cell(bottom) else top for top, bottom in pairs]
    return replace(table, header=Row(table.header.line, second.next_line, cells))


def pass_over_titles(table: T, find_field: FindField) -> T:
    """The same table without the rows that are its titles again, as where two lists were joined.

    From other titles on, nothing is read: the rows below would be misread.
    """
    own, titles = _fields(table.header, find_field), _fold_all(table.header)
    place = next((index for index, field in enumerate(own) if field), None)
    if place is None:
        return table
    skipped, rows = set(), table.rows()
    for row in rows:
        if place >= len(row.cells) or find_field(row.cells[place]) is None:
            continue
        fields = _fields(row, find_field)
        if _fold_all(row) == titles:
            skipped.add(row.line)
            continue
        if not (PUPIL_NAMES & {*filter(None, fields)} and _is_mostly_titles(row, fields)):
            continue
        if all(field == mine for field, mine in zip_longest(fields, own) if field):
            skipped.add(row.line)
        else:
            said = OTHER_TITLES.at(table.row_position(row.line))
            skipped |= {row.line, *(below.line for below in rows)}
            table = replace(table, diagnostics=(*table.diagnostics, said))
    return replace(table, skipped=frozenset(skipped)) if skipped else table


def _fields(row: Row, find_field: FindField) -> list[str | None]:
    return list(map(find_field, row.cells[:MOST_COLUMNS]))


def _fold_all(row: Row) -> list[str]:
    return [fold(clean_cell(cell)) for cell in row.cells[:MOST_COLUMNS]]


def _is_mostly_titles(row: Row, fields: Sequence[str | None]) -> bool:
    known = sum(field is not None for field in fields)
    return known >= LEAST_TITLES and known * 3 > 2 * sum(map(bool, map(clean_cell, row.cells)))

"""Rows of cells under a header, whatever file they come from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import NamedTuple

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


class Row(NamedTuple):
    """A row: cells as typed (unquoted), and the first line that it stands on.

    A line is one of the file, the number of a row in a sheet, or the rank of a pupil in an XML
    file. With `bad_quote`, the quotes of its last cell are wrong: only the first line is taken
    for the row, whatever lines the quotes before swallowed.
    """

    line: int
    cells: Sequence[str]
    bad_quote: bool = False


NO_HEADER = Row(0, ())


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """What the readers of lists ask of a file.

    None of `all_rows` is blank. `locate` makes the position of a row (with no index) or of one of
    its cells, whose title it is given. `separator` is that of a text, '' of what is none.
    """

    file: str
    all_rows: Sequence[Row]
    locate: Callable[[int, int | None, str], Position]
    header: Row = NO_HEADER
    diagnostics: tuple[Diagnostic, ...] = ()
    separator: str = ""

    def rows(self) -> Iterator[Row]:
        """Those under the header."""
        return (row for row in self.all_rows if row.line > self.header.line)

    def position(self, line: int, index: int) -> Position:
        """The cell of that index in the row that begins on that line, or the end of the row."""
        return replace(self.locate(line, index, self.title(index)), row=line)

    def row_position(self, line: int) -> Position:
        """The whole of a row."""
        return replace(self.locate(line, None, ""), row=line)

    def first_position(self) -> Position:
        """The first row that is not blank."""
        first = next(iter(self.rows()), NO_HEADER)
        return self.row_position(first.line or 1)

    @property
    def width(self) -> int:
        """How many columns there are, up to the last that has a title."""
        titles = enumerate(self.header.cells, 1)
        return max((number for number, title in titles if clean_cell(title)), default=0)

    def title(self, index: int) -> str:
        """The header of a column as the file writes it, '' where it has none."""
        titles = self.header.cells
        return clean_cell(titles[index]) if index < len(titles) else ""


def leave_out_blank(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row.bad_quote or any(map(tidy_cell, row.cells)))


def find_header(rows: Iterable[Row], find_field: FindField) -> tuple[Row, int]:
    """The first of the rows with most known titles, and how many these are.

    The row right under it counts as well where it has as many, and more besides: then some of
    the titles stand over both, or are those of a band above.
    """
    header, best, is_next = NO_HEADER, (0, 0), False
    for row in islice(rows, LINES_SEARCHED):
        known = sum(map(bool, _fields(row, find_field)))
        found = known, sum(map(bool, row.cells))
        is_next = known > best[0] or (is_next and found > best)
        if is_next:
            header, best = row, found
    return header, best[0]


def join_titles(table: Table, find_field: FindField) -> Table:
    """The same table, where rows under its header are headers too, with all as one.

    Such a row has known titles alone; or, under titles that are merged over rows, that of a
    pupil's name again, and sub-titles. The lower title is the more precise where it is known.
    """
    second = next(iter(table.rows()), None)
    if second is None or second.bad_quote or not table.header.line:
        return table
    titles = list(filter(None, map(clean_cell, second.cells[:MOST_COLUMNS])))
    is_merged = _repeats_name(second, table.header, find_field)
    if not is_merged and (len(titles) < LEAST_TITLES or None in map(find_field, titles)):
        return table
    pairs = zip_longest(table.header.cells, second.cells, fillvalue="")
    cells = [bottom if find_field(bottom) is not None else top or bottom for top, bottom in pairs]
    joined = replace(table, header=Row(second.line, cells))
    return join_titles(joined, find_field) if is_merged else joined


def _repeats_name(row: Row, header: Row, find_field: FindField) -> bool:
    """Whether the title of a pupil's name stands in its own column again: nobody is called so."""
    return any(
        find_field(title) in PUPIL_NAMES and fold(clean_cell(cell)) == fold(clean_cell(title))
        for title, cell in zip(header.cells[:MOST_COLUMNS], row.cells, strict=False)
    )


def pass_over_titles(table: Table, find_field: FindField) -> Table:
    """The same table without the rows that are its titles again, as where two lists were joined.

    From other titles on, nothing is read: the rows below would be misread.
    """
    own, kept = _fields(table.header, find_field), []
    if not any(own):
        return table
    place = next(index for index, field in enumerate(own) if field)
    for row in table.rows():
        row = _cut_titles(row, table.header)
        named = place < len(row.cells) and find_field(row.cells[place]) is not None
        if not (named and _are_titles(row, table.header, find_field)):
            kept.append(row)
            continue
        fields = _fields(row, find_field)
        if any(field not in ("", None, mine) for field, mine in zip_longest(fields, own)):
            said = OTHER_TITLES.at(table.row_position(row.line))
            table = replace(table, diagnostics=(*table.diagnostics, said))
            break
    return replace(table, all_rows=kept)


def _cut_titles(row: Row, header: Row) -> Row:
    """The row without the titles of a second list, where the first did not end its last line."""
    size = len(header.cells)
    if len(row.cells) == 2 * size - 1 > 1:
        title, *others = map(clean_cell, header.cells)
        last = clean_cell(row.cells[size - 1])
        if last.endswith(title) and others == [*map(clean_cell, row.cells[size:])]:
            return row._replace(cells=[*row.cells[: size - 1], last.removesuffix(title)])
    return row


def _are_titles(row: Row, header: Row, find_field: FindField) -> bool:
    """Those of the header again, or mostly titles, of a pupil's name among others."""
    if _fold_all(row) == _fold_all(header):
        return True
    fields = _fields(row, find_field)
    known = sum(field is not None for field in fields)
    filled = sum(map(bool, map(clean_cell, row.cells)))
    return not PUPIL_NAMES.isdisjoint(fields) and known >= LEAST_TITLES and known * 3 > 2 * filled


def _fields(row: Row, find_field: FindField) -> list[str | None]:
    return list(map(find_field, row.cells[:MOST_COLUMNS]))


def _fold_all(row: Row) -> list[str]:
    return [fold(clean_cell(cell)) for cell in row.cells[:MOST_COLUMNS]]

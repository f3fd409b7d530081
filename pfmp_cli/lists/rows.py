"""A row of a list of any kind: its texts, and what is wrong with it whatever it is about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, Severity
from pfmp_cli.lists.cells import Refusal, check_text, cite, doubt_date
from pfmp_cli.lists.columns import PRINTED_TEXTS
from pfmp_cli.lists.formats.cell_text import clean_cell, explain_cell, is_plain
from pfmp_cli.lists.formats.csv import SEPARATORS
from pfmp_cli.lists.formats.table import Row, Table
from pfmp_cli.lists.value_checks import check_address, check_of, is_abroad
from pfmp_cli.rules.list_rules import TOO_FEW_CELLS, TOO_MANY_CELLS, WRONG_QUOTES
from pfmp_cli.rules.value_rules import ZERO_OF_A_FORMULA

T = TypeVar("T")
Said: TypeAlias = dict[str, Refusal]  # of the cells of a row, by field

# What a formula gives of an empty cell, as a number, a date or a time.
ZEROS = {"0", "00/01/1900", "30/12/1899", "00:00:00"}


def read_cell(row: Row, index: int) -> str:
    """The text of a cell, '' where the row has none there."""
    return clean_cell(row.cells[index]) if index < len(row.cells) else ""


@dataclass(slots=True, repr=False)
class Record:
    """A row with the text of each field that has one; `faults` refuse it, `doubts` do not, and
    `told` is what is wrong with the row itself. `columns` are where fields come from."""

    table: Table
    columns: Mapping[str, int]
    line: int
    values: dict[str, str] = field(default_factory=dict)
    told: list[Diagnostic] = field(default_factory=list)
    bad_quote: bool = False
    faults: Said = field(default_factory=dict)
    doubts: Said = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The text of a field, '' where there is none."""
        return self.values.get(name, "")

    def put(self, name: str, text: str) -> None:
        """Have `text` in a field, or nothing."""
        if text:
            self.values[name] = text
        else:
            self.values.pop(name, None)

    def read(self, name: str, convert: Callable[[str], T]) -> T | None:
        """What the text of a field means; None where there is none, or it is refused."""
        try:
            return convert(self.values[name]) if name in self.values else None
        except Refusal as refusal:
            said = self.faults if refusal.rule.severity is Severity.ERROR else self.doubts
            said.setdefault(name, refusal)
            return None

    def read_date(self, name: str, convert: Callable[[str], date]) -> date | None:
        """The same of a date, which may be doubtful."""
        day = self.read(name, convert)
        if day and (doubt := doubt_date(self.values[name], day)):
            self.doubts[name] = doubt
        return day

    def position(self, *names: str) -> Position:
        """The cell of the first of these fields that is a column; else the row."""
        for name in names:
            if name in self.columns:
                return self.table.position(self.line, self.columns[name])
        return self.table.row_position(self.line)

    @property
    def number(self) -> int | None:
        """The line of the row, as messages say it."""
        return self.position().line

    def list_faults(self) -> Iterator[Diagnostic]:
        """What is wrong with the row, then in its cells in order."""
        yield from self.told
        said = [*self.doubts.items(), *self.faults.items()]
        for name, refusal in sorted(said, key=lambda one: self.columns[one[0]]):
            yield refusal.at(self.position(name))


def read_records(
    table: Table, columns: Mapping[str, int], others: Mapping[str, int] | None = None
) -> Iterator[Record]:
    """The rows of a list, of which those with wrong quotes have no text.

    `others` are the columns of fields that are made of another's text.
    """
    width = table.width
    fields = [(name, index, check_of(name)) for name, index in columns.items()]
    columns = {**(others or {}), **columns}
    for row in table.rows():
        record = Record(table, columns, row.line, bad_quote=row.bad_quote)
        if row.bad_quote:
            record.told.append(wrong_quotes(table, row))
            yield record
            continue
        record.told += _check_width(table, row, width)
        cells, values, doubts = row.cells, record.values, dict[str, Refusal]()
        for name, index, check in fields:
            if index >= len(cells) or not (text := cells[index]):
                continue
            if not is_plain(text):
                text = _read_odd(record, name, text)
            elif text in ZEROS:
                text = _read_zero(record, name, text)
            if text:
                values[name] = text
                if check and (doubt := check(text)):
                    doubts[name] = doubt
        if doubts:
            _add_doubts(record, doubts)
        yield record


def _read_odd(record: Record, name: str, raw: str) -> str:
    """The text of a cell that is not plain: what cannot be printed is a fault, what is no content
    or had to be mended a doubt."""
    text = clean_cell(raw)
    if said := explain_cell(raw, text):
        record.doubts[name] = said
    if fault := check_text(text):
        record.faults[name] = fault
    return _read_zero(record, name, text) if text in ZEROS else text


def _read_zero(record: Record, name: str, text: str) -> str:
    """Nothing, where « 0 » is no answer."""
    if name.rpartition(".")[2] not in PRINTED_TEXTS:
        return text
    record.doubts[name] = Refusal(ZERO_OF_A_FORMULA, text=cite(text))
    return ""


def _add_doubts(record: Record, found: Said) -> None:
    """Abroad, postcodes, telephones and SIRETs are not those of France."""
    for name, doubt in found.items():
        is_french = not is_abroad(record.get(f"{name.partition('.')[0]}.pays"))
        if name not in record.faults and (is_french or check_of(name) is check_address):
            record.doubts.setdefault(name, doubt)


def _check_width(table: Table, row: Row, width: int) -> list[Diagnostic]:
    """What is said of a row with more cells than titles, or fewer than `width`."""
    cells, titles = len(row.cells), len(table.header.cells)
    extra = next((i for i in range(titles, cells) if clean_cell(row.cells[i])), None)
    if extra is not None:
        place, separator = table.position(row.line, extra), SEPARATORS[table.separator]
        return [TOO_MANY_CELLS.at(place, cells=cells, titles=titles, separator=separator)]
    if cells < width:
        return [TOO_FEW_CELLS.at(table.position(row.line, cells), cells=cells, titles=width)]
    return []


def wrong_quotes(table: Table, row: Row) -> Diagnostic:
    """What is said of a row with a `bad_quote`, at its last cell."""
    return WRONG_QUOTES.at(table.position(row.line, len(row.cells) - 1))

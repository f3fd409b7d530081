"""A row of a list of any kind: its texts, and what is wrong with it whatever it is about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from pfmp_cli.diagnostics import Diagnostic, Severity
from pfmp_cli.lists.cells import LONGEST_TEXT, Refusal, check_text, cite, doubt_date
from pfmp_cli.lists.columns import PRINTED_TEXTS
from pfmp_cli.lists.formats.cell_text import clean_cell, explain_cell
from pfmp_cli.lists.formats.csv import SEPARATORS
from pfmp_cli.lists.formats.table import Row, Table
from pfmp_cli.lists.value_checks import check_address, check_of, is_abroad
from pfmp_cli.rules.list_rules import TOO_FEW_CELLS, TOO_MANY_CELLS, WRONG_QUOTES
from pfmp_cli.rules.value_rules import ZERO_OF_A_FORMULA

T = TypeVar("T")
Said: TypeAlias = dict[str, Refusal]  # of the cells of a row, by field

# What a formula gives of an empty cell, as a number, a date or a time.
ZEROS = {"0", "00/01/1900", "30/12/1899", "00:00:00"}


def read_cell(row: Row, columns: Mapping[str, int], field: str) -> str:
    """The text of a field, '' where the row has no such cell."""
    index = columns.get(field)
    return "" if index is None or index >= len(row.cells) else clean_cell(row.cells[index])


@dataclass(slots=True)
class Texts:
    """The text of each field of a row that has one; `faults` refuse the row, `doubts` do not."""

    values: dict[str, str]
    faults: Said = field(default_factory=dict)
    doubts: Said = field(default_factory=dict)

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

    def list_faults(
        self, table: Table, line: int, places: Mapping[str, int]
    ) -> Iterator[Diagnostic]:
        """What is wrong, in the order of the cells; `places` are columns of fields."""
        said = [*self.doubts.items(), *self.faults.items()]
        for name, refusal in sorted(said, key=lambda one: places[one[0]]):
            yield refusal.at(table.position(line, places[name]))


def read_texts(row: Row, columns: Mapping[str, int]) -> Texts:
    """The texts of a row; what cannot be printed is a fault, what is no content, had to be mended
    or is unlikely a doubt."""
    values: dict[str, str] = {}
    faults: Said = {}
    doubts: Said = {}
    cells = row.cells
    for name, index in columns.items():
        if index >= len(cells) or not (raw := cells[index]):
            continue
        text = clean_cell(raw)
        if text in ZEROS and name.rpartition(".")[2] in PRINTED_TEXTS:
            doubts[name] = Refusal(ZERO_OF_A_FORMULA, text=cite(text))
            continue
        if not (raw.isascii() and text) and (said := explain_cell(raw, text)):  # few are
            doubts[name] = said
        if text:
            values[name] = text
            suspect = len(text) > LONGEST_TEXT or not text.isprintable()
            if suspect and (fault := check_text(text)):
                faults[name] = fault
    return Texts(values, faults, _find_doubts(values, faults) | doubts)


def _find_doubts(values: Mapping[str, str], faults: Said) -> Said:
    """What is unlikely in the values that can be printed, as the cells have them.

    Abroad, postcodes, telephones and SIRETs are not those of France.
    """
    return {
        field: doubt
        for field, text in values.items()
        if (check := check_of(field))
        and field not in faults
        and (doubt := check(text))
        and (check is check_address or not is_abroad(_country(field, values)))
    }


def _country(field: str, values: Mapping[str, str]) -> str:
    return values.get(f"{field.partition('.')[0]}.pays", "")


def name_countries(values: dict[str, str], countries: Iterable[str]) -> None:
    """Print the country of a company abroad after its town; `countries` are the fields of any."""
    for name in countries:
        country, town = values.pop(name, ""), name.replace("pays", "ville")
        if is_abroad(country):
            values[town] = ", ".join(filter(None, (values.get(town), country)))


def check_width(table: Table, row: Row, width: int) -> list[Diagnostic]:
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

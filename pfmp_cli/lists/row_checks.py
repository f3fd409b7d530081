"""A row of a file of any kind: its texts, and what is wrong with it whatever it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pfmp_cli.diagnostics import Diagnostic, error, warning
from pfmp_cli.lists.cells import LONGEST_TEXT, Refusal, check_text
from pfmp_cli.lists.formats.csv import SEPARATORS
from pfmp_cli.lists.formats.table import Row, Table, clean_cell
from pfmp_cli.lists.value_checks import ValueCheck, ValueFault, check_of


def read_texts(
    cells: Sequence[str], columns: Mapping[str, int], refusal: dict[str, Refusal]
) -> dict[str, str]:
    """The text of each field that has one; those that cannot be printed are told in `refus`."""
    values = {}
    for field, index in columns.items():
        if index < len(cells) and (text := clean_cell(cells[index])):
            values[field] = text
            suspect = len(text) > LONGEST_TEXT or not text.isprintable()
            if suspect and (fault := check_text(text)):
                refusal[field] = fault
    return values


def check_width(table: Table, row: Row, width: int) -> list[Diagnostic]:
    """What is said of a row with more cells than titles, or fewer than `largeur`."""
    cells, titles = len(row.cells), table.header.cells
    de_trop = range(len(titles), cells)
    index = next((i for i in de_trop if clean_cell(row.cells[i])), None)
    if index is not None:
        return [
            error(
                f"la ligne a {cells} cellules pour {len(titles)} colonnes",
                table.position(row.line, index),
                "entourez de guillemets droits le texte qui contient "
                f"{SEPARATORS[table.separator]}",
            )
        ]
    if cells < width:
        return [
            warning(
                f"la ligne a {cells} cellules pour {width} colonnes : "
                "les dernières sont lues comme vides",
                table.position(row.line, cells),
                "vérifiez qu'elle n'est pas coupée en deux",
            )
        ]
    return []


def rules_of(columns: Iterable[str]) -> list[tuple[str, ValueCheck]]:
    """The rule of each column that has one."""
    return [(field, rule) for field in columns if (rule := check_of(field))]


def find_doubts(
    values: Mapping[str, str], regles: Iterable[tuple[str, ValueCheck]]
) -> dict[str, ValueFault | Refusal]:
    """What is unlikely in the values as the cells have them."""
    return {
        field: doubt
        for field, rule in regles
        if (text := values.get(field)) and (doubt := rule(text))
    }


def list_faults(
    table: Table,
    line: int,
    faults: Mapping[str, ValueFault | Refusal],
    places: Mapping[str, int],
) -> Iterator[Diagnostic]:
    """What is wrong with a row, in the order of its cells; `places` are columns of fields."""
    for field in sorted(faults, key=places.__getitem__):
        yield faults[field].at(table.position(line, places[field]))

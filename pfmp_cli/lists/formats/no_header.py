"""A list of names without a row of titles: the titles that its cells make certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from pfmp_cli.lists.cells import cite, split_name
from pfmp_cli.lists.dates import parse_date
from pfmp_cli.lists.formats.cell_text import clean_cell
from pfmp_cli.lists.formats.csv import SEPARATORS, TextTable
from pfmp_cli.lists.formats.table import NO_HEADER, Row, Table
from pfmp_cli.rules.file_rules import FREE_LINE_ABOVE, READ_WITHOUT_TITLES

T = TypeVar("T", bound=Table)


def add_titles(table: T) -> T | None:
    """The table with titles: `NOM;Prénom`, or both in one column, and a birth date.

    One line above them may be no pupil. None where a single row leaves a doubt.
    """
    raws = [replace(table, header=NO_HEADER)]
    if isinstance(table, TextTable):
        raws = [replace(raw, separator=separator) for raw in raws for separator in SEPARATORS]
    for candidate in sorted(raws, key=_width, reverse=True):
        rows = list(candidate.rows())
        if not rows or any(row.bad_quote for row in rows):
            continue
        lines = [[clean_cell(cell) for cell in row.cells] for row in rows]
        for above in range(2):
            if titles := _titles(lines[above:]):
                return _with_titles(candidate, rows[above], titles, lines[:above])
            if len(list(filter(None, lines[0]))) != 1:
                break
    return None


def _with_titles(table: T, first: Row, titles: list[str], above: list[list[str]]) -> T:
    width = max(len(row.cells) for row in table.rows())
    header = Row(first.line, first.line, [*titles, *[""] * (width - len(titles))])
    said = [READ_WITHOUT_TITLES.at(table.row_position(first.line), titles=", ".join(titles))]
    for cells in above:
        text = cite(" ".join(filter(None, cells)))
        said.append(FREE_LINE_ABOVE.at(table.first_position(), text=text))
    return replace(table, header=header, diagnostics=(*table.diagnostics, *said))


def _width(table: Table) -> int:
    """How many cells the first two rows have."""
    return sum(len(row.cells) for row in islice(table.rows(), 2))


def _titles(lines: Sequence[Sequence[str]]) -> list[str]:
    """The titles of the first columns, or nothing."""
    if not lines:
        return []
    if all(len(line) > 1 and _is_pair(line[0], line[1]) for line in lines):
        titles = ["nom", "prenom"]
    elif all(split_name(line[0]) for line in lines):
        titles = ["nom_prenom"]
    else:
        return []
    dates = [line[len(titles)] for line in lines if len(line) > len(titles)]
    dates = list(filter(None, dates))
    if dates and all(map(parse_date, dates)):
        titles.append("date_naissance")
    return titles


def _is_pair(nom: str, prenom: str) -> bool:
    return split_name(f"{nom} {prenom}") == (" ".join(nom.split()), " ".join(prenom.split()))

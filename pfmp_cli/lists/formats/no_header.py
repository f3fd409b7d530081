"""A list of names without a row of titles: the titles that its cells make certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pfmp_cli.lists.cells import split_name
from pfmp_cli.lists.dates import parse_date
from pfmp_cli.lists.formats.csv import SEPARATORS, TextTable
from pfmp_cli.lists.formats.table import NO_HEADER, Row, clean_cell
from pfmp_cli.rules.file_rules import READ_WITHOUT_TITLES


def add_titles(table: TextTable) -> TextTable | None:
    """The table with titles: `NOM;Prénom`, or both in one column, and a birth date.

    None where a single row leaves a doubt.
    """
    raws = [replace(table, separator=s, header=NO_HEADER) for s in SEPARATORS]
    for candidate in sorted(raws, key=_first_row_width, reverse=True):
        rows = list(candidate.rows())
        if not rows or any(row.bad_quote for row in rows):
            continue
        lines = [[clean_cell(cell) for cell in row.cells] for row in rows]
        if titles := _titles(lines):
            line, width = rows[0].line, max(map(len, lines))
            position = candidate.row_position(line)
            said = READ_WITHOUT_TITLES.at(position, titles=", ".join(titles))
            header = Row(line, line, [*titles, *[""] * (width - len(titles))])
            return replace(candidate, header=header, diagnostics=(*candidate.diagnostics, said))
    return None


def _first_row_width(table: TextTable) -> int:
    return len(next((row.cells for row in table.rows()), ()))


def _titles(lines: Sequence[Sequence[str]]) -> list[str]:
    """The titles of the first columns, or nothing."""
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

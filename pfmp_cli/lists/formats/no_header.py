"""A list of names without a row of titles: the titles that its cells make certain."""

from collections.abc import Sequence
from dataclasses import replace

from pfmp_cli.lists.cells import cite, split_name
from pfmp_cli.lists.dates import parse_date
from pfmp_cli.lists.formats.cell_text import clean_cell
from pfmp_cli.lists.formats.table import NO_HEADER, Row, Table
from pfmp_cli.rules.file_rules import FREE_LINE_ABOVE, READ_WITHOUT_TITLES


def add_titles(table: Table) -> Table | None:
    """The table with titles: `NOM;Prénom`, or both in one column, and a birth date.

    One line above them may be no pupil. None where a single row leaves a doubt.
    """
    table = replace(table, header=NO_HEADER)
    rows = list(table.rows())
    if any(row.bad_quote for row in rows):
        return None
    lines = [[clean_cell(cell) for cell in row.cells] for row in rows]
    is_free = bool(lines) and len(list(filter(None, lines[0]))) == 1
    for above in range(1 + is_free):
        if titles := _titles(lines[above:]):
            titles += [""] * (max(map(len, lines)) - len(titles))
            said = [
                FREE_LINE_ABOVE.at(table.row_position(row.line), text=cite("".join(cells)))
                for row, cells in zip(rows[:above], lines, strict=False)
            ]
            position = table.row_position(rows[above].line)
            said.insert(0, READ_WITHOUT_TITLES.at(position, titles=", ".join(filter(None, titles))))
            header = Row(rows[above].line - 1, titles)
            return replace(table, header=header, diagnostics=(*table.diagnostics, *said))
    return None


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

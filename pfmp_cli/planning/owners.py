"""Whose diagnostics are: those at a pupil's row, in the list or in the placements, are theirs."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.lists.pupils import Roster


def share_out(
    diagnostics: Iterable[Diagnostic], roster: Roster, lines: Collection[int]
) -> tuple[dict[int, list[Diagnostic]], list[Diagnostic]]:
    """The diagnostics of each of these rows of the list, and those of none of them; errors
    first."""
    ordered = sorted(diagnostics, key=lambda diagnostic: not diagnostic.is_error)
    shares: dict[int, list[Diagnostic]] = defaultdict(list)
    rest: list[Diagnostic] = []
    files = {file.name: file for file in _find_files(roster, lines)} if ordered else {}
    for diagnostic in ordered:
        position = diagnostic.position
        file = files.get(position.file) if position else None
        line = file.find_owner(position.line) if file and position else None
        (rest if line is None else shares[line]).append(diagnostic)
    return shares, rest


def drop_silent(diagnostics: Iterable[Diagnostic], roster: Roster) -> list[Diagnostic]:
    """The diagnostics, but for those of pupils who are not chosen."""
    kept = [*diagnostics]
    return share_out(kept, roster, roster.silent)[1] if roster.silent else kept


class _File:
    """The rows of a file, and the row of the list that each of them is about."""

    def __init__(self, table: Table, owners: Mapping[int, int]) -> None:
        self.name, self.owners = table.file, owners
        rows = (row.line for row in table.rows())
        self.starts = sorted((table.row_position(row).line or row, row) for row in rows)

    def find_owner(self, line: int | None) -> int | None:
        """The row of the list that this line is about: a row goes on until the next one."""
        rank = bisect_right(self.starts, line or 0, key=lambda start: start[0])
        return self.owners.get(self.starts[rank - 1][1]) if rank else None


def _find_files(roster: Roster, lines: Collection[int]) -> Iterable[_File]:
    yield _File(roster.table, {line: line for line in lines})
    owners: dict[int, dict[int, int]] = defaultdict(dict)
    tables: dict[int, Table] = {}
    for (line, _), cell in roster.sources.items():
        tables[id(cell.table)] = cell.table
        if line in lines:
            owners[id(cell.table)][cell.line] = line
    for key, table in tables.items():
        yield _File(table, owners[key])

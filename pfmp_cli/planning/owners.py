"""Whose diagnostics are: those at a pupil's row, in the list or in the placements, are theirs."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.lists.pupils import Roster


def share_out(
    diagnostics: Iterable[Diagnostic], roster: Roster, lines: Collection[int]
) -> tuple[dict[int, list[Diagnostic]], list[Diagnostic]]:
    """The diagnostics of each of these rows of the list, and those of none of them; errors
    first."""
    owners = {(roster.table.file, line): line for line in lines}
    for (line, _), (row, _) in roster.sources.items():
        if line in lines:
            owners[row.table.file, row.line] = line
    shares: dict[int, list[Diagnostic]] = defaultdict(list)
    rest: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: not diagnostic.is_error):
        position = diagnostic.position
        owner = owners.get((position.file, position.row or 0)) if position else None
        (rest if owner is None else shares[owner]).append(diagnostic)
    return shares, rest


def drop_silent(diagnostics: Iterable[Diagnostic], roster: Roster) -> list[Diagnostic]:
    """The diagnostics, but for those of pupils who are not chosen."""
    kept = [*diagnostics]
    return share_out(kept, roster, roster.silent)[1] if roster.silent else kept

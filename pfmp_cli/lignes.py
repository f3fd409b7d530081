"""Whose diagnostics are: those at a pupil's row are the pupil's."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic

if TYPE_CHECKING:
    from pfmp_cli.inputs.eleves import Lecture


def share_out(
    diagnostics: Iterable[Diagnostic], lecture: Lecture, lignes: Collection[int]
) -> tuple[dict[int, list[Diagnostic]], list[Diagnostic]]:
    """The diagnostics of each of these rows, and those of none of them; errors first."""
    ordered = sorted(diagnostics, key=lambda diagnostic: not diagnostic.is_error)
    shares: dict[int, list[Diagnostic]] = defaultdict(list)
    rest: list[Diagnostic] = []
    starts: list[tuple[int, int]] = []
    for diagnostic in ordered:
        starts = starts or _find_starts(lecture)
        ligne = _row_of(diagnostic, lecture.tableau.fichier, starts)
        (shares[ligne] if ligne in lignes else rest).append(diagnostic)
    return shares, rest


def _find_starts(lecture: Lecture) -> list[tuple[int, int]]:
    """The line that each row begins on, and the row."""
    rows = (rangee.ligne for rangee in lecture.tableau.rangees())
    return sorted((lecture.tableau.row_position(row).ligne or row, row) for row in rows)


def _row_of(diagnostic: Diagnostic, fichier: str, starts: list[tuple[int, int]]) -> int:
    """The row that a diagnostic is about: the last that begins there or above; -1 for none."""
    position = diagnostic.position
    if position is None or position.fichier != fichier or position.ligne is None:
        return -1
    rank = bisect_right(starts, position.ligne, key=lambda start: start[0])
    return starts[rank - 1][1] if rank else -1

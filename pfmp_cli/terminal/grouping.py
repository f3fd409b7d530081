"""Many diagnostics of one rule, told as the first ones and how many more there are.

A list of the whole school may have the same thing wrong in every row: shown one by one, it
would hide all the rest.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator

from pfmp_cli.diagnostics import Diagnostic

SHOWN_WHOLE = 5  # of a kind that are all shown
EXAMPLES = 3  # that are shown where there are more


def abridge(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, int]]:
    """Those that are shown, each with how many of its kind are not, which it is the last of."""
    told = list(diagnostics)
    totals, ranks = Counter(map(_kind, told)), Counter[object]()
    for diagnostic in told:
        kind = _kind(diagnostic)
        ranks[kind] += 1
        if totals[kind] <= SHOWN_WHOLE or ranks[kind] < EXAMPLES:
            yield diagnostic, 0
        elif ranks[kind] == EXAMPLES:
            yield diagnostic, totals[kind] - EXAMPLES


def _kind(diagnostic: Diagnostic) -> object:
    """What says the same thing of another line of a file, or of another file of a folder."""
    if diagnostic.position is None:
        return id(diagnostic)
    return diagnostic.rule, place_of(diagnostic)


def place_of(diagnostic: Diagnostic) -> str:
    """The file; its folder, where it is about the file as a whole."""
    position = diagnostic.position
    if position is None or position.line:
        return position.file if position else ""
    return os.path.join(os.path.dirname(position.file), "")

"""Many diagnostics of one kind, told as the first ones and where the others are.

A list of the whole school may have the same thing wrong in every row: shown one by one, it
would hide all the rest.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pfmp_cli.diagnostics import Diagnostic, Position, error, warning

TELS_QUELS = 5  # of a kind that are all shown
EXEMPLES = 3  # that are shown where there are more
INTERVALLES = 30  # of line numbers that are written out
AIDE = "« pfmp check », avec les mêmes fichiers, montre tout"
_CITATION = re.compile("«[^»]*»|[0-9]+")


def abridge(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The same, where those of a kind after the first few are one that counts them."""
    groups: dict[object, list[Diagnostic]] = defaultdict(list)
    told = [(diagnostic, groups[_kind(diagnostic)]) for diagnostic in diagnostics]
    for diagnostic, group in told:
        group.append(diagnostic)
    ranks: dict[int, int] = defaultdict(int)
    for diagnostic, group in told:
        rank = ranks[id(group)] = ranks[id(group)] + 1
        many = len(group) > TELS_QUELS
        if not many or rank <= EXEMPLES:
            yield diagnostic
        if many and rank == EXEMPLES:
            yield _count(group[EXEMPLES:])


def _kind(diagnostic: Diagnostic) -> object:
    """What says the same thing of another line of a file, or of another file of a folder."""
    if diagnostic.position is None:
        return id(diagnostic)
    message = _CITATION.sub("", diagnostic.message)
    return diagnostic.severity, diagnostic.rule, _place(diagnostic.position), message


def _place(position: Position) -> str:
    """The file; its folder, where it is about the file as a whole."""
    whole = position.line is None
    return os.path.join(os.path.dirname(position.file), "") if whole else position.file


def _count(others: Sequence[Diagnostic]) -> Diagnostic:
    first = others[0]
    like = "comme celle-ci" if first.is_error else "comme celui-ci"
    where = first.position and _place(first.position)
    message = f"… et {len(others)} autres {like}" + (f" dans {where}" if where else "")
    tell = error if first.is_error else warning
    if places := " ; ".join(_list_places(others)):
        return tell(f"{message} : {places}", help=AIDE)
    return tell(message)


def _list_places(others: Iterable[Diagnostic]) -> Iterator[str]:
    """« lignes 5, 8 à 12 (pfmp1_telephone, pfmp2_telephone) »."""
    lines: dict[str, set[int]] = defaultdict(set)
    for other in others:
        if (position := other.position) and position.line:
            lines[position.label or ""].add(position.line)
    reperes: dict[frozenset[int], list[str]] = defaultdict(list)
    for label, numbers in lines.items():
        reperes[frozenset(numbers)] += filter(None, [label])
    for same, names in reperes.items():
        yield format_lines(same) + (f" ({', '.join(names)})" if names else "")


def format_lines(numbers: Iterable[int]) -> str:
    """« ligne 5 », « lignes 5, 8 à 12 »; the first of them where there are very many."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [_format_span(*span) for span in spans[:INTERVALLES]]
    shown += ["…"] if len(spans) > INTERVALLES else []
    alone = len(spans) == 1 and spans[0][0] == spans[0][1]
    return f"{'ligne' if alone else 'lignes'} {', '.join(shown)}"


def _format_span(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}{' à ' if last > first + 1 else ', '}{last}"

"""Many diagnostics of one rule, told as the first ones and where the others are.

A list of the whole school may have the same thing wrong in every row: shown one by one, it
would hide all the rest.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pfmp_cli.diagnostics import Diagnostic, Position, Severity
from pfmp_cli.rules.usage_rules import MORE_ERRORS, MORE_REMARKS, MORE_WARNINGS

SHOWN_WHOLE = 5  # of a kind that are all shown
EXAMPLES = 3  # that are shown where there are more
SPANS = 30  # of line numbers that are written out
_MORE = {
    Severity.ERROR: MORE_ERRORS,
    Severity.WARNING: MORE_WARNINGS,
    Severity.REMARK: MORE_REMARKS,
}


def abridge(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The same, where those of a kind after the first few are one that counts them."""
    groups: dict[object, list[Diagnostic]] = defaultdict(list)
    for diagnostic in (told := list(diagnostics)):
        groups[_kind(diagnostic)].append(diagnostic)
    ranks: dict[object, int] = defaultdict(int)
    for diagnostic in told:
        kind = _kind(diagnostic)
        ranks[kind] += 1
        many = len(groups[kind]) > SHOWN_WHOLE
        if not many or ranks[kind] <= EXAMPLES:
            yield diagnostic
        if many and ranks[kind] == EXAMPLES:
            yield _count(groups[kind][EXAMPLES:])


def _kind(diagnostic: Diagnostic) -> object:
    """What says the same thing of another line of a file, or of another file of a folder."""
    if diagnostic.position is None:
        return id(diagnostic)
    return diagnostic.rule, _place(diagnostic.position)


def _place(position: Position) -> str:
    """The file; its folder, where it is about the file as a whole."""
    whole = position.line is None
    return os.path.join(os.path.dirname(position.file), "") if whole else position.file


def _count(others: Sequence[Diagnostic]) -> Diagnostic:
    places = [other.position for other in others if other.position]
    lines = " ; ".join(_list_lines(places))
    return _MORE[others[0].severity].at(
        number=len(others),
        place=_place(places[0]) + (f" : {lines}" if lines else ""),
        advice="« pfmp check », avec les mêmes fichiers, montre tout" if lines else "",
    )


def _list_lines(places: Iterable[Position]) -> Iterator[str]:
    """« lignes 5, 8 à 12 (pfmp1_telephone, pfmp2_telephone) »."""
    lines: dict[str, set[int]] = defaultdict(set)
    for place in places:
        if place.line:
            lines[place.label or ""].add(place.line)
    labels: dict[frozenset[int], list[str]] = defaultdict(list)
    for label, numbers in lines.items():
        labels[frozenset(numbers)] += filter(None, [label])
    for same, names in labels.items():
        yield format_lines(same) + (f" ({', '.join(names)})" if names else "")


def format_lines(numbers: Iterable[int]) -> str:
    """« ligne 5 », « lignes 5, 8 à 12 »; the first of them where there are very many."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [_format_span(*span) for span in spans[:SPANS]]
    shown += ["…"] if len(spans) > SPANS else []
    alone = len(spans) == 1 and spans[0][0] == spans[0][1]
    return f"{'ligne' if alone else 'lignes'} {', '.join(shown)}"


def _format_span(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}{' à ' if last > first + 1 else ', '}{last}"

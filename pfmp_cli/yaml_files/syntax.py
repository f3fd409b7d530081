"""What PyYAML says of a broken file, in a teacher's words.

Its two parsers, the one in C and the one in Python, word the same fault differently: a complaint
holds a piece of each.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pfmp_cli.diagnostics import Rule
from pfmp_cli.rules import yaml_rules as rules


class _Complaint(NamedTuple):
    """The rule for what PyYAML says with one of `pieces` in it.

    `at_start`: the fault is shown where the faulty thing begins, not where the parser gave up.
    """

    pieces: tuple[str, ...]
    rule: Rule
    at_start: bool = False


_COMPLAINTS = (
    _Complaint(("quoted scalar found unexpected",), rules.QUOTE_NOT_CLOSED, at_start=True),
    _Complaint(("unknown escape character",), rules.BACKSLASH),
    _Complaint(("could not find expected ':'",), rules.NO_COLON, at_start=True),
    _Complaint(
        ("while parsing a flow sequence", "while parsing a flow mapping"),
        rules.NO_COMMA,
        at_start=True,
    ),
    _Complaint(("while parsing a flow node",), rules.NO_VALUE),
    _Complaint(("sequence entries are not allowed",), rules.MISPLACED_DASH),
    _Complaint(("while parsing a block collection",), rules.OUT_OF_LIST),
    _Complaint(("while parsing a block mapping",), rules.OUT_OF_KEYS),
    _Complaint(
        ("while scanning an alias", "while scanning an anchor", "undefined tag handle"),
        rules.NEEDS_QUOTES,
        at_start=True,
    ),
    _Complaint(("found unexpected ':'",), rules.NO_SPACE),
    _Complaint(("while scanning a block scalar",), rules.TEXT_BEHIND_BAR),
    _Complaint(("cannot start any token",), rules.NEEDS_QUOTES),
    _Complaint(("<document start>", "directive"), rules.MISPLACED_LINE),
)


def explain(exception: Any, text: str) -> tuple[Any, Rule]:
    """A MarkedYAMLError → the mark at fault (or None), and its rule."""
    said = f"{exception.context or ''} {exception.problem or ''}"
    mark = exception.problem_mark or exception.context_mark
    around = _explain_around(said, mark, text) if mark is not None else None
    if around is not None:
        return mark, around
    for complaint in _COMPLAINTS:
        if any(piece in said for piece in complaint.pieces):
            shown = exception.context_mark if complaint.at_start else None
            return shown or mark, complaint.rule
    return mark, rules.NOT_YAML


def _explain_around(said: str, mark: Any, text: str) -> Rule | None:
    """What only the text of the line tells apart."""
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    before, after = line[: mark.column], line[mark.column :]
    if after.startswith("\t") or " tab character" in said:
        return rules.TABULATION
    if "mapping values are not allowed" in said:
        return rules.MISPLACED_COLON if ": " in before else rules.MISPLACED_KEY
    if "while parsing a block mapping" in said and before.strip(" -"):
        return rules.TEXT_TOO_MANY
    return None

"""What PyYAML says of a broken file, in a teacher's words.

Its two parsers, the one in C and the one in Python, word the same fault differently: a complaint
holds a piece of each.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pfmp_cli.diagnostics import Rule
from pfmp_cli.rules import yaml_rules as rules
from pfmp_cli.yaml_files.scalars import CURLY_CLOSE, CURLY_OPEN, NO_BREAK

# A piece of what PyYAML says → the rule.
_COMPLAINTS = {
    "quoted scalar found unexpected": rules.QUOTE_NOT_CLOSED,
    "escape": rules.BACKSLASH,
    "hexdecimal": rules.BACKSLASH,
    "could not find expected ':'": rules.NO_COLON,
    "while parsing a flow sequence": rules.NO_COMMA,
    "while parsing a flow mapping": rules.NO_COMMA,
    "while parsing a flow node": rules.NO_VALUE,
    "sequence entries are not allowed": rules.MISPLACED_DASH,
    "while parsing a block collection": rules.OUT_OF_LINE,
    "while parsing a block mapping": rules.OUT_OF_LINE,
    "while scanning an alias": rules.NEEDS_QUOTES,
    "while scanning an anchor": rules.NEEDS_QUOTES,
    "undefined tag handle": rules.NEEDS_QUOTES,
    "found unexpected ':'": rules.NO_SPACE,
    "while scanning a block scalar": rules.TEXT_BEHIND_BAR,
    "cannot start any token": rules.NEEDS_QUOTES,
}
# These are shown where the faulty thing begins, not where the parser gave up.
_AT_START = (rules.QUOTE_NOT_CLOSED, rules.NO_COLON, rules.NO_COMMA, rules.NEEDS_QUOTES)


class _Place(NamedTuple):
    """Line and column, from 0, as PyYAML's marks have them."""

    line: int
    column: int


# No-break spaces in an indentation, or after a key or a dash.
_NO_BREAK = re.compile(rf" *(?:- +)*(?:-|[\w-]+:)? *[{NO_BREAK}]")
_KEY = re.compile(r"(?P<indent>[ -]*)(?P<key>[\w-]+)(?P<colon>:(?P<space>\s|$)?)?")


def explain(exception: Any, lines: Sequence[str], quoted: Any = None) -> tuple[Any, Rule]:
    """A MarkedYAMLError → the mark at fault (or None), and its rule.

    `quoted` is the last quoted scalar that spans lines.
    """
    said = f"{exception.context or ''} {exception.problem or ''}"
    mark = exception.problem_mark or exception.context_mark
    if mark is not None:
        numbers = [mark.line, _find_line_before(mark.line, lines)]
        numbers += [exception.context_mark.line] if exception.context_mark else []
        for line in sorted({number for number in numbers if 0 <= number < len(lines)}):
            if found := _NO_BREAK.match(lines[line]):
                return _Place(line, found.end() - 1), rules.NO_BREAK_SPACE
        if quoted and quoted.end_mark.line == mark.line and _swallows_keys(quoted, lines):
            return quoted.start_mark, rules.QUOTE_NOT_CLOSED
        if (around := _explain_around(said, mark, lines)) is not None:
            return around
    for piece, rule in _COMPLAINTS.items():
        if piece in said:
            shown = (exception.context_mark if rule in _AT_START else None) or mark
            typed = lines[shown.line][shown.column :] if shown.line < len(lines) else ""
            return shown, _narrow(rule, typed)
    return mark, rules.NOT_YAML


def _find_line_before(number: int, lines: Sequence[str]) -> int:
    """The line above that is neither blank nor a comment; -1 where there is none."""
    above = (n for n in reversed(range(min(number, len(lines)))) if lines[n].strip())
    return next((n for n in above if not lines[n].lstrip().startswith("#")), -1)


def _swallows_keys(quoted: Any, lines: Sequence[str]) -> bool:
    """Whether a line of a quoted text is a key and its value: quotes were not closed before it."""
    inside = lines[quoted.start_mark.line + 1 : quoted.end_mark.line + 1]
    return any((found := _KEY.match(line)) and found["colon"] for line in inside)


def _narrow(rule: Rule, typed: str) -> Rule:
    """The rule, or a more precise one of what stands at the place at fault."""
    if rule is rules.NO_COLON and (found := _KEY.match(typed)) and found["colon"]:
        return rules.NO_SPACE
    if rule is rules.QUOTE_NOT_CLOSED and typed[1:].rstrip().endswith(tuple(CURLY_CLOSE)):
        return rules.CURLY_QUOTES
    return rule


def _explain_around(said: str, mark: Any, lines: Sequence[str]) -> tuple[Any, Rule] | None:
    """What only the text of the line, or of the one above, tells apart."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    before, after = line[: mark.column], line[mark.column :]
    if after.startswith("\t") or " tab character" in said:
        return mark, rules.TABULATION
    if "mapping values are not allowed" in said:
        if ": " in before:
            curly = before.partition(": ")[2].lstrip().startswith(tuple(CURLY_OPEN))
            return mark, rules.CURLY_QUOTES if curly else rules.MISPLACED_COLON
        return _blame_above(mark, lines) or (mark, rules.MISPLACED_KEY)
    if "while parsing a block mapping" not in said:
        return None
    return (mark, rules.TEXT_TOO_MANY) if before.strip(" -") else _blame_above(mark, lines)


def _blame_above(mark: Any, lines: Sequence[str]) -> tuple[Any, Rule] | None:
    """The line above, of the same indentation, where it is that one that has no key."""
    number = _find_line_before(mark.line, lines)
    here, above = (
        _KEY.match(lines[n]) if 0 <= n < len(lines) else None for n in (mark.line, number)
    )
    if not here or not above or len(here["indent"]) != len(above["indent"]):
        return None
    if above["colon"] and above["space"] is not None:
        return None
    rule = rules.NO_SPACE if above["colon"] else rules.NO_COLON
    return _Place(number, above.start("key")), rule

"""A scalar of YAML → what was typed, and what is odd about how it was."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from pfmp_cli.diagnostics import Rule
from pfmp_cli.rules import yaml_rules as rules

Oddity: TypeAlias = tuple[Rule, dict[str, str]]

# As a word processor, or a keyboard set to French, puts them unasked.
NO_BREAK, CURLY_OPEN, CURLY_CLOSE = "\u00a0\u202f", "«“„”", "»”“"

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_TRUE, _FALSE, _NOTHING = ("« vrai »", "true"), ("« faux »", "false"), ("une valeur vide", "rien")
_AMBIGUOUS = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON"), _TRUE),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF"), _FALSE),
    **dict.fromkeys(("Null", "NULL"), _NOTHING),
}
_SPACE_AFTER_SIGN = re.compile(rf"(?:[\w-]+:|-)[{NO_BREAK}]")
_DRIVE = re.compile(r"[A-Za-z]:\\(?!\\)")
_CONTROL = re.compile("[\0-\x09\x0b-\x1f\x7f]")
_COMMENT = re.compile(r"\s+(#[^\s#].*)")


def read_scalar(event: Any) -> bool | int | str | None:
    """The value: text as it was typed, but for plain integers, `true`, `false` and nothing."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    text = text.strip(NO_BREAK)
    return int(text) if _INTEGER.fullmatch(text) else _WORDS.get(text, text)


def find_oddities(event: Any, lines: Sequence[str]) -> Iterator[Oddity]:
    """What YAML or a printed page makes of it, and whoever typed it does not think of."""
    start, end, text = event.start_mark, event.end_mark, event.value
    if event.style == '"':
        typed = lines[start.line][start.column + 1 :]
        if _DRIVE.match(typed) or ("\\" in typed and _CONTROL.search(text)):
            yield rules.BACKSLASH, {}
    if not event.implicit[0]:
        return
    if text in _AMBIGUOUS:
        reading, plain = _AMBIGUOUS[text]
        yield rules.AMBIGUOUS, {"text": text, "reading": reading, "otherwise": f", ou {plain}"}
    elif _BASE_60.fullmatch(text):
        reading = "un nombre en base 60"
        yield rules.AMBIGUOUS, {"text": text, "reading": reading, "otherwise": ""}
    elif _SPACE_AFTER_SIGN.match(text):
        yield rules.NO_BREAK_SPACE, {}
    elif text[:1] in [*CURLY_OPEN] and text[-1:] in [*CURLY_CLOSE]:
        yield rules.CURLY_QUOTES_IN_TEXT, {}
    behind = lines[end.line][end.column :] if end.line < len(lines) else ""
    if text and (comment := _COMMENT.match(behind)):
        yield rules.COMMENT_INSIDE, {"comment": comment[1]}

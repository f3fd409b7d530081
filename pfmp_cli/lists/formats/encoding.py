"""Bytes of a text file → text, in the encoding that makes letters of the names."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, Rule
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.formats.likelihood import WRONG, weigh
from pfmp_cli.rules import file_rules as rules

# What a spreadsheet calls them; where two fit a text as well, it is the first.
NAMES = {
    "cp1252": "du Windows-1252",
    "mac_roman": "du « CSV (Macintosh) »",
    "cp850": "du « CSV (MS-DOS) »",
}
_LESS_USUAL = 1  # the weight of those that are not the first
DOUBT = 2  # between the weights of two readings, either may be meant
_CELL = re.compile(r'[^;,\t"\n]+')
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)|<meta[^>]*?charset\s*=\s*["']?([\w.-]+)""",
    re.IGNORECASE,
)
_OF_SPREADSHEETS = ("iso8859", "cp125", "mac", "cp850")
FARTHEST_DECLARED = 5000
_SIGN = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, with `\\n` as its newline; a rule for what there is to say at `offset`."""

    text: str
    encoding: str
    rule: Rule | None = None
    offset: int = 0
    said: Mapping[str, str] = field(default_factory=dict)

    def tell(self, position: Position) -> tuple[Diagnostic, ...]:
        """What there is to say, at that place."""
        encoding = NAMES.get(self.encoding, "")
        return (self.rule.at(position, encoding=encoding, **self.said),) if self.rule else ()


def decode(file: str, content: bytes) -> Decoded:
    """Raises InputRefused for what is text in no encoding."""
    try:
        return _decode(content)
    except UnicodeError:
        raise InputRefused([rules.UNKNOWN_ENCODING.at(Position(file))]) from None


def decode_markup(file: str, content: bytes) -> Decoded:
    """XML or a web page: as UTF-8 where it is, whatever it says; else as what it says, or is.

    Raises InputRefused.
    """
    decoded = decode(file, content)
    declared = _DECLARED.search(content, 0, FARTHEST_DECLARED)
    if decoded.rule is None or declared is None:
        return decoded
    with suppress(LookupError, UnicodeError):
        name = codecs.lookup((declared[1] or declared[2]).decode()).name
        name = "cp1252" if name == "iso8859-1" else name  # as browsers read it
        if name.startswith(_OF_SPREADSHEETS):
            return Decoded(_unify(content.decode(name)), name)
    return decoded


def is_utf_16(content: bytes) -> bool:
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _decode(content: bytes) -> Decoded:
    """Raises UnicodeError."""
    if utf_16 := _find_utf_16(content):
        return Decoded(_unify(content.decode(utf_16)), "utf-16")
    text = content.removeprefix(codecs.BOM_UTF8)
    encoding = "utf-8" if len(text) == len(content) else "utf-8-sig"
    try:
        return Decoded(_unify(text.decode("utf-8")), encoding)
    except UnicodeDecodeError:
        return _guess(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))


def _find_utf_16(content: bytes) -> str:
    if is_utf_16(content):
        return "utf-16"
    start = content[:4]
    if len(content) % 2 or len(start) < 4:
        return ""
    zeros = "".join("0" if byte == 0 else "x" for byte in start)
    return {"x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(zeros, "")


def _guess(lines: list[bytes]) -> Decoded:
    """Lines that are UTF-8 are read so, as where two files were joined."""
    utf_8 = [_as_utf_8(line) for line in lines]
    others = b"\n".join(line for line, text in zip(lines, utf_8, strict=True) if text is None)
    weights = {name: list(weigh(others.decode(name, "replace"))) for name in NAMES}
    totals = {
        name: sum(found) + _LESS_USUAL * (name != "cp1252") for name, found in weights.items()
    }
    encoding, other, *_ = sorted(NAMES, key=totals.__getitem__)
    wrong = sum(weight >= WRONG for weight in weights[encoding])
    if wrong * 2 > len(weights[encoding]):
        raise UnicodeError
    read = [
        line.decode(encoding, "replace") if text is None else text
        for line, text in zip(lines, utf_8, strict=True)
    ]
    if any(text and not text.isascii() for text in utf_8):
        rule = rules.PARTLY_READ_AS
    elif encoding != "cp1252":
        rule = rules.READ_AS_ANOTHER
    elif wrong:
        rule = rules.READ_AS_DOUBTFUL_WINDOWS
    else:
        rule = (
            rules.READ_AS_ONE_OF
            if totals[other] - totals[encoding] <= DOUBT
            else rules.READ_AS_WINDOWS
        )
    first = utf_8.index(None)
    line, otherwise = read[first], lines[first].decode(other, "replace")
    sign = _SIGN.search(line)
    place = sign.start() if sign else 0
    start, end = next(c.span() for c in _CELL.finditer(line) if c.start() <= place < c.end())
    return Decoded(
        "\n".join(read),
        encoding,
        rule,
        sum(len(line) + 1 for line in read[:first]) + place,
        {"text": cite(line[start:end]), "other": cite(otherwise[start:end])},
    )


def _as_utf_8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

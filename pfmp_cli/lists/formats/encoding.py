"""Bytes of a text file → text, in the encoding that makes letters of the names."""

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
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
# From the start of a cell: elsewhere in it, the search would be made again and again.
_WORD = re.compile(r'(?<![^<>;,\t"\n])[^<>;,\t"\n]*[^\x00-\x7f][^<>;,\t"\n]*')
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)|<meta[^>]*?charset\s*=\s*["']?([\w.-]+)""",
    re.IGNORECASE,
)
_OF_SPREADSHEETS = ("iso8859", "cp125", "mac", "cp850")
FARTHEST_DECLARED = 5000


class Decoded(NamedTuple):
    """The text, with `\\n` as its newline. Where it is not UTF-8: the encoding that was guessed,
    whether that is doubtful, and the offset of the first line that it was needed for."""

    text: str
    guessed: str = ""
    is_doubtful: bool = False
    offset: int = 0

    def tell(self, place: Callable[[int, int], Position]) -> tuple[Diagnostic, ...]:
        """What there is to say, at the place of a word (its offset, and its length)."""
        word = _WORD.search(self.text, self.offset) if self.guessed else None
        if word is None:
            return ()
        rule = rules.READ_DOUBTFULLY if self.is_doubtful else rules.READ_AS_WINDOWS
        position = place(word.start(), len(word[0]))
        return (rule.at(position, text=cite(word[0]), encoding=NAMES[self.guessed]),)


def decode(file: str, content: bytes) -> Decoded:
    """Raises InputRefused for what is text in no encoding."""
    try:
        return _read_unicode(content) or _guess(re.split(b"\r\n|\r|\n", content))
    except UnicodeError:
        raise InputRefused([rules.UNKNOWN_ENCODING.at(Position(file))]) from None


def decode_markup(file: str, content: bytes) -> Decoded:
    """XML or a web page: as UTF-8 where it is, whatever it says; else as what it says, or is.

    Raises InputRefused.
    """
    declared = _DECLARED.search(content, 0, FARTHEST_DECLARED)
    with suppress(LookupError, UnicodeError):
        if declared and not _read_unicode(content):
            name = codecs.lookup((declared[1] or declared[2]).decode()).name
            name = "cp1252" if name == "iso8859-1" else name  # as browsers read it
            if name.startswith(_OF_SPREADSHEETS):
                return Decoded(_unify(content.decode(name)))
    return decode(file, content)


def is_utf_16(content: bytes) -> bool:
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _read_unicode(content: bytes) -> Decoded | None:
    """None for what is not UTF-8. Raises UnicodeError for what is no UTF-16, and says to be."""
    if is_utf_16(content):
        return Decoded(_unify(content.decode("utf-16")))
    text = _as_utf_8(content.removeprefix(codecs.BOM_UTF8))
    return None if text is None else Decoded(_unify(text))


def _guess(lines: list[bytes]) -> Decoded:
    """Lines that are UTF-8 are read so, as where two files were joined."""
    utf_8 = [_as_utf_8(line) for line in lines]
    others = b"\n".join(line for line, text in zip(lines, utf_8, strict=True) if text is None)
    weights = {name: list(weigh(others.decode(name, "replace"))) for name in NAMES}
    encoding = min(NAMES, key=lambda name: sum(weights[name]) + _LESS_USUAL * (name != "cp1252"))
    wrong = sum(weight >= WRONG for weight in weights[encoding])
    if wrong * 2 > len(weights[encoding]):
        raise UnicodeError
    pairs = zip(lines, utf_8, strict=True)
    read = [text or line.decode(encoding, "replace") for line, text in pairs]
    is_mixed = any(text and not text.isascii() for text in utf_8)
    offset = sum(len(line) + 1 for line in read[: utf_8.index(None)])
    return Decoded(
        "\n".join(read), encoding, is_mixed or bool(wrong) or encoding != "cp1252", offset
    )


def _as_utf_8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

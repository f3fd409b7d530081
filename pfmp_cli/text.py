"""Texts: what two spellings have in common, names of files, numbers and choices in French."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

# Letters that no decomposition turns into ASCII.
_LETTERS = str.maketrans({
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "ẞ": "SS", "Ł": "L", "ł": "l",
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "ı": "i", "Þ": "Th",
    "þ": "th", "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "Ŋ": "N", "ŋ": "n", "Ə": "E", "ə": "e",
    "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "",
})  # fmt: skip

DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")
REMEMBERED = 16_384  # texts that come back: the names of a school's pupils
LONGEST_QUOTE = 40  # of what a message repeats of a text
# What a terminal, or a pipeline that reads a log, would obey instead of showing it: controls and
# escapes, ends of lines, what turns the direction of the text around or has no width.
_ACTING = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
# « é » and its like, written in UTF-8 and then read as Windows-1252.
MISREAD_ACCENT = re.compile(
    "Ã[" + re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "]"
)

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10))}
_LONGEST = 80


def visible(text: str) -> str:
    """`text` on one line, with a sign in the place of each character that acts.

    >>> visible("a" + chr(27) + "[2J" + chr(10) + chr(0x202e))
    'a␛[2J␊�'
    """
    return _ACTING.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] < " " else "�", text)


@lru_cache(REMEMBERED)
def slug(text: str) -> str:
    """`text` in ASCII letters, digits and hyphens, 80 at most; empty where nothing is left.

    >>> slug("D’HÉROUVILLE"), slug("ŁUKASZEWSKI"), slug("../../x")
    ('D-HEROUVILLE', 'LUKASZEWSKI', 'x')
    """
    bare = "".join(
        char
        for char in unicodedata.normalize("NFKD", text.translate(_LETTERS))
        if not unicodedata.combining(char)
    )
    plain = re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")[:_LONGEST].strip("-")
    return f"{plain}-" if plain.upper() in _RESERVED else plain


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """Letters and digits only, without case or accents: what two spellings have in common.

    Of a text so long that it is not read (`check_text`), the beginning only.
    """
    text = text[:2000].casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    text = _NO_LETTER.sub("", text)
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Lm")


def count(number: int, singular: str, plural: str = "") -> str:
    """« 1 livret », « 12 livrets », « 1 158 élèves »."""
    word = singular if number < 2 else plural or f"{singular}s"
    return f"{number:,} {word}".replace(",", "\u202f")


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or None where nothing is near enough to propose."""
    matches = difflib.get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=0.7)
    return matches[0] if matches else None


def propose(word: str, known: Iterable[str], otherwise: str) -> str:
    """An `aide`: « vouliez-vous dire … ? », or `otherwise` where no known word is near enough."""
    near = suggest(word, known)
    return f"vouliez-vous dire « {near} » ?" if near else otherwise


def either(words: Iterable[str]) -> str:
    """« A », « A ou B », « A, B ou C »; nothing of none."""
    *others, last = [*words] or [""]
    return " ou ".join(filter(None, (", ".join(others), last)))


def list_some(things: Sequence[T], most: int, name: Callable[[T], str] = str) -> str:
    """« A, B », « A, B et 12 autres » where there are more than `most`: only those are named."""
    more = f" et {count(len(things) - most, 'autre')}" if len(things) > most else ""
    return ", ".join(map(name, things[:most])) + more

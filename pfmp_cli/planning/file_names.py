"""Names → parts of file names that every system takes."""

from __future__ import annotations

import re
import unicodedata

# Letters that no decomposition turns into ASCII.
_LETTERS = str.maketrans({
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss", "ẞ": "SS", "Ł": "L", "ł": "l",
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "ı": "i", "Þ": "Th",
    "þ": "th", "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "Ŋ": "N", "ŋ": "n", "Ə": "E", "ə": "e",
    "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "",
})  # fmt: skip

_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10))}
_LONGEST = 80


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

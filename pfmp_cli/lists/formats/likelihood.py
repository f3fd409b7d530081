"""How unlikely a text is to be names, by each sign beyond ASCII and those around it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

MOST_SIGNS = 20_000  # that are weighed
# How rare letters are in names between letters like these (a space is none), and elsewhere.
_LETTERS = {
    "é": (0, "...", 0),
    "è": (0, "[^aeouy ].[^aeiouy ]| .v", 3),  # « Hélène », « Rivière », « Ève »
    "ç": (0, "..[aouy]", 4),
    "ëï": (1, "[aeiouy]..|..[aeiouy]", 4),
    "ã": (1, "[^ n].[oe]", 5),
    "âêô": (2, "[^aeioy].[^aeiouy]", 5),
    "îû": (2, "[ao ].[^aeiouy]", 5),  # « Benoît », « Goût »
    "à": (2, ".. ", 5),
    "ñ": (2, "[aeiou ].[aeiou]", 5),
    "õ": (2, "..e", 5),
    "œ": (3, "..u", 6),
    "öü": (3, "..[^aeiouy]", 6),
    "á": (3, "[^aeou]..", 6),
    "í": (3, "..[^e]", 6),
    "óæ": (3, "...", 3),
    "ÿ": (3, "[aeou]..", 5),
    "ä": (4, "..[^aeiouy]", 6),
    "úøåß": (4, "...", 4),
    "ù": (5, "o. ", 7),
}
_RARITY = {
    letter: (rarity, re.compile(usual), elsewhere)
    for letters, (rarity, usual, elsewhere) in _LETTERS.items()
    for letter in letters
}
_OTHER_LETTER = (7, re.compile("..."), 7)
_AFTER_LETTERS = frozenset("°’»…®™”\u00a0\u202f")
_BEFORE_LETTERS = frozenset("«“‘°–—\u00a0\u202f")
_ALONE = _AFTER_LETTERS | _BEFORE_LETTERS | {"€"}
_IN_WORDS = {"’": 5, "·": 4, "–": 4}
_PUNCTUATION, _SYMBOL, WRONG = 4, 6, 10
# « d’Aubigné », « L’HÉNORET », « N’DIAYE », « O’NEIL »
_ELISION = re.compile(r"(?<![^\W\d_])(?:[nmo]’|[^\W\d_]’[aeiouyhâéèêîïôœ])", re.IGNORECASE)
_BETWEEN_CELLS = ("", *';,\t\n"')
_SIGN = re.compile(r"[^\x00-\x7f]")


def weigh(text: str) -> Iterator[int]:
    """The weight of each sign; `WRONG` is that of one that no word has there."""
    for found in islice(_SIGN.finditer(text), MOST_SIGNS):
        place = found.start()
        yield _weigh_sign(found[0], text[max(0, place - 2) : place], text[place + 1 : place + 2])


def _weigh_sign(sign: str, before: str, after: str) -> int:
    last = before[-1:]
    if sign.isupper() or sign.islower():
        return _weigh_letter(sign, before, after)
    if sign == "\ufffd":
        return WRONG
    if last.isalpha() and after.isalpha():
        is_elision = sign == "’" and _ELISION.search(f"{before}{sign}{after}")
        return 0 if is_elision else _IN_WORDS.get(sign, WRONG)
    usual = _AFTER_LETTERS if last.isalpha() else _BEFORE_LETTERS if after.isalpha() else _ALONE
    return _PUNCTUATION if sign in usual else _SYMBOL


def _weigh_letter(sign: str, before: str, after: str) -> int:
    """« FRANçOIS », « JOSé », « ZoÉ » and « MÜller » mix capitals; names begin with one."""
    last = before[-1:]
    in_capitals = before.isupper() and before.isalpha() and len(before) == 2 and sign != "ß"
    if sign.islower() and (after.isupper() or in_capitals):
        return WRONG
    if sign.isupper() and (last.islower() or (last.isalpha() and after.islower())):
        return WRONG
    rarity, usual, elsewhere = _RARITY.get(sign.lower(), _OTHER_LETTER)
    weight = rarity if usual.fullmatch("".join(map(_bare, (last, sign, after)))) else elsewhere
    if sign.islower() and not last.isalpha():
        weight += 3 if last in _BETWEEN_CELLS else 1
    return weight


def _bare(letter: str) -> str:
    """Without case and accent, a space where it is none."""
    return unicodedata.normalize("NFD", letter)[0].lower() if letter.isalpha() else " "

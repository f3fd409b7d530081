"""What copying, a scanner or an autocorrection did to the texts of a YAML file.

Only what a proofreader would be sure of: a text is never judged for its words. All are
warnings, at the characters themselves.
"""

import re
from collections.abc import Iterator

from pfmp_cli.diagnostics import Diagnostic, Rule
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.rules import text_rules as rules
from pfmp_cli.text import MISREAD_ACCENT
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource
from pfmp_cli.yaml_files.texts import SourceText, list_texts

# They quote the damage that they repair.
_QUOTING = ("errata",)
# The template ends these with the mark that their place in the list asks for.
_ITEMS = (*LISTS, "liste", "externes")
_ENDINGS = "e|s|x|es|ne|nes|le|les|te|tes|ve|ves|se|ses|nt|ent"
_BULLETS = "•·▪■●◦‣∙⁃"
_CLOSING = {"(": ")", "[": "]", "«": "»", "“": "”"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}

# Each begins at the beginning of a word: a word is then gone through once, however long.
_DAMAGES = [
    (rule, re.compile(pattern))
    for rule, pattern in (
        (rules.EURO_IN_WORD, r"(?<![^\W\d_])[^\W\d_]*[^\W\d_â]€\w*"),
        (rules.EURO_BEFORE_WORD, r"(?<![^\W\d_])€[^\W\d_]+"),
        (rules.SPACES, r"(?<=\S)[ \u00a0\u202f]{2,}(?=\S)"),
        (rules.SPARE_SPACE, r"(?<=\w) [,.](?=\s|$)|(?<=[(\[]) (?=\S)|(?<=\S) (?=[)\]])"),
        (rules.SPACE_AT_SLASH, r"\b\w+/ \w+|\b\w+ /\w+"),
        (rules.OPEN_ACCORD, rf"\b\w+\((?:{_ENDINGS})(?![\w)])"),
        (rules.DOUBLE_ACCORD, r"\b\w*(\w\w|\w)\(\1\)"),
        (rules.BULLET_FIRST, rf"^(?:[{_BULLETS}*–—-]\s+)+|^[{_BULLETS}]+"),
        (rules.BULLET_INSIDE, rf"(?<=\S)\s*[{_BULLETS}](?=\s)"),
        (rules.QUOTE, r'[“”„]|(?<!\w)"(?=\w)|(?<=\w)"(?!\w)'),
        (rules.APOSTROPHE, r"(?<=\w)[`´‘′](?=\w)"),
        (rules.LOST, "[\u00ad\u200b-\u200f\u2060\ufeff\ufffd]"),
        (rules.MISREAD, rf"{MISREAD_ACCENT.pattern}|â€.|\w[\u0300-\u036f]|[\ufb00-\ufb06]"),
    )
]
_DAMAGES_OF_ITEMS = [
    (rules.LAST_SIGN, re.compile(r"(?<!\.\.)(?<!\betc)\s?[,;.]$", re.IGNORECASE)),
    (rules.STOP_INSIDE, re.compile(r"(?<=\w)\. (?=[A-ZÀÂÉÈÊÎÔ])")),
]


def find_damage(source: YamlSource) -> list[Diagnostic]:
    """The damage of all the texts of a file, but for those that quote some."""
    return in_order(
        damage
        for text in list_texts(source)
        if text.loc[0] not in _QUOTING
        for damage in _read_again(text)
    )


def _read_again(text: SourceText) -> Iterator[Diagnostic]:
    patterns = _DAMAGES + _DAMAGES_OF_ITEMS if _is_item(text.loc) else _DAMAGES
    found = [damage for rule, regex in patterns for damage in _find(rule, regex, text)]
    yield from found
    if not any(damage.rule in (rules.OPEN_ACCORD, rules.DOUBLE_ACCORD) for damage in found):
        yield from _find_unpaired(text)


def _is_item(loc: Loc) -> bool:
    """Whether the text is an element of a list: `…taches[2].libelle`, `…externes[0]`."""
    place = loc[:-1] if loc[-1] == "libelle" else loc
    return len(place) > 1 and isinstance(place[-1], int) and place[-2] in _ITEMS


def _find(rule: Rule, regex: re.Pattern[str], text: SourceText) -> Iterator[Diagnostic]:
    for match in regex.finditer(text.value):
        shown, position = match[0].strip(), text.position(*match.span())
        yield rule.at(position, found=shown, mended=shown.replace("€", "(e)"))


def _find_unpaired(text: SourceText) -> Iterator[Diagnostic]:
    """The first parenthesis or guillemet without its other half."""
    if (place := _unpaired(text.value)) is not None:
        sign = text.value[place]
        other = _CLOSING.get(sign) or _OPENING[sign]
        yield rules.ALONE.at(text.position(place, place + 1), sign=sign, other=other)


def _unpaired(text: str) -> int | None:
    """Where the first sign that has no other half is; « a) » may begin a text."""
    opened: list[int] = []
    first = re.match(r"\w{1,2}\)", text)
    for place in range(first.end() if first else 0, len(text)):
        sign = text[place]
        if sign in _CLOSING:
            opened.append(place)
        elif sign in _OPENING:
            if not opened or text[opened[-1]] != _OPENING[sign]:
                return place
            opened.pop()
    return opened[0] if opened else None

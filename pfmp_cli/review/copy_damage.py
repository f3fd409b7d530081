"""What copying, a scanner or an autocorrection did to the texts of a YAML file.

Only what a proofreader would be sure of: a text is never judged for its words. All are
warnings, at the characters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pfmp_cli.diagnostics import Diagnostic, warning
from pfmp_cli.text import MISREAD_ACCENT
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource
from pfmp_cli.yaml_files.texts import SourceText, list_texts

# They quote the damage that they repair.
CLES_CITANT = ("errata",)
# The template ends these with the mark that their place in the list asks for.
LISTES = ("taches", "ressources", "resultats", "liste", "externes")
ACCORD = "e|s|x|es|ne|nes|le|les|te|tes|ve|ves|se|ses|nt|ent"
PUCES = "•·▪■●◦‣∙⁃"
_OUVRANTS = {"(": ")", "[": "]", "«": "»", "“": "”"}
_FERMANTS = {fermant: ouvrant for ouvrant, fermant in _OUVRANTS.items()}


@dataclass(frozen=True, slots=True)
class DamagePattern:
    """A damage: what it looks like, and what to say of it (`{0}` is what was found)."""

    rule: str
    regex: re.Pattern[str]
    message: str
    help: str | Callable[[str], str]


def _without_euro(word: str) -> str:
    if word.startswith("€"):
        return "mettez une espace, ou retapez le mot"
    mended = word.replace("€", "(e)")
    return f"écrivez « {mended} », où la correction automatique met un « € » ; sinon, une espace"


MOTIFS = (
    DamagePattern("euro", re.compile(r"[^\W\d_]*[^\W\d_â]€\w*|(?<!â)€[^\W\d_]+"),
          "« {0} » : le signe « € » est collé à un mot", _without_euro),
    DamagePattern("espaces", re.compile(r"(?<=\S)[ \u00a0\u202f]{2,}(?=\S)"),
          "plusieurs espaces de suite", "n'en gardez qu'une"),
    DamagePattern(
          "espaces",
          re.compile(r"(?<=\w) [,.](?=\s|$)|(?<=[(\[]) (?=\S)|(?<=\S) (?=[)\]])"),
          "une espace de trop", "enlevez-la"),
    DamagePattern("espaces", re.compile(r"\w+/ \w+|\w+ /\w+"),
          "« {0} » : une espace d'un seul côté de la barre", "enlevez-la"),
    DamagePattern("accord", re.compile(rf"\w+\((?:{ACCORD})(?![\w)])"),
          "« {0} » : la parenthèse n'est pas refermée", "écrivez « {0}) »"),
    DamagePattern("accord", re.compile(r"\w*(\w\w|\w)\(\1\)"),
          "« {0} » : l'accord est écrit deux fois", "gardez-en un"),
    DamagePattern("puces", re.compile(rf"^(?:[{PUCES}*–—-]\s+)+|^[{PUCES}]+"),
          "une puce commence le texte", "enlevez-la : l'impression met les puces"),
    DamagePattern("puces", re.compile(rf"(?<=\S)\s*[{PUCES}](?=\s)"),
          "une puce est au milieu du texte", "faites-en deux éléments de liste"),
    DamagePattern("guillemets", re.compile("[“”„]|(?<!\\w)\"(?=\\w)|(?<=\\w)\"(?!\\w)"),
          "« {0} » n'est pas un guillemet français", "mettez ce texte entre « et »"),
    DamagePattern("guillemets", re.compile(r"(?<=\w)[`´‘′](?=\w)"),
          "« {0} » n'est pas une apostrophe", "écrivez '"),
    DamagePattern("caracteres", re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]"),
          "un caractère invisible est dans le texte", "effacez-le, ou retapez ce mot"),
    DamagePattern("caracteres", re.compile("\ufffd"),
          "un caractère s'est perdu à cet endroit", "retapez ce mot"),
    DamagePattern("caracteres", re.compile(rf"{MISREAD_ACCENT.pattern}|â€."),
          "« {0} » : un accent ou une apostrophe mal lus", "retapez ce mot"),
    DamagePattern("caracteres", re.compile(r"\w[\u0300-\u036f]|[\ufb00-\ufb06]"),
          "« {0} » : une lettre copiée d'un PDF", "retapez cette lettre"),
)  # fmt: skip
MOTIFS_ELEMENT = (
    DamagePattern("ponctuation", re.compile(r"(?<!\.\.)(?<!\betc)\s?[,;.]$", re.IGNORECASE),
          "« {0} » finit un élément de liste", "enlevez-le : l'impression met la ponctuation"),
    DamagePattern("ponctuation", re.compile(r"(?<=\w)\. (?=[A-ZÀÂÉÈÊÎÔ])"),
          "un point est au milieu d'un élément de liste", "faites-en deux éléments"),
)  # fmt: skip


def find_damage(source: YamlSource) -> list[Diagnostic]:
    """The damage of all the texts of a file, but for those that quote some."""
    return in_order(
        damage
        for text in list_texts(source)
        if text.loc[0] not in CLES_CITANT
        for damage in _read_again(text)
    )


def _read_again(text: SourceText) -> Iterator[Diagnostic]:
    motifs = (*MOTIFS, *MOTIFS_ELEMENT) if _is_item(text.loc) else MOTIFS
    found = [damage for motif in motifs for damage in _find(motif, text)]
    yield from found
    if not any(damage.rule.code == "accord" for damage in found):
        yield from _find_unpaired(text)


def _is_item(loc: Loc) -> bool:
    """Whether the text is an element of a list: `…taches[2].libelle`, `…externes[0]`."""
    place = loc[:-1] if loc[-1] == "libelle" else loc
    return len(place) > 1 and isinstance(place[-1], int) and place[-2] in LISTES


def _find(motif: DamagePattern, texte: SourceText) -> Iterator[Diagnostic]:
    if not motif.regex.search(texte.value):
        return
    text, places = texte.spread()
    found = list(motif.regex.finditer(text))
    for match in found or motif.regex.finditer(texte.value):
        shown = match[0].strip()
        # Written with escapes, it is not in the file as it reads: the whole text is shown.
        position = (
            texte.position(match.start(), match.end(), places)
            if found
            else texte.source.position(texte.loc)
        )
        help = motif.help if isinstance(motif.help, str) else motif.help(shown)
        message = motif.message.replace("{0}", shown)
        yield warning(message, position, help.replace("{0}", shown), motif.rule)


def _find_unpaired(texte: SourceText) -> Iterator[Diagnostic]:
    """The first parenthesis or guillemet without its other half."""
    if (place := _unpaired(texte.value)) is None:
        return
    text, places = texte.spread()
    if (place := _unpaired(text)) is not None:
        sign = text[place]
        other = _OUVRANTS.get(sign) or _FERMANTS[sign]
        yield warning(
            f"« {sign} » est seul" if sign in "()[]" else f"le guillemet {sign} est seul",
            texte.position(place, place + 1, places),
            f"ajoutez {other}, ou enlevez {sign}",
            "parentheses",
        )


def _unpaired(text: str) -> int | None:
    """Where the first sign that has no other half is; « a) » may begin a text."""
    opened: list[int] = []
    first = re.match(r"\w{1,2}\)", text)
    for place in range(first.end() if first else 0, len(text)):
        sign = text[place]
        if sign in _OUVRANTS:
            opened.append(place)
        elif sign in _FERMANTS:
            if not opened or text[opened[-1]] != _FERMANTS[sign]:
                return place
            opened.pop()
    return opened[0] if opened else None

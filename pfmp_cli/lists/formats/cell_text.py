"""The text of a cell, once for all formats: what of it is content, and what is said of the rest."""

import re
import unicodedata

from pfmp_cli.diagnostics import Rule
from pfmp_cli.lists.cells import LONGEST_TEXT, Refusal, cite
from pfmp_cli.rules import value_rules as rules
from pfmp_cli.text import MISREAD_ACCENT

_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DIRECTIONS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff" + _DIRECTIONS
_BLANKS = str.maketrans(
    {"\u2028": "\n", "\u2029": "\n", "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_INVISIBLE)
)
_QUOTED_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
# « #N/A », « #NOM? », « #VALEUR ! », « Err:502 »; « ### » is a column too narrow for its value.
_ERROR = re.compile(r"#(?:N/?[AD]|[A-ZÀ-Þ0/_]+ ?[!?]|##+|GETTING_DATA)|Err ?: ?[0-9]{3}")
# A function, a cell, another sheet; « =… » is a formula that a workbook has elsewhere.
_FORMULA = re.compile(
    r"=(?:…$|\s*[-+(]*(?:[^\W\d_][\w.]*\(|\$?[A-Z]{1,3}\$?[0-9]+\b|'[^']*'!|\[|\w+!))"
)
# What people type where they have nothing to say yet.
_NOTHING_YET = re.compile(
    r"[-–—/? ]+|n[ée]ant|[àa] (?:d[ée]finir|d[ée]terminer|compl[ée]ter|pr[ée]ciser|renseigner)"
    r"|en (?:attente|cours|recherche)(?: de (?:recherche|r[ée]ponse|signature|validation))?"
    r"|recherche en cours|non renseign[ée]e?",
    re.IGNORECASE,
)
# UTF-8 read as something else: the first of two or three signs, by what it was read as.
_MISREAD = re.compile(r"[ÂÃÄÅáâ¬√ƒ≈·‚┬├─┼ßÔ][^\x00-\x7f]")
_READ_AS = ("latin-1", "cp1252", "mac_roman", "cp850")
_MENDED = re.compile(r"[\x20-\x7e\n\u00a0-\u017f\u1e00-\u1eff\u2010-\u203a€]+")
# Most cells: the signs of French, and no beginning of what is looked for above.
_PLAIN = re.compile(
    r"(?![-/? #=]|Err|[AaÀà] |[Ee][Nn] |[Nn](?:[ÉéEe][Aa]|[Oo][Nn] )|[Rr][Ee][Cc])"
    rf"[ -~àçéèêëîïôöûüùœÀÇÉÈÊËÎÏÖÛÜÙŒ’]{{1,{LONGEST_TEXT}}}(?<! )"
)
is_plain = _PLAIN.fullmatch  # what is printed as it is typed


def tidy_cell(text: str) -> str:
    """Trimmed, with ordinary spaces and hyphens, composed accents, `="…"` unwrapped."""
    text = text.replace("\r\n", "\n").translate(_BLANKS)
    text = unicodedata.normalize("NFC", text.strip(" \n"))
    if text.startswith('="') and (formula := _QUOTED_FORMULA.fullmatch(text)):
        return formula[1].replace('""', '"').strip(" \n")
    return text


def clean_cell(text: str) -> str:
    """The text of a cell as it will be printed: tidy, nothing where it is a spreadsheet's error
    or « à définir », and with the accents that it had where it is certain which they were."""
    if not text or is_plain(text):
        return text
    tidy = tidy_cell(_mend(text) or text)
    return "" if _explain_nothing(tidy) or _NOTHING_YET.fullmatch(tidy) else tidy


def explain_cell(raw: str, text: str) -> Refusal | None:
    """What there is to say of `text`, as which `clean_cell` has read `raw`."""
    if not text:
        tidy = tidy_cell(raw)
        return Refusal(rule, text=cite(tidy)) if (rule := _explain_nothing(tidy)) else None
    if raw.isascii():
        return None
    if text != raw and (mended := _mend(raw)):
        return Refusal(rules.ACCENTS_MENDED, text=cite(tidy_cell(raw)), read=cite(mended))
    if "\ufffd" in text or MISREAD_ACCENT.search(text):
        return Refusal(rules.ACCENTS_SPOILT, text=cite(text))
    return None


def _explain_nothing(text: str) -> Rule | None:
    if _ERROR.fullmatch(text):
        return rules.SPREADSHEET_ERROR
    return rules.FORMULA_NOT_COMPUTED if _FORMULA.match(text) else None


def _mend(text: str) -> str | None:
    """The text as it was before its UTF-8 was read as another encoding; None where it was not.

    UTF-8 that comes out valid to the last byte, in letters that names have, is no accident.
    """
    if not _MISREAD.search(text):
        return None
    for encoding in _READ_AS:
        try:
            mended = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if _MENDED.fullmatch(mended):
            return mended
    return None

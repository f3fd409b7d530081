"""French typography of texts that come from YAML."""

import re
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from pfmp_cli.calendar.weeks import format_date

NARROW, NO_BREAK = "\u202f", "\u00a0"


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """French typography where the text already shows the intent: it moves no word.

    >>> typeset("l'offre : « A » ?")
    'l’offre\\xa0: «\\xa0A\\xa0»\\u202f?'
    """
    text = text.replace("'", "’").replace("...", "…").replace(" - ", f"{NO_BREAK}– ")
    text = re.sub(r" (?=[;?!])", NARROW, text)
    text = re.sub(r" (?=[:»])|(?<=«) ", NO_BREAK, text)
    text = re.sub(r"(?<=\b[LRD]\.) (?=\d)", NO_BREAK, text)  # of an article of law
    return re.sub(r"(?<=\d) (?=(?:h|mm|semaines?|jours?)\b)|(?<=n°) |(?<=N°) ", NO_BREAK, text)


def print_date(day: date) -> Markup:
    """« 1<sup>er</sup> mai 2026 »."""
    return Markup(format_date(day).replace("1er ", "1<sup>er</sup> "))


def bind_quotes(html: str) -> str:
    """What a template itself quotes, with the spaces of « quotes » that no line ends at: at others
    Pango 1.50 does, and 1.56 does not.

    >>> bind_quotes("« – »")
    '«\\xa0–\\xa0»'
    """
    return re.sub("(?<=«) | (?=»)", NO_BREAK, html)


def end_item(text: str, mark: str = "") -> str:
    """An item of a list with `mark` at its end, unless it already closes itself."""
    return text if not mark or text.endswith((".", "…", "?", "!")) else text + mark

"""The text of a cell → what it means, or why it is refused."""

import re
from datetime import date

from pfmp_cli.diagnostics import Diagnostic, Position, Rule
from pfmp_cli.domain.shapes import Misshapen, read_jours
from pfmp_cli.lists.dates import (
    IsLikely,
    is_of_schooling,
    is_pupils_birth,
    parse_date,
    start_of_this_year,
)
from pfmp_cli.rules import value_rules as rules
from pfmp_cli.text import DAYS, LONGEST_QUOTE, fold

YES_OR_NO = {
    **dict.fromkeys(("oui", "o", "x", "1", "vrai"), True),
    **dict.fromkeys(("non", "n", "0", "faux"), False),
}
# SIECLE writes 1 and 2.
SEXES = {
    **dict.fromkeys(("f", "feminin", "fille", "femme", "2"), "F"),
    **dict.fromkeys(("m", "masculin", "garcon", "g", "homme", "h", "1"), "M"),
}
LONGEST_TEXT = 2000
_UNCONCERNED = re.compile("nonconcerne.*|nc|(?:dispense|exempte)e?s?(?:d[eu].*)?|sansobjet")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
# A word of a name: letters, held together by hyphens, apostrophes or modifier letters (ʻ).
WORD = re.compile(r"['’ʻ]?[^\W\d_]+(?:[-'’ʻ.][^\W\d_]+)*['’ʻ.]?")


class Refusal(Exception):
    """What is wrong with a cell: a rule, and what it found there."""

    def __init__(self, rule: Rule, **values: object) -> None:
        super().__init__(rule.code)
        self.rule, self.values = rule, values

    def at(self, position: Position) -> Diagnostic:
        """What is said of it at its cell."""
        return self.rule.at(position, **self.values)


def cite(text: str) -> str:
    """The beginning of a cell on one line, between « »: 40 characters at most."""
    words = " ".join(text.split())
    return f"« {words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + '…'} »"


def check_text(text: str) -> Refusal | None:
    """What stops a text from being printed."""
    if found := CONTROL.search(text):
        return Refusal(rules.CONTROL_CHARACTER, code=f"U+{ord(found[0]):04X}")
    if len(text) > LONGEST_TEXT:
        return Refusal(rules.TEXT_TOO_LONG, length=len(text), limit=LONGEST_TEXT)
    return None


def read_date(text: str, year_start: date | None = None) -> date:
    """A pupil's date of birth. Raises Refusal."""
    born = _read_date(text, year_start, is_pupils_birth)
    if born.year < 1900:
        raise Refusal(rules.BORN_LONG_AGO, text=text)
    return born


def read_day(text: str, year_start: date | None = None) -> date:
    """Any other date. Raises Refusal."""
    return _read_date(text, year_start, is_of_schooling)


def _read_date(text: str, year_start: date | None, is_likely: IsLikely) -> date:
    """`year_start` says which year is meant by two digits; without it, it is this year's."""
    written = parse_date(text)
    if written is None:
        raise Refusal(rules.NOT_A_DATE, text=cite(text))
    days, doubt = written
    if not days:
        raise Refusal(rules.NOT_IN_THE_CALENDAR, text=text)
    if doubt:
        start = year_start or start_of_this_year()
        days = tuple(day for day in days if is_likely(day, start))
    if len(days) != 1:
        is_short = doubt is rules.YEAR_COMPLETED
        raise Refusal(rules.UNLIKELY_YEAR if is_short else rules.NOT_A_DATE, text=cite(text))
    return days[0]


def read_weekdays(text: str) -> tuple[int, ...]:
    """« lun-ven », « du mardi au samedi », « lundi, mardi et jeudi »: as `pfmp.yaml` has them,
    or as people write. Raises Refusal, whose rule is a warning."""
    ranges = re.sub(r"\s*(?:[-–]|\b(?:à|au)\b)\s*", "-", text.lower())
    words = re.findall(r"[^\W\d_]+|\d+|-", re.sub(r"\b(?:du|le|les|et)\b", " ", ranges))
    whole = (next((d for d in DAYS if len(w) > 1 and f"{d}s".startswith(w)), w) for w in words)
    try:
        return read_jours(",".join(whole).replace(",-,", "-"))
    except Misshapen:
        raise Refusal(rules.NOT_WEEKDAYS, text=cite(text)) from None


def doubt_date(text: str, read: date) -> Refusal | None:
    """What is said of a date that was read from less than all of it."""
    written = parse_date(text)
    if written is None or written.doubt is None:
        return None
    return Refusal(written.doubt, text=cite(text), read=f"{read:%d/%m/%Y}")


def read_yes_no(text: str) -> bool:
    """Raises Refusal for what is neither."""
    answer = YES_OR_NO.get(fold(text))
    if answer is None:
        raise Refusal(rules.NEITHER_YES_NOR_NO, text=cite(text))
    return answer


def is_unconcerned(text: str) -> bool:
    """« Non concerné(e) », and what follows it, « dispensée de PFMP », « NC » in the place of a
    company: the pupil is not placed in that period."""
    return _UNCONCERNED.fullmatch(fold(text)) is not None


def read_sexe(text: str) -> str:
    """`F` or `M`. Raises Refusal, whose rule is a warning."""
    sexe = SEXES.get(fold(text))
    if sexe is None:
        raise Refusal(rules.UNKNOWN_SEX, text=cite(text))
    return sexe


def split_name(text: str) -> tuple[str, str] | None:
    """`DE LA FONTAINE Marie-Claire` → names of family and given; None where it is a guess.

    Safe: words in capitals, then words that are not, nothing else. One capital letter at the
    seam may be either (`MARTIN J Paul`).
    """
    words = text.split()
    if not all(map(WORD.fullmatch, words)):
        return None
    capitals = [word.isupper() for word in words]
    seam = capitals.index(False) if False in capitals else 0
    if not seam or any(capitals[seam:]):
        return None
    if seam > 1 and len(words[seam - 1].strip(".'’ʻ")) == 1:
        return None
    return " ".join(words[:seam]), " ".join(words[seam:])

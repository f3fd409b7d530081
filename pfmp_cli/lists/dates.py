"""The ways to write a date in French → year, month and day, wherever only one is meant.

The order of the United States, and dates with « AM » or « PM » which have it, are none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pfmp_cli.domain.choices import age_on

TOO_YOUNG, TOO_OLD = 12, 40
REMEMBERED = 65_536

_SEPARATOR = r"(?:\s*([/.–−-])\s*|\s+)"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})(?:\s*\2\s*|\s+)([0-9]+)")
_DIGITS_ONLY = re.compile(r"([0-9]{2})()([0-9]{2})((?:19|20)[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})")
_IN_WORDS = re.compile(r"(?:([a-z]+)[.,]* )?([0-9]{1,2})(?:er)?[ .-]*([a-z]{3,})[ .-]*([0-9]+)")
_NUMBER = re.compile(r"[1-9][0-9]{4}(?:[.,][0-9]+)?")
_TIME = re.compile(
    r"(?:t|,? +(?:a )?)([0-9]{1,2}) ?[:h] ?([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(z|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
_WEEKDAYS = ("le", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY_ZERO = date(1899, 12, 30)  # of a spreadsheet
# Midnight in Paris, in universal time; and what a spreadsheet's rounding leaves of midnight.
_EVENINGS = {("22", "00", True), ("23", "00", True), ("23", "59", False), ("23", "59", True)}
IsLikely = Callable[[date, date], bool]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a text says. `is_short`: its year has two digits; `is_number`: it is a spreadsheet's
    number of days. `shift` are days to add, for a time that means the next day."""

    year: int
    month: int
    day: int
    is_short: bool = False
    is_number: bool = False
    shift: int = 0

    def find(self, start: date, is_likely: IsLikely) -> date | None:
        """The day, None where several or none are likely in the school year that starts then.

        Raises ValueError for what no calendar has.
        """
        years = [1900 + self.year, 2000 + self.year] if self.is_short else [self.year]
        days = [date(year, self.month, self.day) + timedelta(self.shift) for year in years]
        if not (self.is_short or self.is_number):
            return days[0]
        likely = [day for day in days if is_likely(day, start)]
        return likely[0] if len(likely) == 1 else None


def is_pupils_birth(day: date, start: date) -> bool:
    """Whether who was born then is of an age to be a pupil on the first day of the year."""
    return TOO_YOUNG < age_on(day, start) < TOO_OLD


def is_of_schooling(day: date, start: date) -> bool:
    """Whether something of a pupil's schooling may begin or end then."""
    return -5 <= day.year - start.year <= 2


def start_of_this_year() -> date:
    """The first day of the school year, where no file says which it is."""
    today = date.today()
    return date(today.year - (today.month < 8), 9, 1)


@lru_cache(REMEMBERED)
def parse_date(text: str) -> WrittenDate | None:
    """None for what is no date in French."""
    letters = unicodedata.normalize("NFKD", text[:100].lower()).strip("'’ ")
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    if _NUMBER.fullmatch(plain):
        return _of_number(float(plain.replace(",", ".")))
    time = next((found for found in _TIME.finditer(plain) if found.end() == len(plain)), None)
    shift = 0
    if time:
        plain = plain[: time.start()]
        evening = (time[1], time[2], (time[3] or "").replace(":", "") in ("z", "+0000"))
        shift = int(evening in _EVENINGS)
    if found := _DAY_FIRST.fullmatch(plain) or _DIGITS_ONLY.fullmatch(plain):
        return _written(found[4], int(found[3]), found[1], shift)
    if found := _YEAR_FIRST.fullmatch(plain):
        return _written(found[1], int(found[3]), found[4], shift)
    if (found := _IN_WORDS.fullmatch(plain)) and (month := _find_month(found[3])):
        known = not found[1] or any(day.startswith(found[1]) for day in _WEEKDAYS)
        return _written(found[4], month, found[2], shift) if known else None
    return None


def _written(year: str, month: int, day: str, shift: int) -> WrittenDate | None:
    if len(year) not in (2, 4):
        return None
    return WrittenDate(int(year), month, int(day), is_short=len(year) == 2, shift=shift)


def _of_number(number: float) -> WrittenDate:
    day = _DAY_ZERO + timedelta(int(number + 1 / 1440))
    return WrittenDate(day.year, day.month, day.day, is_number=True)


def _find_month(word: str) -> int:
    """The month that begins so, 0 where it may be several."""
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(word)]
    return found[0] if len(found) == 1 else 0

"""The ways to write a date in French → the days that it may be.

The order of the United States, and dates with « AM » or « PM » which have it, are none of them.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pfmp_cli.diagnostics import Rule
from pfmp_cli.domain.choices import age_on
from pfmp_cli.rules.value_rules import NUMBER_READ_AS_DATE, YEAR_COMPLETED

YOUNGEST, OLDEST = 13, 39  # pupils
REMEMBERED = 65_536

_SIGNS = r"[\s/.–−-]+"
_DAY, _MONTH, _YEAR = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})", "(?P<year>[0-9]+)"
_WAYS = [
    re.compile(way)
    for way in (
        f"{_DAY}{_SIGNS}{_MONTH}{_SIGNS}{_YEAR}",
        # In digits only: a number has lost the zero that its day began with.
        rf"{_DAY}(?P<month>[0-9]{{2}})(?P<year>(?:19|20)[0-9]{{2}})",
        rf"(?P<year>[0-9]{{4}})[/.-]{_MONTH}[/.-]{_DAY}",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?:(?:le|lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]* )?"
        rf"{_DAY}(?:er)?[ .-]*(?P<month>[a-z]{{3,}})[ .-]*{_YEAR}",
    )
]
_NUMBER = re.compile(r"[1-9][0-9]{4}(?:[.,][0-9]+)?")
_TIME = re.compile(
    r"(?:t|,? +(?:a )?)([0-9]{1,2}) ?[:h] ?([0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r" ?(z|[+-][0-9]{2}:?[0-9]{2})?"
)
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
_DAY_ZERO = date(1899, 12, 30)  # of a spreadsheet
# Midnight in Paris, in universal time; and what a spreadsheet's rounding leaves of midnight.
_EVENINGS = {("22", "00", True), ("23", "00", True), ("23", "59", False), ("23", "59", True)}
IsLikely: TypeAlias = Callable[[date, date], bool]


class WrittenDate(NamedTuple):
    """The days that a text may mean, none where no calendar has it; and what is said of one that
    does not say all of it, of which the likely day is meant."""

    days: tuple[date, ...]
    doubt: Rule | None = None


def is_pupils_birth(day: date, start: date) -> bool:
    """Whether who was born then is of an age to be a pupil on the first day of the year."""
    return YOUNGEST <= age_on(day, start) <= OLDEST


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
    plain = letters
    if not letters.isascii():
        plain = "".join(char for char in letters if not unicodedata.combining(char))
    if _NUMBER.fullmatch(plain):
        number = int(float(plain.replace(",", ".")) + 1 / 1440)
        return WrittenDate((_DAY_ZERO + timedelta(number),), NUMBER_READ_AS_DATE)
    time = next((found for found in _TIME.finditer(plain) if found.end() == len(plain)), None)
    shift = 0  # in days, for a time that means the next one
    if time:
        plain = plain[: time.start()]
        evening = (time[1], time[2], (time[3] or "").replace(":", "") in ("z", "+0000"))
        shift = int(evening in _EVENINGS)
    found = next(filter(None, (way.fullmatch(plain) for way in _WAYS)), None)
    month = _find_month(found["month"]) if found else None
    if found is None or month is None or len(found["year"]) not in (2, 4):
        return None
    is_short, year = len(found["year"]) == 2, int(found["year"])
    years = (1900 + year, 2000 + year) if is_short else (year,)
    days = (_find_day(one, month, int(found["day"]), shift) for one in years)
    return WrittenDate(tuple(filter(None, days)), YEAR_COMPLETED if is_short else None)


def _find_month(text: str) -> int | None:
    """The month of that number, or the only one that begins so."""
    if text.isdigit():
        return int(text)
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(text)]
    return found[0] if len(found) == 1 else None


def _find_day(year: int, month: int, day: int, shift: int) -> date | None:
    try:
        return date(year, month, day) + timedelta(shift)
    except (ValueError, OverflowError):
        return None

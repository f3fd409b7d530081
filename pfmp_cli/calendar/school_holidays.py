"""The school holidays of a zone, as the package `vacances-scolaires-france` has them.

Its table is read as text: the package itself turns every day since 1990 into an object, which
takes a tenth of a second at each start.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

_SATURDAY = 5
_UN_JOUR = len("2025-10-18")
_CHAMPS = {"A": 1, "B": 2, "C": 3}


class SchoolHolidays(NamedTuple):
    """Days that fall into one holiday, « Vacances de la Toussaint »."""

    name: str
    days: tuple[date, ...]


def find_school_holidays(jours: Sequence[date], zone: str) -> list[SchoolHolidays]:
    """The holidays that days, which are in order, fall into.

    A holiday begins on a Saturday after the classes: that day does not count. Nor does the
    bridge after Ascension: placements go across it.
    """
    if not jours:
        return []
    off = _days_off(jours[0] - timedelta(days=1), jours[-1], zone)
    named = [(day, off[day]) for day in jours if day in off and not _begins(day, off)]
    return [
        SchoolHolidays(nom, tuple(day for day, _ in days))
        for nom, days in groupby(named, key=lambda pair: pair[1])
        if nom.startswith("Vacances")
    ]


def last_known_day() -> date:
    """The last day of the last holiday that is known."""
    text = _calendar()
    start = text.rfind("\n", 0, text.rfind("True")) + 1
    return date.fromisoformat(text[start : start + _UN_JOUR])


def _begins(day: date, off: Mapping[date, str]) -> bool:
    return day.weekday() == _SATURDAY and day - timedelta(days=1) not in off


def _days_off(first: date, last: date, zone: str) -> dict[date, str]:
    """The holidays' names by day; lines are `2025-10-18,True,True,True,Vacances de la Toussaint`.

    There is a line a day, and the days looked for are near the end.
    """
    text = _calendar()
    start = text.rfind(f"\n{first},") + 1
    end = text.rfind(f"\n{last + timedelta(days=1)},")
    lines = (line.split(",") for line in text[start : end if end > 0 else None].split("\n"))
    return {
        date.fromisoformat(fields[0]): fields[-1]
        for fields in lines
        if len(fields) > _CHAMPS[zone] and fields[_CHAMPS[zone]] == "True"
    }


@cache
def _calendar() -> str:
    spec = find_spec("vacances_scolaires_france")
    assert spec is not None
    assert spec.origin is not None
    table = Path(spec.origin).parent / "data" / "data.csv"
    return table.read_text(encoding="utf-8")

"""The school holidays, against the package that has them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vacances_scolaires_france import SchoolHolidayDates

from pfmp_cli.calendar.school_holidays import find_school_holidays, last_known_day

FIRST, LAST = date(1990, 1, 2), date(2028, 12, 31)
PACKAGE = SchoolHolidayDates()


@pytest.mark.parametrize("zone", ["A", "B", "C"])
@given(st.dates(FIRST, LAST), st.integers(0, 400))
def test_the_days_are_those_of_the_package(zone: str, first: date, number: int):
    days = [first + timedelta(days=n) for n in range(number)]
    found = {day for vacances in find_school_holidays(days, zone) for day in vacances.days}
    for day in days:
        known = PACKAGE.data.get(day)
        off = known is not None and known[f"vacances_zone_{zone.lower()}"]
        begins = day.weekday() == 5 and not (
            (before := PACKAGE.data.get(day - timedelta(days=1)))
            and before[f"vacances_zone_{zone.lower()}"]
        )
        bridge = known is not None and known["nom_vacances"] == "Pont de l'Ascension"
        assert (day in found) == (off and not begins and not bridge)


def test_each_holiday_has_its_name_and_days():
    days = [date(2025, 10, 1) + timedelta(days=n) for n in range(100)]
    assert [(v.name, v.days[0], v.days[-1]) for v in find_school_holidays(days, "B")] == [
        ("Vacances de la Toussaint", date(2025, 10, 19), date(2025, 11, 2)),
        ("Vacances de Noël", date(2025, 12, 21), date(2026, 1, 4)),
    ]


@pytest.mark.parametrize("days", [[], [date(1900, 1, 1)], [date(2030, 1, 1)]])
def test_days_of_which_nothing_is_known(days: list[date]):
    assert find_school_holidays(days, "A") == []


def test_the_last_holiday_that_is_known():
    assert last_known_day() == max(PACKAGE.data)


def test_the_package_is_not_loaded():
    code = (
        "import sys, datetime; "
        "from pfmp_cli.calendar.school_holidays import find_school_holidays as f; "
        "print(len(f([datetime.date(2025, 12, 25)], 'A')), "
        "'vacances_scolaires_france' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 False\n"

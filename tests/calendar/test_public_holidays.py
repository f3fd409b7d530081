"""The public holidays: those of everywhere, and those of a territory."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from pfmp_cli.calendar.public_holidays import find_public_holidays
from pfmp_cli.calendar.weeks import Worked, working_days

METROPOLITAN = {
    date(2026, 1, 1),
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 8),
    date(2026, 5, 14),
    date(2026, 5, 25),
    date(2026, 7, 14),
    date(2026, 8, 15),
    date(2026, 11, 1),
    date(2026, 11, 11),
    date(2026, 12, 25),
}


def test_those_of_a_year():
    assert find_public_holidays(2026) == METROPOLITAN


@pytest.mark.parametrize(
    ("territoire", "day"),
    [("57", date(2026, 4, 3)), ("6AE", date(2026, 12, 26)), ("974", date(2026, 12, 20))],
)
def test_a_territory_has_days_of_its_own(territoire: str, day: date):
    assert find_public_holidays(2026, territoire) >= METROPOLITAN | {day}


def test_a_day_off_in_moselle_is_worked_elsewhere():
    friday = date(2026, 4, 3)
    assert working_days(friday, friday) == (friday,)
    assert working_days(friday, friday, Worked(territoire="57")) == ()


def test_the_package_is_loaded_where_dates_are_worked_out():
    code = (
        "import sys; from pfmp_cli.calendar.weeks import working_days as f; from datetime import "
        "date as d; before = 'holidays' in sys.modules; f(d(2026, 1, 1), d(2026, 1, 2)); "
        "print(before, 'holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"

"""The public holidays, against the package that has them."""

from __future__ import annotations

import subprocess
import sys

import holidays

from pfmp_cli.calendar.public_holidays import feries

# In a process of its own: here, the package is loaded already.
COUNT = """
import sys
from datetime import date
from pfmp_cli.calendar.public_holidays import feries
assert date(2026, 7, 14) in feries(2026)
print([name for name in sys.modules if name.startswith("holidays.countries")])
"""


def test_they_are_those_of_the_package():
    for year in range(2015, 2045):
        assert feries(year) == frozenset(holidays.country_holidays("FR", years=year))


def test_no_other_country_is_loaded():
    done = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"

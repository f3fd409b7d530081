"""Dates: every way to write one that has one reading in French is that day, and no other."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.lists.cells import Refusal, read_date, read_day
from pfmp_cli.lists.dates import start_of_this_year
from pfmp_cli.lists.formats.cell_text import clean_cell

START = date(2025, 9, 1)
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
WAYS = (
    *("{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d} / {m} / {y}"),
    *("{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}{m:02}{d:02}", "{d}{m:02}{y}", "{d} {m} {y}"),
    *("{d} {month} {y}", "{d}\u00a0{month}\u202f{y}", "{d:02}-{month}-{y}", "le {d} {month} {y}"),
)
TIMES = ("", " 00:00", " 00:00:00", "T00:00:00", " 0:00:03", " 14:30:00.000", "T00:00:00+02:00")
days = st.dates(date(1987, 1, 1), date(2012, 8, 31))


@given(days, st.sampled_from(WAYS), st.sampled_from(TIMES), st.booleans())
def test_any_spelling_of_a_date_with_one_french_reading_is_that_date(
    day: date, way: str, time: str, capitals: bool
) -> None:
    month = MONTHS[day.month - 1]
    text = way.format(d=day.day, m=day.month, y=day.year, month=month) + time
    text = clean_cell(text.upper() if capitals else text)

    assert read_date(text) == day
    assert read_day(text) == day


@given(days, st.sampled_from(["{d:02}/{m:02}/{y:02}", "{d}-{m}-{y:02}", "{d} {month} {y:02}"]))
def test_a_birth_of_two_digits_is_that_of_a_pupil_or_of_nobody(day: date, way: str) -> None:
    text = way.format(d=day.day, m=day.month, y=day.year % 100, month=MONTHS[day.month - 1])

    assert read_date(text, START) == day


def test_the_leap_day_of_2000_is_a_birth_date() -> None:
    assert read_date("29/02/00", START) == date(2000, 2, 29)


def test_without_a_school_the_year_begins_on_the_first_of_september() -> None:
    start, today = start_of_this_year(), date.today()

    assert (start.month, start.day) == (9, 1)
    assert 0 <= today.year - start.year <= 1


@pytest.mark.parametrize("typed", ["29/02/07", "31/12/9999 23:59:59"])
def test_a_day_that_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_day(typed, START)


@given(st.integers(-200, 450), st.sampled_from(["%d/%m/%y", "%d.%m.%y", "%d-%m-%y"]))
def test_a_day_of_two_digits_is_near_the_school_year(offset: int, way: str) -> None:
    day = date.fromordinal(START.toordinal() + offset)

    assert read_day(day.strftime(way), START) == day


@pytest.mark.parametrize("typed", ["01/02/45", "01/02/99"])
def test_a_day_of_two_digits_far_from_the_school_year_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_day(typed, START)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(Refusal):
        assert read_date(text).year >= 1900

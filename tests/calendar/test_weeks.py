"""Days, weeks, and how dates are written."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfmp_cli.calendar.weeks import (
    Intervalle,
    PeriodeDatee,
    build_periodes,
    format_date,
    format_intervalle,
    redate,
    working_days,
)
from pfmp_cli.domain.projet import Calendrier, DatesPeriode
from pfmp_cli.domain.referentiel import Classe, Periode

CLASSE = Classe(
    code="premiere",
    libelle="Première",
    activites=("1",),
    periodes=(
        Periode(code="1", semaines=4),
        Periode(code="2", semaines=4),
        Periode(code="3", semaines=2, variante="primo_entrant"),
    ),
)
DIMANCHE = 6


def dated(du: date, au: date) -> PeriodeDatee:
    return redate(PeriodeDatee("1", 3, None), [Intervalle(du, au)])


# Days and weeks


def test_a_week_with_a_public_holiday():
    jours = working_days(date(2026, 5, 11), date(2026, 5, 17))
    assert [day.day for day in jours] == [11, 12, 13, 15, 16]


def test_a_single_day():
    day = date(2026, 1, 5)
    assert working_days(day, day) == (day,)


@pytest.mark.parametrize(
    ("du", "au", "weeks"),
    [
        (date(2026, 1, 12), date(2026, 1, 31), 3),  # to a Saturday
        (date(2026, 1, 12), date(2026, 1, 30), 3),  # to a Friday
        (date(2026, 4, 7), date(2026, 4, 24), 3),  # from the Tuesday after Easter
        (date(2026, 4, 27), date(2026, 5, 13), 3),  # to the day before Ascension
        (date(2026, 1, 12), date(2026, 1, 27), None),  # two weeks and two days
        (date(2025, 11, 17), date(2025, 11, 28), 2),
        (date(2026, 1, 12), date(2026, 2, 14), 5),
        (date(2026, 1, 14), date(2026, 1, 27), 2),  # two weeks from a Wednesday
        (date(2026, 1, 12), date(2026, 1, 28), None),  # two weeks and three days
        (date(2026, 1, 12), date(2026, 2, 4), None),  # three weeks and three days
    ],
)
def test_the_weeks_that_a_document_says_are_those_of_the_dates(
    du: date, au: date, weeks: int | None
):
    assert dated(du, au).duree == weeks


def test_without_dates_a_document_says_the_weeks_of_the_referentiel():
    assert PeriodeDatee("1", 3, None).duree == 3


def test_weeks_across_the_new_year():
    weeks = dated(date(2026, 12, 31), date(2027, 1, 5)).semaines_calendaires
    assert [(week.numero, week.lundi) for week in weeks] == [
        (53, date(2026, 12, 28)),
        (1, date(2027, 1, 4)),
    ]
    assert weeks[0].days == (date(2026, 12, 31), date(2027, 1, 2))


# Here, not in a test: the first call loads every country.
FERIES = holidays.country_holidays("FR", years=range(2020, 2042))
PERIODES = st.builds(
    lambda du, days: dated(du, du + timedelta(days=days)),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(0, 120),
)


@settings(deadline=None)
@given(PERIODES)
def test_all_days_but_sundays_and_public_holidays(periode: PeriodeDatee):
    assert periode.du is not None
    assert periode.au is not None
    every = (periode.du + timedelta(days=n) for n in range((periode.au - periode.du).days + 1))
    left = set(every) - set(periode.days)
    assert all(periode.du <= day <= periode.au for day in periode.days)
    assert not any(day.weekday() == DIMANCHE or day in FERIES for day in periode.days)
    assert all(day.weekday() == DIMANCHE or day in FERIES for day in left)


@settings(deadline=None)
@given(PERIODES)
def test_weeks_part_the_days(periode: PeriodeDatee):
    weeks = periode.semaines_calendaires
    assert tuple(chain.from_iterable(week.days for week in weeks)) == periode.days
    assert len({week.lundi for week in weeks}) == len(weeks)
    for week in weeks:
        assert week.lundi.weekday() == 0
        assert {day.isocalendar()[:2] for day in week.days} == {week.lundi.isocalendar()[:2]}
        assert week.numero == week.lundi.isocalendar().week


# Periods of a class


def test_dates_go_to_the_periods_in_order_those_of_a_variant_included():
    days = ((date(2025, 11, day), date(2025, 11, day + 4)) for day in (3, 10, 17))
    dates = Calendrier(periodes={CLASSE.code: tuple(DatesPeriode(du=du, au=au) for du, au in days)})
    some = build_periodes(CLASSE, dates, frozenset())
    every = build_periodes(CLASSE, dates, frozenset({"primo_entrant"}))
    assert [(p.code, p.du) for p in some] == [("1", date(2025, 11, 3)), ("2", date(2025, 11, 10))]
    assert every[:2] == some
    assert (every[2].code, every[2].du) == ("3", date(2025, 11, 17))


def test_a_period_without_dates_has_no_days():
    (first, second) = build_periodes(CLASSE, Calendrier(), frozenset())
    assert first == PeriodeDatee("1", 4, None)
    assert (second.days, second.semaines_calendaires) == ((), ())


# How dates are written


@pytest.mark.parametrize(
    ("day", "avec_jour", "expected"),
    [
        (date(2026, 11, 24), False, "24 novembre 2026"),
        (date(2026, 5, 1), False, "1er mai 2026"),
        (date(2026, 11, 23), True, "lundi 23 novembre 2026"),
        (date(2026, 8, 1), True, "samedi 1er août 2026"),
    ],
)
def test_format_date(day: date, avec_jour: bool, expected: str):
    assert format_date(day, avec_jour) == expected


@pytest.mark.parametrize(
    ("du", "au", "expected"),
    [
        (
            date(2025, 11, 24),
            date(2025, 12, 12),
            "du lundi 24 novembre au vendredi 12 décembre 2025",
        ),
        (
            date(2026, 12, 28),
            date(2027, 1, 1),
            "du lundi 28 décembre 2026 au vendredi 1er janvier 2027",
        ),
    ],
)
def test_format_intervalle(du: date, au: date, expected: str):
    assert format_intervalle(du, au) == expected

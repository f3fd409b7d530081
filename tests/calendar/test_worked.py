"""Which days are worked: data of the school and of a period."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.calendar.weeks import (
    DAYS_A_WEEK,
    Intervalle,
    Worked,
    build_periodes,
    weeks_of,
    working_days,
)
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Calendrier, DatesPeriode
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.shapes import read_jours
from tests.reading import read_projet

JUNE = "periodes:\n    seconde:\n      - {du: 2026-06-01, au: 2026-06-19}\n"
DAY = date(2026, 6, 10)  # a Wednesday, and a public holiday of Guyane


@pytest.fixture
def days(tmp_path: Path, referentiel: Referentiel):
    """The days of the first period of seconde, under these keys of `calendrier`."""

    def read(keys: str, period: str = JUNE) -> tuple[date, ...]:
        path = tmp_path / "pfmp.yaml"
        path.write_text(f"calendrier:\n  {keys}\n  {period}", "utf-8")
        projet, _ = read_projet(path, referentiel)
        classe = referentiel.classe("seconde")
        return build_periodes(classe, projet.calendrier, frozenset())[0].days

    return read


@pytest.mark.parametrize("name", ["Guyane", "guyane", '"973"', "973", " GUYANE "])
def test_a_territory_has_its_public_holidays_by_its_name_or_number(days, name: str):
    assert {*days("zone: A")} - {*days(f"territoire: {name}")} == {DAY}


@pytest.mark.parametrize("name", ["Alsace", "Moselle", "Alsace-Moselle", "57", "67", "68"])
def test_good_friday_is_a_public_holiday_of_alsace_and_moselle(days, name: str):
    easter = JUNE.replace("06-01", "03-23").replace("06-19", "04-11")

    assert {*days("zone: B", easter)} - {*days(f"territoire: {name}", easter)} == {date(2026, 4, 3)}


def test_a_school_adds_days_off_and_takes_public_holidays_away(days):
    may = JUNE.replace("06-01", "05-11").replace("06-19", "05-29")
    keys = "feries: [2026-05-15]\n  travailles: [2026-05-14, 2026-05-17]"

    assert {*days("zone: A", may)} ^ {*days(keys, may)} == {date(2026, 5, 14), date(2026, 5, 15)}


def test_the_days_of_the_week_are_the_school_s_or_the_period_s(days):
    of_period = JUNE.replace("06-19}", "06-19, jours: 'mardi, jeudi-samedi'}")

    assert {day.weekday() for day in days("jours: lundi-vendredi")} == {0, 1, 2, 3, 4}
    assert {day.weekday() for day in days("jours: lundi-vendredi", of_period)} == {1, 3, 4, 5}
    assert {day.weekday() for day in days("jours: mardi-dimanche")} == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("keys", "advice"),
    [
        ("territoire: Guyenne", "ou le numéro du département"),
        ("territoire: 75", "rien en métropole"),
        ("jours: vendredi-lundi", "lundi-vendredi"),
        ("jours: lundi-dimanche", "un jour au moins reste libre"),
        ("jours: lun-ven", "lundi-vendredi"),
        ("jours: 5", "lundi-vendredi"),
    ],
)
def test_what_is_no_day_nor_territory_is_told(days, keys: str, advice: str):
    with pytest.raises(InputRefused) as refused:
        days(keys)

    (diagnostic,) = refused.value.diagnostics
    assert advice in diagnostic.help


@given(
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.integers(0, 80),
    st.sets(st.integers(0, 6), min_size=1, max_size=6),
    st.sets(st.dates(date(2024, 1, 1), date(2027, 1, 1)), max_size=4),
)
def test_a_sheet_has_room_for_whatever_days_are_worked(
    du: date, length: int, jours: set[int], travailles: set[date]
):
    worked = Worked(tuple(sorted(jours)), None, (), tuple(travailles))
    au = du + timedelta(days=length)

    days = working_days(du, au, worked)
    for own in ((), worked.jours):
        weeks = weeks_of([Intervalle(du, au, own)])
        assert len(days) <= DAYS_A_WEEK * weeks
        assert length < 7 * weeks <= length + 7
    assert {day.weekday() for day in days} <= jours


def test_own_dates_keep_the_days_of_the_period(referentiel: Referentiel):
    usual = DatesPeriode(du=date(2026, 6, 1), au=date(2026, 6, 19), jours=read_jours("lundi"))
    calendrier = Calendrier(periodes={"seconde": (usual,)})
    own = [("1", [Intervalle(date(2026, 6, 8), date(2026, 6, 26))])]
    classe = referentiel.classe("seconde")

    (periode, *_) = build_periodes(classe, calendrier, frozenset(), own)
    assert [day.day for day in periode.days] == [8, 15, 22]

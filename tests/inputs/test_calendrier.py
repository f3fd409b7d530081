"""Days, weeks, how dates are written, and dates that are possible and unlikely."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfmp_cli.calendar.weeks import (
    PeriodeDatee,
    build_periodes,
    check_calendrier,
    count_semaines,
    format_date,
    format_intervalle,
    working_days,
)
from pfmp_cli.domain.projet import DatesPeriode
from pfmp_cli.domain.referentiel import Classe, Periode, Referentiel
from pfmp_cli.review.read import read_projet
from pfmp_cli.yaml_files.source import read_yaml

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
    return PeriodeDatee("1", 3, None, du, au, working_days(du, au))


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
    assert weeks[0].jours == (date(2026, 12, 31), date(2027, 1, 2))


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
    left = set(every) - set(periode.jours)
    assert all(periode.du <= day <= periode.au for day in periode.jours)
    assert not any(day.weekday() == DIMANCHE or day in FERIES for day in periode.jours)
    assert all(day.weekday() == DIMANCHE or day in FERIES for day in left)


@settings(deadline=None)
@given(PERIODES)
def test_weeks_part_the_days(periode: PeriodeDatee):
    weeks = periode.semaines_calendaires
    assert tuple(chain.from_iterable(week.jours for week in weeks)) == periode.jours
    assert len({week.lundi for week in weeks}) == len(weeks) == count_semaines(periode)
    for week in weeks:
        assert week.lundi.weekday() == 0
        assert {day.isocalendar()[:2] for day in week.jours} == {week.lundi.isocalendar()[:2]}
        assert week.numero == week.lundi.isocalendar().week


# Periods of a class


def test_dates_go_to_the_periods_in_order_those_of_a_variant_included():
    dates = [
        DatesPeriode(du=date(2025, 11, month), au=date(2025, 11, month + 4))
        for month in (3, 10, 17)
    ]
    some = build_periodes(CLASSE, dates, frozenset())
    every = build_periodes(CLASSE, dates, frozenset({"primo_entrant"}))
    assert [(p.code, p.du) for p in some] == [("1", date(2025, 11, 3)), ("2", date(2025, 11, 10))]
    assert every[:2] == some
    assert (every[2].code, every[2].du) == ("3", date(2025, 11, 17))


def test_a_period_without_dates_has_no_days():
    (first, second) = build_periodes(CLASSE, [], frozenset())
    assert first == PeriodeDatee("1", 4, None)
    assert (second.jours, second.semaines_calendaires, count_semaines(second)) == ((), (), 0)


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


# What is unlikely

Doubts = Callable[..., list[str]]


@pytest.fixture
def doubts(tmp_path: Path, referentiel: Referentiel) -> Doubts:
    """« ligne:colonne message | aide » about the dates of the three periods of première."""

    def found(*dates: str, annee: str = "2025-2026", zone: str = "") -> list[str]:
        path = tmp_path / "pfmp.yaml"
        lines = (f"      - {{du: {one[:10]}, au: {one[11:]}}}\n" for one in dates)
        head = f"annee_scolaire: {annee}\ncalendrier:\n"
        head += (f"  zone: {zone}\n" if zone else "") + "  periodes:\n    premiere:\n"
        path.write_text(head + "".join(lines), encoding="utf-8")
        projet = read_projet(path, referentiel)[0]
        diagnostics = check_calendrier(projet, referentiel, read_yaml(path))
        assert not any(d.is_error for d in diagnostics)
        return [
            f"{d.position.line}:{d.position.column} {d.message} | {d.help}"
            for d in diagnostics
            if d.position is not None
        ]

    return found


UNE, DEUX = "2025-11-17/2025-12-13", "2026-03-09/2026-04-03"


def test_likely_dates(doubts: Doubts):
    assert doubts(UNE, DEUX, "2026-06-08/2026-06-20") == []


def test_no_dates_at_all(doubts: Doubts):
    assert doubts() == []


def test_the_variant_may_have_no_dates(doubts: Doubts):
    assert doubts(UNE, DEUX) == []


def test_a_period_without_dates(doubts: Doubts):
    assert doubts(UNE) == [
        "4:5 la période « 2 » n'a pas de dates | ajoutez ses deux dates à la liste de la classe"
    ]


def test_too_few_weeks(doubts: Doubts):
    assert doubts("2025-11-24/2025-12-13", DEUX) == [
        "5:30 la période « 1 » a des jours dans 3 semaine(s), le référentiel en demande 4"
        " | vérifiez les deux dates"
    ]


def test_too_long(doubts: Doubts):
    assert doubts("2025-11-17/2025-12-15", DEUX) == [
        "5:30 la période « 1 » dure plus de 4 semaines | vérifiez les deux dates"
    ]


def test_four_weeks_from_a_wednesday_are_not_too_long(doubts: Doubts):
    assert doubts("2025-11-19/2025-12-16", DEUX) == []


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            "2025-11-16/2025-12-13",
            "un dimanche, le 16 novembre 2025 | écrivez 2025-11-17",
        ),
        (
            "2025-11-11/2025-12-06",
            "un jour férié, le 11 novembre 2025 | écrivez 2025-11-12",
        ),
    ],
)
def test_a_first_day_off(doubts: Doubts, dates: str, expected: str):
    assert doubts(dates, DEUX) == [f"5:14 la période commence {expected}"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("2025-11-17/2025-12-14", "un dimanche, le 14 décembre 2025 | écrivez 2025-12-13"),
        ("2025-10-15/2025-11-11", "un jour férié, le 11 novembre 2025 | écrivez 2025-11-10"),
    ],
)
def test_a_last_day_off(doubts: Doubts, dates: str, expected: str):
    assert doubts(dates, DEUX) == [f"5:30 la période finit {expected}"]


def test_a_period_of_one_sunday(doubts: Doubts):
    found = doubts("2025-11-16/2025-11-16", DEUX)
    assert found[0] == (
        "5:14 la période commence un dimanche, le 16 novembre 2025 | vérifiez les deux dates"
    )
    assert found[2] == (
        "5:30 la période finit un dimanche, le 16 novembre 2025 | vérifiez les deux dates"
    )
    assert len(found) == 3


def test_outside_the_school_year(doubts: Doubts):
    assert doubts(UNE, DEUX, "2026-08-31/2026-09-12") == [
        "7:30 le 12 septembre 2026 n'est pas dans l'année scolaire 2025-2026"
        " | vérifiez la date, ou « annee_scolaire »"
    ]


def test_without_a_school_year_no_date_is_outside(doubts: Doubts):
    assert doubts(UNE, DEUX, "2026-08-31/2026-09-12", annee="") == []


def test_periods_that_overlap(doubts: Doubts):
    assert doubts(UNE, "2025-12-13/2026-01-09") == [
        "6:14 la période commence le 13 décembre 2025, avant la fin de la précédente,"
        " le 13 décembre 2025 | vérifiez les deux dates"
    ]


# The school holidays


@pytest.mark.parametrize("zone", ["A", "B", "C"])
def test_dates_out_of_the_holidays(doubts: Doubts, zone: str):
    assert doubts(UNE, "2026-03-10/2026-04-03", "2026-06-08/2026-06-20", zone=zone) == []


def test_days_in_the_holidays_of_the_zone(doubts: Doubts):
    dates = (UNE, "2026-02-02/2026-02-27")
    assert doubts(*dates) == []
    assert doubts(*dates, zone="A") == [
        "7:14 la période « 2 » a 12 jours dans les vacances d'hiver de la zone A, du lundi 9 "
        "février au samedi 21 février 2026 | vérifiez les deux dates, et « zone »"
    ]
    assert doubts(*dates, zone="B") == [
        "7:14 la période « 2 » a 11 jours dans les vacances d'hiver de la zone B, du lundi 16 "
        "février au vendredi 27 février 2026 | vérifiez les deux dates, et « zone »"
    ]
    assert "a 5 jours dans les vacances d'hiver de la zone C" in doubts(*dates, zone="C")[0]


def test_one_day_in_the_holidays(doubts: Doubts):
    assert doubts("2025-11-24/2025-12-22", DEUX, zone="B")[0] == (
        "6:14 la période « 1 » a 1 jour dans les vacances de Noël de la zone B, le 22 décembre "
        "2025 | vérifiez les deux dates, et « zone »"
    )


def test_holidays_begin_after_the_classes_of_saturday(doubts: Doubts):
    assert doubts("2025-11-24/2025-12-20", DEUX, zone="B") == []


def test_a_placement_goes_across_the_bridge_of_ascension(doubts: Doubts):
    dates = ("2026-11-16/2026-12-12", "2027-04-26/2027-05-22")
    assert doubts(*dates, annee="2026-2027", zone="A") == []


def test_holidays_that_are_not_known_yet_are_said_once(doubts: Doubts):
    dates = ("2028-11-13/2028-12-09", "2029-03-05/2029-03-31")
    assert doubts(*dates, annee="2028-2029", zone="B") == [
        "3:9 les vacances scolaires sont connues jusqu'au 31 août 2028 : les jours d'après ne "
        "leur sont pas comparés | comparez-les vous-même au calendrier de la zone B"
    ]
    assert doubts(*dates, annee="2028-2029") == []


def test_a_zone_without_dates(doubts: Doubts):
    assert doubts(zone="C") == []


@pytest.mark.parametrize(("last", "said"), [("2028-08-31", False), ("2028-09-01", True)])
def test_holidays_are_known_up_to_their_last_day(doubts: Doubts, last: str, said: bool):
    found = doubts(UNE, f"2028-08-07/{last}", zone="B")
    assert any("sont connues jusqu'au" in one for one in found) == said

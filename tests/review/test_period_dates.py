"""Dates of periods that are possible and unlikely."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.period_dates import check_calendrier
from pfmp_cli.yaml_files.source import read_yaml
from tests.reading import read_projet

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
        "5:30 la période « 1 » a des jours dans 3 semaines, le référentiel en demande 4"
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

"""Which period a placement is of: by its column, by its dates, or the only one that there is."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.calendar.weeks import Intervalle
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.cells import Refusal
from pfmp_cli.lists.placements.placement_periods import build_periods, find_period
from pfmp_cli.lists.placements.placement_rows import PlacementRow, read_placements_file
from pfmp_cli.lists.pupils import Enrolment
from pfmp_cli.loading.class_files import make_schema

FIRST = DatesPeriode(du=date(2025, 11, 24), au=date(2025, 12, 13))
SECOND = DatesPeriode(du=date(2026, 1, 12), au=date(2026, 1, 31))
TERMINALE = Enrolment("terminale", "B", frozenset())


def find(
    referentiel: Referentiel,
    written: str = "",
    dates: Intervalle | None = None,
    *,
    chosen: str | None = None,
    given: tuple[DatesPeriode, ...] = (FIRST, SECOND),
    enrolment: Enrolment = TERMINALE,
) -> str:
    file = b"nom;prenom;entreprise;pfmp\nUN;Zoe;X;\n"
    row: PlacementRow = read_placements_file("s.csv", file, make_schema(referentiel)).rows[0]
    projet = Projet(calendrier=Calendrier(periodes={"terminale": given}))
    periods = build_periods(referentiel, projet, enrolment)
    return find_period(row._replace(number=written, dates=dates), periods, chosen)


@pytest.mark.parametrize(
    "written",
    ["2", "02", "PFMP 2", "pfmp n° 2", "P2", "2e période", "2ème", "2nde PFMP", "stage 2", "n° 2"],
)
def test_the_number_of_a_period_is_known_however_it_is_written(
    referentiel: Referentiel, written: str
) -> None:
    assert find(referentiel, written) == "2"


@pytest.mark.parametrize("written", ["0", "4", "deux", "22", "2025", "1 et 2"])
def test_what_is_no_period_is_told_with_those_that_there_are(
    referentiel: Referentiel, written: str
) -> None:
    with pytest.raises(Refusal) as refused:
        find(referentiel, written)

    assert refused.value.values == {"text": f"« {written} »", "advice": "écrivez 1 ou 2"}


@pytest.mark.parametrize(
    ("du", "au", "rank"),
    [
        (date(2026, 1, 19), date(2026, 2, 7), "2"),
        (date(2025, 12, 13), date(2025, 12, 20), "1"),  # its last day alone
        (date(2025, 11, 1), date(2025, 11, 24), "1"),  # its first day alone
        (date(2026, 2, 2), date(2026, 2, 7), None),  # none
        (date(2025, 12, 1), date(2026, 1, 20), None),  # both
    ],
)
def test_dates_say_the_only_period_that_they_touch(
    referentiel: Referentiel, du: date, au: date, rank: str | None
) -> None:
    if rank:
        assert find(referentiel, dates=Intervalle(du, au)) == rank
    else:
        with pytest.raises(Refusal):
            find(referentiel, dates=Intervalle(du, au))


def test_the_only_period_that_is_made_is_meant_where_nothing_says_another(
    referentiel: Referentiel,
) -> None:
    third = Intervalle(date(2026, 1, 19), date(2026, 1, 31))

    assert find(referentiel, chosen="1") == "1"
    assert find(referentiel, dates=third, chosen="1") == "2"
    assert find(referentiel, dates=third, chosen="1", given=()) == "1"  # no calendar to touch


def test_a_period_of_a_variant_is_of_those_who_do_it(referentiel: Referentiel) -> None:
    insertion = TERMINALE._replace(variantes=frozenset({"insertion"}))

    assert find(referentiel, "3", enrolment=insertion) == "3"
    with pytest.raises(Refusal):
        find(referentiel, "3")

"""What a template sees of the periods: each with its own dates and its own placement."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.context import build_context

DAYS = {
    "1": (date(2025, 11, 24), date(2025, 12, 13)),
    "2": (date(2026, 1, 12), date(2026, 1, 31)),
}
SCHOOL = Projet(
    calendrier=Calendrier(
        periodes={"terminale": tuple(DatesPeriode(du=du, au=au) for du, au in DAYS.values())}
    )
)
OWN = {"2": (date(2026, 1, 26), date(2026, 2, 13))}


@pytest.mark.parametrize("own", [{}, OWN], ids=["the class's", "own"])
@pytest.mark.parametrize("code", ["1", "2"])
def test_a_document_of_a_period_has_its_dates_and_its_placement(
    referentiel: Referentiel, code: str, own: dict[str, tuple[date, date]]
) -> None:
    dates = tuple((code, *days) for code, days in own.items())
    edition = Edition("grille", "terminale", "B", periode=code, dates=dates)
    seen = build_context(edition, referentiel, SCHOOL)
    expected = DAYS | own

    assert {one.code: (one.du, one.au) for one in seen["periodes"]} == expected
    assert (seen["periode"].code, seen["periode"].du, seen["periode"].au) == (code, *expected[code])
    assert str(seen["stage"]["entreprise"]) == f"pfmp{code}.entreprise"


def test_a_document_of_the_year_is_of_no_period(referentiel: Referentiel) -> None:
    seen = build_context(Edition("livret", "terminale", "B"), referentiel, SCHOOL)

    assert "periode" not in seen
    assert "stage" not in seen
    assert [str(stage["tuteur"]) for stage in seen["stages"].values()] == [
        "pfmp1.tuteur",
        "pfmp2.tuteur",
    ]


def test_the_periods_of_a_variant_are_for_its_editions_only(referentiel: Referentiel) -> None:
    for variantes, codes in ((frozenset[str](), ["1", "2"]), ({"primo_entrant"}, ["1", "2", "3"])):
        edition = Edition("livret", "premiere", "A", frozenset(variantes))
        seen = build_context(edition, referentiel, Projet())

        assert [one.code for one in seen["periodes"]] == codes == list(seen["stages"])

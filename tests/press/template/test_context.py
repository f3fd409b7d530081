"""What a template sees of the periods: each with its own dates and its own placement."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_documents

DAYS = {
    "1": (date(2025, 11, 24), date(2025, 12, 13)),
    "2": (date(2026, 1, 12), date(2026, 1, 31)),
}
SCHOOL = Projet(
    calendrier=Calendrier(
        periodes={"terminale": tuple(DatesPeriode(du=du, au=au) for du, au in DAYS.values())}
    )
)


@pytest.mark.parametrize(("own", "weeks"), [((), 3), ((("2", 3),), 3), ((("2", 5),), 5)])
def test_a_document_of_a_period_has_its_placement_and_rows_for_its_weeks(
    referentiel: Referentiel, own: tuple[tuple[str, int], ...], weeks: int
) -> None:
    edition = Edition("grille", "terminale", "B", periode="2", weeks=own)
    seen = build_context(edition, referentiel, SCHOOL)

    assert {one.code: len(one.lignes) for one in seen["periodes"]} == {"1": 18, "2": 6 * weeks}
    assert seen["periode"] == seen["periodes"][1]
    assert [str.__str__(field) for field in seen["periode"].lignes[-1]] == [
        f"pfmp2.semaine_{6 * weeks}",
        f"pfmp2.jour_{6 * weeks}",
    ]
    assert str(seen["stage"]["entreprise"]) == "pfmp2.entreprise"


def test_without_dates_there_are_no_rows_but_for_those_of_a_pupil_s_own(
    referentiel: Referentiel,
) -> None:
    seen = build_context(
        Edition("livret", "terminale", "B", weeks=(("2", 3),)), referentiel, Projet()
    )

    assert [len(one.lignes) for one in seen["periodes"]] == [0, 18]


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


def test_a_booklet_leaves_out_the_periods_that_do_not_concern_the_pupil(
    referentiel: Referentiel,
) -> None:
    edition = Edition("livret", "terminale", "B", without=frozenset({"1"}))
    seen = build_context(edition, referentiel, SCHOOL)

    assert [one.code for one in seen["periodes"]] == ["2"]
    assert [one.code for one in seen["toutes_periodes"]] == ["1", "2"]


@pytest.mark.parametrize(("projet", "is_dated"), [(SCHOOL, True), (Projet(), False)])
def test_an_attendance_sheet_is_ruled_where_no_date_rules_it(
    referentiel: Referentiel, projet: Projet, is_dated: bool
) -> None:
    context = build_context(Edition("presence", "terminale", "B", periode="1"), referentiel, projet)
    html = Templates().render("presence", context)

    assert ('<table class="presence datee">' in html) is is_dated
    assert ('<table class="presence">' in html) is not is_dated


def test_a_sheet_is_called_after_its_document_its_period_and_its_class(
    referentiel: Referentiel,
) -> None:
    templates = Templates()
    for name, document in list_documents(templates.folders).items():
        periode = "2" if document.by_periode else None
        edition = Edition(name, "terminale", "B", periode=periode)
        html = templates.render(name, build_context(edition, referentiel, SCHOOL))
        (title,) = re.findall("<title>(.*?)</title>", html)

        assert (", période 2" in title) is document.by_periode, name
        assert "Terminale" in title
        assert "option B" in title

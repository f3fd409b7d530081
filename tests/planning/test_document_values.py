"""What the fields of a document show: a pupil's columns, and the dates that are theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.calendar.weeks import Intervalle, build_periodes, format_date, working_days
from pfmp_cli.domain.projet import Calendrier, DatesPeriode
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.pupils import Eleve
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.document_values import compose_values

DATES = (
    DatesPeriode(du=date(2025, 11, 24), au=date(2025, 12, 13)),
    DatesPeriode(du=date(2026, 1, 12), au=date(2026, 1, 31)),
)
CALENDAR = Calendrier(periodes={"terminale": DATES})
Own = tuple[tuple[str, tuple[Intervalle, ...]], ...]
OWN: Own = (("2", (Intervalle(date(2026, 1, 19), date(2026, 2, 7)),)),)


def compose(referentiel: Referentiel, own: Own = ()) -> dict[str, str]:
    classe = referentiel.classe("terminale")
    return compose_values(
        read_pupil(referentiel), build_periodes(classe, CALENDAR, frozenset(), own)
    )


def read_pupil(referentiel: Referentiel) -> Eleve:
    text = "nom;prenom;date_naissance\nDURAND;Zoé;15/01/2008\n"
    (eleve,) = read_eleves("eleves.csv", text.encode(), make_schema(referentiel)).eleves
    return eleve


def test_own_dates_count_more_than_those_of_the_class(referentiel: Referentiel) -> None:
    values, own = compose(referentiel), compose(referentiel, OWN)

    assert values["pfmp1.dates"] == "du lundi 24 novembre au samedi 13 décembre 2025"
    assert values["pfmp2.dates"] == "du lundi 12 janvier au samedi 31 janvier 2026"
    assert own["pfmp1.dates"] == values["pfmp1.dates"]
    assert own["pfmp2.dates"] == "du lundi 19 janvier au samedi 7 février 2026"
    assert own["pfmp2.numeros_semaines"] == "4, 5, 6"


def test_the_age_is_that_of_the_first_day_of_their_own(referentiel: Referentiel) -> None:
    assert compose(referentiel)["pfmp2.age"] == "mineur"
    assert compose(referentiel, OWN)["pfmp2.age"] == "majeur"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2026, 1, 30), "2\u00a0semaines, du lundi 19 janvier au vendredi 30 janvier 2026"),
        (date(2026, 2, 4), "Du lundi 19 janvier au mercredi 4 février 2026"),
    ],
)
def test_the_weeks_of_the_dates_are_said_or_none(
    referentiel: Referentiel, last: date, said: str
) -> None:
    values = compose(referentiel, (("2", (Intervalle(date(2026, 1, 19), last),)),))

    assert values["pfmp2.duree_et_dates"] == said
    assert values.get("pfmp2.duree") == ("2\u00a0semaines" if said[0] == "2" else None)


def test_the_whole_name_has_the_one_that_the_pupil_goes_by(referentiel: Referentiel) -> None:
    text = "nom;nom d'usage;prenom\nLEFEVRE;MORVAN;Camille\n"
    (eleve,) = read_eleves("eleves.csv", text.encode(), make_schema(referentiel)).eleves

    assert compose_values(eleve, ())["eleve.nom_complet"] == "LEFEVRE (usage : MORVAN) Camille"


def test_without_dates_nothing_is_said_of_them(referentiel: Referentiel) -> None:
    undated = build_periodes(referentiel.classe("terminale"), Calendrier(), frozenset())

    assert compose_values(None, undated) == {}
    assert [
        name for name in compose_values(read_pupil(referentiel), undated) if "pfmp" in name
    ] == []


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_every_day_has_a_row_and_every_week_begins_once(
    referentiel: Referentiel, du: date, length: int
) -> None:
    days = working_days(du, au := du + timedelta(days=length))
    values = compose(referentiel, (("1", (Intervalle(du, au),)),))
    rows = [values[name] for n in range(1, 99) if (name := f"pfmp1.jour_{n}") in values]
    weeks = {n: text for n in range(1, 99) if (text := values.get(f"pfmp1.semaine_{n}"))}

    assert rows == [format_date(day, avec_jour=True, avec_annee=False) for day in days]
    assert list(weeks.values()) == [
        f"Semaine {number}" for number in dict.fromkeys(day.isocalendar().week for day in days)
    ]
    assert all(number == 1 or days[number - 1] > days[number - 2] for number in weeks)

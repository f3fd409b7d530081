"""The values of a pupil that depend on the days of their periods: the class's, or their own."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.calendar.weeks import Intervalle
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.workshop import Workshop

FIRST, SECOND = date(2025, 11, 24), date(2026, 1, 12)
SCHOOL = Projet(
    calendrier=Calendrier(
        periodes={
            "terminale": (
                DatesPeriode(du=FIRST, au=date(2025, 12, 13)),
                DatesPeriode(du=SECOND, au=date(2026, 1, 31)),
            )
        }
    )
)
BORN = date(2010, 1, 18)  # sixteen between the class's second period and the pupil's own
Own = tuple[tuple[str, tuple[Intervalle, ...]], ...]
OWN_FIRST = ("1", (Intervalle(date(2025, 12, 1), date(2025, 12, 19)),))
OWN_SECOND = ("2", (Intervalle(date(2026, 1, 26), date(2026, 2, 13)),))


@pytest.mark.parametrize(
    ("own", "ages"),
    [
        ((), ("moins_de_16", "moins_de_16")),
        ((OWN_FIRST,), ("moins_de_16", "moins_de_16")),
        ((OWN_SECOND,), ("moins_de_16", "mineur")),
        ((OWN_FIRST, OWN_SECOND), ("moins_de_16", "mineur")),
    ],
    ids=["the class's", "own first", "own second", "own both"],
)
def test_a_pupil_has_the_age_of_the_first_day_of_each_period_of_theirs(
    referentiel: Referentiel,
    own: Own,
    ages: tuple[str, str],
) -> None:
    workshop = Workshop(referentiel, SCHOOL)
    row = f"nom;prenom;date_naissance\nA;B;{BORN:%d/%m/%Y}\n".encode()
    (eleve,) = read_eleves("eleves.csv", row, make_schema(referentiel)).eleves
    values = workshop.compose(Edition("livret", "terminale", "B"), eleve._replace(dates=own))

    assert (values["pfmp1.age"], values["pfmp2.age"]) == ages
    assert values["eleve.nom_complet"] == "A B"

"""Nouns as plain data and back: what a bundle keeps of référentiel and school."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Division, Etablissement, Projet
from pfmp_cli.domain.referentiel import Referentiel

SCHOOL = Projet(
    annee_scolaire="2025-2026",
    etablissement=Etablissement(nom="Lycée de l'Essai"),
    calendrier=Calendrier(
        jours=(0, 1, 2),
        feries=(date(2026, 5, 15),),
        periodes={
            "terminale": (DatesPeriode(du=date(2026, 1, 12), au=date(2026, 1, 31), jours=(3,)),),
            "seconde": (),
        },
    ),
    divisions={"T1": Division(classe="terminale", option="B"), "S1": Division(classe="seconde")},
)


def through_json(noun: Any) -> Any:
    return from_plain(type(noun), json.loads(json.dumps(to_plain(noun))))


def test_a_school_comes_back_as_it_was() -> None:
    assert through_json(SCHOOL) == SCHOOL


def test_a_referentiel_comes_back_as_it_was(referentiel: Referentiel) -> None:
    assert through_json(referentiel) == referentiel


def test_what_is_as_it_would_be_without_is_left_out() -> None:
    assert to_plain(SCHOOL.divisions["S1"]) == {"classe": "seconde"}
    assert to_plain(SCHOOL.calendrier.periodes["terminale"][0]) == {
        "du": "2026-01-12",
        "au": "2026-01-31",
        "jours": [3],
    }


@pytest.mark.parametrize(
    ("noun", "data"),
    [
        (Division, {"classe": 3}),
        (Division, {"klasse": "seconde"}),
        (Division, {}),
        (Division, "seconde"),
        (DatesPeriode, {"du": "2026-02-30", "au": "2026-03-01"}),
        (DatesPeriode, {"du": 20260112, "au": "2026-03-01"}),
        (Calendrier, {"jours": ["lundi"]}),
        (Calendrier, {"periodes": []}),
        (Projet, {"calendrier": {"periodes": {"terminale": [{"du": "2026-01-12"}]}}}),
    ],
)
def test_other_data_is_refused(noun: type[Any], data: object) -> None:
    with pytest.raises((TypeError, KeyError, ValueError, AttributeError)):
        from_plain(noun, data)

"""Whose a row of another file is: by INE, by names and birth date, by names alone."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.cells import Refusal
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.placements.directory import Directory, Person
from pfmp_cli.lists.placements.placement_rows import Identity
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.rules import placement_rules as rules

LIST = """\
nom;prenom;nom d'usage;date_naissance;division;ine
DURAND;Zoé;;03/04/2008;TMCV1;000000001AA
LE GOFF;Maëlys;KERBRAT;05/06/2008;TMCV1;
MARTIN;Léa;;01/02/2008;TMCV1;
MARTIN;Léa;;09/08/2008;TMCV2;000000002BB
DE LA FONTAINE;Marie-Claire;;;TMCV1;000000003CC
JUMEAU;Paul;;01/01/2008;TMCV1;000000003CC
;Sans-Nom;;01/01/2008;TMCV1;
DURAND;Zoé;;03/04/2008;TMCV1;
;;;;TMCV1;000000004DD
"""


@pytest.fixture
def directory(referentiel: Referentiel) -> Directory:
    return Directory(read_eleves("eleves.csv", LIST.encode(), make_schema(referentiel)))


@pytest.mark.parametrize(
    ("identity", "line"),
    [
        (Identity(ine="000000001aa"), 2),
        (Identity(nom="durand", prenom="ZOE"), 2),
        (Identity(nom="Zoé", prenom="Durand"), None),  # one for the other: somebody else
        (Identity(nom_prenom="Zoé Durand"), 2),  # in one column, either way around
        (Identity(nom="Kerbrat", prenom="Maëlys"), 3),  # the name that she goes by
        (Identity(nom="MARTIN", prenom="Léa", date_naissance=date(2008, 8, 9)), 5),
        (Identity(ine="000000002BB", nom="MARTIN", prenom="Lea"), 5),
        (Identity(ine="000000001AA", nom="DURAND", prenom="Zoé Marie"), 2),  # a name more
        (Identity(nom="DE LA FONTAINE", prenom="Marie-Claire", date_naissance=date(2008, 1, 2)), 6),
        (Identity(ine="000000009ZZ", nom="LE GOFF", prenom="Maëlys"), 3),  # an INE of nobody
        (Identity(ine="000000003CC", nom="JUMEAU", prenom="Paul"), 7),  # one INE of two
    ],
)
def test_a_person_is_known_however_they_are_written(
    directory: Directory, identity: Identity, line: int | None
) -> None:
    _, found = directory.find(identity)

    assert (found.line if isinstance(found, Person) else None) == line


@pytest.mark.parametrize(
    ("identity", "rule", "said"),
    [
        (Identity(), rules.NOBODY, {}),
        (Identity(ine="000000009ZZ"), rules.UNKNOWN_INE, {"ine": "« 000000009ZZ »"}),
        (Identity(ine="000000003CC"), rules.INE_TWICE, {"lines": "6, 7"}),
        (
            Identity(ine="000000001AA", nom="LE GOFF", prenom="Maëlys"),
            rules.INE_OF_ANOTHER,
            {"owner": "« DURAND Zoé »", "line": 2},
        ),
        (
            Identity(ine="000000001AA", nom="Tout", prenom="Autre"),
            rules.INE_OF_ANOTHER,
            {"name": "« Tout Autre »"},
        ),
        (  # of a row without names, which shares one with nobody
            Identity(ine="000000004DD", nom_prenom="Tout Autre"),
            rules.INE_OF_ANOTHER,
            {"line": 10},
        ),
        (Identity(nom="*", prenom="*"), rules.UNKNOWN_NAME, {"name": "« * * »"}),
        (
            Identity(ine="000000001AA", date_naissance=date(2008, 4, 4)),
            rules.BORN_OTHERWISE,
            {"here": "04/04/2008", "there": "03/04/2008"},
        ),
        (
            Identity(ine="000000009ZZ", nom="DURAND", prenom="Zoé"),
            rules.INE_OTHERWISE,
            {"there": "« 000000001AA »"},
        ),
        (Identity(nom="MARTIN", prenom="Léa"), rules.HOMONYMS, {"count": "2", "lines": "4, 5"}),
        (
            Identity(nom="MARTIN", prenom="Léa", date_naissance=date(2008, 3, 3)),
            rules.NONE_BORN_THEN,
            {"born": "03/03/2008"},
        ),
        (
            Identity(nom="LE GOF", prenom="Maelys"),
            rules.UNKNOWN_NAME,
            {"advice": "vouliez-vous dire « LE GOFF Maëlys » (ligne 3) ?"},
        ),
        (
            Identity(nom="ABBATUCCI", prenom="Ugo"),
            rules.UNKNOWN_NAME,
            {"advice": "corrigez le nom, ou ajoutez l'élève à la liste"},
        ),
    ],
)
def test_who_is_nobody_is_told_why(
    directory: Directory, identity: Identity, rule: object, said: dict[str, object]
) -> None:
    _, found = directory.find(identity)

    assert isinstance(found, Refusal)
    assert found.rule is rule
    assert found.values.items() >= said.items()

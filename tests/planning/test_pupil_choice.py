"""A pupil or a division is known however it is written, and near ones are proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice, Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.pupil_choice import choose_pupils
from tests.reading import load_class

ROWS = """nom;prenom;nom d'usage;division
D’HÉROUVILLE;Élise;;TMCV1
MARTIN;Léa;;TMCV1
MARTIN;Léa-Rose;;T MCV 2
NGUYEN;Lan;PETIT;TMCV2
DE LA TOUR;Jean-Noël;;TMVC1
"""
DIVISIONS = {name: Division(classe="terminale", option="B") for name in ("TMCV1", "TMCV2")}


@pytest.fixture
def roster(tmp_path: Path, referentiel: Referentiel) -> Roster:
    return read(tmp_path / "eleves.csv", ROWS, referentiel)


def read(path: Path, rows: str, referentiel: Referentiel) -> Roster:
    path.write_text(rows, encoding="utf-8")
    projet = Projet(divisions=DIVISIONS)
    return load_class(path, None, referentiel, projet, Selection("terminale", "B"))


def choose(roster: Roster, *names: str, division: str = "") -> list[str]:
    divisions = tuple(filter(None, division.split(",")))
    ((chosen,), _) = choose_pupils([roster], PupilChoice(names, divisions))
    return [one.prenom for one in chosen.of_chosen().eleves] + [
        one.name for one in chosen.of_chosen().left_out
    ]


def refuse(roster: Roster, *names: str, division: str = "") -> list[tuple[str, str | None]]:
    with pytest.raises(InputRefused) as refused:
        choose(roster, *names, division=division)
    return [(one.message, one.help) for one in refused.value.diagnostics]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("d'herouville elise", ["Élise"]),
        ("ÉLISE D HÉROUVILLE", ["Élise"]),
        ("dherouville", ["Élise"]),
        ("martin léa", ["Léa"]),
        ("LEA MARTIN", ["Léa"]),
        ("martin", ["Léa", "Léa-Rose"]),
        ("rose", ["Léa-Rose"]),
        ("petit lan", ["Lan"]),
        ("latour jean", []),
        ("tour jean", ["DE LA TOUR Jean-Noël"]),
    ],
)
def test_a_name_is_known_however_it_is_written(roster: Roster, word: str, found: list[str]) -> None:
    if found:
        assert choose(roster, word) == found
    else:
        assert len(refuse(roster, word)) == 1


def test_divisions_are_known_however_they_are_written(roster: Roster) -> None:
    assert choose(roster, division="tmcv-1") == ["Élise", "Léa"]
    assert choose(roster, division="TMCV2,tmcv1,T MCV 1") == ["Élise", "Léa", "Léa-Rose", "Lan"]
    assert choose(roster, "Martin", division="TMCV2") == ["Léa-Rose"]


def test_what_nobody_bears_is_refused_with_what_is_near(roster: Roster) -> None:
    assert refuse(roster, "Martine Lea", "Zzz", division="TMCV1") == [
        (
            "aucun élève ne s'appelle « Martine Lea »",
            "vouliez-vous dire « MARTIN Léa (TMCV1) » ou « MARTIN Léa-Rose (TMCV2) » ?",
        ),
        (
            "aucun élève ne s'appelle « Zzz »",
            "vérifiez le nom, et que c'est la bonne liste",
        ),
    ]
    assert refuse(roster, "Lan", division="TMCV1") == [
        ("aucun élève ne s'appelle « Lan »", "vouliez-vous dire « NGUYEN Lan (TMCV2) » ?")
    ]
    assert refuse(roster, division="TMCV1,TMCVV1,X") == [
        ("aucun élève n'est en « TMCVV1 »", "vouliez-vous dire « TMCV1 » ?"),
        ("aucun élève n'est en « X »", "divisions de la liste : TMCV1, TMCV2, TMVC1"),
    ]
    assert len(refuse(roster, "", division=",")) == 1


def test_who_is_in_the_division_but_for_a_slip_is_heard_of(roster: Roster) -> None:
    ((one,), _) = choose_pupils([roster], PupilChoice((), ("TMCV1",)))
    ((two,), _) = choose_pupils([roster], PupilChoice((), ("TMCV2",)))

    assert [d.rule.code for d in drop_silent(one.unclear, one)] == ["liste/division-proche"]
    assert drop_silent(two.unclear, two) == []


def test_of_several_lists_only_the_pupil_who_is_meant_is_chosen(
    roster: Roster, tmp_path: Path, referentiel: Referentiel
) -> None:
    rows = "nom;prenom;division\nROY;Ana;TMCV1\nPETIT;Max;TMCV2\n"
    other = read(tmp_path / "autres.csv", rows, referentiel)
    chosen, _ = choose_pupils([roster, other], PupilChoice(("Roy Ana", "Léa Martin"), ()))

    assert [[one.prenom for one in each.of_chosen().eleves] for each in chosen] == [
        ["Léa"],
        ["Ana"],
    ]
    assert [each.silent & (each.chosen or set()) for each in chosen] == [set(), set()]
    assert [len(each.silent) for each in chosen] == [4, 1]


def test_a_pupil_without_a_division_makes_none(tmp_path: Path, referentiel: Referentiel) -> None:
    rows = "nom;prenom;division\nROY;Ana;TMCV1\nPETIT;Max;\n"
    roster = read(tmp_path / "autres.csv", rows, referentiel)

    assert refuse(roster, division="X,")[0][1] == "divisions de la liste : TMCV1"
    nobody = read(tmp_path / "sans.csv", "nom;prenom\nROY;Ana\n", referentiel)
    assert refuse(nobody, division="X") == [("aucun élève n'est en « X »", "la liste n'en a pas")]

"""Who gets nothing is named, or counted by division and label where that is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.pupils import LeftOut, Reason, Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.left_out import find_nothing, list_formations, list_left_out
from pfmp_cli.planning.plan import Plan

NOBODY = Plan((), ())


@pytest.fixture(scope="module")
def empty(referentiel: Referentiel) -> Roster:
    roster = read_eleves("eleves.csv", b"nom;prenom\nA;B\n", make_schema(referentiel))
    return replace(roster, eleves=())


def left(reason: Reason, mef: str = "", division: str = "", day: date | None = None) -> LeftOut:
    return LeftOut(2, "eleve.mef", reason, "PRADEL Lilou", mef, division, day)


def others(*said: tuple[str, str]) -> list[LeftOut]:
    return [left(Reason.OTHER, mef, division) for division, mef in said]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([("1CAP2", "CAP EPC")], "1CAP2 « CAP EPC » 1"),
        ([("2GATL", "")] * 2, "2GATL 2"),
        ([("", "CAP EPC")], "« CAP EPC » 1"),
        ([("", "")], "sans division 1"),
        ([("B", ""), ("A", "M"), ("B", "")], "A « M » 1, B 2"),
        ([("A", "")] * 1200, "A 1\u202f200"),
    ],
)
def test_other_courses_are_counted_by_division_and_label(
    empty: Roster, said: Sequence[tuple[str, str]], words: str
) -> None:
    assert list_formations(replace(empty, left_out=tuple(others(*said)))) == words


def test_only_reasons_that_somebody_has_are_given(empty: Roster) -> None:
    gone = left(Reason.LEFT, division="TMCV1", day=date(2025, 11, 14))
    apprentices = [left(Reason.APPRENTICE)] * 3
    roster = replace(empty, left_out=(gone, *apprentices))

    assert [*list_left_out(empty)] == []
    assert [*list_left_out(roster)] == [
        "1 élève parti avant les périodes : PRADEL Lilou (TMCV1, 14/11/2025)",
        "3 apprentis laissés de côté : PRADEL Lilou, PRADEL Lilou, PRADEL Lilou",
    ]
    assert [*list_left_out(roster, 2)][1].endswith(": PRADEL Lilou, PRADEL Lilou et 1 autre")


@pytest.mark.parametrize(
    ("left_out", "chosen_out", "code"),
    [
        (others(("1CAP2", "")), 0, "liste/autre-formation"),
        (others(("1CAP2", "")), 1, "liste/choix-vide"),
        ([*others(("1CAP2", "")), left(Reason.LEFT)], 0, "liste/rien-a-faire"),
        ([], 0, "liste/rien-a-faire"),
    ],
)
def test_why_a_whole_list_gets_nothing(
    empty: Roster, left_out: Sequence[LeftOut], chosen_out: int, code: str
) -> None:
    roster = replace(empty, left_out=tuple(left_out), not_chosen=chosen_out)

    assert [one.rule.code for one in find_nothing([(NOBODY, roster)], ["MCV"])] == [code]


def test_a_list_without_a_usable_pupil_says_so(empty: Roster) -> None:
    (said,) = find_nothing([(NOBODY, empty)], ["MCV"])

    assert said.help == "la liste n'a pas d'élève utilisable"


def test_a_list_of_which_all_have_left_says_who(empty: Roster) -> None:
    (said,) = find_nothing([(NOBODY, replace(empty, left_out=(left(Reason.LEFT),)))], ["MCV"])

    assert said.help == "1 élève parti avant les périodes : PRADEL Lilou"

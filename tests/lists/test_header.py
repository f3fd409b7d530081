"""What is said of a column that no title leads to."""

from __future__ import annotations

import pytest

from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import Vocabulary

THREE_PERIODS = Vocabulary(classes={}, options=(), variantes=(), periodes=3)
LIST = "la liste des colonnes est dans docs/colonnes.md"


def test_two_titles_of_the_first_name_are_no_column_twice() -> None:
    roster = read_eleves("c.csv", b"nom;prenom 1;premier prenom\nA;B;C\n", THREE_PERIODS)
    assert [eleve.prenom for eleve in roster.eleves] == ["B"]


def test_in_the_base_complete_a_column_of_a_period_is_still_told() -> None:
    content = b"nom;prenom;type structure;lunettes;entrprise pfmp 1\nA;B;DIV;x;y\n"
    told = [one.message for one in read_eleves("c.csv", content, THREE_PERIODS).diagnostics]
    assert len(told) == 1
    assert "entrprise pfmp 1" in told[0]


@pytest.mark.parametrize(
    ("title", "advice"),
    [
        ("pfmp0_tuteur", "les périodes vont de 1 à 3"),
        ("pfmp4_tuteur", "les périodes vont de 1 à 3"),
        ("pfmp3_tuteurr", "vouliez-vous dire « pfmp3_tuteur » ?"),
        ("pfmp1_tuteurr", "vouliez-vous dire « pfmp1_tuteur » ?"),
        ("divisionn", "vouliez-vous dire « division » ?"),
        ("lunettes", LIST),
    ],
)
def test_a_column_nearly_right_is_proposed_and_one_out_of_the_year_is_told(
    title: str, advice: str
) -> None:
    content = f"nom;prenom;{title}\nA;B;x\n".encode()
    (told,) = read_eleves("c.csv", content, THREE_PERIODS).diagnostics

    assert f"« {title} »" in told.message
    assert told.help == advice
    assert str(told.position) == "c.csv:1:12"

"""What is said of a column that no title leads to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import Vocabulary

THREE_PERIODS = Vocabulary(classes={}, options=(), variantes=(), periodes=3)
LIST = "la liste des colonnes est dans docs/colonnes.md"


def test_two_titles_of_the_first_name_are_no_column_twice() -> None:
    roster = read_eleves("c.csv", b"nom;prenom 1;premier prenom\nA;B;C\n", THREE_PERIODS)
    assert [eleve.prenom for eleve in roster.eleves] == ["B"]


@pytest.mark.parametrize(
    "titles", ["Téléphone;Téléphone portable", "Tél. portable;Tél.", "Tél. (fixe);Tél. portable"]
)
def test_a_mobile_telephone_beside_the_other_is_no_column_twice(titles: str) -> None:
    numbers = ["0565000001", "0600000002"]
    content = f"nom;prenom;{titles}\nA;B;{';'.join(numbers)}\n"
    roster = read_eleves("c.csv", content.encode(), THREE_PERIODS)

    read = numbers[titles == "Tél. portable;Tél."]
    assert [eleve.values["eleve.telephone"] for eleve in roster.eleves] == [read]
    assert [d.rule.code for d in roster.diagnostics] == ["liste/colonne-inconnue"]


@pytest.mark.parametrize(
    ("first", "second", "is_read"),
    [
        ("a@b.fr", "A@b.fr ", True),
        ("a@b.fr", "", True),
        ("a@b.fr", "c@b.fr", False),
        ("", "c@b.fr", False),  # it may be another's
    ],
)
def test_a_second_column_that_says_nothing_more_is_no_question(
    first: str, second: str, is_read: bool
) -> None:
    content = f"nom;prenom;E-mail;Adresse mail\nA;B;{first};{second}\nC;D;x@y.fr;\n".encode()
    if is_read:
        roster = read_eleves("c.csv", content, THREE_PERIODS)
        assert roster.eleves[0].values["eleve.courriel"] == first
        assert roster.diagnostics == ()
    else:
        with pytest.raises(InputRefused) as refused:
            read_eleves("c.csv", content, THREE_PERIODS)
        assert [d.rule.code for d in refused.value.diagnostics] == ["liste/colonne-double"]


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("entrprise pfmp 1", None),
        ("pfmp1_entrprise", "pfmp1_entreprise"),
        ("primo_entrants", "primo_entrant"),
        ("Profeseur référent", "professeur_referent"),
    ],
)
def test_in_the_base_complete_a_column_that_a_school_has_added_is_still_told(
    title: str, proposed: str | None
) -> None:
    siecle = "type structure;Profession;Lib. profession;Inscription;Option 1;Tél. resp. lég. 2"
    content = f"nom;prenom;{siecle};{title}\nA;B;DIV;x;x;x;x;x;y\n".encode()
    vocabulary = replace(THREE_PERIODS, variantes=("primo_entrant", "insertion"))
    (told,) = read_eleves("c.csv", content, vocabulary).diagnostics

    assert f"« {title} »" in told.message
    assert told.help == (f"vouliez-vous dire « {proposed} » ?" if proposed else LIST)


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

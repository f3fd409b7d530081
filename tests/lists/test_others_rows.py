"""Which rows of a list of the whole school are our pupils'."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.loading.class_files import make_schema

OURS, THEIRS = "TLEPRO MET.COM.VEN.OP.B", "2NDE GENERALE"


@pytest.mark.parametrize(
    ("cells", "ours"),
    [
        (";TMCV1", True),
        (";2GT1", False),
        (";", True),
        (f"{OURS};TMCV1", True),
        (f"{OURS};2GT1", True),  # the ministry's word goes before the name of a division
        (f"{THEIRS};TMCV1", False),
        (f"{THEIRS};2GT1", False),
    ],
)
def test_a_mef_says_whose_a_row_is_and_without_one_the_division(
    referentiel: Referentiel, cells: str, ours: bool
) -> None:
    schema = replace(make_schema(referentiel), divisions={"TMCV1"})
    text = f"nom;prenom;mef;division\nA;B;{cells}\nC;D;;TMCV1\n"
    roster = read_eleves("c.csv", text.encode(), schema)

    assert [eleve.nom for eleve in roster.eleves] == (["A", "C"] if ours else ["C"])
    assert len(roster.others) == (not ours)


def test_a_division_that_the_list_does_not_have_sets_nobody_aside(
    referentiel: Referentiel,
) -> None:
    schema = replace(make_schema(referentiel), divisions={"TMCV1"})
    roster = read_eleves("c.csv", b"nom;prenom;division\nA;B;TMCV2\n", schema)

    assert [eleve.nom for eleve in roster.eleves] == ["A"]


@pytest.mark.parametrize("cells", [f"{THEIRS};24731214334", f"24731214334;{THEIRS}"])
def test_the_code_of_a_mef_goes_before_its_label_in_whichever_column(
    referentiel: Referentiel, cells: str
) -> None:
    text = f"nom;prenom;code mef;mef\nA;B;{cells}\n"
    (eleve,) = read_eleves("c.csv", text.encode(), make_schema(referentiel)).eleves

    assert [(clue.classe, clue.option) for clue in eleve.mef] == [("terminale", "B")]

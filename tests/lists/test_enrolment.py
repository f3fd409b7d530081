"""A pupil's class and option are those of all who say them; what is unclear is said at its cell."""

from __future__ import annotations

import pytest

from pfmp_cli.domain.projet import Division
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.pupils import Enrolment, Roster
from pfmp_cli.loading.class_files import make_schema

DIVISIONS = {
    "T1": Division(classe="terminale", option="B"),
    "T2": Division(classe="terminale"),
    "S1": Division(classe="seconde"),
}
NOTHING = Selection()


def read(referentiel: Referentiel, row: str, selection: Selection = NOTHING) -> Roster:
    text = f"nom;prenom;division;classe;option;code_mef;primo_entrant\nROY;Ana;{row}\n"
    roster = read_eleves("c", text.encode(), make_schema(referentiel))
    return enrol(roster, referentiel, DIVISIONS, selection)


@pytest.mark.parametrize(
    ("row", "selection", "enrolment"),
    [
        ("T1;;;;", NOTHING, ("terminale", "B")),
        ("T1;Terminale;b;24731214334;", NOTHING, ("terminale", "B")),
        (";;;24731214334;", NOTHING, ("terminale", "B")),
        ("S1;;;;", NOTHING, ("seconde", None)),
        ("T2;;A;;", NOTHING, ("terminale", "A")),
        ("T2;;;;", Selection(option="A"), ("terminale", "A")),
        (";;;;", Selection("terminale", "A"), ("terminale", "A")),
        (";première;A;;oui", NOTHING, ("premiere", "A", "primo_entrant")),
        (";terminale;A;;oui", NOTHING, ("terminale", "A")),
        ("T1;;;;", Selection("terminale"), ("terminale", "B")),
        ("T1;;;;", Selection("seconde"), None),
        ("T1;;;;", Selection("terminale", "A"), None),
        ("S1;;;;", Selection(option="A"), None),
    ],
)
def test_what_sources_say_together_is_the_enrolment_and_the_command_line_picks(
    referentiel: Referentiel,
    row: str,
    selection: Selection,
    enrolment: tuple[str, str | None, *tuple[str, ...]] | None,
) -> None:
    roster = read(referentiel, row, selection)

    expected = enrolment and Enrolment(*enrolment[:2], frozenset(enrolment[2:]))
    assert [eleve.enrolment for eleve in roster.eleves] == [expected]
    assert (roster.unclear, roster.not_chosen) == ((), int(expected is None))


@pytest.mark.parametrize(
    ("row", "selection", "code", "place", "values"),
    [
        (";;;;", NOTHING, "classe-introuvable", "c:2:1",
         {"codes": "seconde, premiere ou terminale"}),
        ("T9;;;;", NOTHING, "classe-introuvable", "c:2:9",
         {"codes": "seconde, premiere ou terminale"}),
        ("T2;;;;", NOTHING, "option-introuvable", "c:2:9", {"codes": "A ou B"}),
        (";terminale;;;", NOTHING, "option-introuvable", "c:2:1", {"codes": "A ou B"}),
        ("T1;seconde;;;", NOTHING, "classe-contredite", "c:2:12",
         {"code": "seconde", "known": "terminale", "source": "dans le fichier",
          "trusted": "pour la division « T1 » dans pfmp.yaml"}),
        ("T1;;A;;", NOTHING, "option-contredite", "c:2:13",
         {"code": "A", "known": "B", "source": "dans le fichier",
          "trusted": "pour la division « T1 » dans pfmp.yaml"}),
        ("S1;;;24731214334;", NOTHING, "classe-contredite", "c:2:9",
         {"code": "seconde", "known": "terminale",
          "source": "pour la division « S1 » dans pfmp.yaml",
          "trusted": "pour le code de MEF « 24731214334 »"}),
        ("T2;;;;", Selection(option="Z"), "option-hors-classe", "c:2:13",
         {"classe": "Terminale", "option": "Z", "codes": "A ou B"}),
    ],
)  # fmt: skip
def test_what_is_unclear_is_said_at_its_cell_with_what_there_is(
    referentiel: Referentiel,
    row: str,
    selection: Selection,
    code: str,
    place: str,
    values: dict[str, str],
) -> None:
    roster = read(referentiel, row, selection)

    (said,) = roster.unclear
    assert (said.rule.code, str(said.position)) == (f"liste/{code}", place)
    assert dict(said.values) == values
    assert ([eleve.enrolment for eleve in roster.eleves], roster.not_chosen) == ([None], 0)

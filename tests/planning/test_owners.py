"""A diagnostic is the pupil's whose row it is at, in whatever file; errors come first."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import Position
from pfmp_cli.domain.projet import Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice, Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.planning.owners import drop_silent, share_out
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.rules.list_rules import NO_PUPIL, UNTITLED_COLUMN
from pfmp_cli.rules.value_rules import BORN_LONG_AGO, NOT_A_SIRET
from tests.reading import load_class

PUPILS = 'nom;prenom;adresse\nDURAND;Zoé;"1 rue\nBâtiment C"\nPETIT;Max;\nROY;Ana;\n'
STAGES = "nom;prenom;periode;entreprise\nROY;Ana;1;Alma\nDURAND;Zoé;1;Beta\nDURAND;Zoé;2;Alma\n"
PROJET = Projet(divisions={"T": Division(classe="terminale", option="B")})


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory, referentiel: Referentiel) -> Roster:
    folder = tmp_path_factory.mktemp("owners")
    (folder / "eleves.csv").write_text(PUPILS, encoding="utf-8")
    (folder / "stages.csv").write_text(STAGES, encoding="utf-8")
    files = folder / "eleves.csv", folder / "stages.csv"
    return load_class(*files, referentiel, PROJET, Selection("terminale", "B"))


def at(roster: Roster, file: str, line: int) -> Position:
    tables = [roster.table, *(row.table for row, _ in roster.sources.values())]
    return next(one for one in tables if Path(one.file).name == file).row_position(line)


@pytest.mark.parametrize(
    ("file", "line", "owner"),
    [
        ("eleves.csv", 2, "DURAND"),
        ("eleves.csv", 4, "PETIT"),
        ("eleves.csv", 5, "ROY"),
        ("eleves.csv", 1, None),
        ("stages.csv", 2, "ROY"),
        ("stages.csv", 3, "DURAND"),
        ("stages.csv", 4, "DURAND"),
        ("stages.csv", 1, None),
    ],
)
def test_what_stands_at_a_pupils_row_is_theirs(
    roster: Roster, file: str, line: int, owner: str | None
) -> None:
    said = NOT_A_SIRET.at(at(roster, file, line), text="x")
    shares, rest = share_out([said], roster, [one.line for one in roster.eleves])

    names = {one.line: one.nom for one in roster.eleves}
    assert {names[line]: found for line, found in shares.items()} == (
        {owner: [said]} if owner else {}
    )
    assert rest == ([] if owner else [said])


def test_what_is_said_of_a_file_is_nobody_s(roster: Roster) -> None:
    said = [NO_PUPIL.at(Position(roster.table.file, line)) for line in (None, 2)]

    assert share_out(said, roster, [2]) == ({}, said)


def test_pupils_of_one_line_have_what_is_theirs(tmp_path: Path, referentiel: Referentiel) -> None:
    pupil = "<ELEVE><NOM>{}</NOM><PRENOM>Max</PRENOM><DATE_NAISS>hier</DATE_NAISS></ELEVE>"
    pupils = "".join(map(pupil.format, ("PETIT", "ROY")))
    path = tmp_path / "eleves.xml"
    path.write_text(f"<BEE_ELEVES><DONNEES><ELEVES>{pupils}</ELEVES></DONNEES></BEE_ELEVES>")
    roster = load_class(path, None, referentiel, PROJET, Selection("terminale", "B"))
    shares, rest = share_out(roster.diagnostics, roster, [1, 2])

    assert [len(shares[line]) for line in (1, 2)] == [1, 1]
    assert rest == []


def test_the_errors_of_a_pupil_come_first(roster: Roster) -> None:
    place = at(roster, "eleves.csv", 2)
    doubt, fault = NOT_A_SIRET.at(place, text="x"), BORN_LONG_AGO.at(place, text="x")
    header = UNTITLED_COLUMN.at(at(roster, "eleves.csv", 1), number=3)
    shares, rest = share_out([header, doubt, fault], roster, [roster.eleves[0].line])

    assert [*shares.values()] == [[fault, doubt]]
    assert rest == [header]


def test_of_who_is_not_chosen_nothing_is_heard(roster: Roster) -> None:
    ((chosen,), _) = choose_pupils([roster], PupilChoice(("Roy",), ()))
    said = [NOT_A_SIRET.at(at(roster, "eleves.csv", line), text="x") for line in (2, 4, 5)]

    assert drop_silent(said, chosen) == said[2:]
    assert drop_silent(said, roster) == said

"""A diagnostic is the pupil's whose row it is at, in whatever file; errors come first."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import Position
from pfmp_cli.domain.projet import Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice, Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.owners import drop_silent, share_out
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.rules.list_rules import UNTITLED_COLUMN
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


def at(roster: Roster, file: str, line: int | None) -> Position:
    return Position(str(Path(roster.table.file).with_name(file)), line)


@pytest.mark.parametrize(
    ("file", "line", "owner"),
    [
        ("eleves.csv", 2, "DURAND"),
        ("eleves.csv", 3, "DURAND"),  # a cell that goes on
        ("eleves.csv", 4, "PETIT"),
        ("eleves.csv", 5, "ROY"),
        ("eleves.csv", 1, None),
        ("eleves.csv", None, None),
        ("stages.csv", 2, "ROY"),
        ("stages.csv", 3, "DURAND"),
        ("stages.csv", 4, "DURAND"),
        ("stages.csv", 1, None),
        ("pfmp.yaml", 2, None),
    ],
)
def test_what_stands_at_a_pupils_row_is_theirs(
    roster: Roster, file: str, line: int | None, owner: str | None
) -> None:
    said = NOT_A_SIRET.at(at(roster, file, line), text="x")
    shares, rest = share_out([said], roster, [one.line for one in roster.eleves])

    names = {one.line: one.nom for one in roster.eleves}
    assert {names[line]: found for line, found in shares.items()} == (
        {owner: [said]} if owner else {}
    )
    assert rest == ([] if owner else [said])


def test_a_pupil_of_siecle_has_all_their_lines(referentiel: Referentiel) -> None:
    elements = "<NOM>{}</NOM>\n<PRENOM>Zoé</PRENOM>"
    rows = "".join(f"<ELEVE>\n{elements.format(nom)}\n</ELEVE>\n" for nom in ("ROY", "PETIT"))
    text = f"<BEE_ELEVES>\n<DONNEES><ELEVES>\n{rows}</ELEVES></DONNEES></BEE_ELEVES>"
    siecle = read_eleves("eleves.xml", text.encode(), make_schema(referentiel))
    said = [NOT_A_SIRET.at(Position("eleves.xml", line), text="x") for line in range(1, 11)]
    shares, rest = share_out(said, siecle, [one.line for one in siecle.eleves])

    assert {one.nom: shares[one.line] for one in siecle.eleves} == {
        "ROY": said[2:6],
        "PETIT": said[6:],
    }
    assert rest == said[:2]


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

"""Who gets nothing is said wherever a list is spoken of, and never to a machine."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from tests.commande import CommandLine

TITLES = "nom;prenom;mef;division;date de sortie\n"
ZOE = "MARTIN;Zoé;TLEPRO MET.COM.VEN.OP.B;TMCV1;\n"
LEFT = "PRADEL;Lilou;TLEPRO MET.COM.VEN.OP.B;TMCV1;14/11/2025\n"
OTHERS = "ROY;Ana;CAP EPC;1CAP2;\nROY;Léo;CAP EPC;1CAP2;\n"
SAID = [
    "d'autres formations : 1CAP2 « CAP EPC » 2",
    "1 élève parti avant les périodes : PRADEL Lilou (TMCV1, 14/11/2025)",
]
PROJET = (
    "annee_scolaire: 2025-2026\n"
    "calendrier: {periodes: {terminale: ["
    "{du: 2025-11-24, au: 2025-12-13}, {du: 2026-01-12, au: 2026-01-31}]}}\n"
    "divisions: {TMCV1: {classe: terminale, option: B}}\n"
)


@pytest.fixture
def school(commande: CommandLine) -> CommandLine:
    (commande.path / "pfmp.yaml").write_text(PROJET, encoding="utf-8")
    return commande


def test_the_summary_and_the_index_say_who_is_left_out(school: CommandLine) -> None:
    school.write(ZOE, LEFT, OTHERS, titles=TITLES)
    end = school.batch("--documents", "attestation", "--period", "1")

    assert end.code == 0
    assert end.err.splitlines()[-3:] == [
        "3 élèves lus, 1 en MCV, 2 d'autres formations laissés de côté", *SAID
    ]  # fmt: skip
    page = " ".join(unescape(school.read("documents/index.html")).replace("’", "'").split())
    assert [f"<li>{line}</li>" in page for line in SAID] == [True, True]


def test_a_check_says_it_to_a_person_and_to_no_machine(
    school: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    school.write(ZOE, LEFT, OTHERS, titles=TITLES)
    code = run(["check", "eleves.csv", "--sans-rendu", "--strict"])
    person = capsys.readouterr()
    run(["check", "eleves.csv", "--sans-rendu", "--format", "json"])
    machine = capsys.readouterr()

    assert (code, person.out) == (0, "")
    assert person.err.splitlines()[:2] == SAID
    assert json.loads(machine.out)["remarques"] == []
    assert "PRADEL" not in machine.out + machine.err


def test_a_list_of_those_who_left_says_so_where_nothing_is_made(school: CommandLine) -> None:
    school.write(LEFT, OTHERS, titles=TITLES)
    end = school.batch("--documents", "attestation")

    assert (end.code, end.err) == (
        1, f"erreur : aucun document à faire\naide : {' ; '.join(SAID)}\n\n"
    )  # fmt: skip
    assert not Path("documents").exists()

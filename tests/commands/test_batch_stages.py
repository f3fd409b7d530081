"""`pfmp batch --stages`: what a pupil's own company and dates change in the documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pfmp_cli.calendar.weeks import Intervalle
from pfmp_cli.cli import run
from pfmp_cli.domain.selection import Selection
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.document_values import compose_values
from pfmp_cli.press.workshop import load_workshop
from tests.commands.test_cli import Folder
from tests.reading import load_class

EXAMPLES = Path(__file__).parents[2] / "examples"
PROJET = """\
annee_scolaire: 2025-2026
calendrier:
  periodes:
    terminale:
      - {du: 2025-11-24, au: 2025-12-13}
      - {du: 2026-01-12, au: 2026-01-31}
divisions:
  TMCV1: {classe: terminale, option: B}
"""
ELEVES = "nom;prenom;division\nDURAND;Zoé;TMCV1\nLE GOFF;Maëlys;TMCV1\nROY;Ana;TMCV1\n"
OWN = (("2", (Intervalle(date(2026, 1, 19), date(2026, 2, 7)),)),)


@pytest.fixture
def folder(tmp_path: Path, cache_dir: Path) -> Folder:
    made = Folder(tmp_path, cache_dir)
    made.write("pfmp.yaml", PROJET)
    made.write("eleves.csv", ELEVES)
    return made


def test_other_dates_make_a_sheet_and_an_attestation_of_the_pupil_s_own(folder: Folder) -> None:
    folder.write(
        "stages.csv",
        "nom;prenom;période;du;au;entreprise;tuteur\n"
        "DURAND;Zoé;2;19/01/2026;07/02/2026;Librairie « Le Marque-Page »;Anaïs FONTBONNE\n"
        "LE GOFF;Maëlys;2;;;Les Halles d’Olt;\n",
    )
    documents = ("--documents", "presence,attestation", "--period", "2")
    outcome = folder.run("batch", "eleves.csv", "--stages", "stages.csv", *documents)

    assert (outcome.code, outcome.err) == (
        0,
        "Établissement : établissement sans nom, 2025-2026\n"
        "         presence  attestation\n  TMCV1         3            3\n"
        "6 documents écrits dans documents/\n2 stages lus dans stages.csv\n",
    )
    presence = folder.text("documents/TMCV1/DURAND_Zoe_presence-2.pdf")
    assert "vendredi 6 février" in presence
    assert "mardi 13 janvier" not in presence
    assert "Anaïs FONTBONNE" in presence
    attestation = folder.text("documents/TMCV1/DURAND_Zoe_attestation-2.pdf")
    assert "du lundi 19 janvier au samedi 7 février 2026" in attestation
    assert "Librairie « Le Marque-Page »" in attestation
    for name in ("LE-GOFF_Maelys", "ROY_Ana"):
        presence = folder.text(f"documents/TMCV1/{name}_presence-2.pdf")
        assert "mardi 13 janvier" in presence
        assert "février" not in presence
    assert "Les Halles d’Olt" in folder.text("documents/TMCV1/LE-GOFF_Maelys_attestation-2.pdf")


def test_a_placement_outside_the_exam_has_its_sheets_and_no_grid(folder: Folder) -> None:
    folder.write(
        "stages.csv",
        "Nom;Prénom;Période;Du;Au;Raison sociale\n"
        "DURAND;Zoé;3;18/05/2026;26/06/2026;Primeurs du Lac\n",
    )
    documents = ("--documents", "presence,attestation,grille", "--period", "3")
    outcome = folder.run("batch", "eleves.csv", "--stages", "stages.csv", *documents)
    made = [name.rpartition("/")[2] for name in folder.files() if name.endswith(".pdf")]

    assert outcome.code == 0
    assert "avertissement : cet élève est compté « parcours insertion »" in outcome.err
    assert made == ["DURAND_Zoe_attestation-3.pdf", "DURAND_Zoe_presence-3.pdf"]
    text = folder.text("documents/TMCV1/DURAND_Zoe_attestation-3.pdf")
    assert "du lundi 18 mai au vendredi 26 juin 2026" in text
    assert "Primeurs du Lac" in text


def test_a_value_that_does_not_fit_is_told_at_its_cell_of_the_placements(folder: Folder) -> None:
    long = "Société coopérative d’intérêt collectif " * 40
    folder.write(
        "stages.csv",
        f"nom;prenom;période;entreprise;tuteur\nDURAND;Zoé;1;{long};\nROY;Ana;1;X;李 Wei\n"
        "LE GOFF;Maelis;1;Y;\n",
    )
    documents = ("--documents", "presence", "--period", "1")
    outcome = folder.run("batch", "eleves.csv", "--stages", "stages.csv", *documents)

    assert outcome.code == 3
    assert (
        "erreur : texte trop long pour sa place et pour la marge, où il continuerait : presence-1, "
        "page 1\n"
        "  --> stages.csv:2:14 (entreprise)\n" in outcome.err
    )
    assert (
        "avertissement : la police n'a pas « 李 » (U+674E) : la place reste à remplir à la main\n"
        "  --> stages.csv:3:13 (tuteur)\n" in outcome.err
    )
    assert (
        "erreur : « LE GOFF Maelis » n'est pas dans la liste des élèves\n"
        "  --> stages.csv:4:1 (nom)\n" in outcome.err
    )
    assert "aide : vouliez-vous dire « LE GOFF Maëlys » (ligne 3) ?\n" in outcome.err
    assert outcome.err.endswith("2 erreurs, 1 avertissement\n3 stages lus dans stages.csv\n")


@pytest.mark.parametrize("period", ["2", ""], ids=["of a period", "of one that is not told"])
def test_the_pupils_whom_a_wrong_row_costs_a_stage_are_counted(folder: Folder, period: str) -> None:
    row = f"ROY;Ana;{period};19/01/2026;18/01/2026\n"
    folder.write("stages.csv", f"nom;prenom;période;du;au\n{row}")
    documents = ("--documents", "attestation,grille", "--period", "2")
    outcome = folder.run("batch", "eleves.csv", "--stages", "stages.csv", *documents)

    assert outcome.code == 3
    assert outcome.err.endswith(
        "1 erreur\n1 stage lu dans stages.csv\n"
        "1 élève a un stage en erreur : ni attestation, ni feuille de présence\n"
    )
    made = [name for name in folder.files() if "ROY" in name]
    assert made == ["documents/TMCV1/ROY_Ana_grille-2.pdf"]


def test_check_reads_the_placements_of_a_list(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write(
        "stages.csv",
        "nom;prenom;né le;période;entreprise\nDURAND;Zoé;;1;Librairie\n"
        "LE GOFF;Maelis;04/03/2008;1;X\nROY;Ana;;7;X\n",
    )
    monkeypatch.chdir(folder.path)
    arguments = ["check", "eleves.csv", "--stages", "stages.csv", "--sans-rendu"]

    assert run(arguments) == 1
    shown = capsys.readouterr()
    assert "erreur : « LE GOFF Maelis » n'est pas dans la liste des élèves\n" in shown.out
    assert "  --> stages.csv:4:10 (période)\n" in shown.out
    assert shown.err == "Établissement : établissement sans nom, 2025-2026\n2 listes : 2 erreurs\n"
    assert run([*arguments, "--format", "json"]) == 1
    shown = capsys.readouterr()
    assert not any(word in shown.out for word in ("GOFF", "Maelis", "04/03/2008", "Librairie"))


def test_check_says_which_list_placements_go_with(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder.path)

    assert run(["check", "--stages", "stages.csv"]) == 2
    assert capsys.readouterr().err == (
        "erreur : --stages va avec une seule liste d'élèves\n"
        "aide : donnez aussi la liste : eleves.csv --stages …\n\n"
    )


def test_the_examples_go_together() -> None:
    workshop = load_workshop(Sources(projet=EXAMPLES / "pfmp.yaml"))
    lecture = load_class(
        EXAMPLES / "eleves.csv",
        EXAMPLES / "stages.csv",
        workshop.referentiel,
        workshop.projet,
        Selection(),
    )

    assert [d.message for d in lecture.diagnostics] == []
    assert lecture.placements is not None
    assert (lecture.placements.read, lecture.placements.left_out) == (6, 0)
    assert {eleve.nom: eleve.dates for eleve in lecture.eleves if eleve.dates} == {"ÖZGÜR": OWN}
    eleve = next(eleve for eleve in lecture.eleves if eleve.nom == "BENYAHIA")
    assert compose_values(eleve, ())["pfmp1.entreprise"] == "Fleurs de Saison"

"""`--eleve` and `--division`: documents of some, in a folder that stays true for all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from tests.commande import FAUTIF, LAN, MALO, ZOE, CommandLine
from tests.making.test_index import read_page
from tests.making.test_outdated import PRINT, ZIP, outdated
from tests.making.test_run import marks, snapshot

RESULTATS = ("--documents", "resultats")
ZOES, LANS = "T1/MARTIN_Zoe_resultats.pdf", "T1/NGUYEN_Lan_resultats.pdf"
LEFT = "d'un autre élève à faire : relancez sans --eleve ni --division"


def test_only_the_pupil_named_gets_documents_and_they_are_named(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO, FAUTIF)
    outcome = commande.batch(*RESULTATS, "--eleve", "zoe martin")

    assert outcome.code == 0
    assert outcome.err.startswith(
        f"  T1 : 1\n1 document écrit dans documents/ :\n  {ZOES}\n2 documents d'autres élèves"
    )
    assert "31/02" not in outcome.err  # another's row
    assert [n for n in commande.files("documents") if n.endswith("pdf")] == [ZOES]
    assert "31/02" in commande.read("documents/index.html")


def test_what_is_wrong_with_the_pupil_named_is_told(commande: CommandLine) -> None:
    commande.write(ZOE, FAUTIF)
    alone = commande.batch(*RESULTATS, "--eleve", "Dupuis")
    beside = commande.batch(*RESULTATS, "--division", "p1,T1")

    assert alone.code == 1
    assert "« 31/02/2010 » n'est pas au calendrier" in alone.err
    assert "aucun document à faire" in alone.err
    assert beside.code == 3
    assert "« 31/02/2010 » n'est pas au calendrier" in beside.err


def test_the_files_of_the_others_are_theirs(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)
    commande.batch(*RESULTATS, "--print", "--zip")
    before = snapshot(commande.path / "documents")
    for words in (("--eleve", "Zoé"), ("--division", "T1"), ("--division", "p1", "--print")):
        outcome = commande.batch(*RESULTATS, *words, "--prune")
        assert outcome.code == 0
        assert "enlevé" not in outcome.err
        assert snapshot(commande.path / "documents") == before


def test_one_who_has_a_new_name_keeps_the_old_file_until_the_new_one_is_made(
    commande: CommandLine,
) -> None:
    commande.write(ZOE, LAN, MALO)
    commande.batch(*RESULTATS)
    commande.write(ZOE.replace("Zoé", "Chloé"), LAN, MALO)
    others = commande.batch(*RESULTATS, "--eleve", "Nguyen Lan", "--prune")
    there = commande.files("documents")
    own = commande.batch(*RESULTATS, "--eleve", "Chloé", "--prune")

    assert "enlevé" not in others.err
    assert LEFT in others.err
    assert ZOES in there
    assert f"  {ZOES} (renommé : T1/MARTIN_Chloe_resultats.pdf)" in own.err
    assert ZOES not in commande.files("documents")


def test_one_who_has_gone_is_nobody_s_whoever_is_chosen(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)
    commande.batch(*RESULTATS)
    commande.write(ZOE, LAN)
    outcome = commande.batch(*RESULTATS, "--eleve", "Lan", "--prune")

    assert "  P1/HOUDOIS_Malo_resultats.pdf (parti)" in outcome.err


def test_a_file_of_a_division_that_is_gone_is_named_while_another_pupil_waits(
    commande: CommandLine,
) -> None:
    commande.write(ZOE, LAN, MALO)
    commande.batch(*RESULTATS, "--print")
    commande.write(ZOE.replace("Zoé", "Zoë"), LAN)
    said = commande.batch(*RESULTATS, "--eleve", "Lan", "--print").err

    assert LEFT in said
    assert f"  {PRINT.replace('T1', 'P1')} (plus d'élève dans cette division)" in said


@pytest.mark.parametrize("asked", [(), ("--print", "--zip")])
def test_files_of_the_division_are_whole_or_said_to_be_out_of_date(
    commande: CommandLine, asked: tuple[str, ...]
) -> None:
    commande.write(ZOE, LAN, MALO)
    commande.batch(*RESULTATS, "--print", "--zip")
    other = commande.path / "documents/P1/P1.zip"
    before = other.read_bytes()
    commande.write(ZOE.replace("Zoé", "Zoë"), LAN, MALO)
    said = commande.batch(*RESULTATS, "--eleve", "Zoë", *asked).err

    assert outdated(said) == ([] if asked else [ZIP, PRINT])
    with zipfile.ZipFile(commande.path / "documents" / ZIP) as archive:
        assert archive.namelist() == [ZOES, LANS]
        same = archive.read(ZOES) == (commande.path / "documents" / ZOES).read_bytes()
    assert same is bool(asked)
    assert other.read_bytes() == before


def test_files_of_a_division_wait_for_the_documents_of_all(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)  # who is of a division that nobody asks for
    said = commande.batch(*RESULTATS, "--eleve", "Zoé", "--print", "--zip").err

    assert LEFT.replace("d'un autre élève", "2 documents d'autres élèves") in said
    assert (f"2 fichiers de division les attendent :\n  {PRINT}\n  {ZIP}\n") in said
    assert not {PRINT, ZIP} & {*commande.files("documents")}


def test_a_page_made_for_one_is_that_of_all(commande: CommandLine) -> None:
    commande.write(ZOE.replace("Zoé", "李"), LAN, MALO)
    commande.batch(*RESULTATS)
    before = marks(commande.path / "documents")
    commande.batch(*RESULTATS, "--eleve", "Malo")
    same = marks(commande.path / "documents")
    commande.write(ZOE.replace("Zoé", "李").replace("MARTIN", "MARTEL"), LAN.replace("T1", "P1"))
    commande.batch(*RESULTATS, "--eleve", "Lan")
    page = read_page(commande)

    assert same == before
    assert "tableau" in next(row for row in page.texts("tr") if row.startswith("NGUYỄN"))


def test_a_document_that_waits_for_another_run_is_said_to_be_out_of_date(
    commande: CommandLine,
) -> None:
    commande.write(ZOE, LAN)
    commande.batch(*RESULTATS)
    commande.write(ZOE.replace("Zoé", "Zoë"), LAN)
    commande.batch(*RESULTATS, "--eleve", "Lan")
    rows = read_page(commande).texts("tr")
    commande.batch(*RESULTATS)

    assert "MARTIN Zoëtableau des résultats (n’est plus à jour)" in rows
    assert "MARTIN Zoëtableau des résultats" in read_page(commande).texts("tr")


def test_build_makes_what_is_declared_for_some(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)
    Path("pfmp.yaml").write_text(
        "fabrication:\n  listes:\n"
        "    - {fichier: eleves.csv, documents: [resultats]}\n"
        "    - {fichier: eleves.csv, documents: [visite], periode: 1}\n"
        "  vierges: {documents: [resultats], classes: [seconde]}\n"
    )

    def build(*words: str) -> tuple[int, str, str]:
        code = run(["build", *words])
        said = commande.capsys.readouterr()
        return code, said.out, said.err

    seen = build("--check", "--eleve", "Zoé")
    made = build("--eleve", "Zoé")
    assert seen[:2] == (1, f"nouveau    {ZOES}\nnouveau    T1/MARTIN_Zoe_visite-1.pdf\n")
    assert made[0] == 0
    assert [n for n in commande.files("documents") if n.endswith("pdf")] == [
        ZOES, "T1/MARTIN_Zoe_visite-1.pdf",
    ]  # fmt: skip
    build()
    before = snapshot(commande.path / "documents")
    assert "vierges/resultats-seconde.pdf" in before
    assert build("--division", "t1", "--prune")[0] == 0
    assert snapshot(commande.path / "documents") == before
    assert build("--check", "--division", "t1")[0] == 0
    assert build("--vierges", "--eleve", "Zoé")[0] == 2


def test_strict_looks_at_those_who_are_chosen(commande: CommandLine) -> None:
    commande.write(ZOE.replace("Chez Machin", "李"), LAN)

    assert commande.batch(*RESULTATS, "--strict", "--eleve", "Lan").code == 0
    assert commande.batch("--documents", "visite", "--strict", "--eleve", "Zoé").code == 1


def test_check_looks_at_those_who_are_chosen(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, FAUTIF)

    def check(*words: str) -> tuple[int, str]:
        code = run(["check", "eleves.csv", "--sans-rendu", *words])
        said = commande.capsys.readouterr()
        return code, said.out + said.err

    assert check()[0] == 1
    assert check("--eleve", "Martin")[0] == 0
    assert check("--division", "p1")[0] == 1
    code, said = check("--eleve", "Martan", "--format", "json")
    assert code == 1
    assert "eleves.csv" in said
    assert not [word for word in ("Martan", "MARTIN", "Zoé") if word in said]


def test_two_of_one_name_are_said_to_be_two(commande: CommandLine) -> None:
    commande.write(ZOE, MALO.replace("HOUDOIS", "Martin"), LAN)
    outcome = commande.batch(*RESULTATS, "--eleve", "martin")

    assert "« martin » : 2 élèves, MARTIN Zoé (T1), Martin Malo (P1)\n" in outcome.err
    assert "2 documents écrits" in outcome.err


def test_recap_has_those_who_are_chosen(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)

    assert run(["recap", "eleves.csv", "--division", "P1"]) == 0
    assert "1 élève, " in commande.capsys.readouterr().err


@pytest.mark.parametrize("made", ["resultats", "resultats,visite"])  # all that the other is to have
def test_what_another_no_longer_needs_is_left_to_another_run(
    commande: CommandLine, made: str
) -> None:
    commande.write(ZOE, LAN)
    commande.batch("--documents", made)
    Path("pfmp.yaml").write_text(
        "fabrication:\n  listes: [{fichier: eleves.csv, documents: [visite]}]\n"
        "  vierges: {documents: []}\n"
    )
    said = []
    for words in (["--eleve", "Lan"], []):
        run(["build", "--prune", *words])
        said.append(commande.capsys.readouterr().err)
        page = read_page(commande).texts("li")
        assert any("plus demandé" in one and ZOES[3:] in one for one in page) is bool(words)

    assert f"  {LANS} (plus demandé)" in said[0]
    assert ZOES not in said[0]
    assert f"  {ZOES} (plus demandé)" in said[1]

"""Print files, zips and the index are made again with what they hold, or said to be out of date."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from tests.commande import LAN, MALO, ZOE, CommandLine
from tests.making.test_index import read_page

PRINT, ZIP = "T1/T1_resultats_a-imprimer.pdf", "T1/T1.zip"
RESULTATS = ("--documents", "resultats")


def outdated(said: str) -> list[str]:
    """The files that a summary says are out of date."""
    lines = said.splitlines()
    heads = [rank for rank, line in enumerate(lines) if line.endswith("plus à jour :")]
    return [line.strip() for rank in heads for line in lines[rank + 1 :] if line[:2] == "  "]


@pytest.mark.parametrize(
    "rows",
    [
        (ZOE.replace("Zoé", "Chloé"), LAN),
        (ZOE.replace("01/03", "01/04"), LAN),
        (ZOE,),
        (ZOE, LAN, LAN.replace("Lan", "Linh")),
    ],
    ids=["a name", "what one prints", "one has gone", "one has come"],
)
@pytest.mark.parametrize("prune", [(), ("--prune",)])
def test_what_a_run_does_not_make_again_is_named_where_it_no_longer_holds_what_there_is(
    commande: CommandLine, rows: tuple[str, ...], prune: tuple[str, ...]
) -> None:
    commande.write(ZOE, LAN, MALO)
    documents = ("--documents", "livret" if "01/04" in rows[0] else "resultats")
    paths = [PRINT.replace("resultats", documents[1]), ZIP]
    commande.batch(*documents, "--print", "--zip")
    assert outdated(commande.batch(*documents).err) == []
    commande.write(*rows, MALO)
    foreseen = commande.batch(*documents, "--dry-run").err
    said = commande.batch(*documents, *prune).err
    page = read_page(commande).texts("p")
    names = [f"{path.rpartition('/')[2]} (n’est plus à jour)" for path in sorted(paths)]

    assert outdated(foreseen) == outdated(said) == sorted(paths)
    assert f"Pour toute la division : {', '.join(names)}" in page
    assert outdated(commande.batch(*documents, "--print", "--zip").err) == []
    assert outdated(commande.batch(*documents).err) == []
    assert "à jour" not in " ".join(read_page(commande).texts("p"))


@pytest.mark.parametrize("other", [("MARTIN", "MÁRTIN"), ("Zoé", "Zoë")])
def test_a_document_that_shows_no_name_is_made_again_for_that_in_its_title(
    commande: CommandLine, other: tuple[str, str]
) -> None:
    models = commande.path / "modeles"
    models.mkdir()
    (models / "navette.html").write_text(
        '<html lang="fr"><head><title>Navette</title></head><body><p>À rendre</p></body></html>'
    )
    asked = ("--documents", "navette", "--templates", "modeles")
    commande.write(ZOE, LAN)
    commande.batch(*asked)
    commande.write(ZOE.replace(*other), LAN)

    assert "1 document écrit, 1 laissé tel quel" in commande.batch(*asked).err


def test_a_dry_run_names_what_it_would_make_again(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    commande.batch(*RESULTATS, "--print", "--zip")
    assert "à refaire" not in commande.batch(*RESULTATS, "--print", "--zip", "--dry-run").err
    for name in (PRINT, "index.html"):
        (commande.path / "documents" / name).write_bytes(b"")
    said = commande.batch(*RESULTATS, "--print", "--zip", "--dry-run").err

    assert f"2 autres fichiers à refaire :\n  {PRINT}\n  index.html\n" in said


def test_a_form_filled_in_since_is_not_in_the_zip(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    commande.batch(*RESULTATS, "--print", "--zip")
    filled = commande.path / "documents/T1/MARTIN_Zoe_resultats.pdf"
    with filled.open("ab") as file:
        file.write(b"9999 0 obj\n<<>>\nendobj\nstartxref\n1\n%%EOF\n")

    assert outdated(commande.batch(*RESULTATS).err) == [ZIP]  # on paper, forms are blank
    commande.batch(*RESULTATS, "--zip")
    with zipfile.ZipFile(commande.path / "documents" / ZIP) as archive:
        assert archive.read("T1/MARTIN_Zoe_resultats.pdf") == filled.read_bytes()
    assert outdated(commande.batch(*RESULTATS).err) == []


def test_other_documents_and_other_lists_leave_them_as_they_are(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    commande.batch(*RESULTATS, "--print", "--zip")
    commande.write(MALO.replace("P1", "T1"), name="autres.csv")

    assert outdated(commande.batch("--documents", "visite").err) == []
    assert outdated(commande.batch(*RESULTATS, name="autres.csv").err) == []


def test_an_index_that_no_list_was_read_for_is_named(commande: CommandLine) -> None:
    commande.write(ZOE)
    Path("pfmp.yaml").write_text(
        "fabrication:\n  listes: [{fichier: eleves.csv, documents: [resultats]}]\n"
        "  vierges: {documents: [resultats], classes: [seconde]}\n"
    )
    run(["build"])
    commande.capsys.readouterr()
    run(["build", "--vierges"])
    same = commande.capsys.readouterr().err
    Path("pfmp.yaml").write_text(
        "fabrication: {vierges: {documents: [resultats], classes: [premiere]}}\n"
    )
    run(["build", "--vierges"])

    assert outdated(same) == []
    assert outdated(commande.capsys.readouterr().err) == ["index.html"]

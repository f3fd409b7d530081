"""`--dry-run`: what would be made, and nothing written."""

from __future__ import annotations

import pytest

from pfmp_cli.making.jobs import Counts, PupilJob
from pfmp_cli.making.summary import format_divisions
from tests.commande import FAUTIF, LAN, MALO, ZOE, CommandLine


def test_one_kind_is_counted_and_nothing_is_written(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)
    outcome = commande.batch("--documents", "resultats", "--dry-run", "--print", "--zip")

    assert (outcome.code, outcome.out, outcome.err) == (
        0, "",
        "  P1 : 1\n  T1 : 2\n"
        "3 tableaux des résultats, 6 pages en tout\n"
        "dans documents/ : 3 nouveaux\n"
        "2 fichiers pour le copieur, recto verso\n"
        "2 archives\n"
        "--dry-run : rien n'est écrit\n",
    )  # fmt: skip
    assert commande.files() == ["eleves.csv"]


def test_several_kinds_are_counted_apart_and_together(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO, FAUTIF)
    outcome = commande.batch("--documents", "resultats,presence", "--dry-run")

    assert outcome.code == 3
    assert outcome.err.startswith("erreur : « 31/02/2010 » n'est pas au calendrier\n")
    assert outcome.err.endswith(
        "           resultats  presence\n"
        "  P1               1         2\n"
        "  T1               2         4\n"
        "  en tout          3         6\n"
        "3 tableaux des résultats, 6 feuilles de présence, 12 pages en tout, 1 erreur\n"
        "dans documents/ : 9 nouveaux\n"
        "--dry-run : rien n'est écrit\n"
    )


def test_values_that_do_not_fit_are_told_before_the_run(commande: CommandLine) -> None:
    commande.write(ZOE.replace("MARTIN", "李"))
    outcome = commande.batch("--documents", "resultats", "--dry-run")

    assert outcome.code == 0
    assert "la police n'a pas « 李 » (U+674E) : la place reste à remplir à la main" in outcome.err
    assert "1 tableau des résultats, 2 pages en tout, 1 avertissement\n" in outcome.err


def test_what_is_there_already_is_told_apart(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    commande.batch("--documents", "resultats", "--zip")
    before = commande.files()
    commande.write(ZOE.replace("Zoé", "Zoë"), MALO, MALO.replace("Malo", "Ewen"))
    commande.path.joinpath("documents/P1").mkdir()
    commande.path.joinpath("documents/P1/HOUDOIS_Ewen_resultats.pdf").write_text("autre chose")
    outcome = commande.batch("--documents", "resultats", "--dry-run", "--zip")

    assert outcome.code == 3
    assert outcome.err == (
        "erreur : un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché\n"
        "  --> documents/P1/HOUDOIS_Ewen_resultats.pdf\n"
        "aide : déplacez-le, ou choisissez un autre dossier avec -o\n\n"
        "  P1 : 2\n  T1 : 1\n"
        "3 tableaux des résultats, 6 pages en tout, 1 erreur\n"
        "dans documents/ : 2 nouveaux, 1 à refaire\n"
        "2 archives\n"
        "1 autre fichier à refaire :\n  T1/T1.zip\n"
        "--dry-run : rien n'est écrit\n"
    )
    assert commande.files() == sorted([*before, "documents/P1/HOUDOIS_Ewen_resultats.pdf"])


def test_what_would_be_nobodys_is_named_and_what_stays_is_counted(
    commande: CommandLine,
) -> None:
    commande.write(ZOE, LAN)
    commande.batch("--documents", "resultats", "--zip")
    commande.write(ZOE)
    outcome = commande.batch("--documents", "resultats", "--dry-run", "--zip")

    assert (outcome.code, outcome.err) == (
        0,
        "  T1 : 1\n"
        "1 tableau des résultats, 2 pages en tout\n"
        "dans documents/ : 1 laissé tel quel\n"
        "1 archive\n"
        "1 autre fichier à refaire :\n  T1/T1.zip\n"
        "1 fichier d'avant n'est plus à personne (--prune enlève ce que nul n'a modifié) :\n"
        "  T1/NGUYEN_Lan_resultats.pdf (parti)\n"
        "--dry-run : rien n'est écrit\n",
    )


def test_a_school_s_own_document_is_called_what_its_template_says(
    commande: CommandLine,
) -> None:
    commande.write(ZOE, LAN)
    models = commande.path / "modeles"
    models.mkdir()
    text = '{% extends "_feuille.html" %}{% set document = "Fiche" %}{% set genre = "f" %}\n'
    (models / "navette.html").write_text("{# nom : fiche navette, fiches navettes #}\n" + text)
    (models / "bilan.html").write_text(text)
    outcome = commande.batch("--documents", "navette,bilan", "--templates", "modeles", "--dry-run")

    assert outcome.code == 0
    assert "2 fiches navettes, 2 documents « bilan », 4 pages en tout\n" in outcome.err


def test_a_dry_run_compares_no_document_with_all_the_others(
    commande: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    commande.write(ZOE, LAN, MALO)
    compared: list[object] = []
    monkeypatch.setattr(PupilJob, "__eq__", lambda _, other: compared.append(other))

    assert commande.batch("--documents", "lettre", "--dry-run").code == 0
    assert compared == []


def test_strict_says_all_that_is_wrong_at_once(commande: CommandLine) -> None:
    commande.write(ZOE.replace("MARTIN", "李"), FAUTIF)
    outcome = commande.batch("--documents", "resultats", "--strict")

    assert outcome.code == 1
    assert "« 31/02/2010 » n'est pas au calendrier" in outcome.err
    assert "la police n'a pas « 李 »" in outcome.err
    assert commande.files() == ["eleves.csv"]


@pytest.mark.parametrize(
    ("compte", "lines"),
    [
        (Counts({("T1", "livret"): 2}), ["  T1 : 2"]),
        (
            Counts({("TMCV10", "grille"): 1200, ("T1", "visite"): 3}),
            ["           grille  visite", "  T1            0       3",
             "  TMCV10     1200       0", "  en tout    1200       3"],
        ),
        (
            Counts({("T1", "grille"): 2, ("T1", "visite"): 1}),
            ["      grille  visite", "  T1       2       1"],
        ),
    ],
)  # fmt: skip
def test_a_table_is_aligned(compte: Counts, lines: list[str]) -> None:
    assert list(format_divisions(compte)) == lines

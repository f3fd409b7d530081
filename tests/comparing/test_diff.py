"""`pfmp diff` as a person types it: files and git revisions, text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfmp_cli.shipped import shipped
from tests.commande import Say, git, task_of_option_b

FOURNI = shipped("referentiel.yaml").read_text(encoding="utf-8")


def write(name: str, *changes: tuple[str, str]) -> None:
    text = FOURNI
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    Path(name).write_text(text, encoding="utf-8")


NIVEAU = ('libelle: "Novice"}', 'libelle: "Débutant*"}')


def test_a_task_of_option_b_touches_the_documents_that_print_it(pfmp: Say) -> None:
    old, new = task_of_option_b()
    write("ancien.yaml")
    write("nouveau.yaml", (old, new))
    code, out, err = pfmp("diff", "ancien.yaml", "nouveau.yaml")

    assert (code, err) == (0, "")
    assert out == (
        "Activité 4B – Prospection et valorisation de l'offre commerciale\n"
        f"  tâche 4B.T2 : « […] {' '.join(old.split()[-3:])} **+ (en équipe)** »\n"
        "\n"
        "Documents touchés : 14 sur 236\n"
        "  Première, option B : annexe-pedagogique, livret\n"
        "  Première, option B, primo-entrant : annexe-pedagogique, livret\n"
        "  Terminale, option B : annexe-pedagogique, livret\n"
        "  Terminale, option B, parcours insertion : annexe-pedagogique, livret\n"
    )


def test_for_a_merge_request_it_is_markdown_that_nothing_breaks(pfmp: Say) -> None:
    write("ancien.yaml")
    write("nouveau.yaml", NIVEAU)
    code, out, err = pfmp("diff", "ancien.yaml", "nouveau.yaml", "--format", "markdown")

    assert (code, err) == (0, "")
    assert out.startswith(
        "### Évaluation\n\n"
        "- évaluation, niveau 1 : « ~~Novice~~ → **Débutant\\*** »\n\n"
        "### Documents touchés : "
    )
    assert "\n\n| classe | documents |\n|---|---|\n| Seconde | grille, livret, resultats |\n" in out


def test_a_text_names_nobody_of_the_forge_and_breaks_no_table(pfmp: Say) -> None:
    write("ancien.yaml")
    write("nouveau.yaml", ('libelle: "Novice"}', 'libelle: "@equipe #12 | <b>"}'))
    _, out, _ = pfmp("diff", "ancien.yaml", "nouveau.yaml", "--format", "markdown")

    assert "**&#64;equipe \\#12 \\| \\<b\\>**" in out


def test_a_gap_that_is_filled_touches_the_documents_of_a_school_that_had_filled_it(
    pfmp: Say,
) -> None:
    gap = re.search(r"    ressources: \[\]\n(.|\n)*?    lacunes:\n(      .*\n)+", FOURNI)
    assert gap
    filled = gap[0].replace("[]", "[{code: 4B.RS1, libelle: Un plan}]")
    write("ancien.yaml")
    write("nouveau.yaml", (gap[0], filled[: filled.index("    lacunes:")]))
    Path("pfmp.yaml").write_text("complements: {4B: {ressources: [Un fichier]}}", "utf-8")
    _, out, _ = pfmp("diff", "ancien.yaml", "nouveau.yaml")

    assert "  ressource 4B.RS1 : ajout, « Un plan »\n" in out
    assert "  Terminale, option B : livret\n" in out


def test_nothing_is_said_of_equal_files_nor_of_comments(pfmp: Say) -> None:
    write("ancien.yaml")
    write("nouveau.yaml", ("# Annexe I a, deuxième partie : les activités.", "# Les activités."))

    assert pfmp("diff", "ancien.yaml", "ancien.yaml") == (0, "", "")
    assert pfmp("diff", "ancien.yaml", "nouveau.yaml") == (0, "", "")


def test_a_period_touches_those_who_have_it(pfmp: Say) -> None:
    write("ancien.yaml")
    write(
        "nouveau.yaml",
        ("semaines: 2, variante: primo_entrant", "semaines: 3, variante: primo_entrant"),
    )
    _, out, _ = pfmp("diff", "ancien.yaml", "nouveau.yaml")

    assert "  Première, option A, primo-entrant : journal, livret, presence\n" in out
    assert "  Terminale, option A : livret\n" in out  # its last page has the weeks of all years


def test_what_no_template_prints_is_told_and_touches_nothing(pfmp: Say) -> None:
    write("ancien.yaml")
    write("nouveau.yaml", ('motif: "Mot coupé."', 'motif: "Mot coupé en deux."'))
    _, out, _ = pfmp("diff", "ancien.yaml", "nouveau.yaml")

    assert out == (
        "Réparations\n"
        "  réparations n° 4, motif : « Mot **coupé.** → **coupé en deux.** »\n"
        "\n"
        "Aucun document n'est touché.\n"
    )


def test_the_school_s_file_may_suit_only_one_of_them(pfmp: Say) -> None:
    write("ancien.yaml")
    write("nouveau.yaml")
    Path("pfmp.yaml").write_text("divisions: {TX: {classe: autre}}\n", encoding="utf-8")

    assert pfmp("diff", "ancien.yaml", "nouveau.yaml") == (0, "", "")


def test_a_school_s_template_counts(pfmp: Say) -> None:
    old, new = task_of_option_b()
    write("ancien.yaml")
    write("nouveau.yaml", (old, new))
    Path("ceux-ci").mkdir()
    Path("ceux-ci/mots.html").write_text("{{ activites[-1].taches[1].libelle }}", encoding="utf-8")
    _, out, _ = pfmp("diff", "ancien.yaml", "nouveau.yaml", "--templates", "ceux-ci")

    assert "  Terminale, option B : mots, annexe-pedagogique, livret\n" in out


@pytest.fixture
def depot(pfmp: Say) -> Say:
    """The command in a repository of two commits."""
    git("init", "-q")
    write("referentiel.yaml")
    git("add", ".")
    git("commit", "-q", "-m", "un")
    write("referentiel.yaml", NIVEAU)
    git("commit", "-q", "-a", "-m", "deux")
    return pfmp


def test_revisions_are_read_from_git(depot: Say) -> None:
    code, out, err = depot("diff", "HEAD~1:referentiel.yaml", "HEAD:./referentiel.yaml")

    assert (code, err) == (0, "")
    assert out.startswith("Évaluation\n  évaluation, niveau 1 : « **Novice** → ")
    assert depot("diff", "HEAD:referentiel.yaml", "referentiel.yaml") == (0, "", "")


def test_a_file_that_exists_is_no_revision(depot: Say) -> None:
    write("HEAD:referentiel.yaml", ('libelle: "Averti"}', 'libelle: "Confirmé"}'))
    _, out, _ = depot("diff", "HEAD~1:referentiel.yaml", "HEAD:referentiel.yaml")

    assert "« **Averti** → **Confirmé** »" in out


ABSENT = (
    "erreur : git n'a pas ici « {} » à la révision « {} »\n"
    "aide : « git log --oneline » montre les révisions, que « git fetch --unshallow » apporte "
    "toutes ; le chemin part de la racine du dépôt, ou de ce dossier avec « ./ »\n\n"
)
REFUS = [
    ("HEAD~9:referentiel.yaml", ABSENT.format("referentiel.yaml", "HEAD~9")),
    ("HEAD:ref.yaml", ABSENT.format("ref.yaml", "HEAD")),
    ("C:\\x.yaml", "erreur : le fichier « C:\\x.yaml » n'existe pas\n  --> C:\\x.yaml\n"
     "aide : vérifiez son nom et son dossier\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), REFUS)
def test_what_cannot_be_read_is_told(depot: Say, name: str, expected: str) -> None:
    assert depot("diff", name, "referentiel.yaml") == (1, "", expected)


def test_outside_of_a_repository_and_without_git(
    pfmp: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("r.yaml")
    assert pfmp("diff", "HEAD:r.yaml", "r.yaml") == (1, "", ABSENT.format("r.yaml", "HEAD"))
    monkeypatch.setenv("PATH", "")
    assert pfmp("diff", "HEAD:r.yaml", "r.yaml") == (
        1, "", "erreur : git n'est pas installé : une révision ne peut pas être lue\n"
        "aide : installez git, ou donnez deux fichiers\n\n",
    )  # fmt: skip


def test_the_problems_of_both_files_are_told_at_once(pfmp: Say) -> None:
    write("ancien.yaml", ("note_sur: 20", "note_sur: vingt"))
    write("nouveau.yaml", ("note_sur: 20", "note_sur: dix"))
    code, out, err = pfmp("diff", "ancien.yaml", "nouveau.yaml")

    assert (code, out) == (1, "")
    assert "ancien.yaml:" in err
    assert "nouveau.yaml:" in err


def test_an_unknown_format_is_wrong_usage(pfmp: Say) -> None:
    assert pfmp("diff", "a", "b", "--format", "mardown") == (
        2, "", "erreur : format « mardown » inconnu\naide : vouliez-vous dire « markdown » ?\n\n"
    )  # fmt: skip
    assert pfmp("diff", "a", "b", "--format", "pdf") == (
        2, "", "erreur : format « pdf » inconnu\naide : écrivez text ou markdown\n\n"
    )  # fmt: skip

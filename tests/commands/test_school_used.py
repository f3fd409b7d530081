"""Every summary says which school and year it used; a school beside the list is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.cli import run

ROOT = Path(__file__).resolve().parents[2]
SMALL = str(ROOT / "tests" / "checking" / "corpus" / "referentiel.yaml")
SCHOOL = "annee_scolaire: 2025-2026\netablissement: {nom: Lycée des Lilas}\n"
CALLED = "Établissement : Lycée des Lilas, 2025-2026\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "pfmp.yaml").write_text(SCHOOL, encoding="utf-8")
    rows = "nom;prenom;classe\nMARTIN;Zoé;Seconde\n"
    (tmp_path / "2026" / "eleves.csv").write_text(rows, encoding="utf-8")
    return tmp_path


LIST = str(Path("2026") / "eleves.csv")
BESIDE = f"L'établissement est celui qui est à côté de la liste : {Path('2026') / 'pfmp.yaml'}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["check", LIST, "--sans-rendu", "--referentiel", SMALL],
        ["batch", LIST, "--dry-run", "--documents", "presence", "--class", "seconde"],
    ],
    ids=lambda words: words[0],
)
def test_a_school_beside_the_list_is_used_and_told(
    folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(words)

    err = capsys.readouterr().err
    assert code == 0
    assert err.index(BESIDE) < err.index(CALLED)


def test_the_school_of_the_current_folder_comes_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pfmp.yaml").write_text(SCHOOL.replace("Lilas", "Ormes"), encoding="utf-8")
    run(["check", LIST, "--sans-rendu", "--referentiel", SMALL])

    err = capsys.readouterr().err
    assert "à côté" not in err
    assert "Établissement : Lycée des Ormes, 2025-2026\n" in err


def test_build_says_which_school_it_is_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declared = "fabrication: {vierges: {documents: [presence], classes: [seconde]}}\n"
    (folder / "pfmp.yaml").write_text(SCHOOL + declared, encoding="utf-8")

    assert run(["build", "--check"]) == 1
    assert CALLED in capsys.readouterr().err
    assert run(["build"]) == 0
    assert CALLED in capsys.readouterr().err


def test_what_a_school_does_not_say_is_named_as_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pfmp.yaml").write_text("annee_scolaire: 2025-2026\n", encoding="utf-8")
    run(["check", "--sans-rendu"])

    assert "Établissement : établissement sans nom, 2025-2026\n" in capsys.readouterr().err

"""Outputs that cannot write all, are full, or are closed: told in words, or gone without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.systems import LINUX

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "checking" / "corpus" / "referentiel.yaml"
CHECK = f"check eleves.csv --sans-rendu --referentiel {SMALL}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "nom;prenom;date_naissance;classe\nNGUYỄN;Lan;31/02/2009;Seconde\n"
    (tmp_path / "eleves.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def pfmp(folder: Path, words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """`words` go through a shell, redirections too."""
    command = f"{sys.executable} -m pfmp_cli {words}"
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, env={**os.environ, **env}
    )


def change_label(folder: Path) -> str:
    """A référentiel of which `diff` has an arrow to show."""
    text = SMALL.read_text("utf-8").replace("semaines: 5", "semaines: 6")
    (folder / "autre.yaml").write_text(text, encoding="utf-8")
    return f"diff {SMALL} autre.yaml"


def test_an_output_that_cannot_write_a_letter_has_a_sign_in_its_place(folder: Path) -> None:
    done = pfmp(folder, CHECK, PYTHONIOENCODING="iso-8859-15")

    assert (done.returncode, done.stderr.splitlines()) == (1, [b"1 liste : 1 erreur"])
    assert "NGUY?N;Lan;31/02/2009" in done.stdout.decode("iso-8859-15")


@pytest.mark.parametrize(
    "words", ["check absent.csv --sans-rendu", "batch absent→.csv", "schema projet", "--help"]
)
def test_no_command_stops_at_a_letter(folder: Path, words: str) -> None:
    done = pfmp(folder, words, PYTHONIOENCODING="ascii")

    assert done.returncode in (0, 1)
    assert b"pfmp (Unicode" not in done.stderr


@LINUX
@pytest.mark.parametrize("words", [CHECK, "schema projet", "--version", "schema --help"])
def test_an_output_without_room_is_told(folder: Path, words: str) -> None:
    done = pfmp(folder, f"{words} >/dev/full")

    assert done.returncode == 3
    assert done.stderr.decode() == (
        "erreur : ce que la commande affiche ne peut pas être écrit : le disque est plein\n"
        "aide : envoyez-le ailleurs, ou faites de la place\n\n"
    )


def test_what_is_sent_to_a_file_is_in_utf_8_on_every_system(folder: Path) -> None:
    done = pfmp(folder, f"{CHECK} >rapport.txt")

    assert done.returncode == 1
    assert "NGUYỄN;Lan;31/02/2009" in (folder / "rapport.txt").read_text("utf-8")


@LINUX
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", ">&- 2>&-"])
def test_what_cannot_be_said_changes_nothing(folder: Path, where: str) -> None:
    done = pfmp(folder, f"{CHECK} {where}")

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"1 liste" not in done.stdout


def test_excerpts_fit_the_terminal_that_they_go_to(folder: Path) -> None:
    (folder / "eleves.csv").write_text("nom;prenom;date_naissance\nA;B;31/02/2009" + ";x" * 99)
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (24, 50))
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    subprocess.run(
        [sys.executable, "-m", "pfmp_cli", *CHECK.split()],
        cwd=folder, stdout=follower, stderr=subprocess.DEVNULL, env=env,
    )  # fmt: skip
    os.close(follower)
    shown = os.read(leader, 9999).decode().splitlines()
    os.close(leader)

    assert max(len(line) for line in shown if line.startswith(" 2 |")) == 50


def test_where_there_is_no_terminal_columns_says_how_wide(folder: Path) -> None:
    (folder / "eleves.csv").write_text("nom;prenom;date_naissance\nA;B;31/02/2009" + ";x" * 99)
    widths = [
        max(len(line) for line in pfmp(folder, CHECK, **env).stdout.decode().splitlines()
            if line.startswith(" 2 |"))
        for env in ({"COLUMNS": "40"}, {"COLUMNS": ""}, {"COLUMNS": "120"})
    ]  # fmt: skip

    assert widths == [40, 79, 119]  # « … » at both ends, or at one

"""`pfmp new`: a school's folder that works at once, whole or not at all."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.making import school_folder
from tests.reading import read_projet

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    ".editorconfig", ".gitignore", ".vscode/extensions.json", ".vscode/settings.json",
    "eleves.csv", "stages.csv", "logo.svg", "modeles/LISEZMOI.md", "pfmp.yaml",
    "schemas/pfmp.schema.json",
}  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_holds_what_a_school_needs(
    here: Path, referentiel: Referentiel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "lycee"]) == 0
    made = names(here / "lycee")
    said = capsys.readouterr()

    assert made >= FILES
    assert said.err == (
        f"{len(made)} fichiers dans lycee{os.sep}\n"
        "Complétez pfmp.yaml ; eleves.csv est une liste d'exemple. Essayez :\n\n"
    )
    assert said.out.startswith("    cd lycee\n")
    first, *rest = (here / "lycee/pfmp.yaml").read_text("utf-8").splitlines()
    assert rest == (ROOT / "examples/pfmp.yaml").read_text("utf-8").splitlines()[1:]
    assert (here / "lycee" / first.removeprefix("# yaml-language-server: $schema=")).is_file()
    assert read_projet(here / "lycee/pfmp.yaml", referentiel)[0].etablissement.nom
    assert os.listdir(here) == ["lycee"]


def test_the_editor_is_told_of_files_that_are_there(here: Path) -> None:
    run(["new", "lycee"])
    settings = json.loads((here / "lycee/.vscode/settings.json").read_text("utf-8"))
    schemas = settings["yaml.schemas"]

    assert "pfmp.yaml" in schemas.values()
    assert schemas
    assert not [name for name in schemas if not (here / "lycee" / name).is_file()]
    assert json.loads((here / "lycee/.vscode/extensions.json").read_text("utf-8"))


def test_git_never_takes_pupils_nor_documents(here: Path) -> None:
    run(["new", "lycee"])
    folder = here / "lycee"
    for name in (
        "classe.xlsx",
        "EXP.zip",
        "pronote.txt",
        "requirements.txt",
        "documents/TMCV1/MARTIN_Zoe_livret.pdf",
        "x.pdf",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    taken = subprocess.run(
        ["git", "ls-files"], cwd=folder, capture_output=True, text=True, check=True
    )
    kept = set(taken.stdout.split())

    assert {"pfmp.yaml", "logo.svg", ".gitignore", "modeles/LISEZMOI.md"} <= kept
    assert {name for name in kept if name.endswith(".txt")} == {"requirements.txt"}
    assert not [name for name in kept if name.endswith((".csv", ".xlsx", ".zip", ".pdf"))]


def test_the_current_folder_will_do_where_it_is_empty(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "."]) == 0
    assert names(here) >= FILES
    assert "cd " not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("there", "dossier", "code", "message", "aide"),
    [
        (["lycee/a", "lycee/b", "lycee/c", "lycee/d"], "lycee", 1,
         "le dossier « lycee » n'est pas vide : « a », « b », « c », …",
         "choisissez un dossier vide ou un nouveau nom ; rien n'a été touché"),
        (["lycee/.git"], "lycee", 1, "le dossier « lycee » n'est pas vide : « .git »",
         "choisissez un dossier vide ou un nouveau nom ; rien n'a été touché"),
        (["lycee"], "lycee", 3,
         "le dossier ne peut pas être créé : un fichier est à la place d'un dossier",
         "rien n'est écrit ; vérifiez son nom, vos droits, et la place sur le disque"),
        ([], "ici/lycee", 3,
         "le dossier ne peut pas être créé : le dossier n'existe pas et ne peut pas être créé",
         "rien n'est écrit ; vérifiez son nom, vos droits, et la place sur le disque"),
    ],
)  # fmt: skip
def test_anything_in_the_way_is_refused_and_nothing_written(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    there: list[str],
    dossier: str,
    code: int,
    message: str,
    aide: str,
) -> None:
    for name in there:
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text("à quelqu'un", encoding="utf-8")

    assert run(["new", dossier]) == code
    assert (
        capsys.readouterr().err == f"erreur : {message}\n  --> {Path(dossier)}\naide : {aide}\n\n"
    )
    assert names(here) == set(there)


@pytest.mark.parametrize("exists", [True, False], ids=["an empty folder", "no folder yet"])
def test_a_disk_that_fills_up_leaves_nothing(here: Path, exists: bool) -> None:
    resource = pytest.importorskip("resource")
    if exists:
        (here / "lycee").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "pfmp_cli", "new", "lycee"],
        cwd=here, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 3
    assert done.stderr == (
        "erreur : le dossier ne peut pas être créé : le fichier est trop gros pour ce disque\n"
        "  --> lycee\n"
        "aide : rien n'est écrit ; vérifiez son nom, vos droits, et la place sur le disque\n\n"
    )
    assert [path.name for path in here.rglob("*")] == (["lycee"] if exists else [])


def test_ci_files_go_where_each_forge_looks() -> None:
    places = {".github/workflows/pfmp.yml", ".gitlab-ci.yml", "ci/pfmp.sh", ".gitignore"}

    assert places <= school_folder.list_files().keys()


def test_a_folder_is_entered_as_the_system_has_it_typed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new", "mon lycee"])
    cd = capsys.readouterr().out.splitlines()[0].strip()

    assert cd == ('cd "mon lycee"' if os.name == "nt" else "cd 'mon lycee'")


def test_a_command_that_windows_calls_without_its_suffix_is_known(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(here / "Scripts/pfmp"), "new", "lycee"])
    monkeypatch.setattr(shutil, "which", lambda name: str(here / f"Scripts/{name}.EXE"))

    assert run(["new", "lycee"]) == 0
    assert "    pfmp batch eleves.csv\n" in capsys.readouterr().out


def type_in(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.lent
def test_what_it_says_to_type_works_as_typed(here: Path) -> None:
    quoted = shlex.quote(sys.executable)
    told = type_in(here, f"{quoted} -m pfmp_cli new 'mon lycee'").stdout.splitlines()
    cd, *commands, watch = map(str.strip, told)
    for command in commands:
        done = type_in(here, f"{cd} && {command}")
        assert (command, done.returncode, done.stderr) == (command, 0, done.stderr)
    assert len(list((here / "mon lycee/documents").rglob("*_livret.pdf"))) == 12
    assert " watch " in watch
    with subprocess.Popen(["sh", "-c", f"{cd} && exec {watch}"], cwd=here, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                          ) as process:  # fmt: skip
        assert process.stderr is not None
        assert next(line for line in process.stderr if "1 page, en" in line)
        process.send_signal(signal.SIGINT)
        process.stderr.read()
    assert process.returncode == 0

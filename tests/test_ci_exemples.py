"""The workflows that schools are given: the script that they run, run here as they run it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from pfmp_cli.making.school_folder import list_files
from pfmp_cli.shipped import shipped
from tests.page.teacher import skip_without_what_it_runs_on

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "ci/pfmp.sh"
WORKFLOWS = (".github/workflows/pfmp.yml", ".gitlab-ci.yml")
PROJET = """\
fabrication:
  listes:
    - fichier: eleves.csv
  vierges:
    documents: [annexe-pedagogique, resultats]
    classes: [seconde, terminale]
"""
TACHE = re.compile(r'code: 4B\.T2\n +libelle: "(.+)"')


@dataclass
class Depot:
    """A school's repository, made as `pfmp new` makes it, with a référentiel of its own."""

    path: Path
    env: dict[str, str]

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=Essai", "-c", "user.email=essai@lycee.example")
        subprocess.run(["git", *who, *arguments], cwd=self.path, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "un pas")

    def step(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", SCRIPT, *words], cwd=self.path, env={**self.env, **env},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def reword(self, new: str) -> None:
        path = self.path / "referentiel.yaml"
        text = path.read_text("utf-8")
        found = TACHE.search(text)
        assert found
        path.write_text(text.replace(f'"{found[1]}"', new), "utf-8")

    def documents(self) -> dict[str, int]:
        found = (self.path / "documents").rglob("*.pdf")
        return {path.name: path.stat().st_mtime_ns for path in found}


@pytest.fixture
def depot(tmp_path: Path, cache_dir: Path) -> Depot:
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin/pfmp"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pfmp_cli "$@"\n', "utf-8")
    command.chmod(0o700)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PFMP_CACHE": str(cache_dir)}
    env["PATH"] = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([command, "new", tmp_path / "lycee"], env=env, check=True, capture_output=True)
    depot = Depot(tmp_path / "lycee", env)
    (depot.path / "pfmp.yaml").write_text(PROJET, "utf-8")
    (depot.path / "referentiel.yaml").write_bytes(shipped("referentiel.yaml").read_bytes())
    depot.git("init", "--quiet")
    depot.commit()
    return depot


def test_a_wording_of_option_b_makes_its_blank_documents_again_and_no_other(depot: Depot) -> None:
    assert depot.step("fabriquer").returncode == 0
    before = depot.documents()
    assert len(before) == 11

    depot.reword('"Un autre libellé"')
    depot.commit()
    assert depot.step("comparer", "HEAD~1").returncode == 0
    report = (depot.path / "rapports/diff.md").read_text("utf-8")
    assert "4B.T2" in report
    assert "Un autre libellé" in report.replace("**", "")
    assert depot.step("fabriquer").returncode == 0
    after = depot.documents()
    assert sorted(name for name in after if after[name] != before.get(name)) == [
        "annexe-pedagogique-1-terminale-B.pdf",
        "annexe-pedagogique-2-terminale-B.pdf",
        "annexe-pedagogique-3-terminale-B-insertion.pdf",
    ]


@pytest.mark.lent
def test_a_sound_folder_is_verified_to_the_last_page(depot: Depot) -> None:
    outcome = depot.step("verifier")

    assert outcome.returncode == 0
    assert "erreur" not in outcome.stdout + outcome.stderr


def test_pupils_lists_do_not_enter_the_repository(depot: Depot) -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=depot.path, capture_output=True, text=True, check=True
    ).stdout.split()

    assert (depot.path / "eleves.csv").exists()
    assert not [name for name in tracked if name.endswith((".csv", ".pdf"))]
    assert {SCRIPT, "pfmp.yaml", *WORKFLOWS} <= set(tracked)


@pytest.mark.lent
def test_what_is_installed_is_the_revision_and_what_its_lock_names(depot: Depot) -> None:
    """A package that the lock does not have is refused: nothing else is installed."""
    copy, venv = depot.path.parent / "pfmp", depot.path.parent / "venv"
    subprocess.run(["git", "clone", "--quiet", ROOT, copy], check=True)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    path = f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}"
    env = {"PFMP": str(copy), "PFMP_REVISION": "HEAD", "PATH": path, "PYTHONPATH": ""}
    lock = copy / "requirements/runtime.txt"
    whole = lock.read_text("utf-8")
    lock.write_text(re.sub("sha256:[0-9a-f]{4}", "sha256:0000", whole), "utf-8")
    Depot(copy, depot.env).git("commit", "--all", "--quiet", "--message", "d'autres octets")

    assert depot.step("installer", **env).returncode != 0
    assert not (venv / "bin/pfmp").exists()
    assert depot.step("installer", **{**env, "PFMP_REVISION": "HEAD~1"}).returncode == 0
    assert (venv / "bin/pfmp").exists()


def test_what_is_wrong_stops_and_is_told_in_the_forge_s_own_form(depot: Depot) -> None:
    depot.reword('"Un prix de 3€le kilo"\n        inconnu: 1')
    text = (depot.path / "referentiel.yaml").read_text("utf-8")
    line = next(
        number for number, line in enumerate(text.splitlines(), start=1) if "inconnu: 1" in line
    )

    github = depot.step("verifier", FORMAT="github")
    assert github.returncode == 1
    assert f"::error file=referentiel.yaml,line={line}," in github.stdout
    gitlab = depot.step("verifier", FORMAT="gitlab")
    assert gitlab.returncode == 1
    assert "inconnu" in gitlab.stdout  # GitLab's own report is not in the log
    report = json.loads((depot.path / "rapports/check.json").read_text("utf-8"))
    assert line in [item["location"]["lines"]["begin"] for item in report]


def test_a_first_commit_has_nothing_to_be_compared_with(depot: Depot) -> None:
    outcome = depot.step("comparer", "0" * 40)

    assert outcome.returncode == 0
    assert outcome.stderr == f"Pas de référentiel à la révision « {'0' * 40} » : rien à comparer.\n"
    assert (depot.path / "rapports/diff.md").read_text() == ""


def test_a_school_without_a_referentiel_of_its_own_has_nothing_to_compare(depot: Depot) -> None:
    (depot.path / "referentiel.yaml").unlink()

    outcome = depot.step("comparer", "HEAD")

    assert outcome.returncode == 0
    assert outcome.stderr == "Pas de référentiel à la révision « HEAD » : rien à comparer.\n"


def test_a_step_that_does_not_exist_is_told_with_those_that_do(depot: Depot) -> None:
    outcome = depot.step("imprimer")

    assert outcome.returncode == 2
    assert re.findall(r"^sh ci/pfmp.sh (\w+)", outcome.stderr, re.M) == [
        "installer", "verifier", "comparer", "fabriquer", "publier",
    ]  # fmt: skip


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_runs_the_steps_in_order_and_publishes_what_they_write(name: str) -> None:
    content = yaml.safe_load(list_files()[name].read_text("utf-8"))
    commands = "\n".join(_commands({**content, "pages": {}}))

    steps = ["installer", "verifier", "comparer", "fabriquer"]
    assert re.findall(rf"sh {SCRIPT} (\w+)", commands) == steps
    assert "rapports/diff.md" in commands
    assert "documents/vierges" in json.dumps(content)
    assert list_files()[SCRIPT].is_file()


@pytest.mark.parametrize("name", [".github/workflows/page.yml", ".gitlab-ci.yml"])
def test_a_site_is_published_when_what_it_is_made_of_changes(name: str) -> None:
    content = yaml.safe_load(list_files()[name].read_text("utf-8"))
    pages = content.get("pages", content)
    commands = "\n".join(_commands(pages))
    said = json.dumps(content[True] if True in content else pages["rules"])

    assert re.findall(rf"(?:PAGE=oui )?sh {SCRIPT} \w+", commands) == [
        f"PAGE=oui sh {SCRIPT} installer", f"sh {SCRIPT} fabriquer", f"sh {SCRIPT} publier",
    ]  # fmt: skip
    assert '"*.yaml"' in said
    assert "modeles/**" in said
    assert ".csv" not in said


@pytest.mark.lent
def test_the_site_has_the_page_and_the_blank_documents(depot: Depot) -> None:
    skip_without_what_it_runs_on()
    assert depot.step("fabriquer").returncode == 0
    outcome = depot.step("publier")

    assert outcome.returncode == 0, outcome.stderr
    site = depot.path / "public"
    index = (site / "index.html").read_text("utf-8")
    links = re.findall('href="(.*?)"', index)
    assert links[0] == "pfmp.html"
    assert len(links) == 1 + len(depot.documents())
    assert all((site / link).is_file() for link in links)
    assert ">annexe-pedagogique-1-terminale-B</a>" in index
    # GitHub Pages refuses what not everyone may read.
    assert all(one.stat().st_mode & 0o004 for one in [site, *site.rglob("*")])


def _commands(part: Any) -> list[str]:
    """All that a workflow runs, in its order."""
    if isinstance(part, dict):
        own = [part[key] for key in ("run", "before_script", "script") if key in part]
        texts = [text for item in own for text in (item if isinstance(item, list) else [item])]
        return texts + [text for value in part.values() for text in _commands(value)]
    if isinstance(part, list):
        return [text for item in part for text in _commands(item) if isinstance(item, dict)]
    return []

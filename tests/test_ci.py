"""The project's own workflow: it is what a forge can read, and what it runs is there."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
CI: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
TESTS = CI["jobs"]["tests"]


def list_runs(job: str) -> list[str]:
    return [step["run"] for step in CI["jobs"][job]["steps"] if "run" in step]


def test_a_change_and_a_proposal_of_one_are_tested() -> None:
    events = CI[True]  # `on` is a truth in YAML 1.1

    assert events == {"push": {"branches": ["main"]}, "pull_request": None}
    assert CI["permissions"] == {"contents": "read"}


def test_every_python_that_the_project_takes_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = TESTS["strategy"]["matrix"]["python"]

    assert versions == ["3.11", "3.12", "3.13"]
    assert project["requires-python"] == f">={versions[0]}"
    assert TESTS["container"] == "python:${{ matrix.python }}-bookworm"


def test_what_it_runs_exists_and_can_be_run() -> None:
    assert list_runs("tests") == [".ci/run"]
    assert os.access(ROOT / ".ci/run", os.X_OK)
    targets = re.findall(r"^make (\w+)", (ROOT / ".ci/run").read_text("utf-8"), re.M)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert targets == ["pyodide", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in targets)


def test_the_page_is_given_lists_of_every_kind_where_there_is_a_browser() -> None:
    assert list_runs("page") == ["make test-page"]
    assert CI["jobs"]["page"]["env"] == {"PFMP_TEST_CHROMIUM": 1}
    assert re.search(r"^test-page:", (ROOT / "Makefile").read_text("utf-8"), re.M)


def test_every_kind_of_file_is_compared_between_two_debians() -> None:
    job = CI["jobs"]["hashes"]
    (upload,) = (step for step in job["steps"] if "upload" in step.get("uses", ""))
    systems = job["strategy"]["matrix"]["include"]
    pythons = [one["python"] for one in systems]

    assert [one["debian"] for one in systems] == ["bookworm", "trixie"]
    assert pythons == [TESTS["strategy"]["matrix"]["python"][n] for n in (0, -1)]
    assert job["container"] == "python:${{ matrix.python }}-${{ matrix.debian }}"
    assert list_runs("hashes") == ["make pyodide hashes"]
    assert upload["with"] == {"name": "${{ matrix.debian }}", "path": "build/hashes.txt"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^hashes:.*\n.*tools.hash_documents > build/hashes.txt$", makefile, re.M)
    assert CI["jobs"]["same-bytes"]["needs"] == "hashes"
    assert list_runs("same-bytes") == ["diff bookworm/hashes.txt trixie/hashes.txt"]


WORKFLOWS = (
    ".github/workflows/ci.yml",
    *(f"examples/nouveau/.github/workflows/{name}.yml" for name in ("pfmp", "page")),
)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_a_commit_and_say_their_version(name: str) -> None:
    used = re.findall(r"uses: (.*)", (ROOT / name).read_text("utf-8"))

    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[0-9.]+", one)] == []

"""Slips are small, always the same, and do not depend on the lines above them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tools.mutants.paper_slips import draw_paper_slips
from tools.mutants.slip import make_slip

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "referentiel.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("what", ["templates", "referentiel.yaml"])
def test_a_sample_is_the_same_when_lines_are_added_above(tree: Path, what: str) -> None:
    before = draw_paper_slips(tree, what, 30, seed=1)
    comments = {".html": "{# une ligne #}\n", ".yaml": "# une ligne\n"}
    for path in (*tree.glob("*.yaml"), *tree.glob("templates/*.html")):
        path.write_text(comments[path.suffix] + path.read_text("utf-8"), "utf-8")
    after = draw_paper_slips(tree, what, 30, seed=1)

    assert [slip.name for slip in after] == [slip.name for slip in before]
    assert len({slip.name for slip in after}) == 30
    assert [slip.name for slip in draw_paper_slips(tree, what, 30, seed=2)] != [
        slip.name for slip in after
    ]


def test_a_slip_of_the_referentiel_is_yaml_that_says_something_else(tree: Path) -> None:
    said = yaml.safe_load((tree / "referentiel.yaml").read_text("utf-8"))

    for slip in draw_paper_slips(tree, "referentiel.yaml", 20, seed=1):
        assert yaml.safe_load(slip.text) != said


@pytest.mark.parametrize(
    ("before", "after", "was", "becomes"),
    [
        ("a\nb\nc\n", "a\nx\nc\n", "b", "x"),
        ("a\n  b\nc\nd\n", "a\nc\n  b\nd\n", "b / c", "c / b"),
        ("a\nb\n", "a\n", "b", ""),
        ("a\na\n", "a\na\na\n", "", "a"),
    ],
)
def test_a_slip_is_called_after_the_lines_that_change(
    before: str, after: str, was: str, becomes: str
) -> None:
    slip = make_slip("f", before, after)

    assert (slip.was, slip.becomes) == (was, becomes)

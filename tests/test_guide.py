"""The guide's commands, typed in their order by someone who has just come."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pfmp_cli.cli import COMMANDS, run
from pfmp_cli.shipped import shipped
from tests.documents.making import DOCUMENTS

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
TYPED = [line for block in BLOCKS for line in block.splitlines()]
WORDS = [shlex.split(line) for line in TYPED if re.match(r"pfmp (?!watch)|cd lycee", line)]


@pytest.mark.lent
def test_every_command_of_the_guide_works_where_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(WORDS) > 10
    monkeypatch.chdir(tmp_path)
    for words in WORDS:
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            for name in ("ancien.yaml", "nouveau.yaml"):
                Path(name).write_bytes(shipped("referentiel.yaml").read_bytes())
        else:
            assert run(words[1:]) == 0, (words, capsys.readouterr().err)


@pytest.mark.parametrize("system", ["Sous Windows", "Sur un Mac"])
def test_who_may_install_nothing_reads_of_the_page_first(system: str) -> None:
    section = GUIDE.partition(f"\n## {system}\n\n")[2]

    assert section.startswith("1. **La page d'abord.** ")


def test_the_readme_names_every_command_and_document() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = [f"`pfmp {command.__name__.replace('_', '-')}" for command in COMMANDS]

    assert [
        name for name in (*commands, *(f"`{one}`" for one in DOCUMENTS)) if name not in readme
    ] == []

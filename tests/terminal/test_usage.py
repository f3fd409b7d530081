"""Options are taken as typed: what they mean is nobody's to convert."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from typer.main import get_command

from pfmp_cli.cli import make_app, run

COMMANDS = get_command(make_app()).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_is_a_word_a_path_or_a_switch(name: str) -> None:
    """Another kind, a number, would be handed on as the text that was typed."""
    kinds = [param.type_descriptor.annotation for param in COMMANDS[name].params]
    parts = {part for kind in kinds for part in (get_args(kind) or (kind,))}

    assert parts <= {str, Path, bool, type(None)}
    assert parts or name == "schema"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grid", "--class"], "--class"),
        (["grid", "--class", ""], "classe «  » inconnue"),
        (["grid", "-o"], "« -o »"),
        (["grid", "--projet", "un.yaml", "--projet", "deux.yaml"], "--projet"),
        (["batch", "eleves.csv", "--dry-run=oui"], "--dry-run"),
        (["batch", "eleves.csv", "--documents", "livret", "--documents", "x"], "document « x »"),
    ],
)
def test_what_is_typed_wrong_is_told_as_it_is(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err

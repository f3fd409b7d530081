"""What makes a noun of a class: it needs no checker, and carries what a checker needs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields

import pytest

from pfmp_cli.domain.model import key, model, optional
from pfmp_cli.yaml_files.models import build


@model("Chat", "Un animal.")
class Chat:
    nom: str = key("Nom", "Comment on l'appelle.", examples=("Minou",))
    vies: int = optional("Vies", default=9, strict=True, ge=1)


def test_it_is_made_by_hand_or_from_data() -> None:
    assert build(Chat, {"nom": " Minou "}) == Chat(nom="Minou") == Chat(nom="Minou", vies=9)


@pytest.mark.parametrize("data", [{}, {"nom": ""}, {"nom": "x", "vies": 0}, {"nom": "x", "a": 1}])
def test_its_limits_are_those_of_its_keys(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        build(Chat, data)


def test_it_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        Chat(nom="Minou").nom = "Félix"  # type: ignore[misc]


def test_each_key_says_what_it_is_for() -> None:
    nom, vies = fields(Chat)

    assert nom.metadata == {
        "title": "Nom",
        "description": "Comment on l'appelle.",
        "examples": ("Minou",),
    }
    assert vies.metadata == {"title": "Vies", "strict": True, "ge": 1}


def test_the_domain_loads_without_pydantic() -> None:
    code = "import sys, pfmp_cli.domain.projet, pfmp_cli.domain.complements; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "pfmp_cli.domain.referentiel" in loaded
    assert "pydantic" not in loaded

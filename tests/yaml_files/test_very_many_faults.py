"""A file with very many faults: the first are told, with the number of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.yaml_files import model_errors
from pfmp_cli.yaml_files.model_errors import salvage, validate
from pfmp_cli.yaml_files.source import PROBLEMS_MAX, parse_yaml

UNKNOWN = "etablissement:\n  nom: A\n" + "".join(f"  ville{n}: x\n" for n in range(30_000))


def test_the_first_are_told_and_nothing_is_looked_up_for_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    suggest = model_errors.suggest
    monkeypatch.setattr(
        model_errors, "suggest", lambda word, known: asked.append(word) or suggest(word, known)
    )

    with pytest.raises(InputRefused) as refused:
        validate(Projet, parse_yaml(UNKNOWN, Path("pfmp.yaml")))

    *told, last = [problem.message for problem in refused.value.diagnostics]
    assert len(told) == len(asked) == PROBLEMS_MAX
    assert told[0] == "clé inconnue « ville0 »"
    assert last == f"le fichier a encore {30_000 - PROBLEMS_MAX} erreurs"


def test_what_is_left_of_such_a_file_is_used() -> None:
    left = salvage(parse_yaml("annee_scolaire: 2025-2026\n" + UNKNOWN, Path("pfmp.yaml")).data)

    assert left is not None
    assert left.annee_scolaire == "2025-2026"
    assert left.etablissement.nom is None

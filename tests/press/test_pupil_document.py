"""What of a pupil's values a document cannot show: every one of them is told, where it stands."""

from __future__ import annotations

import re

import pytest

from tests.commande import CommandLine

TITLES = "nom;prenom;division;classe;option;pfmp1_entreprise;pfmp1_tuteur\n"
COLUMNS = ["nom", "division", "pfmp1_entreprise", "pfmp1_tuteur"]


@pytest.mark.parametrize("options", [("--dry-run",), ()], ids=["dry run", "run"])
@pytest.mark.parametrize(
    ("word", "told"),
    [("M" * 300, "texte trop long pour sa place"), ("M 茶", "la police n'a pas « 茶 »")],
    ids=["too long", "missing sign"],
)
def test_each_value_that_does_not_fit_is_told_at_its_cell(
    commande: CommandLine, word: str, told: str, options: tuple[str, ...]
) -> None:
    commande.write(f"{word};Zoé;{word};terminale;B;{word};{word}\n", titles=TITLES)
    outcome = commande.batch("--documents", "presence", "--period", "1", *options)

    assert re.findall(r"--> eleves.csv:2:\d+ \((\w+)\)", outcome.err) == COLUMNS
    assert outcome.err.count(told) == len(COLUMNS)

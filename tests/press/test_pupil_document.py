"""What of a pupil's values a document cannot show: every one of them is told, where it stands."""

from __future__ import annotations

import re

import pytest

from tests.commande import CommandLine
from tests.pdf import find_faults, read_words

TITLES = "nom;prenom;division;classe;option;pfmp1_entreprise;pfmp1_tuteur\n"
COLUMNS = ["nom", "division", "pfmp1_tuteur", "pfmp1_entreprise"]


@pytest.mark.parametrize("options", [("--dry-run",), ()], ids=["dry run", "run"])
@pytest.mark.parametrize(
    ("word", "told"),
    [
        (
            "M" * 1500,
            "trop long pour sa place et pour la marge, où il continuerait : presence-1, page 1",
        ),
        ("M 茶", "la police n'a pas « 茶 »"),
    ],
    ids=["too long", "missing sign"],
)
def test_each_value_that_does_not_fit_is_told_at_its_cell(
    commande: CommandLine, word: str, told: str, options: tuple[str, ...]
) -> None:
    commande.write(f"{word};Zoé;{word};terminale;B;{word};{word}\n", titles=TITLES)
    outcome = commande.batch("--documents", "presence", "--period", "1", *options)

    assert re.findall(r"--> eleves.csv:2:\d+ \((\w+)\)", outcome.err) == COLUMNS
    assert outcome.err.count(told) == len(COLUMNS)


def test_a_value_of_any_length_that_the_margin_holds_is_whole_on_its_sheet(
    commande: CommandLine,
) -> None:
    company = " ".join(f"Établissement{number}" for number in range(25))
    commande.write(f"M;Zoé;T1;terminale;B;{company};T\n", titles=TITLES)
    outcome = commande.batch("--documents", "presence", "--period", "1")
    content = (commande.path / "documents/T1/M_Zoe_presence-1.pdf").read_bytes()

    assert "trop long" not in outcome.err
    words = [word.text.strip("…") for word in read_words(content)]
    assert all(words.count(word) == 1 for word in company.split())
    assert find_faults(content, commande.path) == []

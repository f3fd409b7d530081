"""French typography of texts from YAML."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.press.template.typography import end_item, print_date, typeset


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'offre", "l’offre"),
        ("option A « AGEC »", "option A «\u00a0AGEC\u00a0»"),
        ("ainsi : oui", "ainsi\u00a0: oui"),
        ("quoi ? oui !", "quoi\u202f? oui\u202f!"),
        ("etc...", "etc…"),
        ("N° 721", "N°\u00a0721"),
        ("3 semaines", "3\u00a0semaines"),
        ("article L. 124-4", "article L.\u00a0124-4"),
        ("B to B", "B to B"),
    ],
)
def test_spaces_and_apostrophes(typed: str, printed: str) -> None:
    assert typeset(typed) == printed


def test_typesetting_twice_is_typesetting_once() -> None:
    text = typeset("« L'accueil » : 3 semaines ; etc...")

    assert typeset(text) == text


@pytest.mark.parametrize(
    ("text", "mark", "ended"),
    [("Clients", ",", "Clients,"), ("Etc.", ",", "Etc."), ("visites…", ".", "visites…")],
)
def test_an_item_gets_its_end_once(text: str, mark: str, ended: str) -> None:
    assert end_item(text, mark) == ended


def test_the_first_of_a_month_has_its_letters_raised() -> None:
    assert print_date(date(2026, 5, 1)) == "1<sup>er</sup> mai 2026"
    assert print_date(date(2026, 5, 11)) == "11 mai 2026"

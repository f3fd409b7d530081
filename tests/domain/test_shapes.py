"""The shapes of values: every spelling that is taken, and nothing else."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from pfmp_cli.domain.shapes import (
    _TERRITOIRES,
    Misshapen,
    _read_territoire,
    read_jours,
    read_years,
)
from pfmp_cli.text import DAYS


@pytest.mark.parametrize(("name", "code"), _TERRITOIRES.items())
def test_a_place_is_known_by_its_name_or_its_number_however_it_is_written(
    name: str, code: str
) -> None:
    for word in (name, name.upper(), f" {name.replace('-', ' ')} ", code, code.lower()):
        assert _read_territoire(word) == code


@pytest.mark.parametrize("word", [67, "68", "Alsace-Moselle", "alsace moselle"])
def test_alsace_is_one_with_moselle(word: object) -> None:
    assert _read_territoire(word) == "6AE"


@pytest.mark.parametrize("word", ["Corse", 75, "", None, "Réunion du lundi", [], {}])
def test_another_place_is_refused_with_those_there_are(word: object) -> None:
    with pytest.raises(Misshapen) as refused:
        _read_territoire(word)

    assert refused.value.diagnostic.rule.code == "forme/territoire"
    assert "La Réunion" in str(refused.value.diagnostic.help)


@pytest.mark.parametrize("first", range(7))
def test_days_are_each_and_those_between(first: int) -> None:
    assert read_jours(DAYS[first]) == (first,)
    for last in range(first, 7):
        if (first, last) != (0, 6):
            assert read_jours(f"{DAYS[first]}-{DAYS[last]}") == tuple(range(first, last + 1))
    for other in range(7):
        assert read_jours(f"{DAYS[first]}, {DAYS[other].upper()}") == tuple(sorted({first, other}))


@pytest.mark.parametrize(
    "text",
    [
        *("lundi-dimanche", "vendredi-lundi", "lundi-", "-", "", "lundi-mardi-jeudi", "lundy"),
        *("1", "lundi-samedi, dimanche"),
    ],
)
def test_other_days_are_refused(text: str) -> None:
    with pytest.raises(Misshapen):
        read_jours(text)


def test_a_school_year_is_two_years_that_follow_each_other() -> None:
    for before, after in pairwise(range(1998, 2103)):
        assert read_years(f"{before}-{after}") == f"{before}-{after}"
    for before, after in combinations(range(2098, 2103), 2):
        for text in (f"{after}-{before}", f"{before}-{after}"):
            if (before + 1, text) != (after, f"{before}-{after}"):
                with pytest.raises(Misshapen):
                    read_years(text)

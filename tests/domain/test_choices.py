"""The age of a pupil on a day, in the words that a template chooses by."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.domain.choices import age_on, name_age


@pytest.mark.parametrize(
    ("jour", "age", "word"),
    [
        (date(2024, 3, 4), 15, "moins_de_16"),
        (date(2024, 3, 5), 16, "mineur"),
        (date(2026, 3, 4), 17, "mineur"),
        (date(2026, 3, 5), 18, "majeur"),
        (date(2007, 3, 5), -1, "moins_de_16"),
    ],
)
def test_a_birthday_counts(jour: date, age: int, word: str) -> None:
    naissance = date(2008, 3, 5)

    assert (age_on(naissance, jour), name_age(naissance, jour)) == (age, word)

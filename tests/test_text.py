"""File names from names of every origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.text import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NGUYỄN", "NGUYEN"),
        ("Teriʻi", "Terii"),
        ("D’HÉROUVILLE", "D-HEROUVILLE"),
        ("ŁUKASZEWSKI", "LUKASZEWSKI"),
        ("ÖZGÜR", "OZGUR"),
        ("de La Tour d'Auvergne-Lauraguais", "de-La-Tour-d-Auvergne-Lauraguais"),
        ("../../x", "x"),
        ("=1+1", "1-1"),
        ("Çelik Işık", "Celik-Isik"),
        ("Œuvrard-Nuñez", "OEuvrard-Nunez"),
        ("CON", "CON-"),
        ("李", ""),
        ("A" * 200, "A" * 80),
    ],
)
def test_a_name_becomes_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(max_size=300))
def test_whatever_the_name_no_folder_is_left_and_nothing_odd_remains(name: str) -> None:
    result = slug(name)

    assert len(result) <= 80
    assert all(char.isascii() and (char.isalnum() or char == "-") for char in result)
    assert slug(result) == result or result.endswith("-")

"""A column has a name as spreadsheets write it, and a number: each leads to the other."""

from __future__ import annotations

from pfmp_cli.lists.formats.extent import LAST_COLUMN, _number_column, name_column


def test_a_column_is_known_by_its_name_and_by_its_number() -> None:
    names = [name_column(index) for index in range(LAST_COLUMN)]

    assert [_number_column(name) for name in names] == list(range(1, LAST_COLUMN + 1))
    assert (names[0], names[25], names[26], names[-1]) == ("A", "Z", "AA", "XFD")
    assert _number_column("xfd") == LAST_COLUMN

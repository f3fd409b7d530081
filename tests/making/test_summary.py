"""A summary names the first of many files, and says how many others there are."""

from __future__ import annotations

import pytest

from pfmp_cli.making.summary import _MOST, _cut


@pytest.mark.parametrize(
    ("more", "last"),
    [(0, f"  {_MOST}.pdf"), (1, "  … et 1 autre"), (3, "  … et 3 autres")],
)
def test_of_many_files_the_first_are_named_and_the_others_counted(more: int, last: str) -> None:
    lines = [*_cut([f"{number}.pdf" for number in range(1, _MOST + more + 1)])]

    assert lines[:_MOST] == [f"  {number}.pdf" for number in range(1, _MOST + 1)]
    assert lines[-1] == last
    assert len(lines) == _MOST + bool(more)
    assert [*_cut([])] == []

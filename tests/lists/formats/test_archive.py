"""A zip is opened as far as its limits, and no further."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.lists.formats.archive import LARGEST, MOST_FILES, check_size, open_archive


def zip_that_says(sizes: Sequence[int]) -> bytes:
    """Files that are said to be as large, and have no byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"{number}.csv", b"")
            archive.getinfo(f"{number}.csv").file_size = size
    return out.getvalue()


@pytest.mark.parametrize("sizes", [[LARGEST], [LARGEST // 2] * 2, [0] * MOST_FILES])
def test_an_archive_may_reach_its_limits_and_go_no_further(sizes: list[int]) -> None:
    assert len(open_archive("c", zip_that_says(sizes)).infolist()) == len(sizes)
    with pytest.raises(InputRefused):
        open_archive("c", zip_that_says([*sizes, 1]))


def test_a_file_may_be_as_large_as_the_limit() -> None:
    check_size("c", bytes(LARGEST))
    with pytest.raises(InputRefused):
        check_size("c", bytes(LARGEST + 1))

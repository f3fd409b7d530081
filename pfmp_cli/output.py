"""Files: the only module that writes what a user keeps.

Every file is written beside its place and renamed, so that there is never half of one. A
file in the way that `pfmp` did not make is never overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pfmp_cli.atomic import write_atomically

# What a document made here holds near its end, and hardly anything else does.
SIGNATURE = b"/Producer (pfmp)"
_TAIL = 65536


class FileInTheWay(Exception):
    """There is a file at that place that `pfmp` did not make."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(str(path))


def write_document(path: Path, parts: Sequence[bytes]) -> None:
    """Write a PDF, in place of an older one of ours.

    Raises FileInTheWay, or OSError with the system's reason; then nothing has changed.
    """
    if path.exists() and not is_ours(path):
        raise FileInTheWay(path)
    write_atomically(path, parts)


def is_ours(path: Path) -> bool:
    """Whether `path` is a document that `pfmp` made."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return SIGNATURE in file.read()

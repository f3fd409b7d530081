"""The files that an output folder has: in it, and in the folders right in it."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pfmp_cli.atomic import PARTIAL
from pfmp_cli.output import lock, manifest

_PARTIAL = re.compile(PARTIAL)


def walk(root: Path) -> Iterator[str]:
    """The files of an output folder and of the folders in it, but for those that are output
    folders of their own."""
    for item in _list(root):
        path = root / item
        if path.is_symlink() or not path.is_dir():
            yield item
            continue
        names = _list(path)
        if manifest.NAME not in names and lock.NAME not in names:
            yield from (f"{item}/{name}" for name in names)


def _list(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def sweep(root: Path) -> None:
    """Remove what runs that were killed left half written."""
    for path in walk(root):
        if _PARTIAL.fullmatch(path.rpartition("/")[2]):
            with suppress(OSError):
                os.unlink(root / path)

"""The folder of what is kept between runs: ours alone, or gone without.

What is in it is believed, masters and compiled templates alike. So nobody else may write there,
and each file says at its head what it is and the SHA-256 of what follows: a file that is
damaged, or stands in another's place, is a file that is not there.
"""

import hashlib
import os
import stat
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from pfmp_cli.atomic import read_regular, write_atomically
from pfmp_cli.diagnostics import Position
from pfmp_cli.press.workers import is_worker
from pfmp_cli.rules.usage_rules import CACHE_REFUSED
from pfmp_cli.terminal import console

_HOUR = 3600  # nobody writes a file for so long


def keep(name: str, content: bytes) -> None:
    """Keep a file for later runs. A cache that cannot be written is no obstacle."""
    if folder := _find_folder(_choose()):
        with suppress(OSError):
            write_atomically(folder / name, [_head(name, content), content])


def recall(name: str) -> bytes | None:
    """What was kept under that name; None where there is nothing, or not the whole of it."""
    if not (folder := _find_folder(_choose())):
        return None
    try:
        head, _, content = read_regular(folder / name).partition(b"\n")
    except OSError:
        return None
    return content if head + b"\n" == _head(name, content) else None


def _head(name: str, content: bytes) -> bytes:
    return f"pfmp {name} {hashlib.sha256(content).hexdigest()}\n".encode("ascii")


def _choose() -> Path | None:
    """`PFMP_CACHE`, or the user's cache folder of the system, where the user has a home."""
    if chosen := os.environ.get("PFMP_CACHE"):
        return Path(chosen)
    import platformdirs

    with suppress(RuntimeError):
        path = platformdirs.user_cache_path("pfmp", appauthor=False)
        return path if path.is_absolute() else None
    return None


@cache
def _find_folder(path: Path | None) -> Path | None:
    """The folder, made where there is none; None, and told, where others have a hand in it."""
    try:
        if path is None:
            return None
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        fault = _find_fault(os.lstat(path))
    except OSError:
        return None
    if not fault:
        _sweep(path)
        return path
    if not is_worker():  # it says nothing: its parent has
        console.show([CACHE_REFUSED.at(Position(str(path)), fault=fault)])
    return None


def _find_fault(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return "est un lien"
    if not hasattr(os, "getuid"):  # Windows: the user's folders are theirs
        return ""
    if status.st_uid != os.getuid():
        return "n'est pas à vous"
    return "peut être modifié par d'autres" if status.st_mode & 0o022 else ""


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left half written."""
    for path in folder.glob("*.partiel"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _HOUR:
                path.unlink()

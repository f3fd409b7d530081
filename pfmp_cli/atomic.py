"""Writing a file so that there is never half of one: beside its place, then renamed."""

import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

# The name of a file that is being written: nobody can tell it beforehand.
PARTIAL = r"\.pfmp-[0-9a-f]{16}\.partiel"

_BINARY = getattr(os, "O_BINARY", 0)  # Windows turns line ends into two bytes without it
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


class NotAFile(OSError):
    """There is a folder, a link, a pipe or a device in the place of a file."""


def open_regular(path: str | Path) -> BinaryIO:
    """A file to read; never what a link leads to, nor a pipe that would be waited for.

    Raises NotAFile, or OSError with the system's reason.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotAFile(str(path))
    descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_FOLLOW | _NO_WAIT)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFile(str(path))
    return os.fdopen(descriptor, "rb")


def read_regular(path: str | Path) -> bytes:
    """The content of a file. Raises as `open_regular`."""
    with open_regular(path) as file:
        return file.read()


def write_atomically(path: Path, parts: Sequence[bytes]) -> None:
    """Write `parts`, one after another, as the file `path`: all of it or nothing.

    The file can be read by its owner only, where the system has that.
    """
    with open_atomically(path) as file:
        file.writelines(parts)


@contextmanager
def open_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file to write little by little, and read, which becomes `path` at the end."""
    beside = path.parent / f".pfmp-{os.urandom(8).hex()}.partiel"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY | _NO_FOLLOW
    descriptor = os.open(beside, flags, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
        _take_place(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):  # an interrupt may come just behind the renaming
            os.unlink(beside)
        raise


def _take_place(beside: Path, path: Path) -> None:
    """Rename it; on Windows, what looks for viruses there may hold a file for a moment."""
    for seconds in (0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ():
        with suppress(PermissionError):
            return os.replace(beside, path)
        time.sleep(seconds)
    return os.replace(beside, path)

"""Writing a file so that there is never half of one: beside its place, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

# The end of the name of a file that is being written: process, and number in it.
PARTIAL = r"\.\d+-\d+\.partiel$"

_NUMBERS = count()
_BINARY = getattr(os, "O_BINARY", 0)  # Windows turns line ends into two bytes without it


def write_atomically(path: Path, parts: Sequence[bytes]) -> None:
    """Write `parts`, one after another, as the file `path`: all of it or nothing.

    The file can be read by its owner only, where the system has that.
    """
    beside = f"{path}.{os.getpid()}-{next(_NUMBERS)}.partiel"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    try:
        try:
            _write_all(descriptor, parts)
        finally:
            os.close(descriptor)
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):  # an interrupt may come just behind the renaming
            os.unlink(beside)
        raise


@contextmanager
def open_atomically(path: Path) -> Iterator[BinaryIO]:
    """A file to write little by little, and read, which becomes `path` at the end."""
    beside = f"{path}.{os.getpid()}-{next(_NUMBERS)}.partiel"
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise


def _write_all(descriptor: int, parts: Sequence[bytes]) -> None:
    if hasattr(os, "writev"):
        written = os.writev(descriptor, parts)
    else:
        written = os.write(descriptor, parts[0])
    if written < sum(map(len, parts)):
        _write_rest(descriptor, memoryview(b"".join(parts))[written:])


def _write_rest(descriptor: int, rest: memoryview) -> None:
    while rest:
        rest = rest[os.write(descriptor, rest) :]

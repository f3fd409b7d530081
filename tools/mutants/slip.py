"""A slip: one small fault put into one file, as a tired person might make it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True)
class Slip:
    """What makes the slip; its name does not say where: it is the same one when lines above it
    change."""

    file: str
    was: str
    becomes: str
    line: int  # the first that changes
    text: str  # of the whole file, with the slip

    @property
    def name(self) -> str:
        return f"{self.file}\n- {self.was}\n+ {self.becomes}"


def make_slip(file: str, before: str, after: str) -> Slip:
    old, new = ([line.strip() for line in text.splitlines()] for text in (before, after))
    start = _count_common(old, new)
    end = _count_common(old[start:][::-1], new[start:][::-1])
    was, becomes = (" / ".join(lines[start : len(lines) - end]) for lines in (old, new))
    return Slip(file, was, becomes, start + 1, after)


def _count_common(old: Sequence[str], new: Sequence[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))


def rank(seed: int, *words: object) -> str:
    """The order of a sample: by chance, and the same for what did not change since."""
    return hashlib.sha256("\0".join(map(str, (seed, *words))).encode()).hexdigest()

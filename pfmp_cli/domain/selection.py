"""What the words of a command line choose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What the command line says: `--class`, `--option`. They tell what the class file does
    not say, and pick from it what it does. `--period` picks among the periods."""

    classe: str | None = None
    option: str | None = None
    periode: str | None = None

"""What the words of a command line choose."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Selection:
    """What the command line says: `--class`, `--option`. They tell what the class file does
    not say, and pick from it what it does. `--period` picks among the periods."""

    classe: str | None = None
    option: str | None = None
    periode: str | None = None


class PupilChoice(NamedTuple):
    """`--eleve` and `--division`: of whom documents are made, all of the list where both are
    empty. The others keep what they have."""

    names: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.divisions)


EVERYONE = PupilChoice()

"""The school's key, that the identifiers of its pupils' documents are made with.

It is made at the first run and kept beside `pfmp.yaml`, or in the output folder: whoever has it
can work out which pupil an identifier is of, nobody else can.
"""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from pfmp_cli.atomic import read_regular, write_atomically
from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.rules.loading_rules import NOT_A_SECRET, OTHER_SECRET

NAME = "pfmp.cle"
_BYTES = 16
_TEXT = "# La clé des identifiants de vos documents : à garder, à ne montrer à personne.\n{}\n"
_SHAPE = re.compile(rf"(?:#.*\n)*([0-9a-f]{{{2 * _BYTES}}})\s*")


@dataclass(frozen=True, slots=True)
class Secret:
    """The key, and the places where it is to be kept, the best one first; none where it is."""

    key: bytes
    places: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        return "Secret()"


def find_secret(*folders: Path) -> Secret:
    """The key of the first of `folders` that has one; a new one if none has.

    Raises InputRefused for a file that is none, or cannot be read.
    """
    places = tuple(folder / NAME for folder in dict.fromkeys(folders))
    for place in places:
        try:
            found = _SHAPE.fullmatch(read_regular(place).decode("utf-8", "replace"))
        except FileNotFoundError:
            continue
        except OSError:
            found = None
        if found is None:
            raise InputRefused([NOT_A_SECRET.at(Position(str(place)))])
        return Secret(bytes.fromhex(found[1]))
    return Secret(secrets.token_bytes(_BYTES), places)


def keep(secret: Secret) -> None:
    """Keep a new key in the first of its places that can be written to.

    Raises OSError with the system's reason, InputRefused where another run has just kept one.
    """
    for place in secret.places:
        if place.exists():
            raise InputRefused([OTHER_SECRET.at(Position(str(place)))])
        try:
            write_atomically(place, [_TEXT.format(secret.key.hex()).encode()])
        except OSError:
            if place == secret.places[-1]:
                raise
        else:
            return

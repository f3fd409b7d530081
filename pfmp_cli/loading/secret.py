"""The school's key, that the identifiers of its pupils' documents are made with.

It is made at the first run and kept beside `pfmp.yaml`, or in the output folder: whoever has it
can work out which pupil an identifier is of, nobody else can.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

from pfmp_cli.atomic import read_regular
from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.rules.loading_rules import NOT_A_SECRET, OTHER_SECRET, UNREADABLE_SECRET

NAME = "pfmp.cle"
LENGTH = 16  # bytes of a key
_TEXT = "# La clé des identifiants de vos documents : à garder, à ne montrer à personne.\n{}\n"
_SHAPE = re.compile(rf"\s*(?:#.*\n\s*)*([0-9a-f]{{{2 * LENGTH}}})\s*")


class Secret(NamedTuple):
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
            text = read_regular(place).decode("utf-8-sig", "replace").lower()
        except FileNotFoundError:
            continue
        except OSError as exception:
            raise InputRefused([UNREADABLE_SECRET.at(Position(str(place)))]) from exception
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise InputRefused([NOT_A_SECRET.at(Position(str(place)))])
        return Secret(bytes.fromhex(found[1]))
    return Secret(os.urandom(LENGTH), places)


def keep(secret: Secret) -> None:
    """Keep a new key in the first of its places that can be written to.

    Raises OSError with the system's reason, InputRefused where another run has just kept one.
    """
    text = _TEXT.format(secret.key.hex()).encode()
    for place in secret.places:
        try:
            with open(place, "xb", opener=_open_for_owner) as file:
                file.write(text)
        except FileExistsError as exception:
            raise InputRefused([OTHER_SECRET.at(Position(str(place)))]) from exception
        except OSError:
            place.unlink(missing_ok=True)  # half written, it would be taken for a spoilt one
            if place == secret.places[-1]:
                raise
        else:
            return


def _open_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

"""What a MEF, the ministry's name of a course of study, says of a pupil's class and option."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.text import fold

# Ten digits, and an eleventh that SIECLE adds to check the others.
CODE = re.compile(r"([0-9]{10})[0-9]?")


@dataclass(frozen=True, slots=True)
class Clue:
    """What one source says; '' where it says nothing. `source` ends « la classe est X … »."""

    field: str
    source: str
    classe: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class OtherPupil:
    """A row of somebody else's pupil: its MEF, or else its division, is none of ours.

    `champ` is the field that says so; `mef` is '' where it is the division.
    """

    line: int
    field: str
    mef: str
    division: str


def read_mef(field: str, text: str, schema: Vocabulary) -> Clue | None:
    """What a code or a label says; no class where it is another course of study.

    None where the référentiel knows no MEF of that kind, and so cannot tell.
    """
    code = CODE.fullmatch(text.replace(" ", ""))
    known = schema.mef if code else schema.labels
    if not known:
        return None
    key = code[1] if code else fold(text)
    source = f"pour le {'code' if code else 'libellé'} de MEF {cite(text)}"
    classe, option = known.get(key, ("", ""))
    return Clue(field, source, classe, option)


def in_order_of_trust(field: str, text: str) -> tuple[bool, str]:
    """A code before a label, wherever it stands."""
    return CODE.fullmatch(text.replace(" ", "")) is None, field

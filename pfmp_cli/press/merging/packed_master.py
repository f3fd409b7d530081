"""A master as the bytes of a file: a line of what a merge needs to know, then the PDF."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, NewType

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.press.merging.master import Master

MasterKey = NewType("MasterKey", str)  # of a master: never its HTML, which is a text as well


class Rendering(NamedTuple):
    """What a master is laid out from: its key, the fields that it places, and its HTML.

    `html` is '' where the rest is remembered, and nothing has been rendered yet.
    """

    key: MasterKey
    fields: tuple[str, ...]
    html: str = ""


def read_renderings(plain: Mapping[str, Any]) -> dict[str, Rendering]:
    """Those of editions, by their names, from JSON: without their HTML.

    Raises TypeError or ValueError for other data.
    """
    return {name: Rendering(MasterKey(key), tuple(said)) for name, (key, said, _) in plain.items()}


def recipe_of(key: str) -> str:
    """What a master is, whatever system it was laid out on."""
    return key.partition(" ")[0]


def pack(master: Master) -> bytes:
    """A master as the bytes of a file."""
    known = to_plain(master)
    del known["pdf"]
    return b"%b\n%b" % (json.dumps(known).encode("ascii"), master.pdf)


def unpack(content: bytes) -> Master:
    """The master that `pack` wrote. Raises ValueError, TypeError, KeyError or AttributeError for
    other content."""
    known, _, pdf = content.partition(b"\n")
    return from_plain(Master, json.loads(known) | {"pdf": pdf})

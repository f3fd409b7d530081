"""A master as the bytes of a file: a zip (stored) of the PDF and of what a merge needs to know."""

import io
import json
import zipfile
from typing import Any, NewType, TypeAlias

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.press.merging.master import Master

MasterKey = NewType("MasterKey", str)  # of a master: never its HTML, which is a text as well
Known: TypeAlias = tuple[MasterKey, tuple[str, ...]]  # the key of a master, the fields it places


def recipe_of(key: str) -> str:
    """What a master is, whatever system it was laid out on."""
    return key.partition(" ")[0]


def pack(master: Master) -> bytes:
    """A master as the bytes of a file."""
    known = to_plain(master)
    del known["pdf"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("master.pdf"), master.pdf)
        archive.writestr(zipfile.ZipInfo("master.json"), json.dumps(known))
    return buffer.getvalue()


def unpack(content: bytes) -> Master:
    """The master that `pack` wrote."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        known = json.loads(archive.read("master.json"))
        return from_plain(Master, known | {"pdf": archive.read("master.pdf")})


def read_known(plain: dict[str, Any]) -> dict[str, Known]:
    """What is known of editions, from JSON. Raises TypeError or ValueError for other data."""
    return {name: (MasterKey(key), tuple(fields)) for name, (key, fields) in plain.items()}

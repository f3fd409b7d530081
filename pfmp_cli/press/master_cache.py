"""Masters kept between runs, by the hash of all that they depend on.

A master is one file: a zip (stored) of the PDF and of what a merge needs to know.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NewType

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.layout.fonts import fonts_digest
from pfmp_cli.press.layout.pango import pango_version
from pfmp_cli.press.merging.master import Master

MasterKey = NewType("MasterKey", str)  # of a master: never its HTML, which is a text as well

# The packages whose version changes what a master looks like: all that WeasyPrint is made of.
LAYOUT_PACKAGES = (
    *("weasyprint", "cffi", "cssselect2", "fonttools", "pillow", "pydyf", "pyphen"),
    *("tinycss2", "tinyhtml5", "webencodings"),
)

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the files of the zip carry no time


def master_key(html: str) -> MasterKey:
    """What the master of `html` depends on, hashed: text, style and images (all in the HTML),
    fonts, the versions of the layout and of Pango, and our own press."""
    digest = hashlib.sha256(html.encode("utf-8"))
    digest.update(fonts_digest().encode("ascii"))
    digest.update(_engine_digest())
    return MasterKey(digest.hexdigest())


@cache
def _engine_digest() -> bytes:
    digest = hashlib.sha256(f"pango {pango_version()}\n".encode())
    for package in LAYOUT_PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.digest()


def read_master(key: MasterKey) -> Master | None:
    """The kept master of that key; None where there is none, or not a whole one."""
    content = recall(f"{key}.zip")
    return unpack(content) if content else None


def keep_master(key: MasterKey, master: Master) -> None:
    """Keep a master for later runs."""
    keep(f"{key}.zip", pack(master))


def pack(master: Master) -> bytes:
    """A master as the bytes of a file."""
    known = to_plain(master)
    del known["pdf"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("master.pdf", _EPOCH), master.pdf)
        archive.writestr(zipfile.ZipInfo("master.json", _EPOCH), json.dumps(known))
    return buffer.getvalue()


def unpack(content: bytes) -> Master:
    """The master that `pack` wrote."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        known = json.loads(archive.read("master.json"))
        return from_plain(Master, known | {"pdf": archive.read("master.pdf")})

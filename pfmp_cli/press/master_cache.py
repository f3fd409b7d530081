"""Masters kept between runs, by the hash of all that they depend on.

A master is one file: a zip (stored, with its checksums) of the PDF and of what a merge
needs to know. A file that is damaged, or half written, is a file that is not there.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
import zipfile
import zlib
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NewType

from pfmp_cli.atomic import write_atomically
from pfmp_cli.press.layout.fonts import fonts_digest
from pfmp_cli.press.merging.master import (
    ChoiceList,
    FontMetrics,
    FormData,
    Master,
    Place,
    Slot,
    Style,
)

MasterKey = NewType("MasterKey", str)  # of a master: never its HTML, which is a text as well

# The packages whose version changes what a master looks like.
LAYOUT_PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "pyphen")

# RuntimeError: what `zipfile` calls a packing or a version that damage makes up.
_DAMAGED = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error),
    *(RuntimeError, KeyError, ValueError, TypeError),
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the files of the zip carry no time


def cache_folder() -> Path:
    """Where masters are kept: `PFMP_CACHE`, or the user's cache folder of the system."""
    if chosen := os.environ.get("PFMP_CACHE"):
        return Path(chosen)
    import platformdirs

    return platformdirs.user_cache_path("pfmp", appauthor=False)


def master_key(html: str) -> MasterKey:
    """What the master of `html` depends on, hashed: text, style and images (all in the HTML),
    fonts, the versions of the layout, and our own press."""
    digest = hashlib.sha256(html.encode("utf-8"))
    digest.update(fonts_digest().encode("ascii"))
    digest.update(_engine_digest())
    return MasterKey(digest.hexdigest())


@cache
def _engine_digest() -> bytes:
    digest = hashlib.sha256()
    for package in LAYOUT_PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.digest()


def read_master(key: MasterKey) -> Master | None:
    """The kept master of that key; None where there is none, or not a whole one."""
    try:
        return unpack(_path(key).read_bytes())
    except _DAMAGED:
        return None


def keep_master(key: MasterKey, master: Master) -> None:
    """Keep a master for later runs. A cache that cannot be written is no obstacle."""
    path = _path(key)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(path.parent)
        write_atomically(path, [pack(master)])


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left half written: nobody writes a master for an hour."""
    for path in folder.glob("*.partiel"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > 3600:
                path.unlink()


def _path(key: MasterKey) -> Path:
    return cache_folder() / f"{key}.zip"


def pack(master: Master) -> bytes:
    """A master as the bytes of a file."""
    known = asdict(master)
    del known["pdf"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("master.pdf", _EPOCH), master.pdf)
        archive.writestr(zipfile.ZipInfo("master.json", _EPOCH), json.dumps(known))
    return buffer.getvalue()


def unpack(content: bytes) -> Master:
    """The master that `pack` wrote; raises one of `_DAMAGED` where the file is not whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pdf = archive.read("master.pdf")
        known = json.loads(archive.read("master.json"))
    metrics = known.pop("metrics")
    metrics.update(widths=tuple(metrics["widths"]), bbox=tuple(metrics["bbox"]))
    slots = [_build_slot(**slot) for slot in known.pop("slots")]
    form = known.pop("form")
    return Master(
        pdf=pdf,
        metrics=FontMetrics(**metrics),
        slots=tuple(slots),
        form=_build_form(**form),
        info=tuple(known.pop("info")),
        xmp=tuple(known.pop("xmp")),
        **known,
    )


def _build_slot(style: dict[str, Any], places: list[dict[str, Any]], **rest: Any) -> Slot:
    style["texts"] = tuple(map(tuple, style["texts"]))
    return Slot(style=Style(**style), places=tuple(Place(**place) for place in places), **rest)


def _build_form(inputs: dict[str, list[int]], lists: list[dict[str, Any]]) -> FormData:
    return FormData(
        {field: tuple(numbers) for field, numbers in inputs.items()},
        tuple(ChoiceList(**{**one, "members": tuple(one["members"])}) for one in lists),
    )

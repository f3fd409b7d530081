"""A master as the bytes of a file: a zip (stored) of the PDF and of what a merge needs to know."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from typing import Any, NewType, TypeAlias

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
Known: TypeAlias = tuple[MasterKey, tuple[str, ...]]  # the key of a master, the fields it places

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the files of the zip carry no time


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
    """The master that `pack` wrote."""
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

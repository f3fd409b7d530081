"""Master + a pupil's values → the bytes of the pupil's document.

The master's bytes are left as they are; what differs is appended (an incremental update,
ISO 32000-1, 7.5.6): the slots that have a value, the title, a cross-reference stream.
Only the standard library is used: this runs once a pupil.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from struct import pack

from pfmp_cli.press import drawing
from pfmp_cli.press.fields import Master, Slot


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that a document cannot show as it is: `manquants` are characters that the
    font lacks; without any, the value is too long for its place."""

    champ: str
    valeur: str
    manquants: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """A document: `update` goes right behind the master's bytes."""

    update: bytes
    misfits: tuple[Misfit, ...]


class Merger:
    """Merges pupils into one master, one after another."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self._measure = _make_measure(master.metrics.chasses)
        self._setters = [self._make_setter(slot) for slot in master.slots]

    def merge(self, values: Mapping[str, str], title: str) -> Merged:
        """The document of the pupil with these values, by field name; others stay blank.

        A value that cannot be shown leaves its place blank and is told in `misfits`.
        """
        objects: list[tuple[int, bytes]] = []
        misfits: list[Misfit] = []
        for slot, setter in self._setters:
            value = values.get(slot.champ)
            if not value:
                continue
            content = setter(value)
            if isinstance(content, Misfit):
                misfits.append(content)
            else:
                objects.append((slot.numero, content))
        return Merged(self._update(objects, title), tuple(misfits))

    def _make_setter(self, slot: Slot) -> tuple[Slot, Callable[[str], bytes | Misfit]]:
        """A function from a value to the slot's object; it remembers what pupils share."""
        glyphs = self.master.metrics.glyphes
        box = " ".join(f"{number:g}" for number in drawing.bounds(slot.largeur, slot.hauteur))
        head = (
            f"{slot.numero} 0 obj\n<</Type/XObject/Subtype/Form/BBox[{box}]"
            f"/Resources<</Font<</V {self.master.police}>>>>/Length "
        )

        @lru_cache(maxsize=256)
        def set_value(value: str) -> bytes | Misfit:
            missing = "".join(dict.fromkeys(char for char in value if char not in glyphs))
            if missing:
                return Misfit(slot.champ, value, missing)
            fitted = drawing.fit(value, slot.largeur, slot.style, self._measure)
            if fitted is None:
                return Misfit(slot.champ, value)
            content = drawing.draw_text(
                fitted, slot.largeur, slot.hauteur, slot.style, self.master.metrics
            )
            return f"{head}{len(content)}>>stream\n{content}\nendstream\nendobj\n".encode("ascii")

        return slot, set_value

    def _update(self, objects: list[tuple[int, bytes]], title: str) -> bytes:
        master = self.master
        infos, table = master.objets, master.objets + 1
        objects = sorted([*objects, self._describe(title)])
        objects.append((infos, _write_infos(infos, master.infos, title)))
        offset = len(master.pdf)
        entries, index = [], []
        for number, data in objects:
            index.append(f"{number} 1")
            entries.append(pack(">BIH", 1, offset, 0))
            offset += len(data)
        index.append(f"{table} 1")
        entries.append(pack(">BIH", 1, offset, 0))
        body = b"".join(data for _, data in objects)
        return body + self._cross_reference(table, b"".join(entries), " ".join(index), offset, body)

    def _describe(self, title: str) -> tuple[int, bytes]:
        before, after = self.master.xmp
        xmp = f"{before}{escape(title, quote=False)}{after}".encode()
        number = self.master.xmp_numero
        head = f"{number} 0 obj\n<</Type/Metadata/Subtype/XML/Length {len(xmp)}>>stream\n"
        return number, head.encode("ascii") + xmp + b"\nendstream\nendobj\n"

    def _cross_reference(
        self, number: int, entries: bytes, index: str, offset: int, body: bytes
    ) -> bytes:
        master = self.master
        first = hashlib.md5(master.titre.encode(), usedforsecurity=False).hexdigest()
        second = hashlib.md5(body, usedforsecurity=False).hexdigest()
        head = (
            f"{number} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{index}]/Size {number + 1}"
            f"/Root {master.racine}/Info {master.objets} 0 R/Prev {master.startxref}"
            f"/ID[<{first}><{second}>]/Length {len(entries)}>>stream\n"
        )
        tail = f"\nendstream\nendobj\nstartxref\n{offset}\n%%EOF\n"
        return head.encode("ascii") + entries + tail.encode("ascii")


def _write_infos(number: int, infos: tuple[str, str], title: str) -> bytes:
    coded = b"\xfe\xff".hex() + title.encode("utf-16-be").hex()
    return f"{number} 0 obj\n{infos[0]}<{coded}>{infos[1]}\nendobj\n".encode("ascii")


def _make_measure(widths: Mapping[str, int]) -> Callable[[str], int]:
    def measure(text: str) -> int:
        return sum(map(widths.__getitem__, text))

    return measure

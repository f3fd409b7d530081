"""Links that stand for fields → slots: form XObjects that a merge replaces.

A slot is drawn by the page inside marked content of its own, so the structure element that
the layout made for the link becomes a `Span` that holds it, at its place in the reading
order. In a running header or footer it is part of an artifact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import pydyf

from pfmp_cli.press import drawing
from pfmp_cli.press.fields import SCHEME, FontMetrics, Master, Place, Slot, Style, parse_href
from pfmp_cli.press.structure import Structure, resolve
from pfmp_cli.press.typeface import cut_values_font, make_to_unicode

_Key = tuple[str, Style, float, float]  # field, style, width, height
_TITLE = '<rdf:li xml:lang="x-default">{}</rdf:li>'
PRODUCER = "pfmp"


@dataclass(frozen=True, slots=True)
class _Link:
    """A field as the layout left it: a link annotation on a page, and its element."""

    page: int
    parent: int  # its key in the parent tree
    href: str
    rectangle: tuple[float, float, float, float]  # left, bottom, right, top


class Finisher:
    """WeasyPrint's `finisher`: changes the objects of one PDF just before they are written."""

    def __call__(self, document: Any, pdf: Any) -> None:
        self.pdf = pdf
        self.title: str = document.metadata.title or ""
        self.pages = [resolve(pdf, reference) for reference in pdf.page_references]
        self.streams = [resolve(pdf, page["Contents"]) for page in self.pages]
        self.structure = Structure(pdf)
        links = list(self._take_links())
        self.structure.make_artifacts(self.streams)
        self._isolate_state()
        self.places = self._place(links)
        self.structure.prune()
        self.structure.scope_headers()
        self.font, self.metrics = self._embed_font()
        self.slots = [self._add_slot(key, places) for key, places in self.places.items()]
        pdf.info.clear()
        pdf.info.update(Title=pydyf.String(self.title), Producer=pydyf.String(PRODUCER))

    def build_master(self, data: bytes) -> Master:
        """The master, once the objects have been written as `data`."""
        xmp_number = int(self.pdf.catalog["Metadata"].split()[0])
        xmp = self.pdf.objects[xmp_number].stream[0].decode("utf-8")
        before, after = xmp.split(_TITLE.format(escape(self.title, quote=False)))
        start, end = _TITLE.split("{}")
        return Master(
            pdf=data,
            titre=self.title,
            pages=len(self.pages),
            objets=len(self.pdf.objects),
            startxref=self.pdf.xref_position,
            racine=self.pdf.catalog.reference.decode(),
            infos=("<</Title ", f"/Producer ({PRODUCER})>>"),
            xmp_numero=xmp_number,
            xmp=(before + start, end + after),
            police=self.font.reference.decode(),
            metrics=self.metrics,
            slots=tuple(self.slots),
        )

    def _take_links(self) -> Iterator[_Link]:
        """The links that stand for fields, taken off their pages; other links stay."""
        for index, page in enumerate(self.pages):
            others = []
            for reference in page.pop("Annots", ()):
                annotation = resolve(self.pdf, reference)
                href = annotation["A"]["URI"].string if "A" in annotation else ""
                if href.startswith(SCHEME):
                    x1, y1, x2, y2 = annotation["Rect"]
                    rectangle = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
                    yield _Link(index, annotation["StructParent"], href, rectangle)
                    annotation.clear()
                else:
                    others.append(reference)
            if others:
                page["Annots"] = pydyf.Array(others)

    def _isolate_state(self) -> None:
        """Close WeasyPrint's flipped coordinates, so that slots are drawn in the page's own."""
        for stream in self.streams:
            stream.stream.insert(0, b"q")
            stream.stream.append(b"Q")

    def _place(self, links: list[_Link]) -> dict[_Key, list[Place]]:
        """Draw a slot at each link; where links differ by their place alone, the same slot."""
        reachable = self.structure.reachable()
        places: dict[_Key, list[Place]] = defaultdict(list)
        names: dict[_Key, str] = {}
        for link in links:
            left, bottom, right, top = link.rectangle
            key = (*parse_href(link.href), round(right - left, 2), round(top - bottom, 2))
            name = names.setdefault(key, f"F{len(names)}")
            places[key].append(Place(link.page, round(left, 2), round(bottom, 2)))
            element = self.structure.take_element(link.parent)
            mcid = None
            if element.reference in reachable:
                mcid = self.structure.adopt(element, link.page)
            self.streams[link.page].stream.extend(_draw_slot(name, left, bottom, mcid))
        return places

    def _add_slot(self, key: _Key, places: list[Place]) -> Slot:
        champ, style, width, height = key
        form = pydyf.Stream(
            [drawing.draw_blank(width, height, style).encode("ascii")],
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array(drawing.bounds(width, height)),
                "Resources": f"<</Font<</V {self.font.reference.decode()}>>>>",
            },
        )
        self.pdf.add_object(form)
        resources = resolve(self.pdf, self.pages[0]["Resources"])
        resources["XObject"][f"F{list(self.places).index(key)}"] = form.reference
        return Slot(form.number, champ, width, height, style, tuple(places))

    def _embed_font(self) -> tuple[Any, FontMetrics]:
        """Add the font of the values; its top dictionary, and its metrics."""
        data, metrics = cut_values_font()
        name = "/PFMPAA+SourceSansPro-Semibold"
        file = self._add(pydyf.Stream([data], {"Length1": len(data)}, compress=True))
        descriptor = self._add(pydyf.Dictionary({
            "Type": "/FontDescriptor", "FontName": name, "Flags": 4, "ItalicAngle": 0,
            "FontBBox": pydyf.Array(metrics.cadre), "Ascent": metrics.ascendante,
            "Descent": metrics.descendante, "CapHeight": 660, "StemV": 110,
            "FontFile2": file.reference,
        }))  # fmt: skip
        descendant = self._add(pydyf.Dictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": name,
            "CIDSystemInfo": "<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
            "CIDToGIDMap": "/Identity", "FontDescriptor": descriptor.reference,
            "W": pydyf.Array([0, pydyf.Array(metrics.largeurs)]),
        }))  # fmt: skip
        to_unicode = self._add(pydyf.Stream([make_to_unicode(metrics)], compress=True))
        font = self._add(pydyf.Dictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": to_unicode.reference,
        }))  # fmt: skip
        return font, metrics

    def _add(self, thing: Any) -> Any:
        self.pdf.add_object(thing)
        return thing


def _draw_slot(name: str, x: float, y: float, mcid: int | None) -> list[bytes]:
    opening = b"/Artifact BMC" if mcid is None else f"/Span <</MCID {mcid}>> BDC".encode()
    return [opening, f"q 1 0 0 1 {x:.2f} {y:.2f} cm /{name} Do Q".encode(), b"EMC"]

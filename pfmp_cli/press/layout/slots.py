"""Links that stand for fields → slots: form XObjects that a merge replaces.

A slot is drawn by the page inside marked content of its own, so the structure element that
the layout made for the link becomes a `Span` that holds it, at its place in the reading
order. In a running header or footer it is part of an artifact.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pydyf

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.press.layout import conformance, contents
from pfmp_cli.press.layout.compact import compact, pack_table
from pfmp_cli.press.layout.font_embedding import embed_font
from pfmp_cli.press.layout.form_widgets import PRINTED, Form, Widget
from pfmp_cli.press.layout.tags import Structure, add, resolve
from pfmp_cli.press.merging.drawing import Typesetter, bounds
from pfmp_cli.press.merging.fitting import PACKED
from pfmp_cli.press.merging.master import (
    POINTS_PER_MM,
    FormData,
    Margin,
    Master,
    Place,
    Slot,
    Style,
)
from pfmp_cli.press.template.field_link import SCHEME, parse_href
from pfmp_cli.press.template.form_inputs import FormInput
from pfmp_cli.rules import template_rules as rules

_Key = tuple[str, Style, float, float, Margin]  # field, style, width, height, way to the margin
_EDGE, _AIR = 4 * POINTS_PER_MM, 1 * POINTS_PER_MM  # where no printer prints; beside the text
_CORNER = 8 * POINTS_PER_MM  # where a scanner looks for its squares


@dataclass(frozen=True, slots=True)
class _Link:
    """A link as the layout left it: an annotation on a page, and its element; where it stands for
    a field, the style of what a merge draws there, and what is filled in on screen."""

    annotation: Any
    page: int
    parent: int  # its key in the parent tree
    rectangle: tuple[float, float, float, float]  # left, bottom, right, top
    style: Style | None = None
    form_input: FormInput | None = None
    field: str = ""


class Finisher:
    """WeasyPrint's `finisher`: changes the objects of one PDF just before they are written."""

    def __call__(self, document: Any, pdf: Any) -> None:
        self.pdf = pdf
        self.title: str = document.metadata.title or ""
        self.pages = [resolve(pdf, reference) for reference in pdf.page_references]
        self.margins = [_find_margin(page, number) for number, page in enumerate(document.pages)]
        self.streams = [resolve(pdf, page["Contents"]) for page in self.pages]
        self.structure = Structure(pdf)
        self.widgets: list[Widget] = []
        links = list(self._take_links())
        self.structure.make_artifacts(self.streams)
        self._isolate_state()
        self.places = self._place(links)
        self.structure.prune()
        self.structure.scope_headers()
        compact(pdf)
        self.font, self.metrics = embed_font(pdf)
        fonts = f"<</V {self.font.reference.decode()}>>"
        self.resources = add(pdf, pydyf.Dictionary({"Font": fonts}))
        self.typesetter = Typesetter(self.metrics)
        self.slots = [self._add_slot(key, places) for key, places in self.places.items()]
        self.form = FormData()
        if self.widgets:
            form = Form(pdf, self.pages, self.font)
            self.form = form.build(self.widgets)
        conformance.describe(pdf, self.title)
        contents.shorten_pages(pdf, self.pages, self.streams)
        contents.pack_streams(pdf.objects)

    def build_master(self, data: bytes) -> Master:
        """The master, once the objects have been written as `data`."""
        return Master(
            pdf=pack_table(data, self.pdf.xref_position),
            title=self.title,
            pages=len(self.pages),
            objects=len(self.pdf.objects),
            startxref=self.pdf.xref_position,
            root=self.pdf.catalog.reference.decode(),
            xmp_number=int(self.pdf.catalog["Metadata"].split()[0]),
            font=self.font.reference.decode(),
            resources=self.resources.reference.decode(),
            metrics=self.metrics,
            slots=tuple(self.slots),
            form=self.form,
        )

    def _take_links(self) -> Iterator[_Link]:
        """The links that stand for fields, taken off their pages; other links stay, and those
        that are filled in on screen."""
        for index, page in enumerate(self.pages):
            kept = []
            for reference in page.pop("Annots", ()):
                link = self._read_link(index, resolve(self.pdf, reference))
                if link.parent >= 0 and self.structure.drop_repeated(link.parent, reference):
                    link.annotation.clear()
                    continue
                if link.form_input or not link.style:
                    kept.append(reference)
                    link.annotation["F"] = PRINTED
                if link.style:
                    yield link
                    link.annotation.clear()
                elif link.form_input:
                    self._add_widget(link, link.form_input)
            if kept:
                page["Annots"] = pydyf.Array(kept)

    def _read_link(self, page: int, annotation: Any) -> _Link:
        x1, y1, x2, y2 = annotation["Rect"]
        rectangle = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        link = _Link(annotation, page, annotation.get("StructParent", -1), rectangle)
        href = annotation["A"]["URI"].string if "A" in annotation else ""
        if not href.startswith(SCHEME):
            return link
        field, style, form_input = parse_href(href)
        return replace(link, field=field, style=style, form_input=form_input)

    def _isolate_state(self) -> None:
        """Close WeasyPrint's flipped coordinates, so that slots are drawn in the page's own."""
        for stream in self.streams:
            stream.stream.insert(0, b"q")
            stream.stream.append(b"Q")

    def _place(self, links: list[_Link]) -> dict[_Key, list[Place]]:
        """Draw a slot at each link; where links differ by their place alone, the same slot."""
        places: dict[_Key, list[Place]] = defaultdict(list)
        names: dict[_Key, str] = {}
        for link in links:
            left, bottom, right, top = link.rectangle
            assert link.style
            style = replace(link.style, page=link.page + 1) if link.style.page else link.style
            margin = self.margins[link.page]
            way = replace(margin, x=round(margin.x - left, 1), y=round(margin.y - bottom, 1))
            key = (link.field, style, round(right - left, 2), round(top - bottom, 2), way)
            name = names.setdefault(key, f"F{len(names)}")
            places[key].append(Place(link.page, round(left, 2), round(bottom, 2)))
            mcid = self._tag(link)
            self.streams[link.page].stream.extend(_draw_slot(name, left, bottom, mcid))
        return places

    def _tag(self, link: _Link) -> int | None:
        """The id of a slot's marked content; None in an artifact."""
        element = self.structure.get_element(link.parent)
        if not self.structure.hangs(element):
            self.structure.forget(link.parent)
            if link.form_input:
                _refuse_running(link.form_input)
            return None
        if link.form_input is None:
            self.structure.forget(link.parent)
            return self.structure.adopt(element, link.page)
        form = self.structure.nest_form(element, link.parent)
        mcid = self.structure.adopt(element, link.page)
        element["K"].append(form.reference)
        self.widgets.append(_widget(link, link.form_input, element))
        return mcid

    def _add_widget(self, link: _Link, form_input: FormInput) -> None:
        element = self.structure.get_element(link.parent)
        if not self.structure.hangs(element):
            _refuse_running(form_input)
        element["S"] = "/Form"
        self.widgets.append(_widget(link, form_input, None))

    def _add_slot(self, key: _Key, places: list[Place]) -> Slot:
        field, style, width, height, margin = key
        slot = Slot(0, field, width, height, style, tuple(places), margin)
        _check_texts(slot, self.typesetter)
        form = pydyf.Stream([self.typesetter.draw_blank(slot).encode("ascii")])
        form.extra.update(Subtype="/Form", BBox=pydyf.Array(bounds(width, height)))
        if b" Tf " in form.stream[0]:  # a rule needs no font
            form.extra["Resources"] = self.resources.reference
        self.pdf.add_object(form)
        resources = resolve(self.pdf, self.pages[0]["Resources"])
        resources["XObject"][f"F{list(self.places).index(key)}"] = form.reference
        return replace(slot, number=form.number)


def _find_margin(page: Any, number: int) -> Margin:
    """The strip for notes of a page as it was laid out: on its outer side, away from the holes."""
    box, to_points = page._page_box, 0.75
    right = number % 2 == 0
    width = (box.margin_right if right else box.margin_left) * to_points - _EDGE - _AIR
    lines = max(0, int(width / PACKED))
    start = page.width * to_points - _EDGE - width if right else _EDGE + width - lines * PACKED
    bottom = box.margin_bottom * to_points + _CORNER
    length = (page.height - box.margin_top) * to_points - _CORNER - bottom
    return Margin(start, bottom, round(length, 1), lines)


def _check_texts(slot: Slot, typesetter: Typesetter) -> None:
    """Raise InputRefused for a text to choose that cannot be shown."""
    draw = typesetter.make_drawer(slot)
    for _, text in slot.style.texts:
        if missing := typesetter.find_missing(text):
            said = rules.CHOSEN_TEXT_LACKS.at(field=slot.field, text=text, sign=missing[0])
            raise InputRefused([said])
        if draw(text) is None:
            raise InputRefused([rules.CHOSEN_TEXT_TOO_LONG.at(field=slot.field, text=text)])


def _widget(link: _Link, form_input: FormInput, span: Any) -> Widget:
    return Widget(form_input, link.annotation, link.rectangle, link.page, link.parent, span)


def _refuse_running(form_input: FormInput) -> None:
    raise InputRefused([rules.INPUT_IN_RUNNING.at(name=form_input.name)])


def _draw_slot(name: str, x: float, y: float, mcid: int | None) -> list[bytes]:
    opening = b"/Artifact BMC" if mcid is None else f"/Span <</MCID {mcid}>> BDC".encode()
    return [opening, f"q 1 0 0 1 {x:.2f} {y:.2f} cm /{name} Do Q".encode(), b"EMC"]

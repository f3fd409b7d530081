"""The pages of a master inside a class's print file: what all its pupils share.

They are copied there once, without their slots: a pupil's values are drawn over them
(`calque`). Their tags and links stay behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pfmp_cli.press.merging.fields import Master
from pfmp_cli.press.printing.imposition import Box
from pfmp_cli.press.printing.overlay import Tracer

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: page from 0, height on it in points, and the bookmarks below it."""

    title: str
    page: int
    top: float
    children: tuple[Bookmark, ...]


class ClassPages:
    """One master's pages in `pdf`: their contents, boxes and bookmarks, page by page.

    `resources` are for a page that shows such contents, or (after `make_forms`) draws
    them as forms; the values' font is `V` in either.
    """

    def __init__(self, pdf: pikepdf.Pdf, master: Master) -> None:
        import pikepdf

        self.tracer = Tracer(master)
        with pikepdf.open(BytesIO(master.pdf)) as source:
            pages = [page.obj for page in source.pages]
            self.boxes: list[Box] = [_read_box(page) for page in pages]
            self.bookmarks = _read_signets(source)
            self.language = str(source.Root.Lang)
            _empty_slots(source, pages[0].Resources, master)
            for page in pages:
                _print_form(source, page, master)
            self.resources: Any = pdf.copy_foreign(pages[0].Resources)
            self.contents = [pdf.copy_foreign(page.Contents) for page in pages]

    def share_fonts(self, known: dict[object, Any]) -> None:
        """Use the fonts in `known` instead of its own where they are equal; add the others."""
        fonts = self.resources.Font
        for name, font in list(fonts.items()):
            fonts[name] = known.setdefault(_fingerprint(font), font)

    def make_forms(self) -> None:
        """Turn the pages into forms, `P0`, `P1` and so on."""
        import pikepdf

        forms = pikepdf.Dictionary()
        for number, (content, box) in enumerate(zip(self.contents, self.boxes, strict=True)):
            content.Type, content.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            content.BBox, content.Resources = pikepdf.Array(box), self.resources
            forms[f"/P{number}"] = content
        fonts = pikepdf.Dictionary(V=self.resources.Font.V)
        self.resources = pikepdf.Dictionary(XObject=forms, Font=fonts)


def _read_box(page: Any) -> Box:
    left, bottom, right, top = map(float, page.MediaBox)
    return left, bottom, right, top


def _empty_slots(source: pikepdf.Pdf, resources: Any, master: Master) -> None:
    """Make the pages of `source` draw nothing at their slots, and know the values' font.

    All pages of a master share their resources, slots included.
    """
    import pikepdf

    form = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 0, 0]}
    empty = source.make_stream(b"", form)
    slots = {slot.number for slot in master.slots}
    for name, drawn in list(resources.XObject.items()):
        if drawn.objgen[0] in slots:
            resources.XObject[name] = empty
    resources.Font.V = source.get_object(int(master.font.split()[0]), 0)


def _print_form(source: pikepdf.Pdf, page: Any, master: Master) -> None:
    """Draw what the form fields of `page` show while they are blank, to be filled by hand.

    Those that stand for pupils' fields are left to the calque.
    """
    pupils = {number for numbers in master.form.inputs.values() for number in numbers}
    drawn = []
    for widget in page.get("/Annots", []):
        look = widget.AP.N if "/AP" in widget and widget.objgen[0] not in pupils else None
        if look is not None and "/BBox" in look:
            name = f"/A{look.objgen[0]}"
            page.Resources.XObject[name] = look
            drawn.append(f"q 1 0 0 1 {widget.Rect[0]} {widget.Rect[1]} cm {name} Do Q")
    if drawn:
        content = page.Contents.read_bytes() + "\n".join(["", *drawn]).encode("ascii")
        page.Contents = source.make_stream(content)


def _read_signets(source: pikepdf.Pdf) -> tuple[Bookmark, ...]:
    """The bookmarks of a master; WeasyPrint gives each a place on a page (`XYZ`)."""
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}

    def read(item: Any) -> Bookmark:
        page, _, _, top, _ = item.destination
        children = tuple(map(read, item.children))
        return Bookmark(item.title, numbers[page.objgen], float(top), children)

    with source.open_outline() as outline:
        return tuple(map(read, outline.root))


def _fingerprint(thing: Any) -> object:
    """Equal for objects that hold the same, whatever their numbers."""
    import pikepdf

    if isinstance(thing, pikepdf.Stream):
        return thing.read_raw_bytes(), _fingerprint(thing.stream_dict)
    if isinstance(thing, pikepdf.Dictionary):
        return tuple((name, _fingerprint(value)) for name, value in sorted(thing.items()))
    if isinstance(thing, pikepdf.Array):
        return tuple(map(_fingerprint, thing))
    return str(thing)

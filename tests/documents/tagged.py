"""A PDF as a screen reader has it: its tag tree as lines of text, with tables and form fields.

One line a paragraph, one line a row of a table (`| cell | cell`); `#` is a header cell, `[c2]`
and `[r6]` its span, `→` leads from a label to its field, `[p1.note: Note]` is a form field with
its accessible name. What is no part of the tree (heads and feet) follows its page after `~`.
"""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

INLINE = {"/Span", "/NonStruct", "/Link", "/Form", "/Figure", "/Lbl", "/LBody"}
BLOCKS = {"/Sect", "/P", "/L", "/Table", *(f"/H{level}" for level in range(1, 7))}
CELLS = {"/TH", "/TD"}
OUTSIDE = -1  # pdfium's id of what has none


@dataclass(frozen=True)
class Line:
    """A line of a document: its page from 1, its depth, what it is (`H2`, `TR`…), its text."""

    page: int
    depth: int
    tag: str
    text: str

    def __str__(self) -> str:
        tag = "" if self.tag in ("Div", "Span") else f"{self.tag} "
        return f"{' ' * self.depth}{tag}{self.text}".rstrip()


def read_lines(content: bytes) -> list[Line]:
    """The lines of the tag tree in reading order, each page's heads and feet at its end."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        texts = _read_marked_texts(content)
        reader = _Reader(pdf, texts)
        lines = list(reader.read(pdf.Root.StructTreeRoot.K[0], 0))
        unread = set(texts) - reader.seen - {(page, OUTSIDE) for page, _ in texts}
    assert not unread, f"marked contents that hang nowhere: {sorted(unread)}"
    feet = [Line(page + 1, 0, "~", texts[page, OUTSIDE]) for page, mcid in texts if mcid == OUTSIDE]
    return sorted([*lines, *feet], key=lambda line: line.page)


def format_lines(lines: list[Line]) -> str:
    """The lines, under a title a page."""
    shown, page = [], 0
    for line in lines:
        if line.page != page:
            page = line.page
            shown.append(f"=== page {page}")
        shown.append(str(line))
    return "\n".join(shown) + "\n"


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf, texts: dict[tuple[int, int], str]) -> None:
        self.texts, self.seen = texts, set[tuple[int, int]]()
        self.page = 0  # of the last content
        self.field = self.group = ""  # of the last box of the line
        self.pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def read(self, element: Any, depth: int) -> Iterator[Line]:
        tag = str(element.S)
        if tag == "/TR":
            yield from self._read_row(element, depth)
        elif _is_line(element):
            self.field = ""
            text = self._text(element)
            yield Line(self.page + 1, depth, tag[1:], text)
        else:
            if tag in ("/Table", "/L"):
                yield Line(self._page_of(element) + 1, depth, tag[1:], "")
                depth += 1
            for kid in _kids(element):
                yield from self.read(kid, depth)

    def _read_row(self, row: Any, depth: int) -> Iterator[Line]:
        page, cells = self._page_of(row), list(_kids(row))
        assert all(str(cell.S) in CELLS for cell in cells)
        if not any(_holds(cell, {"/L"}) for cell in cells):
            self.field = ""
            texts = [f"{_head(cell)}{self._text(cell)}".strip() for cell in cells]
            yield Line(page + 1, depth, "|", " | ".join(texts))
            return
        yield Line(page + 1, depth, "|", f"{len(cells)} cells")
        for cell in cells:
            yield Line(self._page_of(cell) + 1, depth + 1, "|", _head(cell))
            for kid in _kids(cell):
                yield from self.read(kid, depth + 2)

    def _text(self, element: Any) -> str:
        parts = []
        tags = [str(kid.S) for kid in _elements(element)]
        labelled = element.S == "/Div" and tags == ["/Span", "/Span"]
        for place, kid in enumerate(_kids(element)):
            if isinstance(kid, int):
                part = self._marked(self._page_number(element), kid)
            elif kid.get("/Type") == "/MCR":
                part = self._marked(self._page_number(kid), int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                part = self._describe(kid.Obj)
            else:
                value = kid.S == "/Div" or (labelled and place)
                part = ("→ " if value else "") + self._text(kid)
            parts.append(part)
        alt = f"({element.Alt})" if "/Alt" in element else ""
        return " ".join(filter(None, (alt, *parts)))

    def _describe(self, annotation: Any) -> str:
        """A form field: its name (of boxes in a row, the first says it), a box's state, title."""
        if annotation.get("/Subtype") != "/Widget":
            return ""
        names, field = [], annotation
        while field is not None:
            names += [str(field.T)] if "/T" in field else []
            field = field.get("/Parent")
        name = ".".join(reversed(names))
        title = str(annotation.get("/TU", annotation.get("/Parent", {}).get("/TU", "")))
        title = title.replace("\u00a0", " ")
        group = title.rpartition(" : ")[0]
        if name == self.field and group == self.group:
            shown, title = "", "…" + title.removeprefix(group)
        else:
            shown, self.field, self.group = name, name, group
        states = annotation.get("/AP", {}).get("/N", {}) if "/AS" in annotation else {}
        state = "".join(f"/{key[1:]}" for key in states if key != "/Off")
        if not shown and state == f"/{title.removeprefix('… : ')}":
            title = "…"
        value = f" = {annotation.V}" if "/V" in annotation else ""
        return f"[{shown}{state}: {title}{value}]"

    def _marked(self, page: int, mcid: int) -> str:
        self.page = page
        self.seen.add((page, mcid))
        return self.texts.get((page, mcid), "")

    def _page_number(self, element: Any) -> int:
        return self.pages[element.Pg.objgen] if "/Pg" in element else self.page

    def _page_of(self, element: Any) -> int:
        """The page of the first content under an element."""
        for kid in _kids(element):
            if isinstance(kid, int) or "/S" not in kid:
                return self._page_number(element if isinstance(kid, int) else kid)
            if (page := self._page_of(kid)) >= 0:
                return page
        return self._page_number(element)


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    yield from kids if isinstance(kids, pikepdf.Array) else [kids]


def _elements(element: Any) -> Iterator[Any]:
    return (kid for kid in _kids(element) if not isinstance(kid, int) and "/S" in kid)


def _is_line(element: Any) -> bool:
    """Whether it is text, or a label beside its field: not a container of others."""
    kids = list(_kids(element))
    tags = [None if isinstance(kid, int) else str(kid.get("/S", "")) for kid in kids]
    return not _holds(element, BLOCKS) and (
        not tags or any(not tag or tag in INLINE for tag in tags)
    )


def _holds(element: Any, tags: set[str]) -> bool:
    return any(
        not isinstance(kid, int) and "/S" in kid and (str(kid.S) in tags or _holds(kid, tags))
        for kid in _kids(element)
    )


def _head(cell: Any) -> str:
    spans = cell.get("/A", {})
    marks = ["#"] if cell.S == "/TH" else []
    marks += [f"[{sign}{spans[key]}]" for sign, key in (("c", "/ColSpan"), ("r", "/RowSpan"))
              if key in spans and spans[key] != 1]  # fmt: skip
    return "".join(f"{mark} " for mark in marks)


def _read_marked_texts(content: bytes) -> dict[tuple[int, int], str]:
    """The text of each marked content, by page (from 0) and id."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document):
            text_page = page.get_textpage()
            for index in range(raw.FPDFPage_CountObjects(page.raw)):
                one = raw.FPDFPage_GetObject(page.raw, index)
                mcid = raw.FPDFPageObj_GetMarkedContentID(one)
                found[number, mcid] += _texts_of(one, text_page)
    finally:
        document.close()
    return {key: " ".join(" ".join(texts).split()) for key, texts in found.items() if texts}


def _texts_of(one: Any, text_page: pypdfium2.PdfTextPage) -> Iterator[str]:
    kind = raw.FPDFPageObj_GetType(one)
    if kind == raw.FPDF_PAGEOBJ_FORM:
        for index in range(raw.FPDFFormObj_CountObjects(one)):
            yield from _texts_of(raw.FPDFFormObj_GetObject(one, index), text_page)
    elif kind == raw.FPDF_PAGEOBJ_TEXT:
        size = raw.FPDFTextObj_GetText(one, text_page.raw, None, 0)
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        raw.FPDFTextObj_GetText(one, text_page.raw, buffer, size)
        yield bytes(buffer)[: size - 2].decode("utf-16-le")

"""A class's print file: every pupil's document in one PDF, for the copier.

The pages of a master are in it once, whatever the number of pupils. A pupil adds page
objects, which are small, and what the values draw over the pages. It is made for paper,
without tags or links: the pupils' own documents have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.printing.class_pages import ClassPages
from pfmp_cli.press.printing.imposition import A4_LANDSCAPE, Box, Matrix, halves, impose, place
from pfmp_cli.press.printing.ink import use_black
from pfmp_cli.press.printing.master_reader import Bookmark
from pfmp_cli.press.printing.pdf_writer import PdfWriter, format_box, text_string


@dataclass(frozen=True, slots=True)
class Copy:
    """One pupil's document in a print file: its bookmark, what it is made of."""

    bookmark: str
    master: Master
    values: Mapping[str, str]


def compose_print_file(title: str, copies: Iterable[Copy], livret_a5: bool = False) -> bytes:
    """The print file of these pupils, in this order; same bytes for the same pupils.

    Each document starts on a right-hand page: a blank one is added where the one before
    has an odd number of pages. With `livret_a5`, pages are laid out two by two on sheets
    to fold, a booklet a pupil.
    """
    print_file = _FoldedPrintFile() if livret_a5 else _PrintFile()
    for copy in copies:
        print_file.add(copy)
    return print_file.close(title)


class _PrintFile:
    """A print file in the making: a page of a document on each side of a sheet."""

    duplex = b"LongEdge"

    def __init__(self) -> None:
        self._writer = PdfWriter()
        self._root, self._pages, self._outlines = (self._writer.reserve() for _ in range(3))
        self._class_pages: dict[int, ClassPages] = {}  # by identity of the master
        self._page_numbers: list[int] = []
        self._overlays: dict[str, int] = {}
        self._bookmarks: list[Bookmark] = []

    def add(self, copy: Copy) -> None:
        """Add a pupil's document behind the others."""
        if id(copy.master) not in self._class_pages:
            self._class_pages[id(copy.master)] = self._copy_pages(copy.master)
        class_pages = self._class_pages[id(copy.master)]
        first = len(self._page_numbers)
        inner = tuple(_shift(bookmark, first) for bookmark in self._mark(class_pages))
        self._bookmarks.append(Bookmark(text_string(copy.bookmark), first, None, inner))
        self._lay(class_pages, class_pages.tracer.trace(copy.values))

    def _copy_pages(self, master: Master) -> ClassPages:
        return ClassPages(self._writer, master)

    def _mark(self, class_pages: ClassPages) -> Sequence[Bookmark]:
        """The bookmarks of a document."""
        return class_pages.bookmarks

    def _lay(self, class_pages: ClassPages, overlays: list[str]) -> None:
        """Add the pages of a document, each under its overlay."""
        for content, box, overlay in zip(
            class_pages.contents, class_pages.boxes, overlays, strict=True
        ):
            self._add_page(box, class_pages, *content, self._add_overlay(overlay))
        if len(overlays) % 2:
            self._add_page(class_pages.boxes[-1], class_pages)

    def _add_page(self, box: Box, class_pages: ClassPages, *contents: int) -> None:
        number = self._writer.reserve()
        self._page_numbers.append(number)
        self._writer.put(
            number,
            b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources %d 0 R/Contents[%b]>>"
            % (self._pages, format_box(box), class_pages.resources, _list(contents)),
        )

    def _add_overlay(self, operators: str) -> int:
        """A content; pages that are drawn over alike (a name at their foot) share one."""
        if operators not in self._overlays:
            content = use_black(operators.encode("ascii"))
            self._overlays[operators] = self._writer.add_stream(content)
        return self._overlays[operators]

    def close(self, title: str) -> bytes:
        """The bytes of the whole file."""
        writer, numbers = self._writer, self._page_numbers
        first, last = self._outline(self._bookmarks, self._outlines)
        outlines = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        writer.put(self._outlines, outlines % (first, last, len(self._bookmarks)))
        pages = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), _list(numbers))
        writer.put(self._pages, pages)
        language = next(iter(self._class_pages.values())).language
        writer.put(
            self._root,
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/Lang %b"
            b"/ViewerPreferences<</DisplayDocTitle true/Duplex/DuplexFlip%b/PrintScaling/None>>>>"
            % (self._pages, self._outlines, language, self.duplex),
        )
        return writer.close(self._root, b"<</Title %b/Producer(pfmp)>>" % text_string(title))

    def _outline(self, bookmarks: Sequence[Bookmark], parent: int) -> tuple[int, int]:
        """Write bookmarks below `parent`, each closed; the numbers of the first and the last."""
        numbers = [self._writer.reserve() for _ in bookmarks]
        for rank, (number, bookmark) in enumerate(zip(numbers, bookmarks, strict=True)):
            top = b"/Fit" if bookmark.top is None else b"/FitH " + bookmark.top
            page = self._page_numbers[bookmark.page]
            entries = b"/Title %b/Parent %d 0 R/Dest[%d 0 R%b]" % (
                *(bookmark.title, parent, page, top),
            )
            if rank:
                entries += b"/Prev %d 0 R" % numbers[rank - 1]
            if rank + 1 < len(numbers):
                entries += b"/Next %d 0 R" % numbers[rank + 1]
            if bookmark.children:
                ends = self._outline(bookmark.children, number)
                below = (*ends, len(bookmark.children))
                entries += b"/First %d 0 R/Last %d 0 R/Count -%d" % below
            self._writer.put(number, b"<<%b>>" % entries)
        return numbers[0], numbers[-1]


class _FoldedPrintFile(_PrintFile):
    """A print file in the making: two pages on each side of a sheet, to fold."""

    duplex = b"ShortEdge"

    def _copy_pages(self, master: Master) -> ClassPages:
        class_pages = super()._copy_pages(master)
        class_pages.make_forms()
        return class_pages

    def _mark(self, class_pages: ClassPages) -> Sequence[Bookmark]:
        """None: on sheets, a document's pages are not in their order."""
        return ()

    def _lay(self, class_pages: ClassPages, overlays: list[str]) -> None:
        cells = halves(A4_LANDSCAPE)
        for side in impose(len(overlays)):
            drawn = [
                _draw_page(number, place(class_pages.boxes[number], cell), overlays[number])
                for number, cell in zip((side.left, side.right), cells, strict=True)
                if number is not None
            ]
            self._add_page(A4_LANDSCAPE, class_pages, self._add_overlay("\n".join(drawn)))


def _draw_page(number: int, matrix: Matrix, overlay: str) -> str:
    return f"q {' '.join(f'{value:.5f}' for value in matrix)} cm /P{number} Do\n{overlay} Q"


def _shift(bookmark: Bookmark, first: int) -> Bookmark:
    """A bookmark of a master as it is in a document whose first page is `first`."""
    children = tuple(_shift(child, first) for child in bookmark.children)
    return replace(bookmark, page=first + bookmark.page, children=children)


def _list(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)

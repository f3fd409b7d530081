"""A class's print file (a *tirage*): every pupil's document in one PDF, for the copier.

The pages of a master are in it once, whatever the number of pupils. A pupil adds page
objects, which are small, and what the values draw over the pages. It is made for paper,
without tags or links: the pupils' own documents have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pfmp_cli.press.merging.checksum import seal_pdf
from pfmp_cli.press.merging.fields import Master
from pfmp_cli.press.printing.class_pages import Bookmark, ClassPages
from pfmp_cli.press.printing.imposition import A4_LANDSCAPE, Box, Matrix, halves, impose, place

if TYPE_CHECKING:
    import pikepdf

PRODUCER = "pfmp"


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

    duplex = "/DuplexFlipLongEdge"

    def __init__(self) -> None:
        import pikepdf

        self.pdf = pikepdf.new()
        self._class_pages: dict[int, ClassPages] = {}  # by identity of the master
        self._fonts: dict[object, Any] = {}
        self._streams: dict[str, pikepdf.Object] = {}
        self._bookmarks: list[pikepdf.OutlineItem] = []

    def add(self, copy: Copy) -> None:
        """Add a pupil's document behind the others."""
        import pikepdf

        class_pages = self._class_pages.get(id(copy.master)) or self._add_fond(copy.master)
        first = len(self.pdf.pages)
        bookmark = pikepdf.OutlineItem(copy.bookmark, first)
        bookmark.is_closed = True
        bookmark.children.extend(self._mark(class_pages, first))
        self._bookmarks.append(bookmark)
        self._lay(class_pages, class_pages.tracer.trace(copy.values))

    def _add_fond(self, master: Master) -> ClassPages:
        class_pages = ClassPages(self.pdf, master)
        class_pages.share_fonts(self._fonts)
        self._class_pages[id(master)] = class_pages
        return class_pages

    def _mark(self, class_pages: ClassPages, first: int) -> Iterator[pikepdf.OutlineItem]:
        """The bookmarks of a document whose first page is `first`."""
        return (_shift(bookmark, first) for bookmark in class_pages.bookmarks)

    def _lay(self, class_pages: ClassPages, overlays: list[str]) -> None:
        """Add the pages of a document, each under its calque."""
        for content, box, overlay in zip(
            class_pages.contents, class_pages.boxes, overlays, strict=True
        ):
            self._add_page(box, [content, self._stream(overlay)], class_pages.resources)
        if len(overlays) % 2:
            self._add_page(class_pages.boxes[-1], [], {})

    def _add_page(self, box: Box, contents: list[Any], resources: Any) -> None:
        import pikepdf

        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=list(box), Contents=contents, Resources=resources
        )
        self.pdf.pages.append(pikepdf.Page(page))

    def _stream(self, operators: str) -> pikepdf.Object:
        """A content; pages that are drawn over alike (a name at their foot) share one."""
        if operators not in self._streams:
            self._streams[operators] = self.pdf.make_stream(operators.encode("ascii"))
        return self._streams[operators]

    def close(self, title: str) -> bytes:
        """The bytes of the whole file."""
        import pikepdf

        root = self.pdf.Root
        root.Lang = next(iter(self._class_pages.values())).language
        root.PageMode = pikepdf.Name.UseOutlines
        root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True,
            Duplex=pikepdf.Name(self.duplex),
            PrintScaling=pikepdf.Name("/None"),
        )
        with self.pdf.open_outline() as outline:
            outline.root.extend(self._bookmarks)
        self.pdf.docinfo["/Title"] = title
        self.pdf.docinfo["/Producer"] = PRODUCER
        target = BytesIO()
        self.pdf.save(
            target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True
        )
        return seal_pdf(target.getvalue())


class _FoldedPrintFile(_PrintFile):
    """A print file in the making: two pages on each side of a sheet, to fold."""

    duplex = "/DuplexFlipShortEdge"

    def _add_fond(self, master: Master) -> ClassPages:
        class_pages = super()._add_fond(master)
        class_pages.make_forms()
        return class_pages

    def _mark(self, class_pages: ClassPages, first: int) -> Iterator[pikepdf.OutlineItem]:
        """None: on sheets, a document's pages are not in their order."""
        return iter(())

    def _lay(self, class_pages: ClassPages, overlays: list[str]) -> None:
        cells = halves(A4_LANDSCAPE)
        for side in impose(len(overlays)):
            drawn = [
                _draw_page(number, place(class_pages.boxes[number], cell), overlays[number])
                for number, cell in zip((side.left, side.right), cells, strict=True)
                if number is not None
            ]
            self._add_page(A4_LANDSCAPE, [self._stream("\n".join(drawn))], class_pages.resources)


def _draw_page(number: int, matrix: Matrix, overlay: str) -> str:
    return f"q {' '.join(f'{value:.5f}' for value in matrix)} cm /P{number} Do\n{overlay} Q"


def _shift(bookmark: Bookmark, first: int) -> pikepdf.OutlineItem:
    """A bookmark of a master as it is in a document whose first page is `first`."""
    import pikepdf

    item = pikepdf.OutlineItem(
        bookmark.title, first + bookmark.page, pikepdf.PageLocation.FitH, top=bookmark.top
    )
    item.children.extend(_shift(child, first) for child in bookmark.children)
    return item

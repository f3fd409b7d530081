"""A class's print file: every pupil's document in one PDF, for the copier.

The pages of a master are in it once, whatever the number of pupils. A pupil adds page
objects, which are small, and what the values draw over the pages. It is made for paper,
without tags or links: the pupils' own documents have them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.printing.class_pages import ClassPages
from pfmp_cli.press.printing.imposition import A4_LANDSCAPE, Box, impose, place
from pfmp_cli.press.printing.ink import use_black
from pfmp_cli.press.printing.pdf_writer import PdfWriter, format_box, text_string


class Copy(NamedTuple):
    """One pupil's document in a print file: its bookmark, what it is made of."""

    bookmark: str
    merger: Merger
    values: Mapping[str, str]


def compose_print_file(title: str, copies: Sequence[Copy]) -> bytes:
    """The print file of these pupils, in this order; same bytes for the same pupils.

    Each document starts on a right-hand page: a blank one is added where the one before
    has an odd number of pages. Those of A5 are laid out two by two on sheets to fold, a
    booklet a pupil.
    """
    print_file = _PrintFile(copies)
    for copy in copies:
        print_file.add(copy)
    return print_file.close(title)


class _PrintFile:
    """A print file in the making: on each side of a sheet a page, or two of them where it is to
    be folded."""

    def __init__(self, copies: Iterable[Copy]) -> None:
        self._writer = PdfWriter()
        self._root, self._pages, self._outlines = (self._writer.reserve() for _ in range(3))
        self._page_numbers: list[int] = []
        self._marks: list[tuple[str, int]] = []  # of pupils: their bookmark, their first page
        self._overlays: dict[str, int] = {}
        values: dict[Merger, list[Mapping[str, str]]] = {}
        for copy in copies:
            values.setdefault(copy.merger, []).append(copy.values)
        self._class_pages = {
            merger: ClassPages(self._writer, merger, known) for merger, known in values.items()
        }

    def add(self, copy: Copy) -> None:
        """Add a pupil's document behind the others."""
        class_pages = self._class_pages[copy.merger]
        self._marks.append((copy.bookmark, len(self._page_numbers)))
        overlays = class_pages.trace(copy.values)
        if class_pages.to_fold:
            for drawn in _fold(class_pages, overlays):
                self._add_page(A4_LANDSCAPE, class_pages.resources, *self._add_overlay(drawn))
            return
        pages = zip(class_pages.boxes, class_pages.contents, overlays, strict=True)
        for box, contents, overlay in pages:
            self._add_page(box, class_pages.resources, *contents, *self._add_overlay(overlay))
        if len(overlays) % 2:
            self._add_page(class_pages.boxes[-1], class_pages.resources)

    def _add_page(self, box: Box, resources: int, *contents: int) -> None:
        number = self._writer.reserve()
        self._page_numbers.append(number)
        self._writer.put(
            number,
            b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources %d 0 R/Contents[%b]>>"
            % (self._pages, format_box(box), resources, _list(contents)),
        )

    def _add_overlay(self, operators: str) -> Iterator[int]:
        """The content, if any; pages that are drawn over alike (a name at their foot) share it."""
        if operators:
            if operators not in self._overlays:
                content = use_black(operators.encode("ascii"))
                self._overlays[operators] = self._writer.add_stream(content)
            yield self._overlays[operators]

    def close(self, title: str) -> bytes:
        """The bytes of the whole file."""
        writer, numbers = self._writer, self._page_numbers
        folded = any(one.to_fold for one in self._class_pages.values())
        marks = self._add_bookmarks()
        outlines = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
        writer.put(self._outlines, outlines % (marks[0], marks[-1], len(marks)))
        pages = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), _list(numbers))
        writer.put(self._pages, pages)
        writer.put(
            self._root,
            b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/Lang(fr)"
            b"/ViewerPreferences<</DisplayDocTitle true/Duplex/DuplexFlip%b/PrintScaling/None>>>>"
            % (self._pages, self._outlines, b"ShortEdge" if folded else b"LongEdge"),
        )
        return writer.close(self._root, b"<</Title %b/Producer(pfmp)>>" % text_string(title))

    def _add_bookmarks(self) -> list[int]:
        """A bookmark a pupil; their numbers."""
        numbers = [self._writer.reserve() for _ in self._marks]
        for rank, (number, (bookmark, first)) in enumerate(zip(numbers, self._marks, strict=True)):
            entries = b"/Title %b/Parent %d 0 R/Dest[%d 0 R/Fit]" % (
                *(text_string(bookmark), self._outlines, self._page_numbers[first]),
            )
            if rank:
                entries += b"/Prev %d 0 R" % numbers[rank - 1]
            if rank + 1 < len(numbers):
                entries += b"/Next %d 0 R" % numbers[rank + 1]
            self._writer.put(number, b"<<%b>>" % entries)
        return numbers


def _fold(class_pages: ClassPages, overlays: list[str]) -> Iterator[str]:
    """What is drawn on each side of a booklet's sheets."""
    for side in impose(len(overlays)):
        moves = place(*(class_pages.boxes[number or 0] for number in side))
        drawn = [
            f"q 1 0 0 1 {x:.5f} {y:.5f} cm /P{number} Do\n{overlays[number]} Q"
            for number, (x, y) in zip(side, moves, strict=True)
            if number is not None
        ]
        yield "\n".join(drawn)


def _list(numbers: Iterable[int]) -> bytes:
    return b" ".join([b"%d 0 R" % number for number in numbers])

"""The pages of a master inside a class's print file: what all its pupils share.

They are copied there once, without their slots: a pupil's values are drawn over them
(`tracer`). Their tags and links stay behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.printing.ink import use_black
from pfmp_cli.press.printing.master_reader import MasterReader, PdfObject, renumber
from pfmp_cli.press.printing.pdf_writer import PdfWriter, format_box
from pfmp_cli.press.printing.tracer import Tracer


class ClassPages:
    """One master's pages in `writer`: their contents, boxes and bookmarks, page by page.

    `resources` are those of a page that shows such contents; the values' font is `V`.
    """

    def __init__(self, writer: PdfWriter, master: Master) -> None:
        self.tracer = Tracer(master)
        self._writer, self._reader, self._master = writer, MasterReader(master), master
        # All pages of a master share their resources, slots included.
        empty = writer.add_stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 0 0]")
        self._numbers = {slot.number: empty for slot in master.slots}
        pages = self._reader.pages
        self.boxes = [page.box("MediaBox") for page in pages]
        self.bookmarks = self._reader.read_bookmarks()
        self.language = self._reader.language
        self._looks = [tuple(self._list_looks(page)) for page in pages]
        self.resources = self._copy_resources()

    @cached_property
    def contents(self) -> list[list[int]]:
        """What the pages draw; copied where it is asked for: not for forms."""
        return list(map(self._copy_content, range(len(self.boxes))))

    def make_forms(self) -> None:
        """Turn the pages into forms, `P0`, `P1` and so on, and `resources` into theirs."""
        forms = b""
        for page, box in enumerate(self.boxes):
            entries = b"/Type/XObject/Subtype/Form/BBox%b/Resources %d 0 R" % (
                *(format_box(box), self.resources),
            )
            content = self._writer.add_stream(self._draw(page), entries)
            forms += b"/P%d %d 0 R" % (page, content)
        font = self._copy(int(self._master.font.split()[0]))
        self.resources = self._writer.add(b"<</XObject<<%b>>/Font<</V %d 0 R>>>>" % (forms, font))

    def _copy(self, number: int) -> int:
        """The number in the print file of an object of the master, copied with all it needs."""
        if number not in self._numbers:
            thing = self._reader.get(number)
            text = renumber(thing.text, self._copy)
            self._numbers[number] = self._writer.add(text, thing.stream)
        return self._numbers[number]

    def _copy_resources(self) -> int:
        resources = self._reader.get(*self._reader.pages[0].numbers("Resources"))
        (fonts,) = resources.numbers("Font")
        known = self._reader.get(fonts).text.removeprefix(b"<<")
        looks = sorted({look for page in self._looks for look, _, _ in page})
        named = b"".join(b"/A%d %d 0 R" % (look, look) for look in looks)
        text = resources.text.replace(b"/XObject <<", b"/XObject <<" + named)
        own = b"/Font <</V %b%b" % (self._master.font.encode(), known)
        text = text.replace(b"/Font %d 0 R" % fonts, own)
        return self._writer.add(renumber(text, self._copy))

    def _copy_content(self, page: int) -> list[int]:
        if self._looks[page]:
            return [self._writer.add_stream(self._draw(page))]
        return list(map(self._copy_black, self._reader.pages[page].numbers("Contents")))

    def _copy_black(self, number: int) -> int:
        """The same of what pages draw, in black; two of them may share it."""
        if number not in self._numbers:
            content = use_black(self._reader.get(number).unpack())
            self._numbers[number] = self._writer.add_stream(content)
        return self._numbers[number]

    def _draw(self, page: int) -> bytes:
        """A page, and what its form fields show while they are blank, to be filled by hand."""
        contents = map(self._reader.get, self._reader.pages[page].numbers("Contents"))
        drawn = [
            f"q 1 0 0 1 {left:.9g} {bottom:.9g} cm /A{look} Do Q".encode()
            for look, left, bottom in self._looks[page]
        ]
        return b"\n".join([*(use_black(content.unpack()) for content in contents), *drawn])

    def _list_looks(self, page: PdfObject) -> Iterator[tuple[int, float, float]]:
        """The drawings of a page's form fields, and where they are.

        Those that stand for pupils' fields are left to the tracer.
        """
        pupils = {n for numbers in self._master.form.inputs.values() for n in numbers}
        for number in self._reader.list_annotations(page):
            widget = self._reader.get(number)
            if number not in pupils and (look := widget.numbers("AP <</N")):
                left, bottom, _, _ = widget.box("Rect")
                yield look[0], left, bottom

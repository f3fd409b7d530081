"""The pages of a master inside a class's print file: what all its pupils share, there once.

What differs from pupil to pupil is drawn over them (a sheet of tracing paper). The slots of the
master are empty there, and its tags and links stay behind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pfmp_cli.press.merging.merge import Drawn, Merger
from pfmp_cli.press.printing.imposition import is_to_fold
from pfmp_cli.press.printing.ink import use_black
from pfmp_cli.press.printing.master_reader import MasterReader, PdfObject, renumber
from pfmp_cli.press.printing.pdf_writer import PdfWriter, format_box

Look = tuple[int, float, float]  # the drawing of a form field, and where it is on its page


class ClassPages:
    """One master's pages in `writer`, for pupils with these `values`: their boxes, and contents.

    `resources` are those of a page that shows such contents; the values' font is `V`. Where they
    are `to_fold` there are no contents, and `resources` has the pages: `P0`, `P1` and so on.
    """

    def __init__(
        self, writer: PdfWriter, merger: Merger, values: Sequence[Mapping[str, str]]
    ) -> None:
        self._writer, self._merger = writer, merger
        self._reader = MasterReader(merger.master)
        shown = list(map(self._show, values))
        self._own = {number for number in shown[0] if len({one[number] for one in shown}) > 1}
        # All pages of a master share their resources, slots included.
        empty = writer.add_stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 0 0]")
        self._numbers = {slot.number: empty for slot in merger.master.slots}
        self.boxes = [page.box("MediaBox") for page in self._reader.pages]
        looks = [tuple(self._list_looks(page)) for page in self._reader.pages]
        self.resources = self._copy_resources({look for page in looks for look, _, _ in page})
        shared = self._trace(shown[0], own=False)
        drawn = list(map(self._draw, self._reader.pages, looks, shared))
        self.to_fold = is_to_fold(self.boxes)
        self.contents = [] if self.to_fold else [list(map(writer.add_stream, one)) for one in drawn]
        if self.to_fold:
            self._add_forms(drawn)

    def _add_forms(self, drawn: Iterable[list[bytes]]) -> None:
        forms = b""
        for page, (box, parts) in enumerate(zip(self.boxes, drawn, strict=True)):
            entries = b"/Type/XObject/Subtype/Form/BBox%b/Resources %d 0 R" % (
                *(format_box(box), self.resources),
            )
            forms += b"/P%d %d 0 R" % (page, self._writer.add_stream(b"\n".join(parts), entries))
        font = self._copy(int(self._merger.master.font.split()[0]))
        self.resources = self._writer.add(b"<</XObject<<%b>>/Font<</V %d 0 R>>>>" % (forms, font))

    def trace(self, values: Mapping[str, str]) -> list[str]:
        """The operators over each page for one of the pupils, in the page's coordinates."""
        return self._trace(self._show(values), own=True)

    def _show(self, values: Mapping[str, str]) -> dict[int, str]:
        """What each slot shows, by its number: a value that cannot be shown leaves its place blank,
        as in the pupil's own document."""
        shown = {setter.slot.number: setter.blank for setter in self._merger.setters}
        for slot, _, drawn in self._merger.draw(values):
            if isinstance(drawn, Drawn):
                shown[slot.number] = drawn.content
        return shown

    def _trace(self, shown: Mapping[int, str], own: bool) -> list[str]:
        pages: list[list[str]] = [[] for _ in self.boxes]
        for slot in self._merger.master.slots:
            if (content := shown[slot.number]) and (slot.number in self._own) == own:
                for place in slot.places:
                    at = f"{place.x:.2f} {place.y:.2f}"
                    pages[place.page].append(f"q 1 0 0 1 {at} cm {content} Q")
        return ["\n".join(parts) for parts in pages]

    def _copy(self, number: int) -> int:
        """The number in the print file of an object of the master, copied with all it needs."""
        if number not in self._numbers:
            thing = self._reader.get(number)
            text = renumber(thing.text, self._copy)
            self._numbers[number] = self._writer.add(text, thing.stream)
        return self._numbers[number]

    def _copy_resources(self, looks: set[int]) -> int:
        resources = self._reader.get(*self._reader.pages[0].numbers("Resources"))
        (fonts,) = resources.numbers("Font")
        known = self._reader.get(fonts).text.removeprefix(b"<<")
        named = b"".join(b"/A%d %d 0 R" % (look, look) for look in sorted(looks))
        text = resources.text.replace(b"/XObject <<", b"/XObject <<" + named)
        own = b"/Font <</V %b%b" % (self._merger.master.font.encode(), known)
        text = text.replace(b"/Font %d 0 R" % fonts, own)
        return self._writer.add(renumber(text, self._copy))

    def _draw(self, page: PdfObject, looks: Iterable[Look], shared: str) -> list[bytes]:
        """A page in black: its contents, which two of them may share, what its form fields show
        while they are blank, to be filled by hand, and what all pupils have there."""
        contents = [self._reader.get(number).unpack() for number in page.numbers("Contents")]
        drawn = [f"q 1 0 0 1 {x:.9g} {y:.9g} cm /A{look} Do Q" for look, x, y in looks]
        contents.append("\n".join([*drawn, shared]).encode())
        return list(map(use_black, contents))

    def _list_looks(self, page: PdfObject) -> Iterator[Look]:
        """The drawings of a page's form fields, and where they are; those that stand for pupils'
        fields are drawn as values are."""
        inputs = self._merger.master.form.inputs
        pupils = {number for numbers in inputs.values() for number in numbers}
        for number in self._reader.list_annotations(page):
            widget = self._reader.get(number)
            if number not in pupils and (look := widget.numbers("AP <</N")):
                left, bottom, _, _ = widget.box("Rect")
                yield look[0], left, bottom

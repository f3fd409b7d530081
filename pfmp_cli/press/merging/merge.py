"""Master + a pupil's values → the bytes of the pupil's document.

The master's bytes are left as they are; what differs is appended (an incremental update,
ISO 32000-1, 7.5.6): the slots that have a value, the title, a cross-reference stream.
Only the standard library is used: this runs once a pupil.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from struct import pack
from typing import NamedTuple

from pfmp_cli.press.merging import checksum, drawing
from pfmp_cli.press.merging.drawing import Typesetter
from pfmp_cli.press.merging.master import FormData, Master, Slot
from pfmp_cli.press.merging.metadata import write_info, write_xmp
from pfmp_cli.press.merging.notes import Notes

IDENTIFIER = "eleve.identifiant"  # the field that is also told in what no page shows
_ANYWHERE = "-2000 -2000 2000 2000"  # the box of what is drawn in a margin too
FORM_IDENTIFIER = "identifiant"  # of a form, what nobody sees: it has no widget


class Misfit(NamedTuple):
    """A value that a document cannot show: `missing` are characters that the font lacks; without
    any, the value is too long for its place and for the margin of its `page`, counted from 1."""

    field: str
    value: str
    missing: str
    page: int


class Merged(NamedTuple):
    """A document: `update` goes right behind the master's bytes."""

    update: bytes
    misfits: tuple[Misfit, ...]


class Drawn(NamedTuple):
    """What a slot shows of a value, and the object that shows it."""

    content: str
    written: bytes


class Setter(NamedTuple):
    """A slot and its entry in an index, what sets a value in it, what writes what is drawn with a
    note, and what shows without a value. A value that needs a note is a Misfit to `set_value`."""

    slot: Slot
    entry: str
    set_value: Callable[[str], Drawn | Misfit]
    write_noted: Callable[[str], Drawn]
    blank: str


class Merger:
    """Merges pupils into one master, one after another.

    `setters` are by slot; they remember what pupils share.
    """

    def __init__(self, master: Master) -> None:
        self.master = master
        self._seal = checksum.start(master.pdf)
        self._identifier = checksum.start(master.title.encode()).hexdigest()
        self._typesetter = typesetter = Typesetter(master.metrics)
        self.setters = [_make_setter(slot, master.resources, typesetter) for slot in master.slots]

    def merge(self, values: Mapping[str, str], title: str = "") -> Merged:
        """The document of the pupil with these values, by field name; others stay blank.

        `title` is what a reader shows it as, the master's own where there is none. A value
        that cannot be shown leaves its place blank and is told in `misfits`.
        """
        title, identifier = title or self.master.title, values.get(IDENTIFIER, "")
        index = [f"{self.master.xmp_number} 1"]
        objects = [self._describe(title, identifier)]
        misfits: list[Misfit] = []
        shown: set[str] = set()
        for slot, entry, drawn in self.draw(values):
            if isinstance(drawn, Misfit):
                misfits.append(drawn)
            else:
                index.append(entry)
                objects.append(drawn.written)
                shown.add(slot.field)
        if (form := self.master.form).identifier:
            index.append(f"{form.identifier} 1")
            objects.append(write_identifier(form.identifier, identifier))
            index, objects = _strip_form(form, shown, index, objects)
        number = self.master.objects  # and one more, the table of what is where
        index.append(f"{number} 2")
        objects.append(f"{number} 0 obj\n{write_info(title)}\nendobj\n".encode("ascii"))
        return Merged(self._close(index, objects), tuple(misfits))

    def draw(self, values: Mapping[str, str]) -> Iterator[tuple[Slot, str, Drawn | Misfit]]:
        """What each slot of a value shows, with its entry in an index; a value too long for its
        place goes on in a note."""
        notes = Notes(self._typesetter)
        for slot, entry, set_value, write_noted, _ in self.setters:
            if value := values.get(slot.field):
                drawn = set_value(value)
                if isinstance(drawn, Misfit) and not drawn.missing:
                    noted = notes.draw(slot, slot.style.text_for(value))
                    drawn = write_noted(noted) if noted else drawn
                yield slot, entry, drawn

    def _describe(self, title: str, identifier: str) -> bytes:
        xmp = write_xmp(title, identifier)
        head = f"{self.master.xmp_number} 0 obj\n<</Type/Metadata/Subtype/XML/Length {len(xmp)}>>"
        return b"%b stream\n%b\nendstream\nendobj\n" % (head.encode("ascii"), xmp)

    def _close(self, index: list[str], objects: list[bytes]) -> bytes:
        """The objects, and the cross-reference stream that says where each of them is; sealed:
        the seal is of all that is before it, the master included.

        Slots have been numbered in their order, so the index ascends as it must (where a form
        loses fields, `_strip_form` has put it in order).
        """
        offsets = list(accumulate(map(len, objects), initial=len(self.master.pdf)))
        entries = b"".join([pack(">BIH", 1, offset, 0) for offset in offsets])
        body, seal = b"".join(objects), self._seal.copy()
        seal.update(body)
        number, master = self.master.objects + 1, self.master
        head = (
            f"{number} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{' '.join(index)}]/Size {number + 1}"
            f"/Root {master.root}/Info {master.objects} 0 R/Prev {master.startxref}"
            f"/ID[<{self._identifier}><{seal.hexdigest()}>]/Length {len(entries)}>>stream\n"
        )
        tail = b"".join((head.encode("ascii"), entries, b"\nendstream\nendobj\n", checksum.MARK))
        seal.update(tail)
        end = f"{seal.hexdigest()}\nstartxref\n{offsets[-1]}\n%%EOF\n"
        return b"".join((body, tail, end.encode("ascii")))


def write_identifier(number: int, identifier: str) -> bytes:
    """The field of a form that nobody sees or fills in, and that goes where the form goes."""
    entries = f"/FT /Tx /Ff 1 /T ({FORM_IDENTIFIER}) /V ({identifier})"  # as in `form_widgets`
    return f"{number} 0 obj\n<<{entries}>>\nendobj\n".encode("ascii")


def _strip_form(
    form: FormData, shown: set[str], index: list[str], objects: list[bytes]
) -> tuple[list[str], list[bytes]]:
    """Index and objects of an update that also takes the fields of `shown` out of the form."""
    gone = {number for field in shown for number in form.inputs.get(field, ())}
    both = dict(zip(index, objects, strict=True))
    for liste in form.lists:
        left = [number for number in liste.members if number not in gone]
        if not left and liste.transient:
            gone.add(liste.number)
        elif len(left) < len(liste.members):
            listed = " ".join(f"{number} 0 R" for number in left)
            text = f"{liste.number} 0 obj\n{liste.before}{listed}{liste.after}\nendobj\n"
            both[f"{liste.number} 1"] = text.encode("latin-1")
    ordered = sorted(both, key=lambda entry: int(entry.split()[0]))
    return ordered, [both[entry] for entry in ordered]


def _make_setter(slot: Slot, resources: str, typesetter: Typesetter) -> Setter:
    draw, show = typesetter.make_drawer(slot), slot.style.text_for
    own = " ".join(f"{number:g}" for number in drawing.bounds(slot.width, slot.height))
    start, start_noted = (
        f"{slot.number} 0 obj\n<</Subtype/Form/BBox[{box}]/Resources {resources}/Length "
        for box in (own, _ANYWHERE)
    )

    def write(content: str, start: str = start) -> Drawn:
        written = f"{start}{len(content)}>>stream\n{content}\nendstream\nendobj\n"
        return Drawn(content, written.encode("ascii"))

    @lru_cache(maxsize=64)
    def set_value(value: str) -> Drawn | Misfit:
        missing, text = "", show(value)
        try:
            if content := draw(text):
                return write(content)
        except KeyError:  # no glyph of the font
            missing = typesetter.find_missing(text)
        return Misfit(slot.field, value, missing, slot.places[0].page + 1)

    def write_noted(content: str) -> Drawn:
        return write(content, start_noted)

    return Setter(slot, f"{slot.number} 1", set_value, write_noted, typesetter.draw_blank(slot))

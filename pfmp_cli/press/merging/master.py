"""A master, a document without a pupil, and all that a merge needs to add one.

Lengths are PDF points (1/72 inch) unless a name ends in `_mm`.
"""

from dataclasses import dataclass, field

POINTS_PER_MM = 72 / 25.4

# Distance from the baseline of a field's line of text down to the end of its band: room
# for the descenders, and for the rule that a hand writes on when there is no text.
BASELINE_MM = 1.4
LEADING = 1.35  # from line to line of a text, in its own size: as in `style.css`


@dataclass(frozen=True, slots=True)
class Style:
    """How a field is set: what a template may choose.

    `size` is of the text, in points, `pitch_mm` the height of a line that is written by hand: a
    text has closer ones, from the first on. `blank` is what is
    drawn when there is no value (`ligne`, `date`, `peigne:N`, `cadre`, `rien`). With `texts`
    a value does not show itself: it chooses one of them. That of '' is for all others, and
    for a field without a value. `row` is what a value brings along of the row of a table that
    it stands in, in millimetres: its height, then the widths of its cells, that of the value
    first, whose rules are drawn; the height alone is for the rule over a row that begins a part.
    Where there is a `page`, from 1, a code for a scanner is drawn, of the text and the page;
    with `strip`, numbers of weeks are bars on a year from September.
    """

    size: float = 10
    lines: int = 1
    pitch_mm: float = 8
    blank: str = "ligne"
    align: str = "gauche"
    texts: tuple[tuple[str, str], ...] = ()
    row: str = ""
    page: int = 0
    strip: int = 0

    def __post_init__(self) -> None:
        known = ("ligne", "date", "cadre", "rien")
        if self.blank not in known and not self.blank.removeprefix("peigne:").isdecimal():
            raise ValueError(
                f"vide={self.blank!r} : « ligne », « date », « peigne:N », « cadre » ou « rien »"
            )
        if self.align not in ("gauche", "centre", "droite"):
            raise ValueError(f"aligne={self.align!r} : « gauche », « centre » ou « droite »")
        if not all(word.replace(".", "", 1).isdecimal() for word in self.row.split()):
            raise ValueError(f"rangee={self.row!r} : une hauteur, puis des largeurs (millimètres)")
        if not (self.size > 0 and self.lines > 0 and self.pitch_mm > 0):
            raise ValueError("taille, lignes et pas sont des nombres positifs")

    @property
    def height_mm(self) -> float:
        return self.lines * self.pitch_mm

    @property
    def leading_mm(self) -> float:
        """From line to line of a text."""
        return min(self.pitch_mm, LEADING * self.size / POINTS_PER_MM)

    @property
    def most_lines(self) -> int:
        """How many lines of text there is room for, the first on the first rule."""
        return 1 + int((self.lines - 1) * self.pitch_mm / self.leading_mm)

    def text_for(self, value: str) -> str:
        """What shows for a value."""
        if not self.texts:
            return value
        return next((t for v, t in reversed(self.texts) if v in ("", value)), value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot shows: page from 0, lower left corner from the page's lower left."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Margin:
    """Where what a slot has no room for goes on: a strip of the page's outer margin, from the
    slot's lower left corner to its own; it is read from below, on as many `lines`."""

    x: float
    y: float
    length: float
    lines: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One drawing of a master that a value replaces: same name, style, size and way to the margin.

    A slot may show in many places (the name at the foot of every page): it is one object
    of the PDF, drawn wherever `places` says.
    """

    number: int  # object number in the master
    field: str
    width: float
    height: float
    style: Style
    places: tuple[Place, ...]
    margin: Margin = Margin(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """What setting a text takes, in 1/1000 em: each character's glyph (4 hex digits).

    `widths` are by the glyph's number, `bbox` is the font's bounding box.
    """

    glyphs: dict[str, str]
    widths: tuple[int, ...]
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """An object of a form that lists others: written anew without some of them, it is
    `before`, references, `after`. `transient`: it goes with the last of them."""

    number: int
    before: str
    members: tuple[int, ...]
    after: str
    transient: bool = False


@dataclass(frozen=True, slots=True)
class FormData:
    """What a merge takes out of a form: what the class file says is not filled in on screen.

    `inputs` are the objects that go with the value of a field, by its name; `lists` those
    that list them, each before the one that lists it. `identifier` is the object that holds the
    document's, 0 in what is no form.
    """

    inputs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    lists: tuple[ChoiceList, ...] = ()
    identifier: int = 0


@dataclass(frozen=True, slots=True)
class Master:
    """A laid-out document without a pupil, and what a merge needs to add one.

    `pdf` is a whole, valid document: the blank booklet. `objects` is the number of its
    objects, `startxref` the offset of its cross-reference stream, `root` its catalogue
    (as `12 0 R`), `xmp_number` the object of its metadata.
    """

    pdf: bytes
    title: str
    pages: int
    objects: int
    startxref: int
    root: str
    xmp_number: int
    font: str  # reference of the font that values are set in
    resources: str  # of the resources of a slot, where that font is `V`
    metrics: FontMetrics
    slots: tuple[Slot, ...]
    form: FormData = field(default_factory=FormData)

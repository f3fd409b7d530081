"""A field: a text that differs from pupil to pupil, at a place that does not.

Its life: a template writes it (`template`), the layout gives it rectangles and the
master gives it slots (`master`), the merge fills the slots (`merge`). This module holds
what they share. Lengths are PDF points (1/72 inch) unless a name ends in `_mm`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode

SCHEME = "champ:"
_NAME = re.compile(rf"{SCHEME}([^?\"]+)\?")
_TEXTE = "texte-"
POINTS_PER_MM = 72 / 25.4

# Distance from the baseline of a field's line of text down to the end of its band: room
# for the descenders, and for the rule that a hand writes on when there is no text.
BASELINE_MM = 1.4


class FieldName(str):
    """The name of a field as a template holds it: it can be placed, not looked into.

    A template is rendered once for all pupils, so a pupil's value does not exist yet when
    it runs. Asking about it is an error that says so, instead of a wrong document.
    """

    def _refuse(self, *_args: object) -> bool:
        raise FieldMisused(str.__str__(self))

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _refuse
    __len__ = __iter__ = __getitem__ = _refuse  # type: ignore[assignment]
    __hash__ = str.__hash__


class FieldMisused(Exception):
    """A template asked for a pupil's value (`champ`) instead of placing it."""

    def __init__(self, champ: str) -> None:
        self.field = champ
        super().__init__(champ)


@dataclass(frozen=True, slots=True)
class Style:
    """How a field is set: what a template may choose.

    `taille` is the text size in points, `pas_mm` the height of one line, `vide` what is
    drawn when there is no value (`ligne`, `date`, `peigne:N`, `cadre`, `rien`). With `textes`
    a value does not show itself: it chooses one of them. That of '' is for all others, and
    for a field without a value.
    """

    size: float = 10
    lines: int = 1
    pitch_mm: float = 8
    blank: str = "ligne"
    align: str = "gauche"
    texts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        known = ("ligne", "date", "cadre", "rien")
        if self.blank not in known and not self.blank.removeprefix("peigne:").isdecimal():
            raise ValueError(
                f"vide={self.blank!r} : « ligne », « date », « peigne:N », « cadre » ou « rien »"
            )
        if self.align not in ("gauche", "centre", "droite"):
            raise ValueError(f"aligne={self.align!r} : « gauche », « centre » ou « droite »")
        if not (self.size > 0 and self.lines > 0 and self.pitch_mm > 0):
            raise ValueError("taille, lignes et pas sont des nombres positifs")

    @property
    def height_mm(self) -> float:
        return self.lines * self.pitch_mm

    def text_for(self, value: str) -> str:
        """What shows for a value."""
        return next((t for v, t in reversed(self.texts) if v in ("", value)), value)


def format_href(name: str, style: Style, title: str = "") -> str:
    """The address that carries a field through the layout, as the target of a link; with a
    `titre`, a field that is filled in on screen where the class file has no value."""
    values: dict[str, object] = {
        "taille": style.size,
        "lignes": style.lines,
        "pas": style.pitch_mm,
        "vide": style.blank,
        "aligne": style.align,
    }
    if title:
        values["titre"] = title
    for value, text in style.texts:
        values[_TEXTE + value] = text
    return f"{SCHEME}{quote(str.__str__(name))}?{urlencode(values)}"


def parse_href(href: str) -> tuple[str, Style]:
    """The name and the style that `format_href` wrote."""
    name, _, query = href.removeprefix(SCHEME).partition("?")
    values = dict(parse_qsl(query, keep_blank_values=True))
    style = Style(
        size=float(values["taille"]),
        lines=int(values["lignes"]),
        pitch_mm=float(values["pas"]),
        blank=values["vide"],
        align=values["aligne"],
        texts=tuple(
            (key.removeprefix(_TEXTE), text)
            for key, text in values.items()
            if key.startswith(_TEXTE)
        ),
    )
    return name, style


def parse_title(href: str) -> str:
    """The `titre` that `format_href` wrote; empty for a field that is not filled in on screen."""
    return dict(parse_qsl(href.partition("?")[2])).get("titre", "")


def find_names(html: str) -> tuple[str, ...]:
    """The names of the fields that `format_href` put into a page, each once, in order."""
    return tuple(sorted({unquote(name) for name in _NAME.findall(html)}))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot shows: page from 0, lower left corner from the page's lower left."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Slot:
    """One drawing of a master that a value replaces: same name, style and size.

    A slot may show in many places (the name at the foot of every page): it is one object
    of the PDF, drawn wherever `places` says.
    """

    number: int  # object number in the master
    field: str
    width: float
    height: float
    style: Style
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """What setting a text takes, in 1/1000 em: each character's glyph (4 hex digits) and width.

    `largeurs` are the widths by glyph number, `cadre` the font's bounding box.
    """

    glyphs: dict[str, str]
    advances: dict[str, int]
    widths: tuple[int, ...]
    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """An object of a form that lists others: written anew without some of them, it is
    `avant`, references, `apres`. `passagere`: it goes with the last of them."""

    number: int
    before: str
    members: tuple[int, ...]
    after: str
    transient: bool = False


@dataclass(frozen=True, slots=True)
class FormData:
    """What a merge takes out of a form: what the class file says is not filled in on screen.

    `saisies` are the objects that go with the value of a field, by its name; `listes` those
    that list them, each before the one that lists it.
    """

    inputs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    lists: tuple[ChoiceList, ...] = ()


@dataclass(frozen=True, slots=True)
class Master:
    """A laid-out document without a pupil, and what a merge needs to add one.

    `pdf` is a whole, valid document: the blank booklet. `objets` is the number of its
    objects, `startxref` the offset of its cross-reference stream, `racine` its catalogue
    (as `12 0 R`), `infos` and `xmp` its two descriptions, each cut where the title goes.
    """

    pdf: bytes
    title: str
    pages: int
    objects: int
    startxref: int
    root: str
    info: tuple[str, str]
    xmp_number: int
    xmp: tuple[str, str]
    font: str  # reference of the font that values are set in
    metrics: FontMetrics
    slots: tuple[Slot, ...]
    form: FormData = field(default_factory=FormData)

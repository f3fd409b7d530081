"""What is filled in on screen: it goes through the layout as a pupil's field does (`field_link`),
and `form_widgets` makes a field of the PDF of it."""

import re
from dataclasses import dataclass, replace

from pfmp_cli.press.merging.master import Style
from pfmp_cli.text import slug

KINDS = ("case", "choix", "texte", "zone", "date", "note")
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class FormInput:
    """A form field at one place: what a template may choose.

    `name` is its full name, dots between its parts; `title` what a screen reader says.
    `kind`: `case` (a box alone), `choix` (a box among the boxes of the same `name`),
    `texte` (a line), `zone` (lines), `date`, `note`. `value` is what a box stands for,
    `size` that of the text in points, `length` the most characters that fit (0: as
    many as there is room for), `comb` whether each has a cell of its own.
    """

    name: str
    kind: str
    title: str
    value: str = ""
    group: str = ""
    size: float = 10
    length: int = 0
    comb: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"genre={self.kind!r} : {', '.join(KINDS)}")
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"« {self.name} » n'est pas le nom d'une saisie (« p1.note »)")
        if not self.title:
            raise ValueError(f"la saisie « {self.name} » n'a pas de titre")
        if self.kind == "choix" and not self.value:
            raise ValueError(f"la saisie « {self.name} » est un choix sans valeur")


def fill_on_screen(field: str, style: Style, title: str) -> tuple[Style, FormInput]:
    """What stands for a pupil's field of that style where it is filled in on screen, and the style
    of what shows below."""
    cells = int(style.blank.removeprefix("peigne:")) if style.blank.startswith("peigne:") else 0
    kind = "date" if style.blank == "date" else "texte"
    if style.lines > 1 and style.blank == "ligne":
        kind = "zone"
    # The strokes of a date are the widget's; lines typed fall on no rule.
    below = {"date": "ligne", "zone": "cadre"}.get(kind, style.blank)
    form_input = FormInput(field, kind, title, size=style.size, length=cells, comb=cells > 0)
    return replace(style, blank=below), form_input


def name_states(values: list[str]) -> dict[str, str]:
    """The states of a field's boxes by their values: these in ASCII, no two the same."""
    states: dict[str, str] = {}
    for rank, value in enumerate(dict.fromkeys(values), 1):
        state = slug(value) or ("Oui" if value == "" else str(rank))
        taken = state in ("Off", *states.values())
        states[value] = f"{state}-{rank}" if taken else state
    return states

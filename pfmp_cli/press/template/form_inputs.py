"""`remplir('p1.note', …)`: how a template writes what is filled in on screen.

A form field goes through the layout as a pupil's field does: a link with a scheme of its
own, which `form_widgets` turns into a field of the PDF.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from markupsafe import Markup

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.press.merging.master import Style
from pfmp_cli.press.template.typography import typeset
from pfmp_cli.text import slug

SCHEME = "saisie:"
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


def format_form_input(form_input: FormInput) -> str:
    """The address that carries a form field through the layout."""
    return f"{SCHEME}{quote(json.dumps(to_plain(form_input)))}"


def parse_form_input(href: str) -> FormInput:
    """What `format_form_input` wrote."""
    return from_plain(FormInput, json.loads(unquote(href.removeprefix(SCHEME))))


def make_form_input(field: str, style: Style, title: str) -> FormInput:
    """What stands for a pupil's field of that style where it is filled in on screen."""
    cells = int(style.blank.removeprefix("peigne:")) if style.blank.startswith("peigne:") else 0
    kind = "date" if style.blank == "date" else "texte"
    if style.lines > 1 and style.blank == "ligne":
        kind = "zone"
    return FormInput(field, kind, title, size=style.size, length=cells, comb=cells > 0)


def name_states(values: list[str]) -> dict[str, str]:
    """The states of a field's boxes by their values: these in ASCII, no two the same."""
    states: dict[str, str] = {}
    for rank, value in enumerate(dict.fromkeys(values), 1):
        state = slug(value) or ("Oui" if value == "" else str(rank))
        taken = state in ("Off", *states.values())
        states[value] = f"{state}-{rank}" if taken else state
    return states


def remplir(
    nom: str,
    genre: str,
    titre: str,
    classe: str = "",
    style: str = "",
    valeur: str = "",
    groupe: str = "",
    taille: float = 10,
    longueur: int = 0,
    peigne: bool = False,
) -> Markup:
    """An empty box to fill on screen, with the look of `classe` and `style` (CSS); the other
    words are a template's for what a `FormInput` has."""
    titre, groupe = typeset(titre), typeset(groupe)
    form_input = FormInput(nom, genre, titre, valeur, groupe, taille, longueur, peigne)
    href = format_form_input(form_input)
    return Markup('<a class="{}" style="{}" href="{}"></a>').format(classe, style, href)

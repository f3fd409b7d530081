"""`remplir('p1.note', …)`: how a template writes what is filled in on screen.

A form field goes through the layout as a pupil's field does: a link with a scheme of its
own, which `widgets` turns into a field of the PDF.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from markupsafe import Markup

from pfmp_cli.planning.file_names import slug
from pfmp_cli.press.merging.fields import Style

SCHEME = "saisie:"
GENRES = ("case", "choix", "texte", "zone", "date", "note")
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class FormInput:
    """A form field at one place: what a template may choose.

    `nom` is its full name, dots between its parts; `titre` what a screen reader says.
    `genre`: `case` (a box alone), `choix` (a box among the boxes of the same `nom`),
    `texte` (a line), `zone` (lines), `date`, `note`. `valeur` is what a box stands for,
    `taille` the size of the text in points, `longueur` the most characters that fit (0: as
    many as there is room for), `peigne` whether each has a cell of its own.
    """

    nom: str
    genre: str
    titre: str
    valeur: str = ""
    groupe: str = ""
    taille: float = 10
    longueur: int = 0
    peigne: bool = False

    def __post_init__(self) -> None:
        if self.genre not in GENRES:
            raise ValueError(f"genre={self.genre!r} : {', '.join(GENRES)}")
        if not _NAME.fullmatch(self.nom):
            raise ValueError(f"« {self.nom} » n'est pas le nom d'une saisie (« p1.note »)")
        if not self.titre:
            raise ValueError(f"la saisie « {self.nom} » n'a pas de titre")
        if self.genre == "choix" and not self.valeur:
            raise ValueError(f"la saisie « {self.nom} » est un choix sans valeur")


def format_form_input(saisie: FormInput) -> str:
    """The address that carries a form field through the layout."""
    values = asdict(saisie)
    del values["nom"]
    return f"{SCHEME}{quote(saisie.nom)}?{urlencode(values)}"


def parse_form_input(href: str) -> FormInput:
    """What `format_saisie` wrote."""
    name, _, query = href.removeprefix(SCHEME).partition("?")
    values: dict[str, Any] = dict(parse_qsl(query))
    values["taille"] = float(values["taille"])
    values["longueur"] = int(values["longueur"])
    values["peigne"] = values["peigne"] == "True"
    known = {field.name for field in fields(FormInput)}
    return FormInput(name, **{key: value for key, value in values.items() if key in known})


def make_form_input(champ: str, style: Style, titre: str) -> FormInput:
    """What stands for a pupil's field of that style where it is filled in on screen."""
    cells = int(style.vide.removeprefix("peigne:")) if style.vide.startswith("peigne:") else 0
    genre = "date" if style.vide == "date" else "texte"
    if style.lignes > 1 and style.vide == "ligne":
        genre = "zone"
    return FormInput(champ, genre, titre, taille=style.taille, longueur=cells, peigne=cells > 0)


def name_states(values: list[str]) -> dict[str, str]:
    """The states of a field's boxes by their values: these in ASCII, no two the same."""
    states: dict[str, str] = {}
    for rank, value in enumerate(dict.fromkeys(values), 1):
        state = slug(value) or ("Oui" if value == "" else str(rank))
        taken = state in ("Off", *states.values())
        states[value] = f"{state}-{rank}" if taken else state
    return states


def remplir(
    nom: str, genre: str, titre: str, classe: str = "", style: str = "", **choices: Any
) -> Markup:
    """An empty box to fill on screen, with the look of `classe` and `style` (CSS)."""
    href = format_form_input(FormInput(nom, genre, titre, **choices))
    return Markup('<a class="{}" style="{}" href="{}"></a>').format(classe, style, href)

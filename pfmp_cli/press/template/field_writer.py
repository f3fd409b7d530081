"""`champ(eleve.nom)`: how a template writes a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from pfmp_cli.calendar.weeks import format_date
from pfmp_cli.domain.choices import CHOICES
from pfmp_cli.press.merging.master import BASELINE_MM, Style
from pfmp_cli.press.template.field_link import STYLE_WORDS, FieldName, format_href
from pfmp_cli.press.template.typography import typeset

# What texts of a name take in a line, in millimetres.
_ROOM = {
    **dict.fromkeys(("date_naissance", "telephone", "tuteur_telephone"), 32),
    **dict.fromkeys(("code_postal", "division", "nombre_jours", "duree"), 20),
    "siret": 40,
    "dates": 110,
}
_USUAL_ROOM = 70
_ALIGN = {"gauche": "left", "centre": "center", "droite": "right"}


def name_fields(prefix: str, names: Iterable[str]) -> dict[str, FieldName]:
    """The fields of one thing (`eleve`, or a `stage`): `eleve.nom` is its name."""
    return {name: FieldName(f"{prefix}.{name}") for name in names}


class FieldWriter:
    """Writes fields into HTML: places (`values` is None), or the values themselves."""

    def __init__(self, values: Mapping[str, str] | None) -> None:
        self.values = values

    def __call__(
        self, name: FieldName, largeur: str = "100%", titre: str = "", **choices: Any
    ) -> Markup:
        """A field in a box as wide as `largeur` (CSS); `choices` are `Style`'s. With a `titre`
        it is filled in on screen where the class file says nothing."""
        if not isinstance(name, FieldName):
            raise ValueError(f"champ({name}) : « {name} » n'est pas un champ d'élève")
        style = Style(**{STYLE_WORDS.get(word, word): choice for word, choice in choices.items()})
        box = f"width:{largeur};height:{style.height_mm}mm;vertical-align:-{BASELINE_MM}mm"
        if self.values is None:
            href = format_href(name, style, titre)
            return Markup('<a class="champ" style="{}" href="{}"></a>').format(box, href)
        return self._value(str.__str__(name), style, box)

    def place(self, what: Any, width: int = 0, lines: int = 1) -> Any:
        """Something in the middle of a text: a field with room for it (`width` in millimetres), or
        what the school or the référentiel says."""
        if isinstance(what, tuple) and all(type(part) is str for part in what):
            return ", ".join(what)
        if isinstance(what, date):
            return format_date(what)
        if what is None or isinstance(what, Undefined) or type(what) in (str, int):
            return "" if what is None else what
        if not isinstance(what, FieldName):
            raise ValueError(
                "ce qui est entre accolades n'est pas un texte : précisez, par un point"
            )
        width = width or _ROOM.get(str.__str__(what).rpartition(".")[2], _USUAL_ROOM)
        return self(what, largeur=f"{width}mm", lines=lines)

    def choose(
        self, name: FieldName, textes: Mapping[str, str], sinon: str = "", **choices: Any
    ) -> Markup:
        """Of `textes`, the one for the pupil's value; `sinon` where it is none of theirs, or
        not known. Other choices are those of a field."""
        if not isinstance(name, FieldName):
            raise ValueError(f"selon({name}) : « {name} » n'est pas un champ d'élève")
        _check_choices(str.__str__(name), textes)
        pairs = {"": sinon, **textes}.items()
        texts = tuple((value, typeset(texte)) for value, texte in pairs)
        return self(name, vide="rien", texts=texts, **choices)

    def _value(self, name: str, style: Style, box: str) -> Markup:
        assert self.values is not None
        value = style.text_for(self.values.get(name, ""))
        if not value:
            return Markup('<span class="champ" style="{}"></span>').format(box)
        # The line box of CSS puts the baseline at (line + ascent - descent) / 2 under its
        # top, with the font's 0.984 and 0.273: shift it to where a slot has its baseline.
        shift = f"calc({style.pitch_mm / 2 - BASELINE_MM}mm - {0.3555 * style.size}pt)"
        css = (
            f"top:{shift};font-size:{style.size}pt;line-height:{style.pitch_mm}mm;"
            f"white-space:{'nowrap' if style.lines == 1 else 'pre-line'};"
            f"text-align:{_ALIGN[style.align]}"
        )
        return Markup(
            '<span class="champ" style="{}"><span class="valeur" style="{}">{}</span></span>'
        ).format(box, css, value)


def _check_choices(name: str, values: Iterable[str]) -> None:
    """Raise ValueError for a field, or a value of it, that a text is not chosen by."""
    known = CHOICES.get(name.rpartition(".")[2])
    if known is None:
        choices = " ou ".join(f"« {what} »" for what in CHOICES)
        raise ValueError(f"selon({name}) : un texte ne se choisit que selon {choices}")
    for value in values:
        if value not in known:
            raise ValueError(
                f"selon({name}) : « {value} » n'est pas une de ses valeurs ({', '.join(known)})"
            )

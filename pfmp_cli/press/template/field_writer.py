"""`champ(eleve.nom)`, `remplir('p1.note', …)`: how a template writes a field."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from pfmp_cli.domain.choices import CHOICES
from pfmp_cli.press.merging.master import BASELINE_MM, Style
from pfmp_cli.press.template.field_link import STYLE_WORDS, FieldName, format_href
from pfmp_cli.press.template.form_inputs import FormInput, fill_on_screen
from pfmp_cli.press.template.typography import print_date, typeset


def name_fields(prefix: str, names: Iterable[str]) -> dict[str, FieldName]:
    """The fields of one thing (`eleve`, or a `stage`): `eleve.nom` is its name."""
    return {name: FieldName(f"{prefix}.{name}") for name in names}


def champ(name: FieldName, largeur: str = "100%", titre: str = "", **choices: Any) -> Markup:
    """A field in a box as wide as `largeur` (CSS); `choices` are `Style`'s. With a `titre`
    it is filled in on screen where the class file says nothing."""
    if not isinstance(name, FieldName):
        raise ValueError(f"champ({name}) : « {name} » n'est pas un champ d'élève")
    style = Style(**{STYLE_WORDS.get(word, word): choice for word, choice in choices.items()})
    box = f"width:{largeur};height:{style.height_mm}mm;vertical-align:-{BASELINE_MM}mm"
    field = str.__str__(name)
    style, form_input = fill_on_screen(field, style, titre) if titre else (style, None)
    href = format_href(field, style, form_input)
    return Markup('<a class="champ" style="{}" href="{}"></a>').format(box, href)


def place(what: Any, width: int, lines: int) -> Any:
    """Something in the middle of a text: a field with room for it (`width` in millimetres), what
    the school or the référentiel says, or a line to write it on."""
    if isinstance(what, FieldName):
        return champ(what, largeur=f"{width}mm", lines=lines)
    if isinstance(what, Undefined) or type(what) in (str, int):
        return what
    if what is None or what == ():
        return Markup('<span class="trait" style="width:{}mm"></span>').format(width)
    if isinstance(what, tuple) and all(type(part) is str for part in what):
        return ", ".join(what)
    if isinstance(what, date):
        return print_date(what)
    raise ValueError("ce qui est entre accolades n'est pas un texte : précisez, par un point")


def selon(name: FieldName, textes: Mapping[str, str], sinon: str = "", **choices: Any) -> Markup:
    """Of `textes`, the one for the pupil's value; `sinon` where it is none of theirs, or
    not known. Other choices are those of a field."""
    if not isinstance(name, FieldName):
        raise ValueError(f"selon({name}) : « {name} » n'est pas un champ d'élève")
    _check_choices(str.__str__(name), textes)
    pairs = {"": sinon, **textes}.items()
    texts = tuple((value, typeset(texte)) for value, texte in pairs)
    return champ(name, vide="rien", texts=texts, **choices)


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
    href = format_href("", None, form_input)
    return Markup('<a class="{}" style="{}" href="{}"></a>').format(classe, style, href)


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

"""A field on its way from a template through the layout: the target of a link.

A field is a text that differs from pupil to pupil, at a place that does not. A template writes
it as a link (`field_writer`), the layout gives it rectangles and makes slots of them (`slots`),
the merge fills the slots.
"""

import json
import re
from urllib.parse import quote, unquote

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.press.merging.master import Style
from pfmp_cli.press.template.form_inputs import FormInput

SCHEME = "champ:"
_NAME = re.compile(rf"{SCHEME}([^?\"]+)\?")

# A template's words for the choices of a `Style`.
STYLE_WORDS = {
    "taille": "size",
    "lignes": "lines",
    "pas": "pitch_mm",
    "vide": "blank",
    "aligne": "align",
    "rangee": "row",
    "code": "page",
    "frise": "strip",
}


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

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(field)


def format_href(name: str, style: Style | None, form_input: FormInput | None = None) -> str:
    """The address that carries a field through the layout, as the target of a link: what the class
    file fills in, in a `style`, what is filled in on screen, or the first or else the second."""
    said = [None if one is None else to_plain(one) for one in (style, form_input)]
    return f"{SCHEME}{quote(name)}?{quote(json.dumps(said))}"


def parse_href(href: str) -> tuple[str, Style | None, FormInput | None]:
    """The name, the style and the form field that `format_href` wrote."""
    name, _, said = href.removeprefix(SCHEME).partition("?")
    style, form_input = json.loads(unquote(said))
    return (
        unquote(name),
        None if style is None else from_plain(Style, style),
        None if form_input is None else from_plain(FormInput, form_input),
    )


def find_names(html: str) -> tuple[str, ...]:
    """The names of the fields that `format_href` put into a page, each once, in order."""
    return tuple(sorted({unquote(name) for name in _NAME.findall(html)}))

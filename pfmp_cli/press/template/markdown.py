"""A school's own text in Markdown → the source of a template, line by line.

`{eleve.nom}` is what the field or the key says, `{stage.adresse 90 mm 2 lignes}` with room of its
own; `{signatures}` alone in a paragraph is the block of that name. Other braces are refused, and
HTML is shown as it is written.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.press.template.typography import typeset
from pfmp_cli.rules.template_rules import NOT_A_FIELD

_FIELD = re.compile(r"\{([a-z]\w*(?:\.\w+)*)(?:\s(\d+)\s?mm)?(?:\s(\d+)\slignes?)?\}")
# What texts of a name take in a line, in millimetres.
_ROOM = {
    **dict.fromkeys(("date_naissance", "telephone", "tuteur_telephone"), 32),
    **dict.fromkeys(("code_postal", "division", "nombre_jours", "duree"), 20),
    "siret": 40,
    "dates": 110,
}
_USUAL_ROOM = 70
_BLOCK = re.compile(r"<p>\{(\w+)\}</p>\s*")
_PAGE = (
    '{{% extends "_feuille.html" %}}{{% import "_macros.html" as m with context %}}'
    "{{% set document = '{}' %}}{{% set genre = 'texte' %}}{{% set sans_description = true %}}"
    "{{% block contenu %}}"
)
# Addresses are for screens, and neither a field nor a brace may be smuggled in as one.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKDOWN.disable(["link", "image", "autolink", "reference", "entity", "code", "fence"])


def translate(text: str, path: Path, heads: int, partials: Collection[str]) -> str:
    """The template that a text is; its title is the first heading, or else the file's name.

    `heads` is the number of its first lines, which say what it is; `partials` are the names of
    what can be a block. Raises InputRefused for braces that are no field.
    """
    lines = text.splitlines()
    blocks = list(_split(_MARKDOWN.parse("\n" * heads + "\n".join(lines[heads:]))))
    if wrong := list(_find_wrong(lines, heads, path)):
        raise InputRefused(wrong)
    title = path.stem.capitalize()
    if blocks and blocks[0][0].tag == "h1":
        children = blocks.pop(0)[1].children or ()
        title = "".join(child.content for child in children).replace("'", "’").replace("\\", "")
    if "{" in title:
        place = Position(str(path), heads + 1)
        raise InputRefused([NOT_A_FIELD.at(place, written=title)])
    source = "".join(f"{line.strip()}\n" for line in lines[: heads - 1])
    source += "".join(lines[max(heads - 1, 0) : heads]) + _PAGE.format(title)
    for block in blocks:
        line = block[0].map[0] if block[0].map else 0
        source += "\n" * (line - source.count("\n")) + _write(block, partials)
    return source + "{% endblock %}\n"


def _find_wrong(lines: Sequence[str], heads: int, path: Path) -> Iterator[Diagnostic]:
    """Braces that are no field."""
    for number, line in enumerate(lines[heads:], heads + 1):
        rest = _FIELD.sub(lambda found: " " * len(found[0]), line)
        for found in re.finditer(r"[{}][^{}]*\}?", rest):
            place = Position(str(path), number, found.start() + 1, line, len(found[0]))
            yield NOT_A_FIELD.at(place, written=found[0][:40])


def _split(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The blocks of a text, each with all that is in it."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _write(block: list[Token], partials: Collection[str]) -> str:
    if block[0].type == "table_open":
        block = list(_mark_headers(block))
    for inline in (token for token in block if token.children):
        for child in inline.children or ():
            if child.type == "text":
                child.content = typeset(child.content)
    html = _MARKDOWN.renderer.render(block, _MARKDOWN.options, {}).replace("\n", " ")
    found = _BLOCK.fullmatch(html)
    if found and f"_{found[1]}" in partials:
        return f'{{% include "_{found[1]}.html" %}}'
    return _FIELD.sub(_place, html)


def _place(found: re.Match[str]) -> str:
    name, width, lines = found.groups()
    width = width or _ROOM.get(name.rpartition(".")[2], _USUAL_ROOM)
    known = f"{name} if {name.partition('.')[0]} is not none"  # a class may have no option
    return f"{{{{ place({known} else '', {width}, {lines or 1}) }}}}"


def _mark_headers(table: Sequence[Token]) -> Iterator[Token]:
    """The cells that say what the others are about: those of the first row, or where it is empty,
    the first of each."""
    start = next(n for n, token in enumerate(table) if token.type == "thead_close")
    titled = any(token.content for token in table[:start])
    if not titled:
        table = [table[0], *table[start + 1 :]]
    before = last = ""
    for token in table:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif not titled and before == "tr_open" and token.type == "td_open":
            token.tag = "th"
            token.attrSet("scope", "row")
        elif not titled and token.type == "td_close" and last == "th":
            token.tag = "th"
        if token.type in ("td_open", "th_open"):
            last = token.tag
        before = token.type
        yield token

"""Changes, and the documents that they touch, in French: plain lines, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pfmp_cli.comparing.changes import Changement, Genre
from pfmp_cli.comparing.touched_editions import Touches
from pfmp_cli.comparing.words import Morceau, compare_words, show_blank

if TYPE_CHECKING:
    from pfmp_cli.comparing.causes import Causes
    from pfmp_cli.planning.editions import Edition

# What Markdown, or GitHub and GitLab, would take for something else than text.
_SIGNES = re.compile(r"([\\`*_{}\[\]<>|#~!&$])")


@dataclass(frozen=True, slots=True)
class Style:
    """How a passage is written: plain text is escaped, words that changed are marked."""

    markdown: bool = False

    def plain(self, text: str) -> str:
        flat = " ".join(text.split("\n"))
        return _SIGNES.sub(r"\\\1", flat).replace("@", "&#64;") if self.markdown else flat

    def changed(self, piece: Morceau) -> str:
        before, after = (self.plain(show_blank(text)) for text in (piece.avant, piece.apres))
        gone = f"~~{before}~~" if self.markdown else f"**{before}**"
        if not piece.avant:
            return f"**{after}**" if self.markdown else f"**+ {after}**"
        if not piece.apres:
            return gone if self.markdown else f"**− {before}**"
        return f"{gone} → **{after}**"


TEXTE, MARKDOWN = Style(), Style(markdown=True)


def describe(changement: Changement, style: Style = TEXTE) -> str:
    """One change in one line."""
    one = changement
    what, before, after = (style.plain(text) for text in (one.quoi, one.avant, one.apres))
    suite = style.plain(one.suite)
    if one.genre is Genre.TEXTE:
        return f"{what} : {_tell_words(one, style)}"
    if one.genre is Genre.VALEUR:
        return f"{what} : {before} → {after}"
    if one.genre is Genre.CODE:
        kept = f", même libellé : « {before} »" if before else ""
        return f"{what.rpartition(' ')[0]} {_arrow(one, style)} : code changé{kept}" + _aside(suite)
    if one.genre is Genre.ECHANGE:
        codes = [style.plain(code) for code in one.codes]
        return (
            f"{what.rpartition(' ')[0]}s {codes[0]} et {codes[1]} : libellés échangés "
            f"(« {before} » est maintenant {codes[1]}, et « {after} » {codes[0]})"
        )
    if one.genre is Genre.DEPLACEMENT:
        moved, text = "déplacé" + _agree(one), f" : « {before} »" if before else ""
        return f"{what.rpartition(' ')[0]} {_arrow(one, style)} {moved}, {suite}{text}"
    if one.genre is Genre.ORDRE:
        return f"{what} : ordre changé, {suite}"
    return _tell_presence(one, what, after or before, suite)


def _tell_presence(one: Changement, what: str, text: str, suite: str) -> str:
    verb = "ajouté" if one.genre is Genre.AJOUT else "retiré"
    if one.feminin is None:
        return f"{what} : {verb}, « {text} »"
    said = f" : « {text} »" if text else ""
    return f"{what} {verb}{_agree(one)}{said}" + _aside(suite)


def _agree(one: Changement) -> str:
    return "e" if one.feminin else ""


def _arrow(one: Changement, style: Style) -> str:
    return " → ".join(style.plain(code) for code in one.codes)


def _aside(suite: str) -> str:
    return f" ({suite})" if suite else ""


def _tell_words(one: Changement, style: Style) -> str:
    pieces = compare_words(one.avant, one.apres)
    return f"« {''.join(_spaced(pieces, style))} »"


def _spaced(pieces: Sequence[Morceau], style: Style) -> Iterator[str]:
    """Passages; blanks at the ends of a change stay outside its marks."""
    for piece in pieces:
        if piece.is_same:
            yield style.plain(piece.avant)
            continue
        sides = [side for side in (piece.avant, piece.apres) if side.strip()]
        lead = all(side[:1].isspace() for side in sides) if sides else False
        trail = all(side[-1:].isspace() for side in sides) if sides else False
        yield f"{' ' if lead else ''}{style.changed(piece)}{' ' if trail else ''}"


def tell(changements: Iterable[Changement], touches: Touches, style: Style = TEXTE) -> str:
    """The whole story: the changes under their headings, then the documents."""
    lines: list[str] = []
    for rubrique, group in groupby(_by_heading(changements), key=lambda one: one.rubrique):
        title = style.plain(rubrique)
        lines += [f"### {title}", ""] if style.markdown else [title]
        bullet = "- " if style.markdown else "  "
        lines += [*(bullet + describe(one, style) for one in group), ""]
    lines += _tell_documents(touches, style)
    return "\n".join(lines)


def _by_heading(changements: Iterable[Changement]) -> list[Changement]:
    """In the file's order, the headings that come back joined."""
    rank: dict[str, int] = {}
    found = [(rank.setdefault(one.rubrique, len(rank)), one) for one in changements]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _tell_documents(touches: Touches, style: Style) -> list[str]:
    if not touches.lignes:
        sentence = "Aucun document n'est touché."
        return [f"### {sentence}" if style.markdown else sentence]
    title = f"Documents touchés : {touches.nombre} sur {touches.total}"
    rows = [(style.plain(who), style.plain(", ".join(what))) for who, what in touches.lignes]
    if not style.markdown:
        return [title, *(f"  {who} : {what}" for who, what in rows)]
    table = [f"| {who} | {what} |" for who, what in rows]
    return [f"### {title}", "", "| classe | documents |", "|---|---|", *table]


def explain(files: Iterable[tuple[str, Edition | None]], causes: Causes) -> Iterator[str]:
    """Files under the changes that each is made again for; a file made of others has none."""
    groups: dict[tuple[Changement, ...], list[str]] = {}
    for path, edition in files:
        found = causes.get(edition, ()) if edition else ()
        groups.setdefault(found, []).append(path)
    rest = groups.pop((), [])
    for changements, paths in groups.items():
        yield from (describe(one) for one in changements)
        yield from (f"  {path}" for path in paths)
    if rest:
        yield "Sans changement du référentiel (liste, pfmp.yaml, modèle, fichier absent) :"
        yield from (f"  {path}" for path in rest)

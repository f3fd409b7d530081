"""Changes, and the documents that they touch, in French: plain lines, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pfmp_cli.comparing.changes import Change, Kind
from pfmp_cli.comparing.touched_editions import Touched
from pfmp_cli.comparing.words import Passage, compare_words, show_blank, weigh

# What Markdown, or GitHub and GitLab, would take for something else than text.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~!&$])")


@dataclass(frozen=True, slots=True)
class Markup:
    """How a passage is written: plain text is escaped, words that changed are marked."""

    markdown: bool = False

    def plain(self, text: str) -> str:
        flat = " ".join(text.split("\n"))
        return _SIGNS.sub(r"\\\1", flat).replace("@", "&#64;") if self.markdown else flat

    def changed(self, passage: Passage) -> str:
        before, after = (self.plain(show_blank(text)) for text in (passage.old, passage.new))
        gone = f"~~{before}~~" if self.markdown else f"**{before}**"
        if not passage.old:
            return f"**{after}**" if self.markdown else f"**+ {after}**"
        if not passage.new:
            return gone if self.markdown else f"**− {before}**"
        return f"{gone} → **{after}**"


MOST_IN_ALL = 20_000_000  # words of texts times those of what they became: some seconds
TOO_MANY = (
    "Il y a trop de textes changés pour les comparer tous mot à mot : les derniers sont montrés "
    "entiers, avant et après."
)

TEXT, MARKDOWN = Markup(), Markup(markdown=True)


def describe(change: Change, markup: Markup = TEXT, in_words: bool = True) -> str:
    """One change in one line; without `in_words`, new words are not told from those that stay."""
    what, text, other, note = (
        markup.plain(text) for text in (str(change.place), change.text, change.other, change.note)
    )
    noun = what.removesuffix(f" {markup.plain(change.codes[-1])}") if change.codes else what
    arrow = " → ".join(markup.plain(code) for code in change.codes)
    agreed = "e" if change.noun and change.noun.feminine else ""
    aside = f" ({note})" if note else ""
    said = f" : « {text} »" if text else ""
    match change.kind:
        case Kind.REWORDED:
            return f"{what} : {_tell_words(change, markup, in_words)}"
        case Kind.CHANGED:
            return f"{what} : {text} → {other}"
        case Kind.RECODED:
            kept = f", même libellé : « {text} »" if text else ""
            return f"{noun} {arrow} : code changé{kept}{aside}"
        case Kind.SWAPPED:
            one, two = map(markup.plain, change.codes)
            told = f"« {text} » est maintenant {two}, et « {other} » {one}"
            return f"{noun}s {one} et {two} : libellés échangés ({told})"
        case Kind.MOVED:
            return f"{noun.rpartition(', ')[2]} {arrow} déplacé{agreed}, {note}{said}"
        case Kind.REORDERED:
            return f"{what} : ordre changé, {note}"
        case presence if change.noun:
            return f"{what} {presence.value}{agreed}{said}{aside}"
        case presence:
            return f"{what} : {presence.value}, « {text} »"


def _tell_words(change: Change, markup: Markup, in_words: bool) -> str:
    whole = (Passage(change.text, change.other),)
    passages = compare_words(change.text, change.other) if in_words else whole
    return f"« {''.join(_spaced(passages, markup))} »"


def _spaced(passages: Sequence[Passage], markup: Markup) -> Iterator[str]:
    """Passages; blanks at the ends of a change stay outside its marks."""
    for passage in passages:
        if passage.is_same:
            yield markup.plain(passage.old)
            continue
        sides = [side for side in (passage.old, passage.new) if side.strip()]
        lead = all(side[:1].isspace() for side in sides) if sides else False
        trail = all(side[-1:].isspace() for side in sides) if sides else False
        yield f"{' ' if lead else ''}{markup.changed(passage)}{' ' if trail else ''}"


def tell(changes: Iterable[Change], touched: Touched, markup: Markup = TEXT) -> str:
    """The whole story: the changes under their headings, then the documents."""
    headings: dict[str, list[Change]] = {}
    for change in changes:
        headings.setdefault(change.place.heading, []).append(change)
    lines: list[str] = []
    bullet, room = "- " if markup.markdown else "  ", MOST_IN_ALL
    for heading, group in headings.items():
        title = markup.plain(heading)
        lines += [f"### {title}", ""] if markup.markdown else [title]
        for change in group:
            if change.kind is Kind.REWORDED:
                room -= weigh(change.text, change.other)
            lines.append(bullet + describe(change, markup, room >= 0))
        lines.append("")
    if room < 0:
        lines += [TOO_MANY, ""]
    return "\n".join([*lines, *_tell_documents(touched, markup)])


def _tell_documents(touched: Touched, markup: Markup) -> Iterator[str]:
    mark = "### " if markup.markdown else ""
    if not touched.rows:
        yield f"{mark}Aucun document n'est touché."
        return
    yield f"{mark}Documents touchés : {touched.number} sur {touched.total}"
    if markup.markdown:
        yield from ("", "| classe | documents |", "|---|---|")
    for public, documents in touched.rows:
        who, what = markup.plain(public), markup.plain(", ".join(documents))
        yield f"| {who} | {what} |" if markup.markdown else f"  {who} : {what}"

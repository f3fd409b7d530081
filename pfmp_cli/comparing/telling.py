"""Changes, and the documents that they touch, in French: plain lines, or Markdown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pfmp_cli.comparing.compare import Change
from pfmp_cli.comparing.touched_editions import Touched

AROUND = 3  # words kept on either side of a change
CUT = "[…]"
MOST_COMPARED = 40_000  # words of one text times those of the other
# What Markdown, or GitHub and GitLab, would take for something else than text.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~!&$])")


@dataclass(frozen=True, slots=True)
class Markup:
    """How a passage is written: plain text is escaped, words that changed are marked."""

    markdown: bool = False

    def plain(self, text: str) -> str:
        flat = " ".join(text.split("\n"))
        return _SIGNS.sub(r"\\\1", flat).replace("@", "&#64;") if self.markdown else flat

    def changed(self, old: str, new: str) -> str:
        before, after = self.plain(old), self.plain(new)
        gone = f"~~{before}~~" if self.markdown else f"**{before}**"
        if not old:
            return f"**{after}**" if self.markdown else f"**+ {after}**"
        if not new:
            return gone if self.markdown else f"**− {before}**"
        return f"{gone} → **{after}**"


TEXT, MARKDOWN = Markup(), Markup(markdown=True)


def describe(change: Change, markup: Markup = TEXT) -> str:
    """One change in one line."""
    what, before, after = markup.plain(str(change.place)), change.before, change.after
    if change.note:
        return f"{what} : {markup.plain(change.note)}"
    if before is not None and after is not None:
        if before.split() == after.split():
            return f"{what} : espaces changées"
        passages = (
            markup.plain(old) if old == new else markup.changed(old, new)
            for old, new in _compare_words(before, after)
        )
        return f"{what} : « {' '.join(passages)} »"
    text = markup.plain(before or after or "")
    return f"{what} : {'ajout' if before is None else 'retrait'}" + (f", « {text} »" * bool(text))


def _compare_words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The passages of both texts, in order: the same on both sides where nothing changed.

    Texts so long that their words cannot be told apart in good time are told as a whole.
    """
    old, new = before.split(), after.split()
    if len(old) * len(new) > MOST_COMPARED:
        yield before, after
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[a:b], new[c:d]
        if kind == "equal":
            gone = come = _shorten(come, AROUND if c else 0, AROUND if d < len(new) else 0)
        yield " ".join(gone), " ".join(come)


def _shorten(words: list[str], first: int, last: int) -> list[str]:
    """The beginning and the end of a passage that did not change."""
    if len(words) <= first + last + 1:
        return words
    return [*words[:first], CUT, *words[len(words) - last :]]


def tell(changes: Iterable[Change], touched: Touched, markup: Markup = TEXT) -> str:
    """The whole story: the changes under their headings, then the documents."""
    headings: dict[str, list[Change]] = {}
    for change in changes:
        headings.setdefault(change.place.heading, []).append(change)
    lines: list[str] = []
    for heading, group in headings.items():
        title = markup.plain(heading)
        lines += [f"### {title}", ""] if markup.markdown else [title]
        bullet = "- " if markup.markdown else "  "
        lines += [bullet + describe(change, markup) for change in group]
        lines.append("")
    return "\n".join([*lines, *_tell_documents(touched, markup)])


def _tell_documents(touched: Touched, markup: Markup) -> Iterator[str]:
    mark = "### " if markup.markdown else ""
    if not touched.rows:
        yield f"{mark}Aucun document n'est touché."
        return
    yield f"{mark}Documents touchés : {touched.number} sur {touched.total}"
    if markup.markdown:
        yield from ("", "| classe | documents |", "|---|---|")
    for public, documents in touched.rows.items():
        who, what = markup.plain(public), markup.plain(", ".join(documents))
        yield f"| {who} | {what} |" if markup.markdown else f"  {who} : {what}"

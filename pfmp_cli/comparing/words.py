"""Two texts → the words that changed, with a few around them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

AROUND = 3  # words kept on either side of a change
CUT = "[…]"
MOST_COMPARED = 40_000  # words of one text times those of the other


def compare_words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The passages of both texts, in order: the same on both sides where nothing changed.

    Texts so long that their words cannot be told apart in good time are told as a whole.
    """
    old, new = before.split(), after.split()
    if old == new or len(old) * len(new) > MOST_COMPARED:
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

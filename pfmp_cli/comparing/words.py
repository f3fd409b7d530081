"""Two texts → the words that changed, with a few around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 3  # words kept on either side of a change
CUT = "[…]"
MOST_COMPARED = 4_000_000  # words of one text times those of the other
_BLANKS = {" ": "␣", "\u00a0": "⍽", "\u202f": "⍽", "\n": "⏎", "\t": "⇥"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: the same in both texts where `old` and `new` are one."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        return self.old == self.new


def compare_words(before: str, after: str) -> tuple[Passage, ...]:
    """The passages of two texts that differ, in order, with their surroundings.

    Texts so long that their words cannot be told apart in good time are told as a whole.
    """
    old, new = _split(before), _split(after)
    if len(old) * len(new) > MOST_COMPARED:
        return (Passage(before, after),)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = [Passage("".join(old[a:b]), "".join(new[c:d])) for _, a, b, c, d in blocks]
    return tuple(_shorten(_join(pieces)))


def weigh(before: str, after: str) -> int:
    """What it costs to compare them word by word: words of one times those of the other."""
    return len(_split(before)) * len(_split(after))


def _split(text: str) -> list[str]:
    """Words, and each blank between them."""
    return re.findall(r"\s|\w+(?:['’-]\w+)*|[^\s\w]", text)


def _join(pieces: Iterable[Passage]) -> list[Passage]:
    """Changes with nothing but a blank between them are one; what is the same parts any two."""
    joined: list[Passage] = []
    for piece in pieces:
        if len(joined) > 1 and joined[-1].is_same and joined[-1].old.isspace():
            blank, last = joined.pop().old, joined.pop()
            piece = Passage(last.old + blank + piece.old, last.new + blank + piece.new)
        joined.append(piece)
    return joined


def _shorten(pieces: Sequence[Passage]) -> Iterable[Passage]:
    for rank, piece in enumerate(pieces):
        if not piece.is_same:
            yield piece
            continue
        kept = _cut(piece.old, rank == 0, rank == len(pieces) - 1)
        yield Passage(kept, kept)


def _cut(text: str, first: bool, last: bool) -> str:
    """The beginning and the end of a passage that did not change; `first` in the text, `last`."""
    words = re.findall(r"\s*\S+", text)
    tail = text[len(text.rstrip()) :]
    head_kept, tail_kept = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= head_kept + tail_kept + 1:
        return text
    head = "".join(words[:head_kept])
    end = "".join(words[len(words) - tail_kept :]) + tail if tail_kept else ""
    return (f"{head} " if head else "") + CUT + end


def show_blank(text: str) -> str:
    """A passage as it can be seen: one of blanks alone is drawn."""
    return "".join(_BLANKS.get(sign, sign) for sign in text) if not text.strip() else text.strip()


def bag_of(text: str) -> Counter[str]:
    """The words of a text, counted."""
    return Counter(re.findall(r"\w+", text.lower()))


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """From 0 to 1, the share of words that two texts have in common; the same both ways."""
    return 2 * (old & new).total() / ((old.total() + new.total()) or 1)

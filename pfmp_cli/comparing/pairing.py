"""Which element of an old list became which of the new one. The same both ways round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from pfmp_cli.comparing.words import likeness, words_of

RESSEMBLANCE = 0.4  # share of words in common from which a text is the other, reworded

Paire = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Appariement:
    """Ranks in the old list and in the new one: those that go together, and the others.

    `echanges` are pairs of pairs whose labels changed places.
    """

    paires: tuple[Paire, ...]
    retires: tuple[int, ...]
    ajoutes: tuple[int, ...]
    echanges: tuple[tuple[Paire, Paire], ...] = ()


class _Pairs:
    """Pairs made one rule after another, each among what the rules before left."""

    def __init__(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self.old, self.new = old, new
        self.paires: list[Paire] = []
        self.left_old, self.left_new = list(range(len(old))), list(range(len(new)))

    def add(self, i: int, j: int) -> None:
        self.paires.append((i, j))
        self.left_old.remove(i)
        self.left_new.remove(j)

    def by(self, key: Callable[[Any], Hashable]) -> None:
        """Pair what has the same key, in order."""
        ranks: dict[Hashable, list[int]] = defaultdict(list)
        for j in self.left_new:
            ranks[key(self.new[j])].append(j)
        for i in list(self.left_old):
            if found := ranks[key(self.old[i])]:
                self.add(i, found.pop(0))

    def done(self, echanges: Sequence[tuple[Paire, Paire]] = ()) -> Appariement:
        pairs = tuple(sorted(self.paires))
        return Appariement(pairs, tuple(self.left_old), tuple(self.left_new), tuple(echanges))


def match_coded(
    old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], label: str | None, small: bool
) -> Appariement:
    """Elements with codes. A `small` one is a code and its label: the label alone tells that
    it is the same under another code. A large one is known by its code first."""
    pairs = _Pairs(old, new)
    echanges = _find_swaps(old, new, label) if label else []
    for i, j in (pair for both in echanges for pair in both):
        pairs.add(i, j)
    if label is not None and small:
        pairs.by(lambda one: (one["code"], one[label]))
        pairs.by(lambda one: one[label])
    pairs.by(lambda one: one["code"])
    if label is not None:
        pairs.by(lambda one: one[label])
    return pairs.done(echanges)


def _find_swaps(
    old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], label: str
) -> list[tuple[Paire, Paire]]:
    """Codes of both lists whose labels changed places."""
    place = {one["code"]: j for j, one in enumerate(new)}
    changed = [
        (i, place[one["code"]])
        for i, one in enumerate(old)
        if one["code"] in place and new[place[one["code"]]][label] != one[label]
    ]
    found: list[tuple[Paire, Paire]] = []
    taken: set[Paire] = set()
    for rank, first in enumerate(changed):
        for second in changed[rank + 1 :]:
            crossed = (
                old[first[0]][label] == new[second[1]][label]
                and old[second[0]][label] == new[first[1]][label]
            )
            if crossed and not {first, second} & taken:
                taken |= {first, second}
                found.append((first, second))
    return found


def match_plain(old: Sequence[Any], new: Sequence[Any], alike: bool = True) -> Appariement:
    """Elements without codes: equal ones, and if `alike` those that have words in common, then
    those of the same rank."""
    pairs = _Pairs(old, new)
    pairs.by(repr)
    if alike:
        _match_alike(pairs, old, new)
    return pairs.done()


def _match_alike(pairs: _Pairs, old: Sequence[Any], new: Sequence[Any]) -> None:
    near = sorted(
        (-score, abs(i - j), min(i, j), max(i, j), i, j)
        for i in pairs.left_old
        for j in pairs.left_new
        if (score := likeness(words_of(old[i]), words_of(new[j]))) >= RESSEMBLANCE
    )
    for *_, i, j in near:
        if i in pairs.left_old and j in pairs.left_new:
            pairs.add(i, j)
    if len(old) == len(new):
        for i in set(pairs.left_old) & set(pairs.left_new):
            pairs.add(i, i)


def find_moved(order: Sequence[int]) -> list[int]:
    """The fewest ranks to move for `order` to be increasing: those off its longest run."""
    runs: list[tuple[int, ...]] = []
    for rank, value in enumerate(order):
        longest = max((run for run in runs if order[run[-1]] < value), key=len, default=())
        runs.append((*longest, rank))
    kept = max(runs, key=len, default=())
    return [rank for rank in range(len(order)) if rank not in kept]


def find_exchange(order: Sequence[int]) -> Paire | None:
    """The two ranks whose exchange puts `order` right; None where it takes more."""
    wrong = [rank for rank, value in enumerate(sorted(order)) if order[rank] != value]
    return (wrong[0], wrong[1]) if len(wrong) == 2 else None

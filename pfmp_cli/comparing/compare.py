"""Two référentiels → their changes: compared by code, then by label.

Keys are not known here: all that a document could print is gone through. Work is bounded: a
list is matched in a few passes over it, and texts are held side by side a limited number of
times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from pfmp_cli.comparing.changes import Change, Kind, Place
from pfmp_cli.comparing.nouns import (
    LABELS,
    NOUNS,
    UNKNOWN,
    Noun,
    count_inside,
    label_of,
    quote,
    show,
    show_element,
    words_of,
)
from pfmp_cli.comparing.words import bag_of, likeness
from pfmp_cli.domain.referentiel import Referentiel

ALIKE = 0.4  # share of words in common from which a text is the other, reworded
MOST_ALIKE = 40  # texts without a code of each side that are held against each other

Element = dict[str, Any]


def compare_referentiels(old: Referentiel, new: Referentiel) -> list[Change]:
    """All that differs, in the order of the new file; nothing where they mean the same."""
    return _join_moves([*_mappings(asdict(old), asdict(new), Place())])


def _compare(old: Any, new: Any, place: Place, codes: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _mappings(old, new, place, codes)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        coded = all(isinstance(one, dict) and "code" in one for one in (*old, *new))
        yield from _coded(old, new, place) if coded else _plain(old, new, place, codes)
    elif old != new:
        yield _value(old, new, place, codes)


def _mappings(
    old: Element, new: Element, place: Place, codes: tuple[str, ...] = ()
) -> Iterator[Change]:
    for key in dict.fromkeys((*new, *old)):
        # The label of an element is told as the element itself.
        is_label = key in LABELS and place.key in NOUNS and "code" in new
        inner = place if is_label else place.at_key(key)
        yield from _compare(old.get(key), new.get(key), inner, codes)


def _value(old: Any, new: Any, place: Place, codes: tuple[str, ...]) -> Change:
    if place.key == "option":  # none is no option: common to all
        return Change(place, Kind.CHANGED, codes, old or "commune", new or "commune")
    if old is None or new is None:
        kind = Kind.ADDED if old is None else Kind.REMOVED
        return Change(place, kind, codes, show(new if old is None else old))
    texts = isinstance(old, str) and isinstance(new, str)
    return Change(place, Kind.REWORDED if texts else Kind.CHANGED, codes, show(old), show(new))


def _coded(old: Sequence[Element], new: Sequence[Element], place: Place) -> Iterator[Change]:
    """Elements with codes. A code and a label, no more (a task), are known by the label even
    under another code; what holds more is known by its code first."""
    noun = NOUNS.get(place.key, UNKNOWN)
    matching = _Matching(old, new)
    if noun.small:
        matching.by(lambda one: (one["code"], label_of(one)))
        matching.by(label_of)
    matching.by(lambda one: one["code"])
    matching.by(show_element)
    yield from _recoded([pair for _, pair in matching.in_order()], place, noun)
    for kind, left in ((Kind.ADDED, matching.left_new), (Kind.REMOVED, matching.left_old)):
        for one in left.values():
            text, inside = show_element(one), count_inside(one)
            here = place.at_element(noun, one["code"], text)
            yield Change(here, kind, (one["code"],), text, "", noun, inside, place.above)
    yield from _order((one["code"] for one in old), (one["code"] for one in new), place, str)


def _recoded(
    pairs: Sequence[tuple[Element, Element]], place: Place, noun: Noun
) -> Iterator[Change]:
    """What two elements are that are one, under its code or under another."""
    new_codes = {before["code"]: after["code"] for before, after in pairs}
    labels = {before["code"]: label_of(before) for before, _ in pairs}
    for before, after in pairs:
        code, other = before["code"], after["code"]
        here = place.at_element(noun, other, label_of(after))
        if code == other:
            yield from _compare(before, after, here, (code,))
            continue
        change = Change(here, Kind.RECODED, (code, other), show_element(before), noun=noun)
        was = labels.get(other)
        if was and new_codes[other] == code:
            if code < other:
                yield replace(change, kind=Kind.SWAPPED, other=was)
            continue
        renamed = _rename(before, code, other)
        if renamed != {**before, "code": other}:
            change = replace(change, note="ses codes suivent")
        elif was:
            change = replace(change, note=f"{other} était « {was} »")
        yield change
        yield from _compare(renamed, after, here, (code, other))


def _rename(element: Element, code: str, other: str) -> Element:
    """The element under another code, with the codes under it that begin with the old one."""

    def follow(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(follow, value))
        if isinstance(value, dict) and str(value.get("code", "")).startswith(f"{code}."):
            return {**value, "code": other + value["code"].removeprefix(code)}
        return value

    return {**{key: follow(value) for key, value in element.items()}, "code": other}


def _plain(
    old: Sequence[Any], new: Sequence[Any], place: Place, codes: tuple[str, ...]
) -> Iterator[Change]:
    """Elements without codes, known by their text; or codes of what is described elsewhere."""
    matching = _Matching(old, new)
    matching.by(repr)
    noun = NOUNS.get(place.key)
    if noun is None:
        matching.alike()
        if len(old) == len(new):
            matching.by_rank()
    for rank, (before, after) in matching.in_order():
        yield from _compare(before, after, place.at_rank(rank, _title(after)), codes)
    for kind, left in ((Kind.ADDED, matching.left_new), (Kind.REMOVED, matching.left_old)):
        for rank, one in left.items():
            if noun:
                here = place.at_element(noun, one, "")
                yield Change(here, kind, (one,), noun=noun, owner=place.above)
            else:
                yield Change(place.at_rank(rank, _title(one)), kind, codes, show(one))
    yield from _order(map(words_of, old), map(words_of, new), place, str if noun else quote)


def _title(value: Any) -> str:
    return str(value.get("titre") or value.get("texte") or "") if isinstance(value, dict) else ""


def _order(
    old: Iterable[str], new: Iterable[str], place: Place, name: Callable[[str], str]
) -> Iterator[Change]:
    """What both have, in another order: the two that changed places, or the first that moved."""
    was, now = [*old], [*new]
    both = {*was} & {*now}
    was, now = ([one for one in side if one in both] for side in (was, now))
    wrong = [rank for rank, (one, other) in enumerate(zip(was, now, strict=False)) if one != other]
    if not wrong:
        return
    first, last = wrong[0], wrong[-1]
    if len(wrong) == 2:
        note = f"{name(was[first])} et {name(was[last])} ont échangé leur place"
        yield Change(place, Kind.REORDERED, (was[first], was[last]), note=note)
        return
    # One that came from behind has the old one right after it; else the old one went back.
    moved = now[first] if was[first] == now[first + 1] else was[first]
    rank = now.index(moved)
    where = f"après {name(now[rank - 1])}" if rank else "en tête"
    yield Change(place, Kind.REORDERED, (moved,), note=f"{name(moved)} passe {where}")


class _Matching:
    """Elements of an old list and of a new one, by rank, matched by one rule after another."""

    def __init__(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self.left_old, self.left_new = dict(enumerate(old)), dict(enumerate(new))
        self.pairs: dict[int, tuple[Any, Any]] = {}  # by the rank in the new list

    def in_order(self) -> list[tuple[int, tuple[Any, Any]]]:
        """The rank and the pair, as the new list has them."""
        return sorted(self.pairs.items())

    def by(self, key: Callable[[Any], Hashable]) -> None:
        """Pair what has the same key, in order."""
        ranks: dict[Hashable, list[int]] = defaultdict(list)
        for j in reversed(self.left_new):
            ranks[key(self.left_new[j])].append(j)
        for i, one in [*self.left_old.items()]:
            if found := ranks[key(one)]:
                self._pair(i, found.pop())

    def alike(self) -> None:
        """Pair texts that have words in common, the most alike first."""
        old, new = (
            [(rank, bag_of(words_of(text))) for rank, text in [*left.items()][:MOST_ALIKE]]
            for left in (self.left_old, self.left_new)
        )
        near = sorted(
            (-score, abs(i - j), i, j)
            for i, before in old
            for j, after in new
            if (score := likeness(before, after)) >= ALIKE
        )
        for *_, i, j in near:
            if i in self.left_old and j in self.left_new:
                self._pair(i, j)

    def by_rank(self) -> None:
        """Pair what is left, where as many are."""
        for i in self.left_old.keys() & self.left_new.keys():
            self._pair(i, i)

    def _pair(self, i: int, j: int) -> None:
        self.pairs[j] = self.left_old.pop(i), self.left_new.pop(j)


def _join_moves(changes: Sequence[Change]) -> list[Change]:
    """The changes, with each removal and addition of one thing said as one move."""
    gone: dict[Hashable, list[Change]] = defaultdict(list)
    for change in changes:
        if change.noun and change.kind is Kind.REMOVED:
            gone[change.noun, change.text or change.codes].append(change)
    moved, told = set(), []
    for change in changes:
        found = gone[change.noun, change.text or change.codes]
        if change.kind is Kind.ADDED and found and found[0].owner != change.owner:
            before = found.pop(0)
            moved.add(id(before))
            codes = tuple(dict.fromkeys((*before.codes, *change.codes)))
            note = f"de « {before.owner} » à « {change.owner} »"
            change = replace(change, kind=Kind.MOVED, codes=codes, note=note)
        told.append(change)
    return [change for change in told if id(change) not in moved]

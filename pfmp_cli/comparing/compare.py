"""Two référentiels → their changes: compared by code, then by label.

Keys are not known here: all that a document could print is gone through. Work is bounded: a
list is matched in a few passes over it, and texts are held side by side a limited number of
times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pfmp_cli.comparing.changes import Change, Kind, Place
from pfmp_cli.comparing.nouns import (
    NOUNS,
    UNKNOWN,
    Noun,
    count_inside,
    quote,
    show,
    show_element,
    words_of,
)
from pfmp_cli.comparing.words import bag_of, likeness
from pfmp_cli.domain.referentiel import Referentiel

ALIKE = 0.4  # share of words in common from which a text is the other, reworded
MOST_ALIKE = 40  # texts without a code of each side that are held against each other

Pair = tuple[int, int]
Element = dict[str, Any]


def compare_referentiels(old: Referentiel, new: Referentiel) -> list[Change]:
    """All that differs, in the order of the new file; nothing where they mean the same."""
    return list(_join_moves([*_mappings(as_data(old), as_data(new), Place())]))


def as_data(value: Any) -> Any:
    """A référentiel as mappings and lists."""
    if is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: as_data(inner) for key, inner in value.items()}
    return [as_data(inner) for inner in value] if isinstance(value, tuple | list) else value


def _compare(old: Any, new: Any, place: Place, codes: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _mappings(old, new, place, codes)
    elif isinstance(old, list) and isinstance(new, list):
        coded = all(isinstance(one, dict) and "code" in one for one in (*old, *new))
        yield from _coded(old, new, place) if coded else _plain(old, new, place, codes)
    elif old != new:
        yield _value(old, new, place, codes)


def _mappings(
    old: Element, new: Element, place: Place, codes: tuple[str, ...] = ()
) -> Iterator[Change]:
    for key in dict.fromkeys((*new, *old)):
        # The label of an element is told as the element itself.
        label = bool(place.words) and key == NOUNS.get(place.key, UNKNOWN).label
        inner = place if label and "code" in new else place.at_key(key)
        yield from _compare(old.get(key), new.get(key), inner, codes)


def _value(old: Any, new: Any, place: Place, codes: tuple[str, ...]) -> Change:
    if place.key == "option":  # none is no option: common to all
        old, new = old or "commune", new or "commune"
    if old is None:
        return Change(place, Kind.ADDED, codes, after=show(new))
    if new is None:
        return Change(place, Kind.REMOVED, codes, before=show(old))
    texts = isinstance(old, str) and isinstance(new, str) and place.key != "option"
    kind = Kind.REWORDED if texts else Kind.CHANGED
    return Change(place, kind, codes, old if texts else show(old), new if texts else show(new))


def _coded(old: list[Element], new: list[Element], place: Place) -> Iterator[Change]:
    """Elements with codes. A code and a label, no more (a task), are known by the label even
    under another code; what holds more is known by its code first."""
    noun = NOUNS.get(place.key, UNKNOWN)
    matching = _Matching(old, new)
    if noun.small:
        matching.by(lambda one: (one["code"], one[noun.label]))
        matching.by(lambda one: one[noun.label])
    matching.by(lambda one: one["code"])
    matching.by(lambda one: show_element(one, noun))
    pairs = sorted(matching.pairs, key=lambda pair: pair[1])
    yield from _recoded([(old[i], new[j]) for i, j in pairs], place, noun)
    for element in (new[j] for j in matching.left_new):
        yield _presence(Kind.ADDED, element, place, noun)
    for element in (old[i] for i in matching.left_old):
        yield _presence(Kind.REMOVED, element, place, noun)
    codes = {one["code"] for one in new} & {one["code"] for one in old}
    orders = [[one["code"] for one in side if one["code"] in codes] for side in (old, new)]
    yield from _order(orders[0], orders[1], place)


def _recoded(
    pairs: Sequence[tuple[Element, Element]], place: Place, noun: Noun
) -> Iterator[Change]:
    """What two elements are that are one, under its code or under another."""
    new_codes = {before["code"]: after["code"] for before, after in pairs}
    labels = {before["code"]: show_element(before, noun) for before, _ in pairs}
    for before, after in pairs:
        code, other = before["code"], after["code"]
        here = place.at_element(noun, other, str(after.get(noun.label, "")))
        if code == other:
            yield from _compare(before, after, here, (code,))
            continue
        change = Change(here, Kind.RECODED, (code, other), labels[code], noun=noun)
        if new_codes.get(other) == code and noun.label:
            if code < other:
                yield replace(change, kind=Kind.SWAPPED, after=labels[other])
            continue
        renamed = _rename(before, code, other)
        if renamed != {**before, "code": other}:
            change = replace(change, note="ses codes suivent")
        elif other in labels and noun.label:
            change = replace(change, note=f"{other} était « {labels[other]} »")
        yield change
        yield from _compare(renamed, after, here, (code, other))


def _rename(element: Element, code: str, other: str) -> Element:
    """The element under another code, with the codes under it that begin with the old one."""

    def follow(value: Any) -> Any:
        if isinstance(value, list):
            return [follow(inner) for inner in value]
        if isinstance(value, dict) and str(value.get("code", "")).startswith(f"{code}."):
            return {**value, "code": other + value["code"].removeprefix(code)}
        return value

    return {**{key: follow(value) for key, value in element.items()}, "code": other}


def _presence(kind: Kind, element: Element, place: Place, noun: Noun) -> Change:
    text = show_element(element, noun)
    before, after = ("", text) if kind is Kind.ADDED else (text, "")
    here = place.at_element(noun, element["code"], text)
    owner = ", ".join(place.words[:-1])
    note = count_inside(element)
    return Change(here, kind, (element["code"],), before, after, noun, note, owner)


def _plain(
    old: list[Any], new: list[Any], place: Place, codes: tuple[str, ...]
) -> Iterator[Change]:
    """Elements without codes, known by their text; or codes of what is described elsewhere."""
    matching = _Matching(old, new)
    matching.by(repr)
    noun = NOUNS.get(place.key)
    if noun is None:
        matching.alike()
    for i, j in sorted(matching.pairs, key=lambda pair: pair[1]):
        yield from _compare(old[i], new[j], place.at_rank(j, _title(new[j])), codes)
    owner = ", ".join(place.words[:-1])
    for kind, side, left in ((Kind.ADDED, new, matching.left_new),
                             (Kind.REMOVED, old, matching.left_old)):  # fmt: skip
        for rank in left:
            here = place.at_rank(rank, _title(side[rank]))
            if noun:
                here = place.at_element(noun, side[rank], "")
                yield Change(here, kind, (side[rank],), noun=noun, owner=owner)
            else:
                text = show(side[rank])
                before, after = ("", text) if kind is Kind.ADDED else (text, "")
                yield Change(here, kind, codes, before, after)
    names = {repr(one): one if noun else quote(words_of(one)) for one in new}
    both = {repr(one) for one in old} & names.keys()
    orders = [[names[key] for key in map(repr, side) if key in both] for side in (old, new)]
    yield from _order(orders[0], orders[1], place)


def _title(value: Any) -> str:
    return str(value.get("titre") or value.get("texte") or "") if isinstance(value, dict) else ""


def _order(old: Sequence[str], new: Sequence[str], place: Place) -> Iterator[Change]:
    """What both have, in another order: the two that changed places, or the first that moved."""
    wrong = [rank for rank, (one, other) in enumerate(zip(old, new, strict=False)) if one != other]
    if not wrong:
        return
    if len(wrong) == 2:
        note = f"{old[wrong[0]]} et {old[wrong[1]]} ont échangé leur place"
        yield Change(place, Kind.REORDERED, tuple(old[rank] for rank in wrong), note=note)
        return
    moved = _find_moved(old, new)
    rank = new.index(moved)
    where = "en tête" if rank == 0 else f"après {new[rank - 1]}"
    yield Change(place, Kind.REORDERED, (moved,), note=f"{moved} passe {where}")


def _find_moved(old: Sequence[str], new: Sequence[str]) -> str:
    """The one whose move explains the most: without it, the others are in order the longest."""

    def in_order(one: str) -> int:
        left = zip((x for x in old if x != one), (x for x in new if x != one), strict=True)
        return sum(a == b for a, b in left)

    first = next(rank for rank, one in enumerate(old) if one != new[rank])
    last = next(rank for rank in reversed(range(len(old))) if old[rank] != new[rank])
    candidates = dict.fromkeys((old[first], new[first], old[last], new[last]))
    return max(candidates, key=in_order)


class _Matching:
    """Ranks of an old list and of a new one, matched by one rule after another."""

    def __init__(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self.old, self.new = old, new
        self.pairs: list[Pair] = []
        self.left_old, self.left_new = list(range(len(old))), list(range(len(new)))

    def by(self, key: Callable[[Any], Hashable]) -> None:
        """Pair what has the same key, in order."""
        ranks: dict[Hashable, list[int]] = defaultdict(list)
        for j in reversed(self.left_new):
            ranks[key(self.new[j])].append(j)
        self._take((i, found.pop()) for i in self.left_old if (found := ranks[key(self.old[i])]))

    def alike(self) -> None:
        """Pair texts that have words in common, the most alike first."""
        old, new = (
            [(rank, bag_of(words_of(side[rank]))) for rank in left[:MOST_ALIKE]]
            for side, left in ((self.old, self.left_old), (self.new, self.left_new))
        )
        near = sorted(
            (-score, abs(i - j), i, j)
            for i, before in old
            for j, after in new
            if (score := likeness(before, after)) >= ALIKE
        )
        taken: dict[int, int] = {}
        for *_, i, j in near:
            if i not in taken and j not in taken.values():
                taken[i] = j
        self._take(taken.items())
        if len(self.old) == len(self.new):
            self._take((i, i) for i in set(self.left_old) & set(self.left_new))

    def _take(self, pairs: Any) -> None:
        found = list(pairs)
        old, new = {i for i, _ in found}, {j for _, j in found}
        self.pairs += found
        self.left_old = [i for i in self.left_old if i not in old]
        self.left_new = [j for j in self.left_new if j not in new]


def _join_moves(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes, with each removal and addition of one thing said as one move."""
    gone: dict[Hashable, list[Change]] = defaultdict(list)
    for change in changes:
        if change.noun and change.kind is Kind.REMOVED:
            gone[change.noun, change.before or change.codes].append(change)
    moved: set[int] = set()
    told: list[Change] = []
    for change in changes:
        found = gone[change.noun, change.after or change.codes] if change.noun else []
        if change.kind is Kind.ADDED and found and found[0].owner != change.owner:
            before = found.pop(0)
            moved.add(id(before))
            told.append(replace(
                change, kind=Kind.MOVED, before=before.before, after="",
                codes=tuple(dict.fromkeys((*before.codes, *change.codes))),
                note=f"de « {before.owner} » à « {change.owner} »",
            ))  # fmt: skip
        else:
            told.append(change)
    return (change for change in told if id(change) not in moved)

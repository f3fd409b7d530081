"""Two référentiels → their changes: compared by code, then by label.

Keys are not known here: all that a document could print is gone through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from pfmp_cli.comparing.nouns import ALONE, LABELS, NOUNS, TITLES, label_of, show, title_of
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.text import list_some

# An element of the old list and of the new one, None where there is none, and its rank in the new
# list, or in the old one.
Pair: TypeAlias = tuple[int, Any, Any]
_MOST = 8  # elements out of order that are named


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are in a référentiel: the heading that it is told under, and French words.

    `key` is the last key of the YAML that leads here.
    """

    heading: str = ""
    words: tuple[str, ...] = ()
    key: str = ""

    def __str__(self) -> str:
        return ", ".join(self.words)

    def at_key(self, key: str) -> Place:
        """The value of a key: « activité 1, conditions d'exercice »."""
        return Place(self.heading or TITLES.get(key, key), (*self.words, title_of(key)), key)

    def at_code(self, code: str, label: str = "") -> Place:
        """An element that has a code: « activité 1 », « tâche 1.T2 »."""
        is_activity = self.words == (title_of("activites"),)
        heading = f"Activité {code} – {label}" if is_activity else self.heading
        above = () if self.key in ALONE else self.words[:-1]
        return Place(heading, (*above, f"{NOUNS.get(self.key, 'élément')} {code}"), self.key)

    def at_rank(self, rank: int) -> Place:
        """An element that has none: « lettre, corps n° 3 »."""
        return replace(self, words=(*self.words[:-1], f"{self.words[-1]} n° {rank + 1}"))


@dataclass(frozen=True, slots=True)
class Change:
    """What a place said `before` and says `after`, None where it was or is not there; or, as a
    `note`, what else has changed."""

    place: Place
    before: str | None = None
    after: str | None = None
    note: str = ""


def compare_referentiels(old: Referentiel, new: Referentiel) -> list[Change]:
    """All that differs, in the order of the new file; nothing where they mean the same."""
    return list(_compare(asdict(old), asdict(new), Place()))


def _compare(old: Any, new: Any, place: Place) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*new, *old)):
            # The label of an element is told as the element itself.
            inner = place if key in LABELS and "code" in new else place.at_key(key)
            yield from _compare(old.get(key), new.get(key), inner)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        coded = all(isinstance(one, dict) and "code" in one for one in (*old, *new))
        yield from _coded(old, new, place) if coded else _plain(old, new, place)
    elif old != new:
        before, after = (None if one is None else show(one) for one in (old, new))
        yield Change(place, before, after)


def _coded(old: Sequence[Any], new: Sequence[Any], place: Place) -> Iterator[Change]:
    """Elements with codes, known by their label even under another code."""
    pairs = _match(
        old,
        new,
        lambda one: (one["code"], label_of(one)),
        lambda one: label_of(one) or one["code"],
        lambda one: one["code"],
    )
    for _, before, after in pairs:
        code, label = (after or before)["code"], label_of(after or before)
        here = place.at_code(code, label)
        if not (before and after):
            yield Change(here, before and label, after and label)
        elif before["code"] == code:
            yield from _compare(before, after, here)
        else:
            words = place.at_code(f"{before['code']} → {code}").words
            note = f"code changé, même libellé : « {label} »"
            yield Change(replace(here, words=words), note=note)
            yield from _compare(_rename(before, code), after, here)
    yield from _order([one["code"] for one in old], [one["code"] for one in new], place)


def _rename(element: Any, code: str) -> Any:
    """The element under another code, with the codes in it that begin with the old one."""
    start = f"{element['code']}."

    def follow(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(follow, value))
        if isinstance(value, dict) and str(value.get("code", "")).startswith(start):
            return {**value, "code": f"{code}.{value['code'].removeprefix(start)}"}
        return value

    return {**{key: follow(value) for key, value in element.items()}, "code": code}


def _plain(old: Sequence[Any], new: Sequence[Any], place: Place) -> Iterator[Change]:
    """Codes of what is described elsewhere; or elements without codes, known by what they say, and
    by their place where as many have changed on either side."""
    is_code = place.key in NOUNS and all(isinstance(one, str) for one in (*old, *new))
    pairs = _match(old, new, repr)
    gone = [one for _, one, other in pairs if other is None]
    if len(old) == len(new) and not is_code:
        pairs = [(rank, one or gone.pop(0), other) for rank, one, other in pairs if other]
    for rank, before, after in pairs:
        if not is_code:
            yield from _compare(before, after, place.at_rank(rank))
        elif before is None or after is None:
            yield Change(place.at_code(before or after), before and "", after and "")
    names = {repr(one): one if is_code else _quote(one) for one in new}
    yield from _order([*map(repr, old)], [*map(repr, new)], place, names)


def _quote(value: Any) -> str:
    return f"« {show(value)[:40]} »"


def _match(old: Sequence[Any], new: Sequence[Any], *keys: Callable[[Any], Hashable]) -> list[Pair]:
    """What is the same by the first of the keys, then by the others; in the order of the new list,
    and what is gone behind."""
    left, found = dict(enumerate(old)), dict[int, Any]()
    for key in keys:
        ranks: dict[Hashable, list[int]] = defaultdict(list)
        for rank in reversed(left):
            ranks[key(left[rank])].append(rank)
        for rank, one in enumerate(new):
            if rank not in found and ranks[key(one)]:
                found[rank] = left.pop(ranks[key(one)].pop())
    pairs = [(rank, found.get(rank), one) for rank, one in enumerate(new)]
    return [*pairs, *((rank, one, None) for rank, one in left.items())]


def _order(
    old: Sequence[str], new: Sequence[str], place: Place, names: Mapping[str, str] | None = None
) -> Iterator[Change]:
    """What both have and is no longer in the same order; `names` says what to call it."""
    both = {*old} & {*new}
    was, now = ([one for one in side if one in both] for side in (old, new))
    if was != now:
        parts = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        moved = [one for kind, _, _, i, j in parts if kind != "equal" for one in now[i:j]]
        moved = [names[one] for one in moved] if names else moved
        yield Change(place, note=f"ordre changé ({list_some(moved, _MOST)})")

"""What left one list and came into another under the same label has moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pfmp_cli.comparing.changes import Changement, Genre
from pfmp_cli.comparing.place_names import name_place


def join_moves(changements: Sequence[Changement], new: Any) -> list[Changement]:
    """The changes, with each removal and addition of one thing said as one move."""
    gone: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rank, one in enumerate(changements):
        if one.genre is Genre.RETRAIT and one.feminin is not None:
            gone[_key(one, one.avant)].append(rank)
    kept: list[Changement | None] = list(changements)
    for rank, one in enumerate(changements):
        if one.genre is Genre.AJOUT and one.feminin is not None and gone[_key(one, one.apres)]:
            left = gone[_key(one, one.apres)].pop(0)
            kept[left], kept[rank] = None, _move(changements[left], one, new)
    return [one for one in kept if one is not None]


def _key(one: Changement, label: str) -> tuple[str, str]:
    noun = one.quoi.rpartition(", ")[2].split(" ")[0]
    return noun, label or one.codes[0]


def _move(before: Changement, after: Changement, new: Any) -> Changement:
    """A move from one list to another; within one list, no more than a new code."""
    owners = [name_place(new, one.atomes[0].loc[:-2]) for one in (before, after)]
    moved = owners[0] != owners[1]
    return replace(
        after,
        genre=Genre.DEPLACEMENT if moved else Genre.CODE,
        quoi=before.quoi.rpartition(", ")[2] if moved else before.quoi,
        codes=tuple(dict.fromkeys((*before.codes, *after.codes))),
        avant=before.avant,
        suite=f"de « {owners[0]} » à « {owners[1]} »" if moved else "",
        atomes=(*before.atomes, *after.atomes),
    )

"""A change as data: what it is about, what happened, and how to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pfmp_cli.yaml_files.source import Loc

ABSENT: Any = type("Absent", (), {"__repr__": lambda _: "ABSENT", "__deepcopy__": lambda s, _: s})()


class Genre(Enum):
    """What happened."""

    AJOUT = "ajout"
    RETRAIT = "retrait"
    CODE = "code"
    ECHANGE = "échange"
    DEPLACEMENT = "déplacement"
    ORDRE = "ordre"
    TEXTE = "texte"
    VALEUR = "valeur"


@dataclass(frozen=True, slots=True)
class Atome:
    """The place in the new data, and what to put back there.

    `avant` is ABSENT for what was added, `apres` for what was taken out: that one goes back
    to the rank of `loc`.
    """

    loc: Loc
    avant: Any
    apres: Any


@dataclass(frozen=True, slots=True)
class Changement:
    """One change. `quoi` is the noun with its code (« tâche X-1.T3 ») or the field's place.

    `codes` are the codes that it is about, or dotted paths; `avant` and `apres` are texts;
    `suite` ends the sentence; `feminin` is None where `quoi` is no noun to agree with.
    """

    rubrique: str
    genre: Genre
    quoi: str
    codes: tuple[str, ...]
    avant: str = ""
    apres: str = ""
    suite: str = ""
    feminin: bool | None = True
    atomes: tuple[Atome, ...] = ()


def take_back(data: Any, changement: Changement) -> Any:
    """The new data without this change, the others kept."""
    copy = deepcopy(data)
    put_back = [atome for atome in changement.atomes if atome.apres is ABSENT]
    taken_out = [atome for atome in changement.atomes if atome.avant is ABSENT]
    others = [atome for atome in changement.atomes if atome not in (*put_back, *taken_out)]
    for atome in (*others, *reversed(taken_out), *put_back):
        _put(copy, atome)
    return copy


def _put(data: Any, atome: Atome) -> None:
    owner = data
    for step in atome.loc[:-1]:
        owner = owner[step]
    last: Any = atome.loc[-1]
    if atome.avant is ABSENT:
        del owner[last]
    elif atome.apres is ABSENT and isinstance(owner, list):
        owner.insert(last, deepcopy(atome.avant))
    else:
        owner[last] = deepcopy(atome.avant)


def as_lists(value: Any) -> Any:
    """A model's data with lists for tuples, so that they can be changed."""
    if isinstance(value, dict):
        return {key: as_lists(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_lists(inner) for inner in value]
    return value

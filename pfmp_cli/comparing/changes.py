"""A change of a référentiel as data: what it is about, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from pfmp_cli.comparing.nouns import TITLES, Noun, quote, title_of


class Kind(Enum):
    """What happened."""

    ADDED = "ajouté"
    REMOVED = "retiré"
    RECODED = "code changé"
    SWAPPED = "libellés échangés"
    MOVED = "déplacé"
    REORDERED = "ordre changé"
    REWORDED = "mots changés"
    CHANGED = "valeur changée"


# What one of a list is called that has no code, by the list's key.
_RANKED = {
    "niveaux": "niveau",
    "errata": "réparation",
    "blocs": "paragraphe",
    "corps": "corps, paragraphe",
    "introduction": "introduction, paragraphe",
}


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

    @property
    def above(self) -> str:
        """What the list is of: « activité 1 » for its tasks."""
        return ", ".join(self.words[:-1])

    def at_key(self, key: str) -> Place:
        """The value of a key: « activité 1, conditions d'exercice »."""
        return Place(self.heading or TITLES.get(key, key), (*self.words, title_of(key)), key)

    def at_element(self, noun: Noun, code: str, label: str) -> Place:
        """An element that has a code: « activité 1 », « tâche 1.T2 »."""
        is_activity = self.key == "activites" and not self.above
        heading = f"Activité {code} – {label}" if is_activity else self.heading
        above = () if noun.alone else self.words[:-1]
        return Place(heading, (*above, f"{noun.noun} {code}"), self.key)

    def at_rank(self, rank: int, title: str) -> Place:
        """An element that has none: « lettre, corps, paragraphe 3 », « évaluation, niveau 2 »."""
        word = _RANKED.get(self.key, f"{self.words[-1]}, n°")
        shown = quote(title, 50) if title else str(rank + 1)
        return replace(self, words=(*self.words[:-1], f"{word} {shown}"))


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `codes` are the codes that it is about; `text` is what it does it to, `other`
    what it makes of it where that is something else.

    `noun` is that of an element with a code, None for a key or a place in a list; `note` ends
    the sentence; `owner` is the place of the list that an element was added to or removed from.
    """

    place: Place
    kind: Kind
    codes: tuple[str, ...] = ()
    text: str = ""
    other: str = ""
    noun: Noun | None = None
    note: str = ""
    owner: str = ""

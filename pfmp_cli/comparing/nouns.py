"""What the parts of a référentiel are called in French."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from pfmp_cli.domain import referentiel
from pfmp_cli.text import count

# Each key → what the domain calls it.
TITLES: dict[str, str] = {
    key.name: key.metadata["title"]
    for model in vars(referentiel).values()
    if isinstance(model, type) and is_dataclass(model)
    for key in fields(model)
}
LABELS = ("intitule", "libelle", "titre")  # the key that names an element with a code


@dataclass(frozen=True, slots=True)
class Noun:
    """An element with a code: its noun, its gender.

    `alone`: its code says where it is, so that nothing above it need be named; `small`: it is a
    code and a label, no more.
    """

    noun: str
    feminine: bool = True
    alone: bool = False
    small: bool = False


NOUNS = {
    "options": Noun("option"),
    "classes": Noun("classe"),
    "periodes": Noun("période"),
    "variantes": Noun("variante"),
    "activites": Noun("activité"),
    "taches": Noun("tâche", alone=True, small=True),
    "ressources": Noun("ressource", alone=True, small=True),
    "resultats": Noun("résultat", feminine=False, alone=True, small=True),
    "sections": Noun("section", alone=True),
}
UNKNOWN = Noun("élément", feminine=False)


def title_of(key: str) -> str:
    """What a key is called inside a sentence: « conditions d'exercice », « MEF »."""
    title = TITLES.get(key, key)
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def words_of(value: Any) -> str:
    """All the text in a value."""
    if isinstance(value, dict):
        return words_of(tuple(value.values()))
    if isinstance(value, tuple):
        return " ".join(filter(None, map(words_of, value)))
    return value if isinstance(value, str) else ""


def shorten(text: str, longest: int) -> str:
    """The beginning of a text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[:longest].rsplit(" ", 1)[0] + "…"


def quote(text: str, longest: int = 40) -> str:
    """The beginning of a text, to name it by."""
    return f"« {shorten(text, longest)} »"


def show(value: Any) -> str:
    """A value as it is told; the words of one that has others in it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return shorten(words_of(value), 200) if isinstance(value, dict | tuple) else str(value)


def label_of(element: dict[str, Any]) -> str:
    """What names an element beside its code, '' where nothing does."""
    return next((str(element[key]) for key in LABELS if key in element), "")


def show_element(element: dict[str, Any]) -> str:
    """The label of an element; its other keys where it has none. What is true is as usual."""
    others = (
        f"{title_of(key)} {show(value)}"
        for key, value in element.items()
        if key != "code" and value not in (None, "", ()) and value is not True
    )
    return label_of(element) or ", ".join(others)


def count_inside(element: dict[str, Any]) -> str:
    """« 9 tâches, 10 résultats »: what an element brings with it."""
    lists = (
        count(len(value), NOUNS[key].noun)
        for key, value in element.items()
        if key in NOUNS and value and isinstance(value[0], dict)
    )
    return ", ".join(lists)

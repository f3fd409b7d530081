"""What the parts of a référentiel are called in French."""

from dataclasses import fields, is_dataclass
from typing import Any

from pfmp_cli.domain import referentiel

# Each key → what the domain calls it.
TITLES: dict[str, str] = {
    key.name: key.metadata["title"]
    for model in vars(referentiel).values()
    if isinstance(model, type) and is_dataclass(model)
    for key in fields(model)
}
# Lists of what has a code, or of codes → what one of them is called.
NOUNS = {
    "options": "option",
    "classes": "classe",
    "periodes": "période",
    "variantes": "variante",
    "activites": "activité",
    "taches": "tâche",
    "ressources": "ressource",
    "resultats": "résultat",
    "sections": "section",
    "niveaux": "niveau",
    "liste": "attitude",
}
ALONE = ("taches", "ressources", "resultats", "sections")  # their code says what they are of
LABELS = ("intitule", "libelle", "titre")  # the key that names an element with a code
_LONGEST = 200


def title_of(key: str) -> str:
    """What a key is called inside a sentence: « conditions d'exercice », « MEF »."""
    title = TITLES.get(key, key)
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def label_of(element: Any) -> str:
    """What names an element beside its code, '' where nothing does."""
    return next((str(element[key]) for key in LABELS if key in element), "")


def show(value: Any) -> str:
    """A value in words; of one that has others in it, its texts."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict | tuple):
        inside = value.values() if isinstance(value, dict) else value
        text = " ".join(show(one) for one in inside if one and one is not True)
        return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return str(value)

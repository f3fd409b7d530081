"""What the parts of a référentiel are called in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pfmp_cli.text import count


@dataclass(frozen=True, slots=True)
class Noun:
    """An element with a code: its noun, the key of its label, its gender.

    `alone`: its code says where it is, so that nothing above it need be named; `small`: it is a
    code and a label, no more.
    """

    noun: str
    label: str = ""
    feminine: bool = True
    alone: bool = False
    small: bool = False


NOUNS = {
    "options": Noun("option", "intitule"),
    "classes": Noun("classe", "libelle"),
    "periodes": Noun("période"),
    "variantes": Noun("variante", "libelle"),
    "activites": Noun("activité", "intitule"),
    "taches": Noun("tâche", "libelle", alone=True, small=True),
    "ressources": Noun("ressource", "libelle", alone=True, small=True),
    "resultats": Noun("résultat", "libelle", feminine=False, alone=True, small=True),
    "sections": Noun("section", "titre", alone=True),
}
UNKNOWN = Noun("élément", feminine=False)

HEADINGS = {
    "diplome": "Diplôme",
    "options": "Options",
    "classes": "Classes et périodes",
    "variantes": "Variantes",
    "activites": "Activités",
    "lettre": "Lettre aux entreprises",
    "contexte": "Contexte professionnel",
    "evaluation": "Évaluation",
    "errata": "Réparations du texte source",
}
# Keys whose words are not the key itself.
TITLES = {
    "diplome": "diplôme", "intitule": "intitulé", "type_court": "type abrégé",
    "arrete": "arrêté", "semaines": "nombre de semaines", "libelle": "libellé",
    "repartition": "répartition", "activites": "activités", "mef": "MEF",
    "mef_apprentis": "MEF des apprentis", "mef_libelles": "libellés de MEF",
    "bloc": "bloc de compétences", "unite": "unité", "conditions": "conditions d'exercice",
    "hierarchiques": "hiérarchiques", "taches": "tâches", "resultats": "résultats",
    "blocs": "paragraphes", "evaluation": "évaluation", "niveaux": "échelle",
    "hors_echelle": "hors échelle", "note_sur": "note sur", "errata": "réparations",
    "ou": "endroit", "corrige": "texte corrigé", "periodes": "périodes",
}  # fmt: skip


def words_of(value: Any) -> str:
    """All the text in a value."""
    if isinstance(value, dict):
        return words_of(list(value.values()))
    if isinstance(value, list):
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
    if isinstance(value, dict | list):
        return shorten(words_of(value), 200)
    return str(value)


def show_element(element: dict[str, Any], noun: Noun) -> str:
    """The label of an element; its other keys where it has none."""
    if noun.label:
        return str(element[noun.label])
    others = ((key, value) for key, value in element.items() if key != "code" and value)
    return ", ".join(f"{TITLES.get(key, key)} {value}" for key, value in others)


def count_inside(element: dict[str, Any]) -> str:
    """« 9 tâches, 10 résultats »: what an element brings with it."""
    lists = ((len(value), NOUNS[key].noun) for key, value in element.items()
             if key in NOUNS and value and isinstance(value[0], dict))  # fmt: skip
    return ", ".join(count(number, noun) for number, noun in lists)

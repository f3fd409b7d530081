"""How the places of a référentiel are called in French."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pfmp_cli.comparing.words import words_of
from pfmp_cli.text import count
from pfmp_cli.yaml_files.source import Loc, dotted


@dataclass(frozen=True, slots=True)
class Nom:
    """An element with a code: its noun, its gender, the field that is its label.

    `petit`: it is a code and a label, no more. `seul`: its code says where it is.
    """

    nom: str
    label: str | None = None
    feminin: bool = True
    petit: bool = False
    seul: bool = False


ELEMENTS = {
    "options": Nom("option", "intitule"),
    "classes": Nom("classe", "libelle"),
    "periodes": Nom("période"),
    "variantes": Nom("variante", "libelle"),
    "activites": Nom("activité", "intitule"),
    "taches": Nom("tâche", "libelle", petit=True, seul=True),
    "ressources": Nom("ressource", "libelle", petit=True, seul=True),
    "resultats": Nom("résultat", "libelle", feminin=False, petit=True, seul=True),
    "sections": Nom("section", "titre", seul=True),
}
INCONNU = Nom("élément", feminin=False)
REFERENCES = ("activites", "options")  # of a class: codes of what is described elsewhere

CHAMPS = {
    "diplome": "diplôme", "intitule": "intitulé", "sigle": "sigle", "type": "type",
    "type_court": "type abrégé", "mention": "mention", "arrete": "arrêté",
    "semaines": "nombre de semaines", "libelle": "libellé", "repartition": "répartition",
    "options": "options", "activites": "activités", "mef": "MEF",
    "mef_apprentis": "MEF des apprentis", "mef_libelles": "libellés de MEF",
    "variante": "variante", "option": "option", "bloc": "bloc de compétences", "code": "code",
    "unite": "unité", "conditions": "conditions d'exercice", "relations": "relations",
    "hierarchiques": "hiérarchiques", "fonctionnelles": "fonctionnelles", "externes": "externes",
    "lacunes": "lacunes", "taches": "tâches", "ressources": "ressources",
    "resultats": "résultats", "contexte": "contexte", "titre": "titre", "texte": "texte",
    "liste": "liste", "blocs": "paragraphes", "sections": "sections", "lettre": "lettre",
    "objet": "objet", "introduction": "introduction", "corps": "corps",
    "evaluation": "évaluation", "niveaux": "échelle", "hors_echelle": "hors échelle",
    "attitudes": "attitudes", "note_sur": "note sur", "errata": "réparations", "ou": "endroit",
    "source": "source", "corrige": "texte corrigé", "motif": "motif", "certitude": "certitude",
    "annexe": "annexe", "graphies": "graphies", "classes": "classes", "variantes": "variantes",
    "periodes": "périodes",
}  # fmt: skip

# A list whose elements have no code → how one of them is called before its rank.
RANGS = {
    "blocs": "paragraphe",
    "corps": "corps, paragraphe",
    "introduction": "introduction, paragraphe",
    "niveaux": "niveau",
    "errata": "réparation",
}

RUBRIQUES = {
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


def is_coded(value: Any) -> bool:
    """Whether `value` is a list whose elements have codes, all different."""
    if not isinstance(value, list):
        return False
    codes = [one.get("code") if isinstance(one, dict) else None for one in value]
    return None not in codes and len(set(codes)) == len(codes)


def is_reference(value: Any, loc: Loc) -> bool:
    """Whether `value`, at `loc`, is a class's list of codes of activities or options."""
    return loc[0] == "classes" and loc[-1] in REFERENCES and bool(value)


def name_place(data: Any, loc: Loc) -> str:
    """« tâche X-1.T3 », « activité 1, conditions d'exercice »; the path, if it has no words."""
    parts: list[str] = []
    place, owner = data, ""
    for step in loc:
        if isinstance(step, int) and is_coded(place):
            nom = ELEMENTS.get(owner, INCONNU)
            parts = [*([] if nom.seul else parts[:-1]), f"{nom.nom} {place[step]['code']}"]
        elif isinstance(step, int) and owner in REFERENCES:
            parts = [*parts[:-1], f"{ELEMENTS[owner].nom} {place[step]}"]
        elif isinstance(step, int):
            name = RANGS.get(owner, f"{parts[-1]}, n°")  # « liste, n° 2 »
            parts = [*parts[:-1], f"{name} {_name_rank(place[step], step)}"]
        elif step in CHAMPS:
            parts.append(CHAMPS[step])
        else:
            return dotted(loc) or ""
        place, owner = place[step], str(step)
    return ", ".join(parts)


def _name_rank(value: Any, rank: int) -> str:
    title = value.get("titre") or value.get("texte") if isinstance(value, dict) else None
    return f"« {shorten(str(title), 50)} »" if title else str(rank + 1)


def name_codes(data: Any, loc: Loc) -> tuple[str, ...]:
    """The nearest code above `loc`, or else the path."""
    place, code = data, ""
    for step in loc:
        place = place[step]
        if isinstance(place, dict) and isinstance(step, int):
            code = str(place.get("code") or code)
    if len(loc) > 1 and loc[-2] in REFERENCES and isinstance(place, str):
        code = place
    return (code or dotted(loc) or "",)


def name_rubrique(data: Any, loc: Loc) -> str:
    """The heading under which a change is told."""
    first = str(loc[0])
    if first == "activites" and len(loc) > 1:
        activite = data["activites"][loc[1]]
        return f"Activité {activite['code']} – {activite['intitule']}"
    return RUBRIQUES.get(first, CHAMPS.get(first, first))


def shorten(text: str, longest: int) -> str:
    """The beginning of a text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[:longest].rsplit(" ", 1)[0] + "…"


def label_of(value: Any, nom: Nom | None) -> str:
    """The text of an element; its fields where it has no label, nothing for a reference."""
    if nom is None:
        return show(value)
    if isinstance(value, str):
        return ""
    if nom.label is None:
        fields = ((name, inner) for name, inner in value.items() if name != "code" and inner)
        return ", ".join(f"{CHAMPS.get(name, name)} {inner}" for name, inner in fields)
    return str(value[nom.label])


def count_inside(value: Any) -> str:
    """« 9 tâches, 10 résultats »: what an element brings with it."""
    if not isinstance(value, dict):
        return ""
    lists = ((len(inner), ELEMENTS[key]) for key, inner in value.items()
             if key in ELEMENTS and inner and is_coded(inner))  # fmt: skip
    return ", ".join(count(number, nom.nom) for number, nom in lists)


def quote(text: str) -> str:
    """The beginning of a text, to name it by."""
    return f"« {shorten(text, 40)} »"


def show(value: Any) -> str:
    """A value as it is told; the words of one that has others in it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict | list):
        return shorten(words_of(value), 200)
    return str(value)

"""Each field stands beside its own label, as often as it should, on every document that has it.

A place is « title / label »: the last title above, then what is printed before the value (or
over its column, or over it where one signs).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.documents.conftest import Make
from tests.documents.making import (
    A5,
    COVERING,
    DOCUMENTS,
    Edition,
    Made,
    list_periods,
    list_uncounted,
)
from tests.documents.tagged import Line, read_lines
from tests.documents.test_golden import name_fields

FOOT = "foot"
FIELD = re.compile(r"«([a-z]+[0-9]?\.[a-z_]+)»")

Places = dict[str, list[str]]

PUPIL_ALONE: Places = {
    "eleve.nom_complet": ["{} / Élève"],
    "eleve.division": ["{} / Division"],
}
PUPIL_AND_COMPANY: Places = {
    "eleve.nom_complet": ["{} / Élève"],
    "stage.entreprise": ["{} / Entreprise"],
}
WHO: Places = {
    **PUPIL_ALONE,
    "stage.entreprise": ["{} / Entreprise"],
    "stage.tuteur": ["{} / Tuteur"],
}
NOTE = "Appréciation et proposition de note"
APPRECIATION: Places = {
    "stage.tuteur": [f"{NOTE} / Tuteur"],
    "eleve.professeur_referent": [f"{NOTE} / Professeur référent"],
    "eleve.nom_complet": [f"{NOTE} / Élève"],
}
COMPANY, PUPIL = "L’entreprise ou l’organisme d’accueil", "atteste que l’élève"
DONE = "a effectué en son sein une période de formation en milieu professionnel"
ATTESTATION: Places = {
    "stage.entreprise": [f"{COMPANY} / Raison sociale", f"{DONE} / Entreprise"],
    "stage.adresse": [f"{COMPANY} / Adresse"],
    "stage.code_postal": [f"{COMPANY} / Code postal"],
    "stage.ville": [f"{COMPANY} / Ville"],
    "stage.siret": [f"{COMPANY} / N° SIRET"],
    "stage.responsable": [
        f"{COMPANY} / représenté par",
        f"{DONE} / Responsable de l’entreprise",
    ],
    "stage.responsable_fonction": [f"{COMPANY} / en qualité de"],
    "eleve.nom": [f"{PUPIL} / Nom"],
    "eleve.prenom": [f"{PUPIL} / Prénom"],
    "eleve.date_naissance": [f"{PUPIL} / Date de naissance → née le"],
}
HOST = "Entreprise ou organisme d’accueil"
STAGE: Places = {
    "stage.entreprise": [f"{HOST} / Raison sociale"],
    "stage.activite": [f"{HOST} / Activité"],
    "stage.siret": [f"{HOST} / N° SIRET"],
    "stage.adresse": [f"{HOST} / Adresse"],
    "stage.code_postal": [f"{HOST} / Code postal"],
    "stage.ville": [f"{HOST} / Ville"],
    "stage.telephone": [f"{HOST} / Téléphone"],
    "stage.courriel": [f"{HOST} / Courriel"],
    "stage.responsable": [f"{HOST} / Responsable"],
    "stage.responsable_fonction": [f"{HOST} / Fonction"],
    "stage.tuteur": ["Tuteur / Nom et prénom"],
    "stage.tuteur_fonction": ["Tuteur / Fonction"],
    "stage.tuteur_telephone": ["Tuteur / Téléphone"],
    "stage.tuteur_courriel": ["Tuteur / Courriel"],
}
FAMILY, TEAM = "Famille ou représentant légal", "Établissement et équipe de suivi"
TEACHER = f"{TEAM} / Son professeur référent"
COVER_AND_PUPIL: Places = {
    "eleve.nom": ["BAC PRO / NOM :", "Élève / Nom"],
    "eleve.prenom": ["BAC PRO / PRÉNOM :", "Élève / Prénom"],
    "eleve.division": ["BAC PRO / CLASSE : {classe} –", "Élève / Division"],
    "eleve.date_naissance": ["Élève / Date de naissance"],
    "eleve.ine": ["Élève / N° INE"],
    "eleve.adresse": ["Élève / Adresse"],
    "eleve.code_postal": ["Élève / Code postal"],
    "eleve.ville": ["Élève / Ville"],
    "eleve.telephone": ["Élève / Téléphone"],
    "eleve.courriel": ["Élève / Courriel"],
    "eleve.responsable_nom": [f"{FAMILY} / Nom et prénom"],
    "eleve.responsable_telephone": [f"{FAMILY} / Téléphone"],
    "eleve.responsable_courriel": [f"{FAMILY} / Courriel"],
    "eleve.professeur_referent": [f"{TEACHER} / Nom"],
    "eleve.professeur_telephone": [f"{TEACHER} / Téléphone"],
    "eleve.professeur_courriel": [f"{TEACHER} / Courriel"],
}
VISIT, WHERE = "Fiche de visite", "Où aller, qui voir"
VISITE: Places = {
    "eleve.nom_complet": [f"{VISIT} / Élève"],
    "eleve.division": [f"{VISIT} / Division"],
    "eleve.telephone": [f"{VISIT} / Téléphone de l’élève"],
    "eleve.responsable_nom": [f"{VISIT} / Représentant légal"],
    "eleve.professeur_referent": [f"{VISIT} / Professeur référent"],
    "eleve.responsable_telephone": [f"{VISIT} / Téléphone du représentant légal"],
    "stage.entreprise": [f"{WHERE} / Entreprise"],
    "stage.activite": [f"{WHERE} / Activité"],
    "stage.adresse": [f"{WHERE} / Adresse"],
    "stage.code_postal": [f"{WHERE} / Code postal"],
    "stage.ville": [f"{WHERE} / Ville"],
    "stage.tuteur": [f"{WHERE} / Tuteur"],
    "stage.tuteur_fonction": [f"{WHERE} / Fonction"],
    "stage.tuteur_telephone": [f"{WHERE} / Téléphone du tuteur"],
    "stage.telephone": [f"{WHERE} / Téléphone de l’entreprise"],
}
AGREED, DAYS = "Suivi, évaluation, assurance", "Feuille de présence"
MODALITES: Places = {
    "stage.tuteur": [f"{AGREED} / Tuteur"],
    "eleve.professeur_referent": [f"{AGREED} / Professeur référent"],
    "eleve.nom_complet": [f"{AGREED} / Élève"],
}
PRESENCE: Places = {
    "stage.tuteur": [f"{DAYS} / Tuteur"],
    "stage.entreprise": [f"{DAYS} / Entreprise"],
    "eleve.nom_complet": [f"{DAYS} / Élève"],
}
LETTRE: Places = {
    "stage.destinataire": [" / À"],
    "stage.lieu": [" / Lieu"],
    "eleve.nom_complet": [" / Élève"],
    "eleve.identifiant": [" / Stage n°"],
}
# What is made of others, and where no label stands, who is written to.
MADE = {
    "À «{}.destinataire»": "«{0}.entreprise» «{0}.responsable» «{0}.adresse» {town}",
    "«{}.lieu»": "«{0}.adresse», {town}",
}
MEMO: Places = {
    "eleve.professeur_referent": ["Numéros à appeler / Professeur référent"],
    "eleve.professeur_telephone": [
        "Numéros à appeler / Professeur référent → «eleve.professeur_referent» tél."
    ],
}
# What a sheet of one period shows, its title standing for {}; and a booklet, in each period.
SHEETS: dict[str, tuple[str, list[Places]]] = {
    "grille": ("Grille d’évaluation", [WHO, APPRECIATION]),
    "attestation": ("", [ATTESTATION]),
    "presence": (DAYS, [PUPIL_ALONE, PRESENCE]),
    "visite": ("", [VISITE]),
    "annexe-pedagogique": ("Annexe pédagogique", [PUPIL_AND_COMPANY, MODALITES]),
    "lettre": ("", [LETTRE]),
    "memo-tuteur": ("Mémo du tuteur", [WHO, MEMO]),
    "accueil": ("Mon avis sur l’accueil", [WHO]),
    "journal": ("Journal de période", [WHO]),
    "rapport": ("Mon entreprise et mon rapport", [WHO]),
    "resultats": ("Résultats sur toute la formation", [PUPIL_ALONE]),
}
PERIOD = [STAGE, MEMO, PRESENCE, APPRECIATION, ATTESTATION]
COVERS = {"mcv": "BAC PRO", "acv": "CERTIFICAT"}
CLASSES = {
    "seconde": "Seconde", "premiere": "Première", "terminale": "Terminale",
    "court": "Cycle d’initiation",
}  # fmt: skip


def find_places(content: bytes, values: dict[str, str]) -> Counter[tuple[str, str]]:
    """How often each field stands at each place."""
    lines = [name_fields(line, values) for line in read_lines(content)]
    found: Counter[tuple[str, str]] = Counter()
    title, above, columns = "", "", [""]
    for line in lines:
        text = name_made(line.text.replace("«eleve.nom» «eleve.prenom»", "«eleve.nom_complet»"))
        if line.tag in ("H1", "H2", "H3"):
            title = text
        if line.tag == "|" and _is_header(text):
            columns = _cells(text)
        found.update(_places_of(line, text, title, above, columns))
        above = text
    return found


def name_made(text: str) -> str:
    for stage in dict.fromkeys(re.findall(r"pfmp\d", text)):
        town = f"«{stage}.code_postal» «{stage}.ville»"
        for made, parts in MADE.items():
            text = text.replace(parts.format(stage, town=town), made.format(stage))
    return text


def _places_of(
    line: Line, text: str, title: str, above: str, columns: list[str]
) -> Iterator[tuple[str, str]]:
    if line.tag == "|":
        cells = _cells(text)
        for column, cell in zip(columns, cells, strict=False):
            for field in FIELD.findall(cell):
                yield field, f"{title} / {cells[0]} / {column}"
        return
    for found in FIELD.finditer(text):
        label = text[: found.start()].removesuffix("→ ").strip()
        place = FOOT if line.tag == "~" else f"{title} / {label or above}"
        yield found[1], place


def _is_header(text: str) -> bool:
    return all(cell.startswith("#") for cell in text.split(" | "))


def _cells(text: str) -> list[str]:
    return [cell.strip().removeprefix("#").strip() for cell in text.split("|")]


def expect_sheet(document: str, rank: int) -> Counter[tuple[str, str]]:
    assert document in SHEETS, f"say in SHEETS which fields {document}.html shows, and where"
    title, tables = SHEETS[document]
    return expect(tables, rank, title)


def expect_booklet(edition: Edition) -> Counter[tuple[str, str]]:
    expected = expect([COVER_AND_PUPIL], 0, classe=CLASSES[edition.classe])
    expected = Counter({
        (field, place.replace("BAC PRO", COVERS[edition.diplome])): times
        for (field, place), times in expected.items()
    })  # fmt: skip
    for rank, code in enumerate(list_periods(edition), 1):
        places, row = expect(PERIOD, rank), f"Période {code}"
        if code in list_uncounted(edition):  # no mark is proposed
            places = Counter({
                (field, place.replace(" et proposition de note", "")): times
                for (field, place), times in places.items()
            })  # fmt: skip
            row += " hors certification"
        expected += places
        expected[f"pfmp{rank}.entreprise", f"Cette année / {row} / Entreprise"] += 1
    return expected


def expect(
    tables: list[Places], rank: int, title: str = "", classe: str = ""
) -> Counter[tuple[str, str]]:
    return Counter(
        (field.replace("stage.", f"pfmp{rank}."), place.format(title, classe=classe))
        for places in tables
        for field, listed in places.items()
        for place in listed
    )


def split_feet(found: Counter[tuple[str, str]]) -> tuple[Counter[tuple[str, str]], dict[str, int]]:
    """The places in the text, and how often each field stands at the foot of a page."""
    feet = {field: times for (field, place), times in found.items() if place == FOOT}
    return Counter({key: times for key, times in found.items() if key[1] != FOOT}), feet


IN_FOOT = ("eleve.nom_complet", "eleve.identifiant")


@pytest.mark.parametrize("edition", [*COVERING, *A5], ids=str)
def test_each_field_stands_beside_its_own_label(edition: Edition, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents)
    ranks = {code: rank for rank, code in enumerate(list_periods(edition), 1)}

    for name, content in made.filled.items():
        found, feet = split_feet(find_places(content, made.values))
        pages = max(line.page for line in read_lines(content))
        if name == "livret":
            expected = expect_booklet(edition)
            assert feet == dict.fromkeys(IN_FOOT, pages - 1), name  # none on the cover
        else:
            document = next(one for one in DOCUMENTS if name.startswith(one))
            rank = ranks.get(name.removeprefix(f"{document}-"), 0)
            expected = expect_sheet(document, rank)
            assert feet == dict.fromkeys(IN_FOOT, pages), name
        assert (name, found - expected, expected - found) == (name, {}, {})


@pytest.mark.parametrize("edition", COVERING, ids=str)
def test_every_field_is_shown_by_a_document(edition: Edition, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents)
    shown = {
        field
        for content in made.filled.values()
        for field, place in find_places(content, made.values)
        if place != FOOT
    }

    companies = [name for name in made.values if name.endswith(".entreprise")]
    composed = {
        name.replace("entreprise", one) for name in companies for one in ("destinataire", "lieu")
    }
    assert shown == {*made.values, *IN_FOOT, *composed}


@pytest.mark.parametrize("edition", [*COVERING, *A5], ids=str)
def test_a_blank_document_shows_no_value(edition: Edition, make_edition: Make) -> None:
    made: Made = make_edition(edition, edition.documents)

    assert made.blank.keys() == made.filled.keys()
    for name, content in made.blank.items():
        assert find_places(content, made.values) == Counter(), name

"""Two référentiels: every change is told, by its code, and for what it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pfmp_cli.comparing.compare import Change, compare_referentiels
from pfmp_cli.comparing.telling import describe
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.shipped import shipped
from pfmp_cli.yaml_files.models import build as build_model
from pfmp_cli.yaml_files.source import Loc
from tests.reading import load_referentiel

FOURNI = load_referentiel(shipped("referentiel.yaml"))
DONNEES = json.loads(json.dumps(asdict(FOURNI)))  # lists, that a test can change


def build(data: Any) -> Referentiel:
    return build_model(Referentiel, data)


def lines_of(change: Callable[[Any], object], before: Callable[[Any], object] = id) -> list[str]:
    """The lines that a change of the shipped référentiel makes."""
    old = deepcopy(DONNEES)
    before(old)
    new = deepcopy(old)
    change(new)
    return [describe(one) for one in compare_referentiels(build(old), build(new))]


def taches(data: Any, rank: int) -> Any:
    return data["activites"][rank]["taches"]


def exchange(items: Any, one: int, other: int, field: str | None = None) -> None:
    if field is None:
        items[one], items[other] = items[other], items[one]
    else:
        texts = items[one][field], items[other][field]
        items[other][field], items[one][field] = texts


def add_task(data: Any) -> None:
    taches(data, 0).append({"code": "1.T10", "libelle": "Encaissement"})


def move_task(data: Any) -> None:
    gone = taches(data, 0).pop(0)
    taches(data, 1).append({"code": "2.T9", "libelle": gone["libelle"]})


def insert_and_renumber(data: Any) -> None:
    items = taches(data, 1)
    for item in items[6:]:
        item["code"] = f"2.T{int(item['code'].removeprefix('2.T')) + 1}"
    items.insert(6, {"code": "2.T7", "libelle": "Appel du client"})


def rename_activity(data: Any) -> None:
    activite = data["activites"][4]
    activite["code"] = "5"
    for classe in data["classes"][1:]:
        classe["activites"][-1] = "5"
    for name in ("taches", "ressources", "resultats"):
        for item in activite[name]:
            item["code"] = item["code"].replace("4B", "5")


def put(*loc: str | int, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in loc[:-1]:
            data = data[step]
        data[loc[-1]] = value

    return change


CHANGEMENTS: list[tuple[Callable[[Any], object], list[str]]] = [
    (add_task, ["tâche 1.T10 : ajout, « Encaissement »"]),
    (lambda d: taches(d, 0).pop(1), ["tâche 1.T2 : retrait, « Prise de contact »"]),
    (put("activites", 0, "taches", 1, "code", value="1.T12"),
     ["tâche 1.T2 → 1.T12 : code changé, même libellé : « Prise de contact »"]),
    (lambda d: exchange(taches(d, 0), 1, 7, "libelle"),
     ["tâche 1.T8 → 1.T2 : code changé, même libellé : « Finalisation de la vente »",
      "tâche 1.T2 → 1.T8 : code changé, même libellé : « Prise de contact »"]),
    (lambda d: exchange(taches(d, 0), 1, 7),
     ["activité 1, tâches : ordre changé (1.T8, 1.T2)"]),
    (lambda d: taches(d, 0).insert(0, taches(d, 0).pop(5)),
     ["activité 1, tâches : ordre changé (1.T6)"]),
    (lambda d: taches(d, 0).insert(7, taches(d, 0).pop(1)),
     ["activité 1, tâches : ordre changé (1.T2)"]),
    (insert_and_renumber,
     ["tâche 2.T7 : ajout, « Appel du client »",
      "tâche 2.T7 → 2.T8 : code changé, même libellé : « Transmission des informations sur la "
      "satisfaction-client »",
      "tâche 2.T8 → 2.T9 : code changé, même libellé : « Proposition d'amélioration de la "
      "satisfaction-client »"]),
    (move_task,
     ["tâche 1.T1 : retrait, « Veille informationnelle sur les produits et/ou les services et les "
      "concurrents »",
      "tâche 2.T9 : ajout, « Veille informationnelle sur les produits et/ou les services et les "
      "concurrents »"]),
    (put("activites", 0, "taches", 1, "libelle", value="Prise de rendez-vous"),
     ["tâche 1.T2 : « Prise de **contact** → **rendez-vous** »"]),
    (put("activites", 0, "taches", 1, "libelle", value="Prise  de contact"),
     ["tâche 1.T2 : espaces changées"]),
    (put("activites", 0, "resultats", 8, "libelle", value="Une image de l'entreprise est donnée"),
     ["résultat 1.R9 : « Une **− bonne** image de l'entreprise […] »"]),
    (put("activites", 2, "option", value="A"), ["activité 3, option : ajout, « A »"]),
    (put("activites", 0, "bloc", "unite", value=None),
     ["activité 1, bloc de compétences, unité : retrait, « U31 »"]),
    (lambda d: d["activites"][0]["relations"]["externes"].insert(2, "Coursiers"),
     ["activité 1, relations, externes n° 3 : ajout, « Coursiers »"]),
    (rename_activity,
     ["classe premiere, activité 5 : ajout", "classe premiere, activité 4B : retrait",
      "classe terminale, activité 5 : ajout", "classe terminale, activité 4B : retrait",
      "activité 4B → 5 : code changé, même libellé : « Prospection et valorisation de l'offre "
      "commerciale »"]),
    (lambda d: d["classes"][0]["activites"].append(d["classes"][1]["activites"].pop()),
     ["classe seconde, activité 4B : ajout", "classe premiere, activité 4B : retrait"]),
    (lambda d: d["activites"].pop(0),
     ["activité 1 : retrait, « Conseil et vente »"]),
    (put("classes", 1, "periodes", 2, "semaines", value=3),
     ["classe premiere, période 3, semaines : « **2** → **3** »"]),
    (lambda d: d["classes"][1]["periodes"].pop(),
     ["classe premiere, période 3 : retrait"]),
    (lambda d: d["classes"][1]["mef"].pop("B"),
     ["classe premiere, MEF, B : retrait, « 2473121432 »"]),
    (lambda d: d["classes"][1]["mef"].update(C=["2473121555"]),
     ["classe premiere, MEF, C : ajout, « 2473121555 »"]),
    (lambda d: d["classes"][2]["periodes"].pop(),
     ["classe terminale, période 3 : retrait"]),
    (put("classes", 1, "periodes", 0, "variante", value="primo_entrant"),
     ["classe premiere, période 1, variante : ajout, « primo_entrant »"]),
    (put("variantes", 0, "libelle", value="primo entrant"),
     ["variante primo_entrant : « **primo-entrant** → **primo entrant** »"]),
    (lambda d: d["lettre"]["corps"].insert(0, "Bonjour."),
     ["lettre, corps n° 1 : ajout, « Bonjour. »"]),
    (lambda d: d["lettre"]["corps"].pop(2),
     ["lettre, corps n° 3 : retrait, « Option A - Animation et Gestion de l'Espace "
      "Commercial (AGEC) »"]),
    (put("lettre", value=None),
     ["lettre : retrait, « Objectifs des périodes de formation en entreprise dans le secteur "
      "{secteur} des élèves de Baccalauréat Professionnel Métiers du Commerce et de la Vente "
      "(classe de Seconde, Première et Terminale) Les… »"]),
    (put("classes", 1, "periodes", 2, "code", value="2 bis"),
     ["classe premiere, période 2 bis : ajout", "classe premiere, période 3 : retrait"]),
    (put("evaluation", "niveaux", 1, "libelle", value="Débutant"),
     ["évaluation, niveau 1 : « **Novice** → **Débutant** »"]),
    (put("evaluation", "niveaux", 1, "hors_echelle", value=True),
     ["évaluation, niveau 1, hors échelle : « **non** → **oui** »"]),
    (put("evaluation", "note_sur", value=10), ["évaluation, note sur : « **20** → **10** »"]),
    (put("evaluation", "attitudes",
         value={"liste": [{"code": "AP1", "libelle": "Est ponctuel"}],
                "niveaux": [{"libelle": "non"}, {"libelle": "oui"}]}),
     ["évaluation, attitudes : ajout, « AP1 Est ponctuel non oui »"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGEMENTS)
def test_a_change_is_told_for_what_it_is(
    change: Callable[[Any], object], expected: list[str]
) -> None:
    assert lines_of(change) == expected


def test_a_class_s_activities_are_told_under_the_classes() -> None:
    new = deepcopy(DONNEES)
    rename_activity(new)
    headings = {one.place.heading for one in compare_referentiels(FOURNI, build(new))}

    assert headings == {
        "Classes",
        "Activité 5 – Prospection et valorisation de l'offre commerciale",
    }


def leaves(data: Any, loc: Loc = ()) -> list[Loc]:
    """Where every text and number is, but what names something else."""
    if isinstance(data, dict):
        return [leaf for key, inner in data.items() for leaf in leaves(inner, (*loc, key))]
    if isinstance(data, list):
        return [leaf for rank, inner in enumerate(data) for leaf in leaves(inner, (*loc, rank))]
    return [] if data is None or (loc[0] == "errata" and loc[-1] == "certitude") else [loc]


FEUILLES = leaves(DONNEES)


def at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def change_leaf(data: Any, loc: Loc) -> None:
    value = at(data, loc)
    new = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else None
    at(data, loc[:-1])[loc[-1]] = f"{value} revu" if new is None else new


def codes_above(loc: Loc) -> list[str]:
    """The nearest code above a place, if there is one, or an empty text."""
    above = [at(DONNEES, loc[:n]) for n in range(1, len(loc) + 1)]
    return [
        [one["code"] for one in above if isinstance(one, dict) and one.get("code")][-1:] or [""]
    ][0]


def test_very_long_texts_are_told_whole() -> None:
    old, new = deepcopy(DONNEES), deepcopy(DONNEES)
    old["lettre"]["corps"] = ["a b " * 300]
    new["lettre"]["corps"] = ["b a " * 300]
    (change,) = compare_referentiels(build(old), build(new))

    assert describe(change).count("**") == 4


def test_a_file_against_itself_says_nothing() -> None:
    assert compare_referentiels(FOURNI, build(deepcopy(DONNEES))) == []


@given(st.sampled_from(FEUILLES))
@settings(max_examples=120, deadline=None)
def test_a_change_of_any_value_is_told_and_names_its_code(loc: Loc) -> None:
    new = deepcopy(DONNEES)
    change_leaf(new, loc)
    found = compare_referentiels(FOURNI, build(new))

    assert found
    assert any(code in describe(one) for code in codes_above(loc) for one in found)
    assert all(describe(one) for one in found)


Edit = Callable[[Any], None]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """One thing that a person does to a référentiel."""
    activite = draw(st.integers(0, len(DONNEES["activites"]) - 1))
    name = draw(st.sampled_from(["taches", "ressources", "resultats"]))
    kind = draw(st.sampled_from(["add", "remove", "reword", "swap", "move", "word", "external"]))
    word = draw(st.sampled_from(["alpha", "bêta", "gamma"]))
    ranks = draw(st.tuples(st.integers(0, 20), st.integers(0, 20)))

    def edit(data: Any) -> None:
        items = data["activites"][activite][name]
        if kind == "external":
            data["activites"][activite]["relations"]["externes"].append(word)
        elif kind == "word":
            data["lettre"]["corps"][ranks[0] % 7] += f" {word}"
        elif kind == "add" or not items:
            number = max((int(i["code"].rpartition(".")[2].strip("RST")) for i in items), default=0)
            prefix = {"taches": "T", "ressources": "RS", "resultats": "R"}[name]
            code = f"{data['activites'][activite]['code']}.{prefix}{number + 1}"
            items.append({"code": code, "libelle": f"{word} {number}"})
        else:
            one, other = (rank % len(items) for rank in ranks)
            if kind == "remove":
                del items[one]
            elif kind == "reword":
                items[one]["libelle"] += f" {word}"
            elif kind == "swap":
                exchange(items, one, other, "libelle")
            else:
                exchange(items, one, other)

    return edit


def added(found: list[Change]) -> list[str]:
    return sorted(str(one.place) for one in found if one.before is None and not one.note)


def removed(found: list[Change]) -> list[str]:
    return sorted(str(one.place) for one in found if one.after is None and not one.note)


@given(st.lists(edits(), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_added_one_way_is_removed_the_other(done: list[Edit]) -> None:
    new = deepcopy(DONNEES)
    for edit in done:
        edit(new)
    there = compare_referentiels(FOURNI, build(new))
    back = compare_referentiels(build(new), FOURNI)

    assert bool(there) == bool(back) == (new != DONNEES)
    assert added(there) == removed(back)
    assert removed(there) == added(back)


def test_texts_that_begin_alike_are_told_apart_where_they_change_places() -> None:
    texts = [f"Vous veillerez, avec le tuteur de l'entreprise, à {what}" for what in "abc"]
    before = put("lettre", "corps", value=texts)
    (told,) = lines_of(put("lettre", "corps", value=texts[::-1]), before)

    assert told.startswith("lettre, corps : ordre changé (« Vous veillerez")

"""The référentiel: every problem of a file, in French and at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.shipped import shipped
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.source import parse_yaml
from tests.reading import load_referentiel

MINI = """\
diplome:
  intitule: Métiers de la lune
  sigle: ML
  type: Baccalauréat professionnel
  type_court: BAC PRO
  semaines: 5
options:
  - {code: A, intitule: Face visible}
  - {code: B, intitule: Face cachée}
classes:
  - code: seconde
    libelle: Seconde
    activites: [1]
    mef: {commune: [2473121131]}
    periodes: [{code: 1, semaines: 2}]
  - code: terminale
    libelle: Terminale
    options: [A, B]
    activites: ["1", 2A]
    periodes:
      - {code: 1, semaines: 3}
      - {code: 2, semaines: 2, variante: primo_entrant}
variantes:
  - {code: primo_entrant, libelle: primo-entrant}
activites:
  - code: 1
    intitule: Accueillir
    conditions: En boutique
    taches:
      - {code: 1.T1, libelle: Saluer}
      - {code: 1.T2, libelle: Écouter}
    ressources:
      - {code: 1.RS1, libelle: Un comptoir}
    relations: {hierarchiques: un chef, externes: [Clients]}
    resultats:
      - {code: 1.R1, libelle: Le client est salué}
  - code: 2A
    option: A
    intitule: Montrer
    conditions: En boutique
    taches: [{code: 2A.T1, libelle: Montrer}]
    ressources: []
    resultats: [{code: 2A.R1, libelle: C'est vu}]
    lacunes: {ressources: La source n'en a pas}
contexte:
  titre: Champ d'activité
  sections:
    - code: I.1
      titre: Définition
      blocs: [{texte: Un métier}]
      sections:
        - {code: I.1.1, titre: Emplois, blocs: [{option: B, liste: [Guide]}]}
lettre:
  objet: Stages du secteur {secteur}
  corps: ["Selon la {convention}"]
evaluation:
  taches: [non confiée, confiée]
  niveaux:
    - {libelle: non évalué, hors_echelle: true}
    - {libelle: Novice}
errata:
  - {ou: activites.1, source: Livres, corrige: Livreurs, motif: mot mal lu, certitude: forte}
"""

Load = Callable[..., Referentiel]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load MINI, with replacements of texts that it holds once."""

    def load_changed(*changes: tuple[str, str]) -> Referentiel:
        text = MINI
        for before, after in changes:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        path = tmp_path / "ref.yaml"
        path.write_text(text, encoding="utf-8")
        return load_referentiel(path)

    return load_changed


@pytest.fixture
def refused(load: Load) -> Callable[..., list[str]]:
    """« ligne:colonne chemin : message | aide » of what is wrong with a changed MINI."""

    def problems(*changes: tuple[str, str]) -> list[str]:
        with pytest.raises(InputRefused) as refus:
            load(*changes)
        return [
            f"{d.position.line}:{d.position.column} {d.position.label} : {d.message} | {d.help}"
            for d in refus.value.diagnostics
            if d.position is not None
        ]

    return problems


Refused = Callable[..., list[str]]

# What is read


def test_the_shipped_referentiel_is_right():
    referentiel = load_referentiel(shipped("referentiel.yaml"))
    assert [a.code for a in referentiel.activites] == ["1", "2", "3", "4A", "4B"]


def test_numbers_without_quotes_are_codes(load: Load):
    referentiel = load()
    assert referentiel.classe("seconde").activites == ("1",)
    assert referentiel.classe("seconde").mef == {"commune": ("2473121131",)}


def test_a_class_keeps_the_common_activities_and_those_of_the_option(load: Load):
    def codes(classe: str, option: str | None) -> list[str]:
        return [activite.code for activite in referentiel.activites_of(classe, option)]

    referentiel = load()
    assert codes("seconde", None) == ["1"]
    assert codes("terminale", "A") == ["1", "2A"]
    assert codes("terminale", "B") == ["1"]
    assert referentiel.option("B").intitule == "Face cachée"


def test_what_a_diploma_may_not_have_is_left_out(load: Load):
    start, end = MINI.index("contexte:"), MINI.index("evaluation:")
    conditions = "    conditions: En boutique\n    taches:\n"
    referentiel = load(
        (MINI[start:end], ""), ("  semaines: 5\n", ""), (conditions, "    taches:\n")
    )

    assert (referentiel.diplome.semaines, referentiel.activites[0].conditions) == (None, None)
    assert (referentiel.contexte, referentiel.lettre) == (None, None)


def test_a_model_cannot_be_changed(load: Load):
    with pytest.raises(FrozenInstanceError):
        load().diplome.sigle = "X"  # type: ignore[misc]


def test_a_key_without_a_value_is_left_out(load: Load):
    referentiel = load(
        ("    relations: {hierarchiques: un chef, externes: [Clients]}", "    relations:")
    )
    assert referentiel.activites[0].relations.externes == ()


# The shape


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "    intitule: Accueillir\n",
            "",
            "26:5 activites[1].intitule : la clé « intitule » manque"
            " | ajoutez une ligne « intitule: … »",
        ),
        (
            "libelle: Saluer",
            "libele: Saluer",
            "30:9 activites[1].taches[1].libelle : la clé « libelle » manque"
            " | ajoutez une ligne « libelle: … »",
        ),
        (
            "libelle: Saluer",
            "libelle: Saluer, libele: Saluer",
            "30:39 activites[1].taches[1].libele : clé inconnue « libele »"
            " | vouliez-vous écrire « libelle » ?",
        ),
        (
            "titre: Emplois,",
            "titre: Emplois, xyz: 1,",
            "52:41 contexte.sections[1].sections[1].xyz : clé inconnue « xyz »"
            " | clés admises : « code », « titre », « blocs », « sections »",
        ),
        (
            "libelle: Saluer",
            "libelle: ",
            "30:31 activites[1].taches[1].libelle : « libelle » est vide | complétez cette ligne",
        ),
        (
            "libelle: Saluer",
            'libelle: " "',
            "30:31 activites[1].taches[1].libelle : « libelle » est vide | complétez cette ligne",
        ),
        (
            "libelle: Saluer",
            "libelle: true",
            "30:31 activites[1].taches[1].libelle : « libelle » doit être un texte,"
            ' pas « true » | écrivez "true" entre guillemets',
        ),
        (
            "[non confiée, confiée]",
            "[non confiée, confiée : oui]",
            "57:25 evaluation.taches[2] : « taches[2] » doit être un texte, pas un groupe de clés"
            " | mettez entre guillemets un texte qui contient « : »",
        ),
        (
            "sigle: ML",
            "sigle: [ML]",
            "3:3 diplome.sigle : « sigle » doit être un texte, pas une liste"
            " | écrivez une seule valeur, sans tiret ni crochets",
        ),
        (
            "  semaines: 5",
            "  semaines: cinq",
            "6:13 diplome.semaines : « semaines » doit être un nombre entier, pas « cinq »"
            " | écrivez un nombre entier en chiffres, sans guillemets",
        ),
        (
            "  semaines: 5",
            "  semaines: 05",
            "6:13 diplome.semaines : « semaines » doit être un nombre entier, pas « 05 »"
            " | écrivez 5, sans guillemets ni zéro devant",
        ),
        (
            "  semaines: 5",
            "  semaines: 0",
            "6:13 diplome.semaines : « semaines » vaut 0, il faut au moins 1 | corrigez ce nombre",
        ),
        (
            "hors_echelle: true",
            "hors_echelle: oui",
            "59:43 evaluation.niveaux[1].hors_echelle : « hors_echelle » doit être true ou false,"
            " pas « oui » | écrivez true ou false",
        ),
        (
            "externes: [Clients]",
            "externes: Clients",
            "34:51 activites[1].relations.externes : « externes » doit être une liste,"
            " pas « Clients » | écrivez chaque élément sur sa propre ligne,"
            " après un tiret et une espace",
        ),
        (
            "{commune: [2473121131]}",
            "[2473121131]",
            "14:5 classes[1].mef : « mef » doit être un groupe de clés, pas une liste"
            " | écrivez une ligne « clé: valeur » pour chaque information",
        ),
        (
            "{ressources: La source n'en a pas}",
            '"ressources:vide"',
            "44:14 activites[2].lacunes : « lacunes » doit être un groupe de clés,"
            " pas « ressources:vide » | mettez une espace ordinaire après le « : »",
        ),
        (
            "    periodes: [{code: 1, semaines: 2}]",
            "    periodes: []",
            "15:5 classes[1].periodes : « periodes » compte 0 élément, il en faut au moins 1"
            " | complétez la liste",
        ),
        (
            "{code: 1.T1, libelle: Saluer}",
            "Saluer",
            "30:9 activites[1].taches[1] : « taches[1] » doit être un groupe de clés,"
            " pas « Saluer » | écrivez « - code: 1.T1 » et, dessous, « libelle: Saluer »",
        ),
        (
            "certitude: forte",
            "certitude: fort",
            "62:88 errata[1].certitude : « certitude » ne peut pas valoir « fort »"
            " | vouliez-vous écrire « forte » ?",
        ),
    ],
)
def test_a_fault_of_shape(refused: Refused, before: str, after: str, expected: str):
    assert expected in refused((before, after))


def test_keys_and_shape_are_said_together_in_the_order_of_the_file(refused: Refused):
    assert refused(
        ("  semaines: 5", "  semaines: 5\n  sigle: ML2\n  sgle: X"),
        ("hors_echelle: true", "hors_echelle: yes"),
        ("libelle: Saluer", "libelle: [Saluer]"),
    ) == [
        "7:3 diplome.sigle : la clé « sigle » est déjà écrite ligne 3 | gardez-en une seule",
        "8:3 diplome.sgle : clé inconnue « sgle » | vouliez-vous écrire « sigle » ?",
        "32:22 activites[1].taches[1].libelle : « libelle » doit être un texte, pas une liste"
        " | écrivez une seule valeur, sans tiret ni crochets",
        "61:43 evaluation.niveaux[1].hors_echelle : « yes » est ambigu : YAML y lit « vrai »"
        ' | écrivez "yes" entre guillemets, ou true',
    ]


@pytest.mark.parametrize("text", ["", "# rien\n", "{}"])
def test_an_empty_file_lacks_what_a_referentiel_must_have(tmp_path: Path, text: str):
    path = tmp_path / "ref.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refus:
        load_referentiel(path)
    assert [d.message for d in refus.value.diagnostics] == [
        "la clé « diplome » manque",
        "la clé « classes » manque",
        "la clé « activites » manque",
        "la clé « evaluation » manque",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", "le fichier doit être un groupe de clés, pas une liste"),
        ("diplome:MCV\n", "le fichier doit être un groupe de clés, pas « diplome:MCV »"),
    ],
)
def test_a_file_that_is_no_mapping(tmp_path: Path, text: str, expected: str):
    path = tmp_path / "ref.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refus:
        load_referentiel(path)
    assert [d.message for d in refus.value.diagnostics] == [expected]


# What contradicts what


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "code: 1.T2",
            "code: 1.T1",
            "31:16 activites[1].taches[2].code : « 1.T1 » est déjà à la ligne 30"
            " | donnez-lui un code qui n'a jamais servi",
        ),
        (
            "intitule: Face cachée}",
            "intitule: Face cachée}\n  - {code: A, intitule: Pôle}",
            "10:12 options[3].code : « A » est déjà à la ligne 8"
            " | donnez-lui un code qui n'a jamais servi",
        ),
        (
            "{code: 2, semaines: 2, ",
            "{code: 1, semaines: 2, ",
            "22:16 classes[2].periodes[2].code : « 1 » est déjà à la ligne 21"
            " | donnez-lui un code qui n'a jamais servi",
        ),
        (
            "{libelle: Novice}",
            "{libelle: non évalué}",
            "60:17 evaluation.niveaux[2].libelle : « non évalué » est déjà à la ligne 59"
            " | donnez-lui un autre nom",
        ),
        (
            "{code: 2, semaines: 2, ",
            "{code: n° 2, semaines: 2, ",
            "22:16 classes[2].periodes[2].code : le code « n° 2 » n'a pas que des lettres sans"
            " accent, des chiffres, « - », « _ » ou « . » | écrivez par exemple « n-2 »",
        ),
        (
            "libelle: Terminale",
            "libelle: Terminale\n    graphies: [Tle, SECONDE]",
            "18:21 classes[2].graphies[2] : « SECONDE » désigne déjà la classe « seconde »"
            " | écrivez autrement l'une des deux",
        ),
        (
            "code: 1.T2",
            "code: 2.T2",
            "31:16 activites[1].taches[2].code : le code « 2.T2 » n'est pas « 1.T » suivi"
            " d'un numéro | écrivez par exemple « 1.T2 »",
        ),
        (
            "code: 1.R1,",
            "code: 1.RS2,",
            "36:16 activites[1].resultats[1].code : le code « 1.RS2 » n'est pas « 1.R » suivi"
            " d'un numéro | écrivez par exemple « 1.R1 »",
        ),
        (
            "[A, B]",
            "[A, C]",
            "18:18 classes[2].options[2] : option inconnue « C » | existent : « A », « B »",
        ),
        (
            '["1", 2A]',
            '["1", 2a]',
            "19:22 classes[2].activites[2] : activité inconnue « 2a » | existent : « 1 », « 2A »",
        ),
        (
            "activites: [1]",
            "activites: [1, 2A]",
            "13:20 classes[1].activites[2] : l'activité « 2A » est de l'option « A »,"
            " que la classe n'a pas | enlevez cette activité, ou donnez l'option à la classe",
        ),
        (
            "option: A\n",
            "option: Z\n",
            "38:13 activites[2].option : option inconnue « Z » | existent : « A », « B »",
        ),
        (
            "option: B",
            "option: Z",
            "52:58 contexte.sections[1].sections[1].blocs[1].option : option inconnue « Z »"
            " | existent : « A », « B »",
        ),
        (
            "variante: primo_entrant",
            "variante: primo_entant",
            "22:42 classes[2].periodes[2].variante : variante inconnue « primo_entant »"
            " | vouliez-vous écrire « primo_entrant » ?",
        ),
        (
            "{commune: [",
            "{comune: [",
            "14:11 classes[1].mef.comune : option inconnue « comune »"
            " | vouliez-vous écrire « commune » ?",
        ),
        (
            "2473121131",
            "24731211311",
            "14:21 classes[1].mef.commune[1] : « 24731211311 » n'est pas un code MEF"
            " | écrivez les dix premiers chiffres, entre guillemets",
        ),
        (
            "    mef: {commune: [2473121131]}",
            "    mef_libelles: {A: [TLE LUNE A], C: [TLE.LUNE.C]}",
            "14:37 classes[1].mef_libelles.C : option inconnue « C »"
            " | existent : « commune », « A », « B »",
        ),
        (
            "    mef: {commune: [2473121131]}",
            "    mef_libelles: {A: [TLE LUNE A], B: [Tle. Lune. A]}",
            "14:41 classes[1].mef_libelles.B[1] : le MEF « Tle. Lune. A » est déjà à la ligne 14"
            " | un MEF ne désigne qu'une classe et une option : enlevez l'un des deux",
        ),
        (
            "    lacunes: {ressources: La source n'en a pas}\n",
            "",
            "42:5 activites[2].ressources : « ressources » est vide | complétez la liste,"
            " ou dites pourquoi elle manque : lacunes: {ressources: …}",
        ),
        (
            "lacunes: {ressources: La source n'en a pas}",
            "lacunes: {ressources: La source n'en a pas, taches: Oubli}",
            "44:57 activites[2].lacunes.taches : « taches » est déclaré manquant"
            " et n'est pas vide | enlevez cette lacune",
        ),
        (
            "lacunes: {ressources: La source n'en a pas}",
            "lacunes: {ressources: La source n'en a pas, tache: Oubli}",
            "44:49 activites[2].lacunes.tache : liste inconnue « tache »"
            " | vouliez-vous écrire « taches » ?",
        ),
        (
            "{texte: Un métier}",
            "{}",
            "50:15 contexte.sections[1].blocs[1] : ce bloc est vide"
            " | donnez-lui un titre, un texte ou une liste",
        ),
        (
            "{secteur}",
            "{sectuer}",
            "54:10 lettre.objet : « {sectuer} » ne sera pas rempli"
            " | vouliez-vous écrire « secteur » ?",
        ),
        (
            "{convention}",
            "{date}",
            "55:11 lettre.corps[1] : « {date} » ne sera pas rempli"
            " | entre accolades, existent : « secteur », « convention »",
        ),
        (
            "  semaines: 5",
            "  semaines: 7",
            "6:13 diplome.semaines : les périodes des classes font 5 semaines,"
            " le diplôme en demande 7"
            " | corrigez les semaines d'une période, ou celles du diplôme",
        ),
    ],
)
def test_a_contradiction(refused: Refused, before: str, after: str, expected: str):
    assert refused((before, after)) == [expected]


def test_contradictions_are_said_together(refused: Refused):
    found = refused(
        ("  semaines: 5", "  semaines: 7"), ("[A, B]", "[A, C]"), ("code: 1.T2", "code: X")
    )
    assert [problem.split(" : ")[0] for problem in found] == [
        "6:13 diplome.semaines",
        "18:18 classes[2].options[2]",
        "31:16 activites[1].taches[2].code",
    ]


# Whatever stands where something else was expected

ANYTHING = st.sampled_from(
    [None, True, 0, -3, 7, "", "oui", "2026-01-05", [], [None], {}, {"x": 1}]
)


def replaced(data: object, path: tuple[int, ...], value: object) -> object:
    """`data` with the value that `path` leads to, among its keys or items, replaced."""
    if not path or not isinstance(data, dict | list) or not data:
        return value
    keys = list(data) if isinstance(data, dict) else range(len(data))
    chosen = keys[path[0] % len(keys)]
    inner = replaced(data[chosen], path[1:], value)  # type: ignore[index]
    if isinstance(data, dict):
        return {**data, chosen: inner}
    return [*data[: int(chosen)], inner, *data[int(chosen) + 1 :]]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 8), min_size=1, max_size=7).map(tuple), ANYTHING)
def test_any_wrong_value_is_explained_at_its_place(path: tuple[int, ...], value: object):
    data = replaced(yaml.safe_load(MINI), path, value)
    text = yaml.safe_dump(data, allow_unicode=True)
    try:
        validate(Referentiel, parse_yaml(text, Path("ref.yaml")))
    except InputRefused as refus:
        for diagnostic in refus.diagnostics:
            assert diagnostic.position is not None
            assert diagnostic.position.line is not None
            assert "ne peut pas être" not in diagnostic.message
            assert diagnostic.help

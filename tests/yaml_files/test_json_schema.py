"""The JSON Schemas: current, valid, and of one mind with the models that they come from."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from pydantic import ValidationError

from pfmp_cli.yaml_files.json_schema import FILES, MODELS, build_schema, format_schema
from pfmp_cli.yaml_files.models import build
from pfmp_cli.yaml_files.source import parse_yaml, read_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = {"referentiel": ROOT / "referentiel.yaml", "projet": ROOT / "examples" / "pfmp.yaml"}
NAMES = list(MODELS)

REFERENTIEL = """\
diplome: {intitule: Lune, sigle: L, type: Bac, type_court: B, mention: M, semaines: 5}
options: [{code: A, intitule: Face visible, sigle: FV}]
classes:
  - code: terminale
    libelle: Terminale
    options: [A]
    activites: [1]
    mef: {A: ["2473121131"]}
    mef_libelles: {A: [TLEPRO]}
    periodes: [{code: 1, semaines: 5, variante: v}]
variantes: [{code: v, libelle: V}]
activites:
  - code: 1
    option: A
    intitule: Accueillir
    bloc: {code: 1, intitule: Bloc, unite: U31}
    conditions: En boutique
    taches: [{code: 1.T1, libelle: Saluer}]
    relations: {hierarchiques: un chef, externes: [Clients]}
    lacunes: {ressources: aucune}
contexte:
  titre: Contexte
  sections: [{code: I, titre: T, blocs: [{texte: X, liste: [Y]}], sections: [{code: J, titre: U}]}]
lettre: {objet: Stages, introduction: [Bonjour], corps: [Voilà]}
evaluation:
  taches: [oui, non]
  niveaux: [{libelle: Non acquis, hors_echelle: true}, {libelle: Acquis}]
  attitudes: {liste: [{code: AP1, libelle: Ponctuel}], niveaux: [{libelle: a}, {libelle: b}]}
  note_sur: 20
errata: [{ou: a, source: b, corrige: c, motif: d, certitude: sure}]
"""
PROJET = """\
annee_scolaire: 2025-2026
etablissement:
  nom: Lycée
  adresse: [12 rue]
  code_postal: 19999
  telephone: 05 36 49 00 00
  courriel: a@b.example
  uai: 0000001B
  chef: {nom: N, titre: T}
lettre: {date: 2025-06-24, secteur: automobile, signataire: {nom: N}}
calendrier: {zone: A, periodes: {terminale: [{du: 2026-01-12, au: 2026-01-31}], seconde: }}
divisions: {TMCV1: {classe: terminale, option: B}}
contacts: [{role: Bureau, courriel: a@b.example}]
niveaux: [{libelle: Acquis, hors_echelle: false}]
attitudes: {liste: [{code: AP1, libelle: Ponctuel}], niveaux: [{libelle: a}, {libelle: b}]}
complements: {"4B": {ressources: [Un plan]}}
fabrication:
  dossier: pdf
  listes: [{fichier: e.csv, option: B, documents: [livret], impression: true, archives: true}]
  vierges: {documents: [], classes: [terminale]}
"""
SMALL = {"referentiel": REFERENTIEL, "projet": PROJET}
# What may stand in the place of any value, and of a text that has a shape.
INSTEAD: list[Any] = [None, "", " ", "x", 0, 7, True, [], {}, [None], ["x"], {"inconnue": 1}]
SHAPES: list[Any] = [
    "2026-02-30", "2026-13-01", "5/1/2026", "2025-2027", "2029-2030", "2025", 123, 19999, "1234",
    "123456", "0000001b", "0000001B", "a@b", "a@b.c",
]  # fmt: skip


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(build_schema(name), format_checker=FormatChecker())


def data_of(text: str) -> Any:
    return parse_yaml(text, Path("x.yaml")).data


def walk(node: Any, loc: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield loc, node
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from walk(child, (*loc, key))


def change(data: Any, loc: tuple[Any, ...], *value: Any) -> Any:
    """A copy with `value` at `loc`, or without it."""
    if not loc:
        return value[0] if value else None
    changed = copy.deepcopy(data)
    node = changed
    for step in loc[:-1]:
        node = node[step]
    if value:
        node[loc[-1]] = value[0]
    else:
        del node[loc[-1]]
    return changed


def mutants(data: Any) -> Iterator[tuple[str, Any]]:
    is_projet = "diplome" not in data
    for loc, node in walk(data):
        for value in [*INSTEAD, *(SHAPES if isinstance(node, str) and is_projet else [])]:
            if value == "" and not isinstance(node, str):
                continue  # the models read it as nothing: an editor may say that it is no list
            yield f"{loc} = {value!r}", change(data, loc, value)
        if loc:
            yield f"{loc} absent", change(data, loc)


def takes(name: str, data: Any) -> bool:
    try:
        build(MODELS[name], data)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", NAMES)
def test_committed_schemas_are_current(name: str) -> None:
    path = ROOT / "schemas" / FILES[name]

    assert path.read_text("utf-8") == format_schema(name), "make schemas"


@pytest.mark.parametrize("name", NAMES)
def test_shipped_files_name_their_schema(name: str) -> None:
    first = SHIPPED[name].read_text("utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")

    assert (SHIPPED[name].parent / named).resolve() == ROOT / "schemas" / FILES[name]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(build_schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_key_has_a_title(name: str) -> None:
    schema = build_schema(name)
    models = {MODELS[name].__name__: schema, **schema["$defs"]}

    for model, described in models.items():
        assert all(part["title"] for part in described["properties"].values()), model


@pytest.mark.parametrize("name", NAMES)
def test_shipped_files_are_taken(name: str) -> None:
    errors = validator(name).iter_errors(read_yaml(SHIPPED[name]).data)

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", NAMES)
def test_small_files_are_taken(name: str) -> None:
    errors = validator(name).iter_errors(data_of(SMALL[name]))

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("name", NAMES)
def test_schema_and_model_agree_on_every_mutant(name: str) -> None:
    """In both directions: an editor lets nothing pass that is refused, and refuses nothing else."""
    check = validator(name)
    differ = [
        (what, "the model takes it" if taken else "the schema takes it")
        for what, mutant in mutants(data_of(SMALL[name]))
        if (taken := takes(name, mutant)) != check.is_valid(mutant)
    ]

    assert differ == []


@pytest.mark.parametrize(
    ("loc", "value"),
    [
        (("etablissement", "code_postal"), "1999"),
        (("etablissement", "code_postal"), 123),
        (("etablissement", "uai"), "0000001b"),
        (("etablissement", "courriel"), "accueil"),
        (("annee_scolaire",), "2025-2027"),
        (("lettre", "date"), "2026-02-30"),
        (("lettre", "date"), "24/06/2025"),
        (("divisions", "TMCV1"), {"option": "B"}),
        (("niveaux",), {}),
        (("inconnue",), "x"),
    ],
)
def test_a_wrong_value_is_refused_where_it_is(loc: tuple[str, ...], value: object) -> None:
    mutant = change(data_of(PROJET), loc, value)
    found = best_match(validator("projet").iter_errors(mutant))

    assert found is not None
    assert tuple(found.absolute_path) == (loc if loc != ("inconnue",) else ())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_a_value_that_its_key_takes(name: str) -> None:
    schema = build_schema(name)
    shown = [
        (example, part)
        for group in (schema, *schema["$defs"].values())
        for part in group["properties"].values()
        for example in part.get("examples", ())
    ]

    assert shown
    for example, part in shown:
        Draft202012Validator(part, format_checker=FormatChecker()).validate(example)

"""`pfmp.yaml`: every problem of it, in French and at its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.calendar.clock import today
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.doubts import SAMPLE, find_projet_doubts
from pfmp_cli.shipped import shipped
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.source import parse_yaml, read_yaml
from tests.reading import read_projet

Load = Callable[[str], Projet]
Refused = Callable[[str], list[str]]


@pytest.fixture
def load(tmp_path: Path, referentiel: Referentiel) -> Load:
    def load_text(text: str) -> Projet:
        path = tmp_path / "pfmp.yaml"
        path.write_text(text, encoding="utf-8")
        return read_projet(path, referentiel)[0]

    return load_text


@pytest.fixture
def refused(load: Load) -> Refused:
    """« ligne:colonne chemin : message | aide » of what is wrong with a text."""

    def problems(text: str) -> list[str]:
        with pytest.raises(InputRefused) as refus:
            load(text)
        return [
            f"{d.position.line}:{d.position.column} {d.position.label} : {d.message} | {d.help}"
            for d in refus.value.diagnostics
            if d.position is not None
        ]

    return problems


# What is read


def test_the_shipped_example_is_right(referentiel: Referentiel):
    projet = read_projet(shipped("examples/pfmp.yaml"), referentiel)[0]
    assert projet.lettre.date == date(2025, 6, 24)
    assert projet.divisions["TMCV1"].option == "B"


@pytest.mark.parametrize("text", ["", "# tout est facultatif\n", "etablissement:\nlettre:\n"])
def test_a_school_that_says_nothing(load: Load, text: str):
    assert load(text) == Projet()


def test_what_is_empty_is_left_out(load: Load):
    text = """\
etablissement: {nom: "", adresse: , chef: {nom: }}
calendrier: {periodes: {seconde: , premiere: []}}
divisions:
contacts:
"""
    projet = load(text)
    assert projet.etablissement == Projet().etablissement
    assert projet.calendrier.periodes == {"seconde": (), "premiere": ()}


def test_numbers_are_kept_as_typed(load: Load):
    etablissement = load(
        "etablissement: {code_postal: 01000, telephone: 0555123456, adresse: [12]}"
    ).etablissement
    assert etablissement.code_postal == "01000"
    assert etablissement.telephone == "0555123456"
    assert etablissement.adresse == ("12",)


@pytest.mark.parametrize("typed", ["2026-01-05", '"2026-01-05"', "'2026-01-05'"])
def test_a_date_with_or_without_quotes(load: Load, typed: str):
    assert load(f"lettre: {{date: {typed}}}").lettre.date == date(2026, 1, 5)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_is_read(day: date):
    source = parse_yaml(f"lettre: {{date: {day}}}", Path("pfmp.yaml"))
    assert validate(Projet, source).lettre.date == day


# What is refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "etablisement: {nom: A}",
            "1:1 etablisement : clé inconnue « etablisement »"
            " | vouliez-vous écrire « etablissement » ?",
        ),
        (
            "etablissement: {chef: {prenom: A}}",
            "1:24 etablissement.chef.prenom : clé inconnue « prenom »"
            " | clés admises : « nom », « titre »",
        ),
        (
            "divisions: {TMCV1: {clase: terminale, option: B, classe: terminale}}",
            "1:21 divisions.TMCV1.clase : clé inconnue « clase »"
            " | vouliez-vous écrire « classe » ?",
        ),
        (
            "calendrier: {periodes: {seconde: [{du: 2026-01-05, à: 2026-01-23, au: 2026-01-23}]}}",
            "1:52 calendrier.periodes.seconde[1].à : clé inconnue « à »"
            " | clés admises : « du », « au », « jours »",
        ),
        (
            "lettre: {date: 24/06/2025}",
            "1:16 lettre.date : « 24/06/2025 » n'est pas une date | écrivez 2025-06-24",
        ),
        (
            "lettre: {date: 24 juin 2025}",
            "1:16 lettre.date : « 24 juin 2025 » n'est pas une date"
            " | écrivez l'année, le mois et le jour : 2026-01-05",
        ),
        (
            "lettre: {date: 20250624}",
            "1:16 lettre.date : « 20250624 » n'est pas une date"
            " | écrivez l'année, le mois et le jour : 2026-01-05",
        ),
        (
            "lettre: {date: [2025-06-24]}",
            "1:10 lettre.date : cette valeur n'est pas une date"
            " | écrivez l'année, le mois et le jour : 2026-01-05",
        ),
        (
            "lettre: {date: 2025-02-29}",
            "1:16 lettre.date : le « 2025-02-29 » n'existe pas"
            " | février 2025 a 28 jours : écrivez 2025-02-28",
        ),
        (
            "lettre: {date: 31/11/2025}",
            "1:16 lettre.date : le « 31/11/2025 » n'existe pas"
            " | novembre 2025 a 30 jours : écrivez 2025-11-30",
        ),
        (
            "lettre: {date: 05/13/2025}",
            "1:16 lettre.date : le « 05/13/2025 » n'existe pas"
            " | écrivez l'année, le mois et le jour : 2026-01-05",
        ),
        (
            "lettre: {date: 5-1-26}",
            "1:16 lettre.date : « 5-1-26 » n'est pas une date | écrivez 2026-01-05",
        ),
        (
            "divisions: {T1: terminale}",
            "1:17 divisions.T1 : « T1 » doit être un groupe de clés, pas « terminale »"
            " | écrivez à la ligne suivante, en retrait, « classe: terminale »",
        ),
        (
            "calendrier: {zone: D}",
            "1:20 calendrier.zone : « zone » ne peut pas valoir « D »"
            " | valeurs admises : « A », « B », « C »",
        ),
        (
            "calendrier: {zone: a}",
            "1:20 calendrier.zone : « zone » ne peut pas valoir « a »"
            " | valeurs admises : « A », « B », « C »",
        ),
        (
            "annee_scolaire: 2025/2026",
            "1:17 annee_scolaire : « 2025/2026 » n'est pas une année scolaire"
            " | écrivez par exemple 2025-2026",
        ),
        (
            "annee_scolaire: 2025-2027",
            "1:17 annee_scolaire : « 2025-2027 » n'est pas une année scolaire"
            " | les deux années se suivent : 2025-2026",
        ),
        (
            "etablissement: {code_postal: 1910}",
            "1:30 etablissement.code_postal : « 1910 » n'est pas un code postal"
            " | écrivez les cinq chiffres",
        ),
        (
            "etablissement: {uai: 0190000}",
            "1:22 etablissement.uai : « 0190000 » n'est pas un UAI"
            " | écrivez sept chiffres et une lettre majuscule",
        ),
        (
            "contacts: [{role: Bureau, courriel: bureau.example}]",
            "1:37 contacts[1].courriel : « bureau.example » n'est pas une adresse électronique"
            " | écrivez nom@domaine.fr",
        ),
        (
            "contacts: [{nom: A}]",
            "1:12 contacts[1].role : la clé « role » manque | ajoutez une ligne « role: … »",
        ),
        (
            "contacts: [{role: Bureau, telephone: 8:30}]",
            "1:38 contacts[1].telephone : « 8:30 » est ambigu : YAML y lit un nombre en base 60"
            ' | écrivez "8:30" entre guillemets',
        ),
        (
            "etablissement: {adresse: 12 rue Haute}",
            "1:26 etablissement.adresse : « adresse » doit être une liste, pas « 12 rue Haute »"
            " | écrivez chaque élément sur sa propre ligne, après un tiret et une espace",
        ),
        (
            "etablissement: {adresse: [12 rue Haute, ~]}",
            "1:41 etablissement.adresse[2] : « adresse[2] » est vide | complétez cette ligne",
        ),
        (
            "divisions: {TMCV1: }",
            "1:20 divisions.TMCV1 : « TMCV1 » est vide | complétez cette ligne",
        ),
        (
            "calendrier: {periodes: {seconde: [{du: 2026-01-05}]}}",
            "1:35 calendrier.periodes.seconde[1].au : la clé « au » manque"
            " | ajoutez une ligne « au: … »",
        ),
        (
            "calendrier: {periodes: {secnde: []}}",
            "1:25 calendrier.periodes.secnde : classe inconnue « secnde »"
            " | vouliez-vous écrire « seconde » ?",
        ),
        (
            'livret: {allocations: {secnde: "40 F"}}',
            "1:24 livret.allocations.secnde : classe inconnue « secnde »"
            " | vouliez-vous écrire « seconde » ?",
        ),
        (
            "calendrier: {periodes: {seconde: [{du: 2026-01-23, au: 2026-01-05}]}}",
            "1:56 calendrier.periodes.seconde[1].au : la période finit le 2026-01-05"
            " avant d'avoir commencé, le 2026-01-23 | corrigez l'une des deux dates",
        ),
        (
            "calendrier: {periodes: {seconde: [{du: 1026-01-05, au: 2026-01-23}]}}",
            "1:40 calendrier.periodes.seconde[1].du : la période dure plus d'un an,"
            " du 1026-01-05 au 2026-01-23 | corrigez l'année de l'une des deux dates",
        ),
        (
            "divisions: {T1: {classe: Terminale, option: B}}",
            "1:26 divisions.T1.classe : classe inconnue « Terminale »"
            " | vouliez-vous écrire « terminale » ?",
        ),
        (
            "divisions: {T1: {classe: terminale}}",
            "1:13 divisions.T1 : la division « T1 » n'a pas d'option"
            " | ajoutez « option: A » ou « option: B »",
        ),
        (
            "divisions: {T1: {classe: terminale, option: C}}",
            "1:45 divisions.T1.option : option inconnue « C » | existent : « A », « B »",
        ),
        (
            "divisions: {S1: {classe: seconde, option: A}}",
            "1:43 divisions.S1.option : la classe « seconde » est commune aux options"
            " | enlevez cette option",
        ),
        (
            'lettre: {objet: "Stages en {secteurs}"}',
            "1:17 lettre.objet : « {secteurs} » ne sera pas rempli"
            " | vouliez-vous écrire « secteur » ?",
        ),
        (
            "niveaux: [{libelle: Acquis}, {libelle: Acquis}]",
            "1:40 niveaux[2].libelle : « Acquis » est déjà à la ligne 1 | donnez-lui un autre nom",
        ),
    ],
)
def test_a_fault(refused: Refused, text: str, expected: str):
    assert refused(text) == [expected]


def test_too_many_dates(refused: Refused):
    text = "calendrier:\n  periodes:\n    seconde:\n" + "".join(
        f"      - {{du: 2026-0{month}-05, au: 2026-0{month}-23}}\n" for month in (1, 3, 5)
    )
    assert refused(text) == [
        "6:9 calendrier.periodes.seconde[3] : 3 périodes dans le calendrier, alors que la classe"
        " en a 2 | enlevez celle qui est en trop"
    ]


def test_all_is_said_at_once_in_the_order_of_the_file(refused: Refused):
    text = """\
annee_scolaire: 2025-2027
etablissement:
  nom: A
  nom: B
  vile: C
lettre: {date: demain}
contacts:
  - {role: A, nom: on}
"""
    assert [problem.split(" | ")[0] for problem in refused(text)] == [
        "1:17 annee_scolaire : « 2025-2027 » n'est pas une année scolaire",
        "4:3 etablissement.nom : la clé « nom » est déjà écrite ligne 3",
        "5:3 etablissement.vile : clé inconnue « vile »",
        "6:16 lettre.date : « demain » n'est pas une date",
        "8:20 contacts[1].nom : « on » est ambigu : YAML y lit « vrai »",
    ]


# What is doubtful


@pytest.mark.parametrize(
    ("convention", "expected"),
    [
        (
            "note de service n° 96-241 du 15 octobre 1996",
            [
                "la note de service n° 96-241 n'est plus en vigueur | la convention type est"
                " celle de la circulaire n° 2016-053 du 29 mars 2016"
            ],
        ),
        ("circulaire n° 2016-053 du 29 mars 2016", []),
    ],
)
def test_a_superseded_convention(tmp_path: Path, load: Load, convention: str, expected: list[str]):
    projet = load(f"lettre: {{convention: {convention}}}")
    found = find_projet_doubts(projet, read_yaml(tmp_path / "pfmp.yaml"))
    assert [f"{d.message} | {d.help}" for d in found] == expected
    assert all(d.position is not None and d.position.column == 22 for d in found)
    assert not any(d.is_error for d in found)


def test_the_sample_is_what_pfmp_new_writes() -> None:
    written = read_yaml(shipped("examples/pfmp.yaml")).data

    school = written["etablissement"]  # type: ignore[index,call-overload]
    assert {name: school[name] for name in SAMPLE} == {
        name: [*value] if isinstance(value, tuple) else value for name, value in SAMPLE.items()
    }


@pytest.mark.parametrize(
    ("day", "over"),
    [("1788134400", False), ("1788220800", True)],  # 31 August, 1 September 2026
)
def test_a_school_year_is_over_in_september(
    day: str, over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
    today.cache_clear()
    source = parse_yaml("annee_scolaire: 2025-2026\n", Path("pfmp.yaml"))
    found = [one.message for one in find_projet_doubts(validate(Projet, source), source)]
    today.cache_clear()

    assert found == ["l'année scolaire 2025-2026 est finie"] * over

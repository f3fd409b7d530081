"""The codes, numbers and levels of `referentiel.yaml` against a second copy of the facts.

They were taken from the ministry's code tables and from what is in use among teachers, not from
`referentiel.yaml`: a digit that changes there is seen here.
"""

from __future__ import annotations

from pfmp_cli.domain.referentiel import Referentiel

MEF = {
    "seconde": {"commune": ("2473121131",)},
    "premiere": {"A": ("2473121332",), "B": ("2473121432",)},
    "terminale": {"A": ("2473121333",), "B": ("2473121433",)},
}
MEF_OF_APPRENTICES = {"seconde": {"A": ("2473121331",), "B": ("2473121431",)}}
PERIODS = {
    "seconde": [("1", 3, None, True), ("2", 3, None, True)],
    "premiere": [("1", 4, None, True), ("2", 4, None, True), ("3", 2, "primo_entrant", True)],
    "terminale": [("1", 3, None, True), ("2", 3, None, True), ("3", 6, "insertion", False)],
}
BLOCS = {
    "1": ("1", "Conseiller et vendre", "U31"),
    "2": ("2", "Suivre les ventes", "U32"),
    "3": ("3", "Fidéliser la clientèle et développer la relation client", "U33"),
    "4A": ("4A", "Animer et gérer l'espace commercial", None),
    "4B": ("4B", "Prospecter et valoriser l'offre commerciale", None),
}


def test_a_class_is_known_by_the_codes_of_the_ministry(referentiel: Referentiel) -> None:
    assert {classe.code: classe.mef for classe in referentiel.classes} == MEF
    assert {
        classe.code: classe.mef_apprentis for classe in referentiel.classes if classe.mef_apprentis
    } == MEF_OF_APPRENTICES


def test_the_periods_of_the_three_years_add_up_to_the_weeks_of_the_diploma(
    referentiel: Referentiel,
) -> None:
    periods = {
        classe.code: [
            (one.code, one.semaines, one.variante, one.certificative) for one in classe.periodes
        ]
        for classe in referentiel.classes
    }

    assert periods == PERIODS
    usual = [weeks for listed in periods.values() for _, weeks, variant, _ in listed if not variant]
    assert sum(usual) == referentiel.diplome.semaines == 20


def test_the_levels_rise_from_the_first_to_the_last(referentiel: Referentiel) -> None:
    niveaux = [(one.libelle, one.hors_echelle) for one in referentiel.evaluation.niveaux]

    assert niveaux == [
        ("non évalué", True),
        ("Novice", False),
        ("Débrouillé", False),
        ("Averti", False),
        ("Expert", False),
    ]
    assert referentiel.evaluation.taches == ("non confiée", "partiellement", "complètement")
    assert referentiel.evaluation.note_sur == 20


def test_an_activity_is_of_its_bloc_and_unit(referentiel: Referentiel) -> None:
    assert {
        one.code: (one.bloc.code, one.bloc.intitule, one.bloc.unite)
        for one in referentiel.activites
        if one.bloc
    } == BLOCS


def test_a_class_has_the_activities_of_its_options(referentiel: Referentiel) -> None:
    common = ["1", "2", "3"]
    for code, option, expected in (
        ("seconde", None, common),
        ("premiere", "A", [*common, "4A"]),
        ("premiere", "B", [*common, "4B"]),
        ("terminale", "A", [*common, "4A"]),
        ("terminale", "B", [*common, "4B"]),
    ):
        assert [one.code for one in referentiel.activites_of(code, option)] == expected


def test_a_code_is_its_activity_and_its_rank(referentiel: Referentiel) -> None:
    for activity in referentiel.activites:
        for letters, items in (
            ("T", activity.taches),
            ("RS", activity.ressources),
            ("R", activity.resultats),
        ):
            codes = [f"{activity.code}.{letters}{rank}" for rank in range(1, len(items) + 1)]
            assert [item.code for item in items] == codes


def test_the_sections_of_the_context_are_numbered_as_the_source_does(
    referentiel: Referentiel,
) -> None:
    for rank, section in enumerate(referentiel.contexte.sections, 1):
        assert section.code == f"I.{rank}"
        inside = [one.code for one in section.sections]
        assert inside == [f"I.{rank}.{number}" for number in range(1, len(inside) + 1)]

"""The stages of a pupil: several companies in a period, and days in several pieces."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.calendar.weeks import Intervalle, build_periodes
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.placements.matching import attach_placements
from pfmp_cli.lists.placements.placement_rows import read_placements_file
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.making.placement_tables import arrange, list_placed
from pfmp_cli.planning.document_values import compose_values
from pfmp_cli.planning.editions import Document
from pfmp_cli.planning.plan import plan_documents
from pfmp_cli.text import DAYS

FIRST, SECOND = (
    DatesPeriode(du=date(2025, 11, 24), au=date(2025, 12, 13)),
    DatesPeriode(du=date(2026, 1, 12), au=date(2026, 1, 31)),
)
PROJET = Projet(
    annee_scolaire="2025-2026",
    calendrier=Calendrier(periodes={"terminale": (FIRST, SECOND)}),
    divisions={"TMCV1": Division(classe="terminale", option="B")},
)
ELEVES = "nom;prenom;division\nDURAND;Zoé;TMCV1\nROY;Ana;TMCV1\n"
HEAD = "nom;prenom;période;du;au;entreprise;tuteur\n"
TWO_COMPANIES = (
    "DURAND;Zoé;2;19/01/2026;31/01/2026;Quincaillerie Verte;\n"
    "DURAND;Zoé;2;12/01/2026;17/01/2026;Primeurs du Lac;Anaïs FONTBONNE\n"
)
KINDS = [Document("livret"), Document("grille", True), Document("attestation", True, True)]

Read = Callable[..., Roster]


@pytest.fixture(scope="module")
def read(referentiel: Referentiel) -> Read:
    schema = make_schema(referentiel, PROJET)

    def read(stages: str | None, eleves: str = ELEVES) -> Roster:
        roster = read_eleves("eleves.csv", eleves.encode(), schema)
        enrolled = enrol(roster, referentiel, PROJET.divisions, Selection())
        placements = read_placements_file("stages.csv", stages.encode(), schema) if stages else None
        return attach_placements(enrolled, placements, referentiel, PROJET)

    return read


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.severity.value} {d.position} {d.message}" for d in diagnostics]


def paths(roster: Roster, referentiel: Referentiel) -> list[str]:
    plan = plan_documents(roster, referentiel, KINDS)
    return [one.path.partition("/")[2] for one in plan.documents if one.eleve.nom == "DURAND"]


def show(eleve: Eleve, referentiel: Referentiel) -> dict[str, str]:
    """What the pupil's documents say of the second period."""
    periods = build_periodes(
        referentiel.classe("terminale"), PROJET.calendrier, frozenset(), eleve.dates
    )
    values = compose_values(eleve, periods)
    return {name[6:]: text for name, text in values.items() if name.startswith("pfmp2.")}


def test_two_companies_of_a_period_are_two_stages_with_days_of_their_own(
    read: Read, referentiel: Referentiel
) -> None:
    roster = read(HEAD + TWO_COMPANIES)
    eleve = roster.eleves[0]
    first, second = (show(eleve.at(stage), referentiel) for stage in eleve.stages)

    assert roster.diagnostics == ()
    assert paths(roster, referentiel) == [
        f"DURAND_Zoe_{label}.pdf"
        for label in (
            *("livret", "grille-1", "grille-2"),
            *("attestation-1", "attestation-2", "attestation-2b"),
        )
    ]
    assert (first["entreprise"], first["tuteur"]) == ("Primeurs du Lac", "Anaïs FONTBONNE")
    assert first["dates"] == "du lundi 12 janvier au samedi 17 janvier 2026"
    assert (first["nombre_jours"], second["nombre_jours"]) == ("6 jours", "12 jours")
    assert second["entreprise"] == "Quincaillerie Verte"
    assert "tuteur" not in second


def test_what_is_of_the_whole_period_names_all_companies_and_all_days(
    read: Read, referentiel: Referentiel
) -> None:
    whole = show(read(HEAD + TWO_COMPANIES).eleves[0], referentiel)

    assert whole["entreprise"] == "Primeurs du Lac ; Quincaillerie Verte"
    assert whole["tuteur"] == "Anaïs FONTBONNE"
    assert whole["nombre_jours"] == "18 jours"
    assert whole["jour_18"] == "samedi 31 janvier"
    assert "duree" not in whole


def test_two_rows_of_one_company_are_one_stage_in_two_pieces(
    read: Read, referentiel: Referentiel
) -> None:
    roster = read(
        f"{HEAD}DURAND;Zoé;2;12/01/2026;17/01/2026;Les Halles;\n"
        "DURAND;Zoé;2;26/01/2026;26/01/2026;LES HALLES;Anaïs FONTBONNE\n"
    )
    said = show(roster.eleves[0], referentiel)

    assert roster.eleves[0].stages == ()
    assert paths(roster, referentiel)[-1] == "DURAND_Zoe_attestation-2.pdf"
    assert (
        said["dates"] == "du lundi 12 janvier au samedi 17 janvier, puis le lundi 26 janvier 2026"
    )
    assert (said["nombre_jours"], said["tuteur"]) == ("7 jours", "Anaïs FONTBONNE")
    assert told(roster.diagnostics) == [
        "avertissement stages.csv:3:25 la période « 2 » a 7 jours de stage en tout, moins que les "
        "3 semaines du référentiel"
    ]


def test_more_days_than_the_referentiel_asks_are_told(read: Read) -> None:
    roster = read(
        f"{HEAD}DURAND;Zoé;2;05/01/2026;17/01/2026;X;\nDURAND;Zoé;2;19/01/2026;31/01/2026;Y;\n"
    )

    assert told(roster.diagnostics) == [
        "avertissement stages.csv:3:25 la période « 2 » a 24 jours de stage en tout, plus que les "
        "3 semaines du référentiel"
    ]


def test_days_in_two_companies_at_once_are_told(read: Read) -> None:
    roster = read(
        f"{HEAD}DURAND;Zoé;2;12/01/2026;24/01/2026;X;\nDURAND;Zoé;2;19/01/2026;31/01/2026;Y;\n"
    )

    assert told(roster.diagnostics) == [
        "avertissement stages.csv:3:14 ce stage du 19/01/2026 au 31/01/2026 (période 2) chevauche "
        "celui du 12/01/2026 au 24/01/2026 (période 2), à la ligne 2"
    ]


def test_a_wrong_row_costs_its_own_stage(read: Read, referentiel: Referentiel) -> None:
    roster = read(HEAD + TWO_COMPANIES.replace("31/01/2026", "31/02/2026"))

    assert [d.is_error for d in roster.diagnostics if "31/02/2026" in d.message] == [True]
    assert paths(roster, referentiel)[-2:] == [
        "DURAND_Zoe_attestation-1.pdf",
        "DURAND_Zoe_attestation-2.pdf",
    ]
    assert show(roster.eleves[0], referentiel)["entreprise"] == "Primeurs du Lac"


def test_where_the_only_row_is_wrong_nothing_is_said_of_that_period(
    read: Read, referentiel: Referentiel
) -> None:
    roster = read(f"{HEAD}DURAND;Zoé;2;19/01/2026;18/01/2026;Les Halles;\n")

    assert show(roster.eleves[0], referentiel) == {}
    assert paths(roster, referentiel) == [
        f"DURAND_Zoe_{label}.pdf" for label in ("livret", "grille-1", "grille-2", "attestation-1")
    ]


def test_a_period_has_nine_stages_at_most(read: Read) -> None:
    rows = (f"DURAND;Zoé;2;{day}/01/2026;{day}/01/2026;Magasin {day};\n" for day in range(12, 22))
    roster = read(HEAD + "".join(rows))

    assert "la période 2 de cet élève a plus de 9 stages" in [
        d.message for d in roster.diagnostics if d.is_error
    ]
    assert [stage.letter for stage in roster.eleves[0].stages] == ["", *"bcdefghi"]


def test_a_value_of_the_second_stage_knows_its_cell(read: Read) -> None:
    roster = read(HEAD + TWO_COMPANIES)
    eleve = roster.eleves[0]
    cells = [roster.position(eleve.at(s), "pfmp2.entreprise") for s in eleve.stages]

    assert [str(cell) for cell in cells] == ["stages.csv:3:36", "stages.csv:2:36"]


# On some days of the week


@pytest.mark.parametrize(
    ("written", "weekdays"),
    [
        ("lun-ven", {0, 1, 2, 3, 4}),
        ("Mardi à samedi", {1, 2, 3, 4, 5}),
        ("du mardi au samedi", {1, 2, 3, 4, 5}),
        ("lundi, mardi, jeudi", {0, 1, 3}),
        ("LUNDI MARDI et jeudi", {0, 1, 3}),
        ("les lundis/mardis", {0, 1}),
        ("lun. – mer. ; sam.", {0, 1, 2, 5}),
    ],
)
def test_a_stage_has_its_own_days_of_the_week_however_they_are_written(
    read: Read, referentiel: Referentiel, written: str, weekdays: set[int]
) -> None:
    roster = read(
        f'nom;prénom;période;entreprise;jours de présence\nDURAND;Zoé;2;Les Halles;"{written}"\n'
    )
    said = show(roster.eleves[0], referentiel)
    rows = [text for name, text in said.items() if name.startswith("jour_")]

    assert roster.diagnostics == ()
    assert {DAYS.index(row.split()[0]) for row in rows} == weekdays
    assert said["nombre_jours"] == f"{len(rows)} jours" == f"{3 * len(weekdays)} jours"
    assert said["numeros_semaines"] == "3, 4, 5"


def test_two_companies_share_out_the_days_of_the_week(read: Read, referentiel: Referentiel) -> None:
    roster = read(
        None,
        "nom;prenom;division;pfmp2_entreprise;pfmp2_jours;pfmp2b_entreprise;pfmp2b_jours\n"
        "DURAND;Zoé;TMCV1;Primeurs;lundi, mardi;Quincaillerie;mercredi-samedi\n",
    )
    durand = roster.eleves[0]
    shown = [show(durand.at(stage), referentiel) for stage in durand.stages]

    assert roster.diagnostics == ()
    assert [one["nombre_jours"] for one in shown] == ["6 jours", "12 jours"]
    assert [one["jour_1"] for one in shown] == ["lundi 12 janvier", "mercredi 14 janvier"]
    whole = show(durand, referentiel)
    assert whole["nombre_jours"] == "18 jours"
    assert whole["duree_et_dates"].endswith("du lundi 12 janvier au samedi 31 janvier 2026")
    assert plan_documents(roster, referentiel, KINDS).documents[0].edition.weeks == (("2", 3),)
    placed = arrange(list_placed(roster, referentiel, PROJET, "2"))
    assert [len(one.periode.days) for one in placed[:2]] == [6, 12]


def test_on_the_same_day_of_the_week_two_companies_are_told(read: Read) -> None:
    roster = read(
        "nom;prénom;période;entreprise;jours\n"
        "DURAND;Zoé;2;Primeurs;lundi, mardi\nDURAND;Zoé;2;Quincaillerie;mardi-samedi\n"
    )

    assert ["chevauche" in d.message for d in roster.diagnostics] == [True]


def test_a_sunday_is_told_in_a_file_of_placements_and_in_a_list(read: Read) -> None:
    stages = "nom;prénom;période;entreprise;jours\nDURAND;Zoé;2;Les Halles;mardi au dimanche\n"
    listed = "nom;prenom;division;pfmp2_entreprise;pfmp2_jours\nDURAND;Zoé;TMCV1;X;samedi, dim.\n"

    assert told(read(stages).diagnostics) == [
        "avertissement stages.csv:2:25 « mardi au dimanche » compte le dimanche parmi les jours de "
        "présence"
    ]
    assert told(read("", listed).diagnostics) == [
        "avertissement eleves.csv:2:20 « samedi, dim. » compte le dimanche parmi les jours de "
        "présence"
    ]


@pytest.mark.parametrize("written", ["18", "tous les jours", "lundi-dimanche", "samedi-lundi"])
def test_what_says_no_days_of_the_week_costs_nothing_and_is_told(
    read: Read, referentiel: Referentiel, written: str
) -> None:
    roster = read(f"nom;prénom;période;entreprise;jours\nDURAND;Zoé;2;Les Halles;{written}\n")

    assert told(roster.diagnostics) == [
        f"avertissement stages.csv:2:25 « {written} » ne dit pas des jours de la semaine : ceux "
        "de la période comptent"
    ]
    assert show(roster.eleves[0], referentiel)["nombre_jours"] == "18 jours"


@pytest.mark.parametrize(
    ("jours", "last", "told_few"),
    [
        ("lundi, mardi", "20/01/2026", True),  # four days of six: a week less
        ("lundi, mardi", "27/01/2026", False),
        ("lundi-vendredi", "28/01/2026", False),  # as dates near a holiday may have it
        ("lundi-vendredi", "27/01/2026", True),
    ],
)
def test_days_that_lack_of_the_weeks_are_counted_by_those_that_are_worked(
    read: Read, jours: str, last: str, told_few: bool
) -> None:
    roster = read(
        "nom;prénom;période;du;au;entreprise;jours\n"
        f"DURAND;Zoé;2;12/01/2026;13/01/2026;Primeurs;{jours}\n"
        f"DURAND;Zoé;2;{'19' if 'mardi' in jours else '14'}/01/2026;{last};Primeurs;{jours}\n"
    )

    assert ["moins que les 3" in d.message for d in roster.diagnostics] == [True] * told_few


def test_some_days_a_week_for_more_weeks_are_not_too_much(
    read: Read, referentiel: Referentiel
) -> None:
    roster = read(
        "nom;prénom;période;du;au;entreprise;jours\n"
        "DURAND;Zoé;2;05/01/2026;13/02/2026;Primeurs;lundi, mardi\n"
    )

    assert roster.diagnostics == ()
    assert show(roster.eleves[0], referentiel)["nombre_jours"] == "12 jours"


def test_days_between_two_companies_are_told(read: Read) -> None:
    roster = read(HEAD + TWO_COMPANIES.replace("19/01/2026", "21/01/2026"))

    assert told(roster.diagnostics) == [
        "avertissement stages.csv:2:14 il y a 2 jours entre ce stage, qui commence le 21/01/2026, "
        "et celui d'avant, fini le 17/01/2026 (période 2)"
    ]


def test_a_saturday_between_two_companies_is_no_gap(read: Read) -> None:
    assert read(HEAD + TWO_COMPANIES.replace("17/01/2026", "16/01/2026")).diagnostics == ()


# In the class file


def test_a_class_file_has_stages_too(read: Read, referentiel: Referentiel) -> None:
    roster = read(
        None,
        "nom;prenom;division;pfmp2_entreprise;pfmp2_du;pfmp2_au;pfmp2b_entreprise;"
        "date de début PFMP 2b;PFMP 2b date de fin\n"
        "DURAND;Zoé;TMCV1;Primeurs;12/01/2026;17/01/2026;Quincaillerie;19/01/2026;31/01/2026\n"
        "ROY;Ana;TMCV1;Les Halles;;;;;\n",
    )
    durand, roy = roster.eleves
    second = durand.at(durand.stages[1])

    assert roster.diagnostics == ()
    assert paths(roster, referentiel)[-2:] == [
        "DURAND_Zoe_attestation-2.pdf",
        "DURAND_Zoe_attestation-2b.pdf",
    ]
    assert show(second, referentiel)["entreprise"] == "Quincaillerie"
    assert str(roster.position(second, "pfmp2.entreprise")) == "eleves.csv:2:49"
    assert (roy.stages, roy.dates, roy.values["pfmp2.entreprise"]) == ((), (), "Les Halles")


def test_a_wrong_date_in_a_class_file_costs_its_own_stage(
    read: Read, referentiel: Referentiel
) -> None:
    roster = read(
        None,
        "nom;prenom;division;pfmp2_entreprise;pfmp2_du;pfmp2_au\n"
        "DURAND;Zoé;TMCV1;Primeurs;17/01/2026;12/01/2026\n",
    )

    assert told(roster.diagnostics) == [
        "erreur eleves.csv:2:38 le stage finit le 12/01/2026, avant d'avoir commencé, le 17/01/2026"
    ]
    assert paths(roster, referentiel)[-1] == "DURAND_Zoe_attestation-1.pdf"


def test_a_pupil_whose_class_nobody_can_tell_has_no_stages(read: Read) -> None:
    roster = read(
        None,
        "nom;prenom;division;pfmp2_entreprise;pfmp2_du\nDURAND;Zoé;AUTRE;Primeurs;12/01/2026\n",
    )

    assert (roster.diagnostics, roster.eleves[0].stages) == ((), ())


def test_a_file_of_placements_adds_a_company_to_that_of_the_class_file(read: Read) -> None:
    eleves = (
        "nom;prenom;division;pfmp2_entreprise;pfmp2_du;pfmp2_au\n"
        "DURAND;Zoé;TMCV1;Primeurs;12/01/2026;17/01/2026\n"
    )
    roster = read(f"{HEAD}DURAND;Zoé;2;19/01/2026;31/01/2026;Quincaillerie;\n", eleves)

    assert [stage.values["entreprise"] for stage in roster.eleves[0].stages] == [
        "Primeurs",
        "Quincaillerie",
    ]


# For the office


def test_the_recap_has_a_row_for_each_stage(read: Read, referentiel: Referentiel) -> None:
    placed = arrange(list_placed(read(HEAD + TWO_COMPANIES), referentiel, PROJET, "2"))

    assert [(one.get("eleve.nom"), one.get(".entreprise"), one.periode.du) for one in placed] == [
        ("DURAND", "Primeurs du Lac", date(2026, 1, 12)),
        ("DURAND", "Quincaillerie Verte", date(2026, 1, 19)),
        ("ROY", "", date(2026, 1, 12)),
    ]


# Laws

DATES = st.builds(
    lambda start, length: Intervalle(
        (du := date(2025, 9, 1) + timedelta(days=start)), du + timedelta(days=length)
    ),
    st.integers(0, 250),
    st.integers(0, 20),
)
ROWS = st.lists(st.tuples(st.sampled_from("12"), DATES, st.sampled_from("ABC")), max_size=8)


@given(ROWS)
def test_no_row_is_lost_and_the_stages_share_out_the_days_of_their_period(
    read: Read, referentiel: Referentiel, rows: list[tuple[str, Intervalle, str]]
) -> None:
    lines = (f"DURAND;Zoé;{n};{du:%d/%m/%Y};{au:%d/%m/%Y};{c};\n" for n, (du, au, _), c in rows)
    roster = read(HEAD + "".join(lines))
    eleve = roster.eleves[0]

    assert not [d for d in roster.diagnostics if d.is_error and "aucun" not in d.message]
    for code in "12":
        asked = {(days, company) for n, days, company in rows if n == code}
        stages = [stage for stage in eleve.stages if stage.code == code]
        if stages:
            found = {(days, s.values["entreprise"]) for s in stages for days in s.intervalles}
        else:
            name = eleve.values.get(f"pfmp{code}.entreprise", "")
            usual = FIRST if code == "1" else SECOND
            own = dict(eleve.dates).get(code) or (Intervalle(usual.du, usual.au),)
            found = {(days, name) for days in own} if name else set()
        assert found == asked
        own = dict(eleve.dates).get(code)
        assert own is None or set(own) == {days for days, _ in asked}


# Both files together


def test_rows_of_a_period_that_the_list_says_nothing_of_are_kept(read: Read) -> None:
    eleves = (
        "nom;prenom;division;pfmp1_entreprise;pfmp1_du;pfmp1_au\n"
        "DURAND;Zoé;TMCV1;Primeurs;24/11/2025;13/12/2025\nROY;Ana;TMCV1;;;\n"
    )
    roster = read(f"{HEAD}DURAND;Zoé;2;;;Les Halles;\nROY;Ana;1;;;Fleurs;\n", eleves)

    assert roster.diagnostics == ()
    assert roster.eleves[0].values["pfmp2.entreprise"] == "Les Halles"
    assert roster.eleves[1].values["pfmp1.entreprise"] == "Fleurs"


def test_two_companies_with_days_stay_beside_that_of_the_list_which_has_none(read: Read) -> None:
    eleves = "nom;prenom;division;pfmp2_entreprise\nDURAND;Zoé;TMCV1;Les Halles\n"
    roster = read(HEAD + TWO_COMPANIES, eleves)

    assert [stage.values["entreprise"] for stage in roster.eleves[0].stages] == [
        "Primeurs du Lac",
        "Quincaillerie Verte",
    ]
    assert [str(one.position) for one in roster.diagnostics] == ["eleves.csv:2"]


def test_the_same_stage_said_twice_is_one(read: Read) -> None:
    row = "DURAND;Zoé;2;12/01/2026;31/01/2026;Les Halles;\n"
    roster = read(HEAD + row + row)

    assert roster.diagnostics == ()
    assert roster.eleves[0].stages == ()


def test_a_second_company_is_kept_beside_a_first_that_is_none(read: Read) -> None:
    eleves = (
        "nom;prenom;division;pfmp2_entreprise;pfmp2b_entreprise;pfmp2b_du;pfmp2b_au\n"
        "DURAND;Zoé;TMCV1;Non concerné;Les Halles;12/01/2026;31/01/2026\n"
    )
    roster = read(None, eleves)

    assert roster.eleves[0].values["pfmp2.entreprise"] == "Les Halles"
    assert ["Non concerné" in d.message for d in roster.diagnostics] == [True]


def test_namesakes_of_two_divisions_without_birth_dates_are_not_one_pupil(read: Read) -> None:
    eleves = "nom;prenom;division\nROY;Ana;TMCV1\nROY;Ana;TMCV2\n"
    roster = read(f"{HEAD}ROY;Ana;1;;;Fleurs;\n", eleves)

    assert [d.is_error for d in roster.diagnostics if "s'appellent" in d.message] == [True]


def test_days_without_a_company_are_not_another_company_s(
    read: Read, referentiel: Referentiel
) -> None:
    roster = read(
        f"{HEAD}DURAND;Zoé;2;12/01/2026;17/01/2026;Primeurs;\nDURAND;Zoé;2;19/01/2026;31/01/2026;;\n"
    )
    first, second = (show(roster.eleves[0].at(s), referentiel) for s in roster.eleves[0].stages)

    assert (first["entreprise"], first["nombre_jours"]) == ("Primeurs", "6 jours")
    assert "entreprise" not in second


def test_a_country_needs_no_column_of_towns(read: Read, referentiel: Referentiel) -> None:
    roster = read(
        "nom;prenom;période;du;au;entreprise;pays\nDURAND;Zoé;2;12/01/2026;31/01/2026;Bar;Suisse\n"
    )

    assert show(roster.eleves[0], referentiel)["ville"].endswith("Suisse")


def test_a_country_that_contradicts_the_list_is_told(read: Read) -> None:
    eleves = "nom;prenom;division;pfmp2_entreprise;pfmp2_pays\nDURAND;Zoé;TMCV1;Bar;Suisse\n"
    roster = read("nom;prenom;période;entreprise;pays\nDURAND;Zoé;2;Bar;Irlande\n", eleves)

    assert told(roster.diagnostics) == [
        "erreur stages.csv:2:18 « Irlande » ici, « Suisse » dans eleves.csv:2"
    ]


def test_a_list_names_four_stages_of_a_period(read: Read) -> None:
    letters = ("", "b", "c", "d")
    titles = ";".join(f"pfmp2{x}_entreprise;pfmp2{x}_du;pfmp2{x}_au" for x in letters)
    days = ((12, 16), (17, 21), (22, 26), (27, 31))
    cells = ";".join(f"Magasin {du};{du}/01/2026;{au}/01/2026" for du, au in days)
    roster = read(None, f"nom;prenom;division;{titles}\nDURAND;Zoé;TMCV1;{cells}\n")

    stages = roster.eleves[0].stages
    assert [one.values["entreprise"] for one in stages] == [f"Magasin {du}" for du, _ in days]


def test_a_pupil_at_their_second_company_has_the_cells_of_the_list(read: Read) -> None:
    roster = read(HEAD + TWO_COMPANIES)
    eleve = roster.eleves[0]

    cell = roster.position(eleve.at(eleve.stages[1]), "eleve.prenom")
    assert str(cell) == "eleves.csv:2:8"

"""Which documents for whom: class and option from the row, the division, the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from pfmp_cli.calendar.weeks import Intervalle
from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.domain.projet import Division
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.command_words import choose, choose_documents, choose_edition
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.planning.plan import Plan, keep_possible, plan_documents

LIVRET = Document("livret")
DIVISIONS = {
    "TMCV1": Division(classe="terminale", option="B"),
    "SMRC1": Division(classe="seconde"),
}


def make_plan(
    referentiel: Referentiel,
    text: str,
    choix: Selection | None = None,
    divisions: Mapping[str, Division] = DIVISIONS,
) -> Plan:
    roster = read_roster(referentiel, text, choix or Selection(), divisions)
    return plan_documents(roster, referentiel, [LIVRET], (choix or Selection()).periode)


def read_roster(
    referentiel: Referentiel,
    text: str,
    choix: Selection,
    divisions: Mapping[str, Division] = DIVISIONS,
) -> Roster:
    lecture = read_eleves("eleves.csv", text.encode(), make_schema(referentiel))
    return enrol(lecture, referentiel, divisions, choix)


def paths(plan: Plan) -> list[str]:
    return [commande.path for commande in plan.documents]


def test_the_row_says_class_option_and_variant(referentiel: Referentiel) -> None:
    plan = make_plan(
        referentiel, "nom;prenom;classe;option;primo_entrant\nDURAND;Zoé;première;a;oui\n"
    )

    assert [c.edition for c in plan.documents] == [
        Edition("livret", "premiere", "A", frozenset({"primo_entrant"}))
    ]


def test_a_variant_that_changes_nothing_in_a_class_is_no_other_master(
    referentiel: Referentiel,
) -> None:
    plan = make_plan(
        referentiel, "nom;prenom;division;primo_entrant\nA;B;TMCV1;oui\nC;D;TMCV1;non\n"
    )

    assert plan.editions() == [Edition("livret", "terminale", "B")]


def test_the_division_says_what_the_row_does_not(referentiel: Referentiel) -> None:
    plan = make_plan(referentiel, "nom;prenom;division\nA;B;TMCV1\nC;D;SMRC1\n")

    assert [c.edition for c in plan.documents] == [
        Edition("livret", "terminale", "B"),
        Edition("livret", "seconde"),
    ]


def test_the_command_line_says_what_the_file_does_not(referentiel: Referentiel) -> None:
    plan = make_plan(referentiel, "nom;prenom\nA;B\n", Selection("terminale", "A"))

    assert plan.editions() == [Edition("livret", "terminale", "A")]
    assert paths(plan) == ["terminale-A/A_B_livret.pdf"]


def test_the_command_line_picks_from_what_the_file_says(referentiel: Referentiel) -> None:
    text = "nom;prenom;classe;option\nA;B;terminale;A\nC;D;terminale;B\nE;F;seconde;\n"
    plan = make_plan(referentiel, text, Selection("terminale", "B"))

    assert [c.eleve.nom for c in plan.documents] == ["C"]
    assert read_roster(referentiel, text, Selection("terminale", "B")).not_chosen == 2
    assert plan.diagnostics == ()


def test_a_row_that_contradicts_its_division_is_told_with_both_sources(
    referentiel: Referentiel,
) -> None:
    plan = make_plan(referentiel, "nom;prenom;division;option\nA;B;TMCV1;A\nC;D;TMCV1;\n")

    assert [d.message for d in plan.diagnostics] == [
        "option « A » dans le fichier, « B » pour la division « TMCV1 » dans pfmp.yaml"
    ]
    assert str(plan.diagnostics[0].position) == "eleves.csv:2:11"
    assert [c.eleve.nom for c in plan.documents] == ["C"]


def test_a_pupil_without_class_is_told(referentiel: Referentiel) -> None:
    plan = make_plan(referentiel, "nom;prenom\nA;B\n")

    assert [d.message for d in plan.diagnostics] == [
        "on ne sait pas dans quelle classe est cet élève"
    ]
    assert plan.documents == ()


def test_a_pupil_without_option_is_told(referentiel: Referentiel) -> None:
    plan = make_plan(referentiel, "nom;prenom;classe\nA;B;terminale\n")

    assert [(d.message, d.help) for d in plan.diagnostics] == [(
        "on ne sait pas dans quelle option est cet élève",
        "ajoutez une colonne « option » au fichier, la division à pfmp.yaml, "
        "ou --option A ou B à la commande",
    )]  # fmt: skip


def test_two_pupils_of_one_name_get_two_files(referentiel: Referentiel) -> None:
    text = (
        "nom;prenom;division;date_naissance\n"
        "LE GALL;Inès;TMCV1;01/02/2009\nLe Gall;Ines;TMCV1;03/04/2008\n"
        "LE-GALL;Inès;TMCV1;03/04/2007\n"
    )

    assert paths(make_plan(referentiel, text)) == [
        "TMCV1/LE-GALL_Ines_livret.pdf",
        "TMCV1/Le-Gall_Ines_2008-04-03_livret.pdf",
        "TMCV1/LE-GALL_Ines_2007-04-03_livret.pdf",
    ]


def test_no_name_leads_out_of_the_folder(referentiel: Referentiel) -> None:
    text = "nom;prenom;division;classe;option\n../../x;..;../../etc;terminale;B\n"

    assert paths(make_plan(referentiel, text)) == ["etc/x_livret.pdf"]


@pytest.mark.parametrize(
    ("classe", "option", "message", "aide"),
    [
        ("seconde", "B",
         "la classe « Seconde » est commune à toutes les options : "
         "« --option B » n'y a pas de sens",
         "enlevez --option"),
        ("terminale", None, "la classe « Terminale » se fait avec une option",
         "ajoutez --option A ou B"),
        ("premiere", None, "la classe « Première » se fait avec une option",
         "ajoutez --option A ou B"),
        (None, "B", "la classe manque", "ajoutez --class seconde, premiere ou terminale"),
        ("terminal", "B", "classe « terminal » inconnue", "vouliez-vous dire « terminale » ?"),
        ("terminale", "C", "option « C » inconnue", "écrivez A ou B"),
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_sense_is_refused(
    referentiel: Referentiel, classe: str | None, option: str | None, message: str, aide: str
) -> None:
    with pytest.raises(WrongUsage) as refused:
        choose_edition(LIVRET, referentiel, choose(referentiel, classe, option))

    assert [(d.message, d.help) for d in refused.value.diagnostics] == [(message, aide)]


@pytest.mark.parametrize("word", ["Première", "PREMIERE", "premiere", "1ère", "1re"])
def test_a_class_is_taken_by_any_of_its_spellings(referentiel: Referentiel, word: str) -> None:
    assert choose(referentiel, word, "b") == Selection("premiere", "B")


GRILLE = Document("grille", by_periode=True)


def test_a_document_by_period_is_made_once_a_placement(referentiel: Referentiel) -> None:
    text = "nom;prenom;classe;option;primo_entrant\nA;B;premiere;A;non\nC;D;premiere;A;oui\n"
    lecture = read_eleves("e.csv", text.encode(), make_schema(referentiel))
    roster = enrol(lecture, referentiel, {}, Selection())
    plan = plan_documents(roster, referentiel, [LIVRET, GRILLE])

    assert paths(plan) == [
        "premiere-A/A_B_livret.pdf", "premiere-A/A_B_grille-1.pdf", "premiere-A/A_B_grille-2.pdf",
        "premiere-A/C_D_livret.pdf", "premiere-A/C_D_grille-1.pdf", "premiere-A/C_D_grille-2.pdf",
        "premiere-A/C_D_grille-3.pdf",
    ]  # fmt: skip


def test_one_period_can_be_picked(referentiel: Referentiel) -> None:
    lecture = read_eleves("e.csv", b"nom;prenom\nA;B\n", make_schema(referentiel))
    choix = choose(referentiel, "terminale", "B", "2")
    roster = enrol(lecture, referentiel, {}, choix)
    plan = plan_documents(roster, referentiel, [GRILLE], choix.periode)

    assert paths(plan) == ["terminale-B/A_B_grille-2.pdf"]


def test_a_period_that_the_class_lacks_is_refused(referentiel: Referentiel) -> None:
    with pytest.raises(WrongUsage) as refused:
        choose(referentiel, "terminale", "B", "4")

    assert [(d.message, d.help) for d in refused.value.diagnostics] == [
        ("période « 4 » inconnue", "écrivez 1, 2 ou 3")
    ]


def test_documents_are_named_by_their_templates() -> None:
    known = {"livret": LIVRET, "grille": GRILLE}

    assert choose_documents(known, "grille, LIVRET,grille") == [GRILLE, LIVRET]
    with pytest.raises(WrongUsage) as refused:
        choose_documents(known, "gril")
    assert [d.help for d in refused.value.diagnostics] == ["vouliez-vous dire « grille » ?"]


OWN = (
    ("1", (Intervalle(date(2025, 12, 1), date(2025, 12, 19)),)),
    ("2", (Intervalle(date(2026, 1, 26), date(2026, 2, 13)),)),
)


def test_dates_of_a_pupil_s_own_ask_for_room_and_are_in_no_edition(
    referentiel: Referentiel,
) -> None:
    shorter = (("1", (Intervalle(date(2025, 12, 1), date(2025, 12, 5)),)),)
    text = "nom;prenom;division\nA;B;TMCV1\nC;D;TMCV1\n"
    lecture = read_eleves("eleves.csv", text.encode(), make_schema(referentiel))
    roster = enrol(lecture, referentiel, DIVISIONS, Selection())
    first, second = roster.eleves
    eleves = (first._replace(dates=OWN), second, first._replace(nom="E", dates=shorter))
    plan = plan_documents(replace(roster, eleves=eleves), referentiel, [LIVRET, GRILLE])

    assert [(one.eleve.nom, one.edition.label, one.edition.weeks) for one in plan.documents] == [
        ("A", "livret", (("1", 3), ("2", 3))),
        ("A", "grille-1", (("1", 3),)),
        ("A", "grille-2", (("2", 3),)),
        ("C", "livret", ()),
        ("C", "grille-1", ()),
        ("C", "grille-2", ()),
        ("E", "livret", (("1", 3),)),  # the room of its class: no master more
        ("E", "grille-1", (("1", 3),)),
        ("E", "grille-2", ()),
    ]


def test_what_a_bundle_has_no_room_for_is_left_out_and_told(referentiel: Referentiel) -> None:
    roster = read_roster(referentiel, "nom;prenom;division\nA;B;TMCV1\nC;D;SMRC1\n", Selection())
    plan = plan_documents(roster, referentiel, [LIVRET])
    kept = keep_possible(plan, lambda edition: edition.classe == "terminale", roster)

    assert [(one.folder, one.eleve.nom) for one in kept.documents] == [("TMCV1", "A")]
    assert [str(one.position) for one in kept.diagnostics] == ["eleves.csv:3:1"]

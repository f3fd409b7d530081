"""Who of a list is there in the periods, and who is left out of it, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.placements.matching import attach_placements
from pfmp_cli.lists.placements.placement_rows import read_placements_file
from pfmp_cli.lists.pupils import Reason, Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.editions import Document
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.plan import plan_documents

PERIODS = (
    DatesPeriode(du=date(2025, 11, 24), au=date(2025, 12, 13)),
    DatesPeriode(du=date(2026, 1, 12), au=date(2026, 1, 31)),
)
PROJET = Projet(
    annee_scolaire="2025-2026",
    calendrier=Calendrier(periodes={"terminale": PERIODS}),
    divisions={
        "TMCV1": Division(classe="terminale", option="B"),
        "TMCV2": Division(classe="terminale", option="A"),
    },
)
APLYPRO = "ine;prénom;nom;date_naissance;label_classe;mef_code;année_scolaire;date_début;date_fin\n"
DOCUMENTS = [Document("livret"), Document("grille", by_periode=True)]


class Office:
    def __init__(self, referentiel: Referentiel) -> None:
        self.referentiel = referentiel

    def read(self, text: str, period: str | None = None, projet: Projet = PROJET) -> Roster:
        selection = Selection(periode=period)
        schema = make_schema(self.referentiel, projet, selection)
        roster = read_eleves("c", text.encode(), schema)
        return enrol(roster, self.referentiel, projet.divisions, selection)

    def make(self, text: str, period: str | None = None) -> list[str]:
        """The documents of a list that nothing is said of."""
        roster = self.read(text, period)
        assert (roster.diagnostics, roster.unclear) == ((), ())
        plan = plan_documents(roster, self.referentiel, DOCUMENTS, period)
        return [document.path for document in plan.documents]


@pytest.fixture
def office(referentiel: Referentiel) -> Office:
    return Office(referentiel)


def stay(entered: str = "", left: str = "", division: str = "TMCV1") -> str:
    return f"nom;prenom;division;date entrée;date sortie\nKEITA;Awa;{division};{entered};{left}\n"


def test_a_line_that_a_file_was_cut_in_takes_nobodys_place(office: Office) -> None:
    rows = "AA;Enzo;PARTI;02/05/2008;TMCV1;;2025;01/09/2025;10/04/2026\nAA"
    roster = office.read(APLYPRO + rows)

    assert [eleve.nom for eleve in roster.eleves] == ["PARTI"]
    assert roster.rows_refused == 1


# Schoolings are intervals


@pytest.mark.parametrize(
    ("entered", "left", "made"),
    [
        ("", "", ["livret", "grille-1", "grille-2"]),
        ("01/09/2025", "31/08/2026", ["livret", "grille-1", "grille-2"]),
        ("", "24/11/2025", ["livret", "grille-1"]),
        ("", "11/01/2026", ["livret", "grille-1"]),
        ("31/01/2026", "", ["livret", "grille-2"]),
        ("14/12/2025", "", ["livret", "grille-2"]),
    ],
)
def test_a_pupil_gets_the_documents_of_the_periods_that_they_are_there_for(
    office: Office, entered: str, left: str, made: list[str]
) -> None:
    assert office.make(stay(entered, left)) == [f"TMCV1/KEITA_Awa_{name}.pdf" for name in made]


@pytest.mark.parametrize(
    ("entered", "left", "period", "told"),
    [
        ("", "23/11/2025", None, "parti avant les périodes : KEITA Awa (TMCV1, 23/11/2025)"),
        ("", "20/12/2025", "2", "parti avant les périodes : KEITA Awa (TMCV1, 20/12/2025)"),
        ("01/02/2026", "", None, "arrivé après les périodes : KEITA Awa (TMCV1, 01/02/2026)"),
        ("15/12/2025", "", "1", "arrivé après les périodes : KEITA Awa (TMCV1, 15/12/2025)"),
    ],
)
def test_a_pupil_who_is_not_there_is_named(
    office: Office, entered: str, left: str, period: str | None, told: str
) -> None:
    roster = office.read(stay(entered, left), period)

    assert (list(roster.eleves), roster.diagnostics) == ([], ())
    assert list(list_left_out(roster)) == [f"1 élève {told}"]


def test_the_periods_are_those_of_the_pupil_s_own_class(office: Office) -> None:
    periods = {
        **PROJET.calendrier.periodes,
        "seconde": (DatesPeriode(du=date(2025, 10, 6), au=date(2025, 10, 6)),),
    }
    projet = Projet(
        annee_scolaire="2025-2026",
        calendrier=Calendrier(periodes=periods),
        divisions=PROJET.divisions,
    )

    assert office.read(stay("", "10/10/2025"), None, projet).left_out[0].reason is Reason.LEFT


@pytest.mark.parametrize(
    ("title", "answer", "is_there"),
    [
        ("insertion", "oui", True),
        ("insertion", "non", False),
        ("insertion", "", False),
        ("ville", "oui", True),  # nobody says whose that period is not
    ],
)
def test_the_period_of_a_variant_counts_for_those_who_may_be_of_it(
    office: Office, title: str, answer: str, is_there: bool
) -> None:
    may = DatesPeriode(du=date(2026, 5, 4), au=date(2026, 6, 12))
    calendar = Calendrier(periodes={"terminale": (*PERIODS, may)})
    projet = replace(PROJET, calendrier=calendar)
    text = f"nom;prenom;division;date entrée;{title}\nKEITA;Awa;TMCV1;01/03/2026;{answer}\n"
    roster = office.read(text, projet=projet)

    told = [] if is_there else [Reason.TO_COME]
    assert [one.reason for one in roster.left_out] == told
    assert len(roster.eleves) == is_there


def test_without_a_calendar_who_has_left_long_ago_is_left_out_alone(office: Office) -> None:
    projet = Projet(divisions=PROJET.divisions)

    assert office.read(stay("", "12/10/2020"), None, projet).left_out[0].reason is Reason.LEFT
    assert office.read(stay("", "31/12/2999"), None, projet).left_out == ()
    assert office.read(stay("01/09/2999", ""), None, projet).left_out == ()


@pytest.mark.parametrize("turned", [False, True])
def test_two_schoolings_of_one_pupil_are_one_pupil_and_the_last_counts(
    office: Office, turned: bool
) -> None:
    rows = [
        "1AA;LILOU;PRADEL;11/11/2007;TMCV2;2473121333;2025;01/09/2025;20/12/2025\n",
        "1AA;LILOU;PRADEL;11/11/2007;TMCV1;2473121433;2025;21/12/2025;\n",
    ]
    text = APLYPRO + "".join(reversed(rows) if turned else rows)

    assert office.make(text) == [
        f"TMCV1/PRADEL_LILOU_{name}.pdf" for name in ("livret", "grille-1", "grille-2")
    ]
    assert office.make(text, "1") == [
        f"TMCV2/PRADEL_LILOU_{name}.pdf" for name in ("livret", "grille-1")
    ]
    assert office.read(text).left_out == ()


def test_an_exit_date_alone_ends_a_schooling_that_the_next_row_goes_on_from(office: Office) -> None:
    rows = "PRADEL;Lilou;TMCV2;20/12/2025\nPRADEL;Lilou;TMCV1;\n"

    assert [path[:5] for path in office.make(f"nom;prenom;division;date de sortie\n{rows}")] == [
        "TMCV1"
    ] * 3


def test_a_pupil_who_left_twice_is_left_out_once(office: Office) -> None:
    rows = (
        "1AA;LILOU;PRADEL;11/11/2007;TMCV2;2473121333;2025;01/09/2025;20/09/2025\n"
        "1AA;LILOU;PRADEL;11/11/2007;TMCV1;2473121433;2025;21/09/2025;10/10/2025\n"
    )

    assert [one.day for one in office.read(APLYPRO + rows).left_out] == [date(2025, 10, 10)]


def test_a_pupil_who_went_to_another_course_after_the_period_is_ours(office: Office) -> None:
    rows = (
        "1AA;LILOU;PRADEL;11/11/2007;TMCV1;2473121433;2025;01/09/2025;20/12/2025\n"
        "1AA;LILOU;PRADEL;11/11/2007;1MELEC1;2472550032;2025;21/12/2025;\n"
    )

    assert office.make(APLYPRO + rows) == [
        f"TMCV1/PRADEL_LILOU_{name}.pdf" for name in ("livret", "grille-1", "grille-2")
    ]


@pytest.mark.parametrize(
    ("first", "second", "is_twice"),
    [
        ("01/09/2025;20/12/2025", "01/12/2025;", True),
        ("01/09/2025;20/12/2025", "20/12/2025;", True),  # a day of both
        ("01/09/2025;20/12/2025", "21/12/2025;", False),
        ("01/09/2025;", "01/12/2025;", True),
        (";", ";", True),
        (";20/12/2025", ";20/12/2025", True),
        (";20/12/2025", ";31/01/2026", False),  # begins when the first ends
        (";20/12/2025", ";", False),
        ("01/09/2025;20/12/2025", ";", False),
        ("01/09/2025;20/12/2025", ";20/12/2025", True),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_schoolings_that_overlap_are_one_pupil_twice(
    office: Office, first: str, second: str, is_twice: bool, turned: bool
) -> None:
    rows = [
        f"1AA;LILOU;PRADEL;11/11/2007;TMCV2;2473121333;2025;{first}\n",
        f"1AA;LILOU;PRADEL;11/11/2007;TMCV1;2473121433;2025;{second}\n",
    ]
    roster = office.read(APLYPRO + "".join(reversed(rows) if turned else rows))

    told = ["le même élève est déjà à la ligne 2"] if is_twice else []
    assert [d.message for d in roster.diagnostics] == told
    assert [one.division for one in roster.eleves if not is_twice] == ["TMCV1"][is_twice:]


def test_a_date_of_schooling_that_is_none_is_an_error_at_its_cell(office: Office) -> None:
    roster = office.read(stay("01/09/2025", "31/02/2026"))

    assert [str(d.position) for d in roster.diagnostics] == ["c:2:28"]
    assert (list(roster.eleves), roster.left_out) == ([], ())


# Of another year, and codes twice


def test_a_list_of_another_school_year_is_told(office: Office) -> None:
    row = "1AA;A;B;11/11/2007;TMCV1;2473121433;2024;01/09/2025;\n"
    (doubt,) = office.read(
        f"{APLYPRO}{row}\n{row.replace('A;B', 'C;D').replace('1AA', '2BB')}"
    ).diagnostics

    assert not doubt.is_error
    assert "2 lignes" in doubt.message
    assert "de l'année scolaire 2024-2025, quand pfmp.yaml est de 2025-2026" in doubt.message


def test_pupils_who_came_in_earlier_years_are_no_list_of_another_year(office: Office) -> None:
    rows = "A;B;TMCV1;02/09/2024\nC;D;TMCV1;01/09/2024\n"

    assert office.read(f"nom;prenom;division;date entrée\n{rows}").diagnostics == ()


def test_one_ine_of_two_pupils_is_told(office: Office) -> None:
    rows = "A;B;TMCV1;1aa\nC;D;TMCV1;1AA\nE;F;TMCV1;\nG;H;TMCV1;\n"
    (doubt,) = office.read(f"nom;prenom;division;INE\n{rows}").diagnostics

    assert (str(doubt.position), doubt.is_error) == ("c:3:11", False)
    assert "« 1AA » est déjà celui de « A B », à la ligne 2" in doubt.message


# SIECLE, base complète

BASE = (
    "Sexe;Nom;Prénom;Date Naissance;Id National;Date Entrée;Date Sortie;Motif Sortie;Code MEF;"
    "Lib. MEF;Code Structure;Type Structure;Tél. Personnel;Tél. Portable;Email;Ligne Adresse 1;"
    "Ligne Adresse 2;Lib. Postal;Code Postal;Civilité Resp. Lég. 1;Nom Resp. Lég. 1;"
    "Prénom Resp. Lég. 1;Tél. Personnel Resp. Lég. 1;Email Resp. Lég. 1;Nom Resp. Lég. 2;"
    "Lib. Mat. Enseignée 1;Clé Gestion Mat. Enseignée 12;Ligne Adresse 1 Resp. Lég. 1\n"
)
YANIS = (
    "M;OTTAVIANI;Yanis;02/04/2008;1AA;01/09/2025;;;24731214333;"
    "TLEPRO MET.COM.VEN.OP.B PR.CL.VA.OF.COM.;{structure};;0612345678;;3 RUE DU LAC;BAT. B;VERNAC;"
    "12000;MME;OTTAVIANI;Rosa;0565123456;r@exemple.fr;;ANGLAIS;AGL1;3 RUE DU LAC\n"
)


@pytest.mark.parametrize("structures", [("TMCV1;D", "T GR;G"), ("T GR;G", "TMCV1;D")])
def test_the_row_of_the_division_is_the_pupil_and_those_of_groups_are_not(
    office: Office, structures: tuple[str, str]
) -> None:
    roster = office.read(BASE + "".join(YANIS.format(structure=one) for one in structures))

    assert (roster.diagnostics, roster.unclear, roster.left_out) == ((), (), ())
    (eleve,) = roster.eleves
    assert eleve.values == {
        "eleve.sexe": "M",
        "eleve.nom": "OTTAVIANI",
        "eleve.prenom": "Yanis",
        "eleve.date_naissance": "02/04/2008",
        "eleve.ine": "1AA",
        "eleve.division": "TMCV1",
        "eleve.telephone": "0612345678",
        "eleve.adresse": "3 RUE DU LAC, BAT. B",
        "eleve.ville": "VERNAC",
        "eleve.code_postal": "12000",
        "eleve.responsable_nom": "OTTAVIANI Rosa",
        "eleve.responsable_telephone": "0565123456",
        "eleve.responsable_courriel": "r@exemple.fr",
    }


def test_a_pupil_in_groups_alone_is_one_pupil_without_a_division(office: Office) -> None:
    roster = office.read(BASE + YANIS.format(structure="T GR;G") + YANIS.format(structure="X;G"))

    assert (roster.diagnostics, [eleve.division for eleve in roster.eleves]) == ((), [""])


@pytest.mark.parametrize(
    "text",
    [
        BASE + YANIS.format(structure="T GR;G") + YANIS.format(structure="TMCV1;D"),
        APLYPRO + "1AA;Yanis;OTTAVIANI;02/04/2008;TMCV2;2473121333;2025;01/09/2025;20/12/2025\n"
        "1AA;Yanis;OTTAVIANI;02/04/2008;TMCV1;2473121433;2025;21/12/2025;\n",
    ],
)
@pytest.mark.parametrize("whose", ["ine;1AA", "nom_prenom;OTTAVIANI Yanis"])
def test_a_placement_finds_the_row_of_its_pupil_that_counts(
    office: Office, text: str, whose: str
) -> None:
    title, value = whose.split(";")
    content = f"{title};période;entreprise\n{value};2;X\n".encode()
    stages = read_placements_file("s", content, make_schema(office.referentiel))
    roster = attach_placements(office.read(text), stages, office.referentiel, PROJET)

    assert roster.diagnostics == ()
    assert [eleve.values.get("pfmp2.entreprise") for eleve in roster.eleves] == ["X"]


# Who is left out


def test_other_courses_are_counted_by_division_and_label(office: Office) -> None:
    rows = "A;B;TLEPRO MET.COM.VEN.OP.B;TMCV1\n" + "C;D;CAP EPC;1CAP2\n" * 3 + "E;F;2NDE;\n"
    roster = office.read(f"nom;prenom;mef;division\n{rows}")

    assert list(list_left_out(roster)) == ["d'autres formations : « 2NDE » 1, 1CAP2 « CAP EPC » 3"]
    assert list(list_left_out(roster, 1)) == ["d'autres formations : « 2NDE » 1 et 1 autre"]

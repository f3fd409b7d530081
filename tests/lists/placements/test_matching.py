"""A file of placements: whose each row is, in which period, and what is wrong with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pfmp_cli.calendar.weeks import Intervalle
from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import (
    MORE_COLUMNS,
    OWNER_COLUMNS,
    PLACEMENT_COLUMNS,
    fold_title,
    placement_titles,
)
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.placements.directory import Directory
from pfmp_cli.lists.placements.matching import attach_placements
from pfmp_cli.lists.placements.placement_rows import read_placements_file
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.press.workshop import Workshop
from tests.reading import load_class
from tests.workbooks import workbook

RACINE = Path(__file__).parents[3]
TERMINALE = (
    DatesPeriode(du=date(2025, 11, 24), au=date(2025, 12, 13)),
    DatesPeriode(du=date(2026, 1, 12), au=date(2026, 1, 31)),
)
PROJET = Projet(
    annee_scolaire="2025-2026",
    calendrier=Calendrier(periodes={"terminale": TERMINALE}),
    divisions={
        "TMCV1": Division(classe="terminale", option="B"),
        "SMRC1": Division(classe="seconde"),
    },
)
ELEVES = """\
nom;prenom;date_naissance;division;ine
DURAND;Zoé;03/04/2008;TMCV1;000000001AA
LE GOFF;Maëlys;05/06/2008;TMCV1;
MARTIN;Léa;01/02/2008;TMCV1;
MARTIN;Léa;09/08/2008;TMCV1;000000002BB
DE LA FONTAINE;Marie-Claire;;TMCV1;
"""


class Bureau:
    """The office where the two files are; reads them with a school that has dates."""

    def __init__(self, folder: Path, referentiel: Referentiel, projet: Projet = PROJET) -> None:
        self.folder = folder
        self.workshop = Workshop(referentiel, projet)

    def read(
        self,
        stages: str | bytes,
        eleves: str = ELEVES,
        choix: Selection | None = None,
        nom: str = "stages.csv",
    ) -> Roster:
        (self.folder / "eleves.csv").write_text(eleves, encoding="utf-8")
        brut = stages.encode() if isinstance(stages, str) else stages
        (self.folder / nom).write_bytes(brut)
        return load_class(
            Path("eleves.csv"),
            Path(nom),
            self.workshop.referentiel,
            self.workshop.projet,
            choix or Selection(),
        )

    def refused(self, stages: str | bytes) -> list[str]:
        with pytest.raises(InputRefused) as refus:
            self.read(stages)
        return told(refus.value.diagnostics)


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, referentiel: Referentiel) -> Bureau:
    monkeypatch.chdir(tmp_path)
    return Bureau(tmp_path, referentiel)


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.severity.value} {d.position} {d.message} | {d.help}" for d in diagnostics]


def placed(lecture: Roster) -> dict[int, dict[str, str]]:
    """The placements' values of each pupil who has some, by the line of the class file."""
    values = {
        eleve.line: {c: t for c, t in eleve.values.items() if c.startswith("pfmp")}
        for eleve in lecture.eleves
    }
    return {ligne: found for ligne, found in values.items() if found}


# Whose


@pytest.mark.parametrize(
    ("titres", "cellules", "ligne"),
    [
        ("ine", "000000001AA", 2),
        ("n° INE", "000000001aa", 2),
        ("nom;prenom", "Durand;ZOE", 2),
        ("NOM;Prénom;Né(e) le", "MARTIN;Léa;09/08/2008", 5),
        ("nom;prenom;ine", "MARTIN;Léa;000000002BB", 5),
        ("nom;prenom;ine", "DURAND;Zoé Marie;000000001AA", 2),
        ("nom;prenom;né le", "DE LA FONTAINE;Marie Claire;02/02/2008", 6),
        ("Élève", "DE LA FONTAINE Marie-Claire", 6),
        ("Élève", "Zoé DURAND", 2),
        ("Stagiaire", "DURAND ZOE", 2),
        ("Élève;Né(e) le", "MARTIN Léa;2008-02-01", 4),
    ],
)
def test_a_row_finds_its_pupil(bureau: Bureau, titres: str, cellules: str, ligne: int) -> None:
    lecture = bureau.read(f"{titres};période;entreprise\n{cellules};1;Librairie\n")

    assert lecture.diagnostics == ()
    assert placed(lecture) == {ligne: {"pfmp1.entreprise": "Librairie"}}


USUAL = """\
nom;prenom;nom d'usage;prénom d'usage;division;date_naissance
LEFEVRE;Alexandre;MORVAN;Alex;TMCV1;01/02/2008
MORVAN;Zoé;;;TMCV1;02/03/2008
LEFEVRE;Alix;;;TMCV1;04/05/2008
"""


@pytest.mark.parametrize(
    ("titres", "cellules", "ligne"),
    [
        ("nom;prenom", "LEFEVRE;Alexandre", 2),
        ("nom;prenom", "MORVAN;Alex", 2),
        ("nom;prenom", "MORVAN;Alexandre", 2),
        ("Élève", "MORVAN Alex", 2),
        ("Nom d'usage;Prénom usuel", "Morvan;Alex", 2),
        ("nom;nom d'usage;prenom", "LEFEBVRE;MORVAN;Alex", 2),
        ("nom;nom d'usage;prenom", "MORVAN;LEGRAND;Zoé", 3),
        ("nom;nom d'usage;prenom", ";MORVAN;Zoé", 3),
        ("nom;prenom;prenom d'usage", "LEFEVRE;Alice;Alix", 4),
    ],
)
def test_a_usual_name_of_either_file_finds_the_pupil(
    bureau: Bureau, titres: str, cellules: str, ligne: int
) -> None:
    lecture = bureau.read(f"{titres};période;entreprise\n{cellules};1;Librairie\n", USUAL)

    assert placed(lecture) == {ligne: {"pfmp1.entreprise": "Librairie"}}
    assert [d.rule.code for d in lecture.diagnostics if d.position.file != "eleves.csv"] == []


def test_a_usual_name_that_is_another_pupils_is_not_enough(bureau: Bureau) -> None:
    eleves = USUAL.replace("MORVAN;Zoé", "MORVAN;Alex")
    row = "nom;prenom;né le;période;entreprise\nMORVAN;Alex;{};1;Librairie\n"
    lecture = bureau.read(row.format(""), eleves)

    assert told(lecture.diagnostics)[-1] == (
        "erreur stages.csv:2:1 2 élèves de la liste s'appellent « MORVAN Alex » (lignes 2, 3) | "
        "ajoutez à ce fichier la date de naissance, ou l'INE"
    )
    assert list(placed(bureau.read(row.format("02/03/2008"), eleves))) == [3]


def unmatched(bureau: Bureau, titres: str, cellules: str) -> list[str]:
    """What is said of one row that is of nobody, while the next is read."""
    lecture = bureau.read(
        f"{titres};période;entreprise\n{cellules};1;X\n"
        + ";".join(
            "DURAND" if t == "nom" else "Zoé" if t == "prenom" else "" for t in titres.split(";")
        )
        + ";1;Librairie\n"
    )
    assert placed(lecture) == {2: {"pfmp1.entreprise": "Librairie"}}
    assert len(lecture.eleves) == 5
    return told(lecture.diagnostics)


def test_a_name_of_two_pupils_is_not_enough(bureau: Bureau) -> None:
    assert unmatched(bureau, "nom;prenom", "MARTIN;Léa") == [
        "erreur stages.csv:2:1 2 élèves de la liste s'appellent « MARTIN Léa » (lignes 4, 5) | "
        "ajoutez à ce fichier la date de naissance, ou l'INE"
    ]


def test_a_name_shared_with_a_pupil_of_another_course_is_not_enough(bureau: Bureau) -> None:
    eleves = (
        "nom;prenom;date_naissance;MEF\nROY;Ana;01/01/2009;2NDE GENERALE\n"
        "ROY;Ana;02/02/2008;TLEPRO MET.COM.VEN.OP.B\n"
    )
    lecture = bureau.read("nom;prenom;période;entreprise\nROY;Ana;1;X\n", eleves)

    assert told(lecture.diagnostics) == [
        "erreur stages.csv:2:1 2 élèves de la liste s'appellent « ROY Ana » (lignes 2, 3) | "
        "ajoutez à ce fichier la date de naissance, ou l'INE"
    ]


def test_homonyms_with_another_birth_date_are_told(bureau: Bureau) -> None:
    assert unmatched(bureau, "nom;prenom;né le", "MARTIN;Léa;01/01/2000") == [
        "erreur stages.csv:2:1 aucun des 2 élèves « MARTIN Léa » de la liste (lignes 4, 5) "
        "n'est né le 01/01/2000 | corrigez la date de naissance, ou donnez l'INE"
    ]


@pytest.mark.parametrize(
    ("cellules", "aide"),
    [
        ("LE GOF;Maelys", "vouliez-vous dire « LE GOFF Maëlys » (ligne 3) ?"),
        ("Zoé;DURAND", "vouliez-vous dire « DURAND Zoé » (ligne 2) ?"),
        ("MARTIN;Léo", "vouliez-vous dire « MARTIN Léa » (ligne 4) ou « MARTIN Léa » (ligne 5) ?"),
        ("FONTAINE;Marie-Claire", "vouliez-vous dire « DE LA FONTAINE Marie-Claire » (ligne 6) ?"),
        ("XYZ;Abc", "corrigez le nom, ou ajoutez l'élève à la liste"),
    ],
)
def test_nobody_of_that_name_is_told_with_the_nearest(
    bureau: Bureau, cellules: str, aide: str
) -> None:
    nom = cellules.replace(";", " ")

    assert unmatched(bureau, "nom;prenom", cellules) == [
        f"erreur stages.csv:2:1 « {nom} » n'est pas dans la liste des élèves | {aide}"
    ]


@pytest.mark.parametrize(
    ("titres", "cellules", "message"),
    [
        (
            "nom;prenom;né le",
            "DURAND;Zoé;04/03/2008",
            "erreur stages.csv:2:12 « DURAND Zoé » est né(e) le 04/03/2008 ici, "
            "le 03/04/2008 dans la liste (ligne 2) "
            "| corrigez l'une des deux dates, si c'est le même élève",
        ),
        (
            "nom;prenom;ine",
            "DURAND;Zoé;000000009ZZ",
            "erreur stages.csv:2:12 l'INE de « DURAND Zoé » est « 000000009ZZ » ici, "
            "« 000000001AA » dans la liste (ligne 2) | corrigez l'un des deux, si c'est le même "
            "élève",
        ),
        (
            "nom;prenom;ine",
            "LE GOFF;Maëlys;000000001AA",
            "erreur stages.csv:2:16 l'INE « 000000001AA » est celui de « DURAND Zoé » (ligne 2 de "
            "la liste), pas de « LE GOFF Maëlys » | corrigez l'INE ou le nom",
        ),
        (
            "nom;prenom;ine",
            ";;000000009ZZ",
            "erreur stages.csv:2:3 l'INE « 000000009ZZ » n'est pas dans la liste des élèves | "
            "corrigez-le, ou donnez aussi le nom et le prénom",
        ),
        (
            "nom;prenom;ine",
            ";;",
            "erreur stages.csv:2:3 on ne sait pas de quel élève est ce stage | "
            "donnez son INE, ou son nom",
        ),
        (
            "nom;prenom;né le",
            "DURAND;Zoé;31/02/2008",
            "erreur stages.csv:2:12 « 31/02/2008 » n'est pas au calendrier | "
            "corrigez le jour ou le mois, ou changez le format de la colonne",
        ),
    ],
)
def test_what_contradicts_the_list_is_told_with_both(
    bureau: Bureau, titres: str, cellules: str, message: str
) -> None:
    lecture = bureau.read(f"{titres};période;entreprise\n{cellules};1;X\n")

    assert told(lecture.diagnostics) == [message]
    assert placed(lecture) == {}


def test_an_ine_of_a_pupil_with_the_same_first_name_is_told(bureau: Bureau) -> None:
    eleves = "nom;prenom;division;ine\nROY;Ana;TMCV1;000000001AA\nPETIT;Ana;TMCV1;000000002BB\n"
    lecture = bureau.read(
        "nom;prenom;ine;période;entreprise\nPETIT;Ana;000000001AA;1;X\n"
        "PETIT-DURAND;Ana;000000002BB;1;Y\n",
        eleves,
    )

    assert told(lecture.diagnostics) == [
        "erreur stages.csv:2:11 l'INE « 000000001AA » est celui de « ROY Ana » (ligne 2 de la "
        "liste), pas de « PETIT Ana » | corrigez l'INE ou le nom"
    ]
    assert placed(lecture) == {3: {"pfmp1.entreprise": "Y"}}


def test_an_ine_that_stands_twice_in_the_list_is_told(bureau: Bureau) -> None:
    eleves = "nom;prenom;division;ine\nA;B;TMCV1;000000001AA\nC;D;TMCV1;000000001AA\n"
    lecture = bureau.read("ine;période;entreprise\n000000001AA;1;X\n", eleves)

    assert told(lecture.diagnostics) == [
        "avertissement eleves.csv:3:11 l'INE « 000000001AA » est déjà celui de « A B », à la "
        "ligne 2 | corrigez celui des deux qui est faux : les stages sont donnés par l'INE",
        "erreur stages.csv:2:1 l'INE « 000000001AA » est aux lignes 2, 3 de la liste | "
        "corrigez la liste",
    ]


def test_of_many_of_one_name_some_lines_are_shown(bureau: Bureau) -> None:
    eleves = "nom;prenom;né le;division\n" + "".join(
        f"A;B;{day:02}/01/2008;TMCV1\n" for day in range(1, 15)
    )
    (doubt,) = bureau.read("nom;prenom;période;entreprise\nA;B;1;X\n", eleves).diagnostics

    assert "(lignes 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 et 4 autres)" in doubt.message


def test_names_that_are_alike_are_looked_for_as_long_as_it_does_not_take_too_long(
    bureau: Bureau,
) -> None:
    eleves = "nom;prenom;division\n" + "".join(f"A;Léa{n};TMCV1\n" for n in range(300))
    stages = "nom;prenom;période;entreprise\n" + "".join(f"A;Lea {n}x;1;X\n" for n in range(80))
    first, *_, last = (d.help or "" for d in bureau.read(stages, eleves).diagnostics)

    assert first.startswith("vouliez-vous dire « A Léa0 »")
    assert last == "corrigez le nom, ou ajoutez l'élève à la liste"


# Rows that are passed over


def test_placements_of_pupils_left_out_are_counted_faults_and_all(bureau: Bureau) -> None:
    eleves = (
        "nom;prenom;MEF;DIV.\nA;B;TLEPRO MET.COM.VEN.OP.B;TMCV1\nC;D;2NDE GENERALE;2GT1\n"
        "E;F;2NDPRO MET. RELATION CLIENT 2NDE COMMUNE;SMRC1\n"
    )
    lecture = bureau.read(
        "nom;prenom;période;entreprise;du;siret\nA;B;1;X;;\nC;D;7;Y;31/02/2026;12\nE;F;9;Z;;\n",
        eleves,
        Selection("terminale"),
    )

    assert lecture.diagnostics == ()
    assert placed(lecture) == {2: {"pfmp1.entreprise": "X"}}
    assert lecture.placements is not None
    assert (lecture.placements.read, lecture.placements.left_out) == (3, 2)


def test_a_pupil_without_a_placement_yet_is_no_fault(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;période;entreprise\nDURAND;Zoé;;\nPERSONNE;Paul;1;\n")

    assert lecture.diagnostics == ()
    assert lecture.placements is not None
    assert lecture.placements.read == 0


def test_a_pupil_refused_by_the_list_is_not_told_twice(bureau: Bureau) -> None:
    eleves = "nom;prenom;date_naissance;division\nA;B;31/02/2008;TMCV1\n"
    lecture = bureau.read("nom;prenom;période;entreprise\nA;B;1;X\n", eleves)

    assert [str(d.position) for d in lecture.diagnostics] == ["eleves.csv:2:5"]


# Which period


@pytest.mark.parametrize(
    ("titre", "texte"),
    [
        ("période", "2"),
        ("PFMP", "PFMP 2"),
        ("n° de période", "02"),
        ("Période n°", "n° 2"),
        ("numéro de période", "2e période"),
        ("pfmp", "P2"),
        ("pfmp n°", "PFMP n°2"),
        ("periode", "période nº 2"),
    ],
)
def test_the_period_is_read_however_it_is_written(bureau: Bureau, titre: str, texte: str) -> None:
    lecture = bureau.read(f"nom;prenom;{titre};entreprise\nDURAND;Zoé;{texte};X\n")

    assert lecture.diagnostics == ()
    assert placed(lecture) == {2: {"pfmp2.entreprise": "X"}}


@pytest.mark.parametrize(("du", "au"), [("12/01/2026", "31/01/2026"), ("19/01/2026", "07/02/2026")])
def test_the_dates_tell_the_period(bureau: Bureau, du: str, au: str) -> None:
    lecture = bureau.read(f"nom;prenom;du;au;entreprise\nDURAND;Zoé;{du};{au};X\n")

    assert lecture.diagnostics == ()
    assert placed(lecture) == {2: {"pfmp2.entreprise": "X"}}


def test_the_only_period_of_the_run_needs_no_telling(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;entreprise\nDURAND;Zoé;X\n", choix=Selection(periode="2"))

    assert lecture.diagnostics == ()
    assert placed(lecture) == {2: {"pfmp2.entreprise": "X"}}


@pytest.mark.parametrize(
    ("titres", "cellules", "message"),
    [
        (
            "entreprise",
            "X",
            "erreur stages.csv:2 on ne sait pas de quelle période est ce stage | "
            "ajoutez une colonne « période », et écrivez-y 1 ou 2",
        ),
        (
            "entreprise;du;au",
            "X;01/12/2025;20/01/2026",
            "erreur stages.csv:2:14 on ne sait pas de quelle période est ce stage | "
            "ajoutez une colonne « période », et écrivez-y 1 ou 2",
        ),
        (
            "entreprise;période",
            "X;",
            "erreur stages.csv:2:14 on ne sait pas de quelle période est ce stage | écrivez 1 ou 2",
        ),
        (
            "entreprise;période",
            "X;4",
            "erreur stages.csv:2:14 « 4 » n'est pas une période de cet élève | écrivez 1 ou 2",
        ),
        (
            "entreprise;période",
            "X;mars",
            "erreur stages.csv:2:14 « mars » n'est pas une période de cet élève | écrivez 1 ou 2",
        ),
    ],
)
def test_a_period_that_cannot_be_told_costs_that_stage_alone(
    bureau: Bureau, titres: str, cellules: str, message: str
) -> None:
    lecture = bureau.read(f"nom;prenom;{titres}\nDURAND;Zoé;{cellules}\n")

    assert told(lecture.diagnostics) == [message]
    assert placed(lecture) == {}
    assert (lecture.rows_refused, lecture.rows_read) == (0, 5)
    undated = (("1", ()), ("2", ())) if "ne sait pas" in message else ()
    assert lecture.eleves[0].dates == undated


def test_a_period_of_a_variant_is_for_its_pupils_only(bureau: Bureau) -> None:
    eleves = "nom;prenom;classe;option;primo_entrant\nA;B;premiere;A;oui\nC;D;premiere;A;non\n"
    lecture = bureau.read("nom;prenom;période;entreprise\nA;B;3;X\nC;D;3;Y\n", eleves)

    assert placed(lecture) == {2: {"pfmp3.entreprise": "X"}}
    assert told(lecture.diagnostics) == [
        "erreur stages.csv:3:5 la période 3 est celle des élèves « primo-entrant », dont la liste "
        "dit qu'il n'est pas | écrivez « oui » dans la colonne « primo_entrant » de la liste, ou "
        "corrigez la période"
    ]


def test_two_companies_in_one_period_without_dates_are_told_with_both(bureau: Bureau) -> None:
    lecture = bureau.read(
        "nom;prenom;période;entreprise\nDURAND;Zoé;1;X\nLE GOFF;Maëlys;1;Z\nDURAND;Zoé;1;Y\n"
    )

    assert told(lecture.diagnostics) == [
        f"erreur stages.csv:{line}:1 « DURAND Zoé » a un autre stage pour la période 1, à la ligne "
        f"{other}, et celui-ci n'a pas de dates | donnez ses dates à chaque stage, supprimez l'une "
        "des lignes, ou corrigez sa période"
        for line, other in ((2, 4), (4, 2))
    ]
    assert placed(lecture) == {3: {"pfmp1.entreprise": "Z"}}
    assert lecture.eleves[0].dates == (("1", ()),)


# Values


def test_every_column_of_a_placement_is_read(bureau: Bureau) -> None:
    lecture = bureau.read(
        "Nom;Prénom;PFMP;Raison sociale;Dénomination commerciale;Adresse 1;Adresse 2;Adresse 3;"
        "Adresse 4;Code postal;Ville;Téléphone fixe;Courriel;n° SIRET;Activité;APE;"
        "Nom du responsable;Prénom du responsable;Fonction du responsable;"
        "Téléphone fixe du responsable;Email du responsable;Tuteur;Fonction du tuteur;"
        "Téléphone du tuteur;Courriel du tuteur\n"
        "DURAND;Zoé;1;SARL Olt;Les Halles;12 place d'Olt;;Bât. B;2e étage;12000;Rodez;"
        "05 36 49 10 01;a@olt.example;00000011700010;Épicerie;4711B;BRÉCHARD;Solène;Gérante;"
        "05 36 49 10 02;s@olt.example;Karim AÏT;Chef de rayon;06 39 98 10 02;k@olt.example\n"
        "LE GOFF;Maëlys;1;;Les Halles;;;;;;;;;;;4711B;;;;05 36 49 10 02;s@olt.example;;;;\n"
    )

    assert lecture.diagnostics == ()
    assert placed(lecture) == {
        2: {
            "pfmp1.entreprise": "SARL Olt",
            "pfmp1.adresse": "12 place d'Olt, Bât. B, 2e étage",
            "pfmp1.code_postal": "12000",
            "pfmp1.ville": "Rodez",
            "pfmp1.telephone": "05 36 49 10 01",
            "pfmp1.courriel": "a@olt.example",
            "pfmp1.siret": "00000011700010",
            "pfmp1.activite": "Épicerie",
            "pfmp1.responsable": "BRÉCHARD Solène",
            "pfmp1.responsable_fonction": "Gérante",
            "pfmp1.tuteur": "Karim AÏT",
            "pfmp1.tuteur_fonction": "Chef de rayon",
            "pfmp1.tuteur_telephone": "06 39 98 10 02",
            "pfmp1.tuteur_courriel": "k@olt.example",
        },
        3: {
            "pfmp1.entreprise": "Les Halles",
            "pfmp1.telephone": "05 36 49 10 02",
            "pfmp1.courriel": "s@olt.example",
            "pfmp1.activite": "APE 4711B",
        },
    }


def test_a_title_means_one_column() -> None:
    groupes = (("eleve", OWNER_COLUMNS), ("stage", PLACEMENT_COLUMNS),
               ("stage", MORE_COLUMNS))  # fmt: skip
    sens: dict[str, set[str]] = {}
    for prefixe, colonnes in groupes:
        for nom, autres in colonnes.items():
            for titre in (nom, *autres):
                sens.setdefault(fold_title(titre), set()).add(f"{prefixe}.{nom}")

    assert {titre: champs for titre, champs in sens.items() if len(champs) > 1} == {}
    assert {titre for titre, champ in placement_titles().items() if champ} == sens.keys()


def test_a_value_that_contradicts_the_class_file_is_told_with_both(bureau: Bureau) -> None:
    eleves = (
        "nom;prenom;division;pfmp1_entreprise;pfmp1_siret\n"
        "A;B;TMCV1;Librairie;\nC;D;TMCV1;Les Halles;000 000 117 00010\n"
    )
    lecture = bureau.read(
        "nom;prenom;période;entreprise;siret\nA;B;1;Boulangerie;\n"
        "C;D;1;LES HALLES;00000011700010\n",
        eleves,
    )

    assert told(lecture.diagnostics) == [
        "erreur stages.csv:2:7 « Boulangerie » ici, « Librairie » dans eleves.csv:2:11 | "
        "corrigez l'un des deux, ou videz-le ; pour deux stages, donnez ses dates à chacun"
    ]
    assert placed(lecture) == {
        3: {"pfmp1.entreprise": "LES HALLES", "pfmp1.siret": "00000011700010"}
    }


def test_a_value_knows_the_cell_of_its_own_file(bureau: Bureau) -> None:
    eleves = "nom;prenom;division;pfmp1_tuteur;pfmp1_ville\nA;B;TMCV1;Paul ROY;Rodez\n"
    lecture = bureau.read(
        "nom;prenom;période;Adresse 2;Dénomination commerciale;ville\nA;B;1;ZA;X;Rodez\n", eleves
    )
    (eleve,) = lecture.eleves

    assert [
        str(lecture.position(eleve, f"pfmp1.{nom}"))
        for nom in ("adresse", "entreprise", "ville", "tuteur", "siret")
    ] == ["stages.csv:2:7", "stages.csv:2:10", "stages.csv:2:12", "eleves.csv:2:11", "eleves.csv:2"]


def test_values_keep_the_rules_of_values(bureau: Bureau) -> None:
    lecture = bureau.read(
        "nom;prenom;période;siret;code postal;téléphone;courriel\n"
        "DURAND;Zoé;1;00000011700011;1200;06 39;a.example\n"
    )

    assert [d.message for d in lecture.diagnostics] == [
        "le SIRET « 00000011700011 » est faux : sa clé de contrôle ne convient pas",
        "il manque des chiffres au début de « 1200 »",
        "« 06 39 » n'est pas un numéro de téléphone",
        "« a.example » n'est pas une adresse électronique",
    ]
    assert placed(lecture)[2]["pfmp1.siret"] == "00000011700011"


# Dates of a pupil's own


def own_dates(lecture: Roster) -> dict[int, tuple[tuple[str, tuple[Intervalle, ...]], ...]]:
    return {eleve.line: eleve.dates for eleve in lecture.eleves if eleve.dates}


def test_dates_that_are_the_class_s_are_not_their_own(bureau: Bureau) -> None:
    lecture = bureau.read(
        "nom;prenom;période;date de début;date de fin\nDURAND;Zoé;1;24/11/2025;2025-12-13\n"
        "LE GOFF;Maëlys;2;19/01/2026;07/02/2026\n"
    )

    assert lecture.diagnostics == ()
    assert own_dates(lecture) == {3: (("2", (Intervalle(date(2026, 1, 19), date(2026, 2, 7)),)),)}


def test_dates_where_the_calendar_has_none_are_their_own(bureau: Bureau) -> None:
    eleves = "nom;prenom;division\nA;B;SMRC1\n"
    lecture = bureau.read("nom;prenom;période;du;au\nA;B;1;19/01/2026;07/02/2026\n", eleves)

    assert own_dates(lecture) == {2: (("1", (Intervalle(date(2026, 1, 19), date(2026, 2, 7)),)),)}


def test_the_year_of_a_placement_in_two_digits_is_near_the_school_year(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;période;du;au\nDURAND;Zoé;2;12/1/26;31/01/26\n")

    assert [d.message for d in lecture.diagnostics] == [
        "« 12/1/26 » est lu 12/01/2026 : l'année n'a que deux chiffres",
        "« 31/01/26 » est lu 31/01/2026 : l'année n'a que deux chiffres",
    ]


@pytest.mark.parametrize(
    ("du", "au", "message"),
    [
        (
            "19/01/2026",
            "18/01/2026",
            "erreur stages.csv:2:25 le stage finit le 18/01/2026, avant d'avoir commencé, le "
            "19/01/2026 | corrigez l'une des deux dates",
        ),
        (
            "19/01/2026",
            "07/02/2027",
            "erreur stages.csv:2:25 le stage dure plus d'un an, du 19/01/2026 au 07/02/2027 | "
            "corrigez l'année de l'une des deux dates",
        ),
        (
            "19/01/2026",
            "",
            "erreur stages.csv:2:14 le stage n'a que cette date | donnez les deux dates, ou aucune",
        ),
        (
            "",
            "07/02/2026",
            "erreur stages.csv:2:15 le stage n'a que cette date | donnez les deux dates, ou aucune",
        ),
        (
            "19 janvier",
            "07/02/2026",
            "erreur stages.csv:2:14 « 19 janvier » n'est pas une date de la forme JJ/MM/AAAA | "
            "écrivez par exemple 05/03/2008, ou changez le format de la colonne",
        ),
    ],
)
def test_wrong_dates_cost_that_stage_alone(bureau: Bureau, du: str, au: str, message: str) -> None:
    lecture = bureau.read(f"nom;prenom;période;du;au\nDURAND;Zoé;2;{du};{au}\n")

    assert told(lecture.diagnostics) == [message]
    assert own_dates(lecture) == {2: (("2", ()),)}


def test_days_in_the_period_before_are_told(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;période;du;au\nDURAND;Zoé;2;26/11/2025;12/12/2025\n")

    assert told(lecture.diagnostics) == [
        "avertissement stages.csv:2:14 ce stage du 26/11/2025 au 12/12/2025 (période 2) chevauche "
        "celui du 24/11/2025 au 13/12/2025 (période 1), dans pfmp.yaml | corrigez ces dates, ou "
        "celles de l'autre, si l'élève n'est pas dans les deux à la fois"
    ]


def test_two_rows_that_overlap_are_told_with_both(bureau: Bureau) -> None:
    lecture = bureau.read(
        "nom;prenom;période;du;au\nDURAND;Zoé;2;19/01/2026;07/02/2026\n"
        "DURAND;Zoé;1;07/02/2026;27/02/2026\n"
    )

    assert told(lecture.diagnostics)[-1:] == [
        "avertissement stages.csv:3:14 ce stage du 07/02/2026 au 27/02/2026 (période 1) chevauche "
        "celui du 19/01/2026 au 07/02/2026 (période 2), à la ligne 2 | corrigez ces dates, ou "
        "celles de l'autre, si l'élève n'est pas dans les deux à la fois"
    ]


def test_periods_that_change_places_do_not_overlap(bureau: Bureau) -> None:
    lecture = bureau.read(
        "nom;prenom;période;du;au\nDURAND;Zoé;1;12/01/2026;31/01/2026\n"
        "DURAND;Zoé;2;24/11/2025;13/12/2025\n"
    )

    assert lecture.diagnostics == ()
    assert len(own_dates(lecture)[2]) == 2


def test_unlikely_dates_of_their_own_are_told_at_their_cells(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;période;du;au\nDURAND;Zoé;2;30/08/2026;05/09/2026\n")

    assert told(lecture.diagnostics) == [
        "avertissement stages.csv:2:25 la période « 2 » a des jours dans 1 semaine, le "
        "référentiel en demande 3 | vérifiez les deux dates",
        "avertissement stages.csv:2:14 la période commence un dimanche, le 30 août 2026 | "
        "écrivez 2026-08-31",
        "avertissement stages.csv:2:25 le 5 septembre 2026 n'est pas dans l'année scolaire "
        "2025-2026 | vérifiez la date, ou « annee_scolaire »",
    ]
    assert own_dates(lecture).keys() == {2}


# The file as a whole


def test_a_workbook_with_numbers_and_real_dates(bureau: Bureau) -> None:
    content = workbook([
        ["Stages 2025-2026"],
        ["Nom", "Prénom", "Né(e) le", "Période", "Du", "Au", "Entreprise", "SIRET", "Code postal",
         "Téléphone"],
        ["MARTIN", "Léa", datetime(2008, 8, 9), 2, datetime(2026, 1, 19), date(2026, 2, 7),
         "Librairie", 11700010, 1000, 536491001],
    ], titles=["Sheet"])  # fmt: skip
    lecture = bureau.read(content, nom="stages.xlsx")

    assert lecture.diagnostics == ()
    assert placed(lecture) == {
        5: {
            "pfmp2.entreprise": "Librairie",
            "pfmp2.siret": "00000011700010",
            "pfmp2.code_postal": "01000",
            "pfmp2.telephone": "0536491001",
        }
    }
    assert own_dates(lecture) == {5: (("2", (Intervalle(date(2026, 1, 19), date(2026, 2, 7)),)),)}
    eleve = next(eleve for eleve in lecture.eleves if eleve.line == 5)
    assert lecture.position(eleve, "pfmp2.siret").label == "Sheet!H3, SIRET"


def test_a_latin_file_with_quoted_cells_and_a_title_above(bureau: Bureau) -> None:
    text = (
        'Stages;;;\n"NOM";"Prénom";Période;Entreprise\n'
        '"LE GOFF";"Maëlys";1;"Café ""Le Marque-Page""\nBât. B; rez-de-chaussée"\n'
    )
    lecture = bureau.read(text.encode("iso-8859-1"))

    assert told(lecture.diagnostics) == [
        "remarque stages.csv:2:8 le fichier n'est pas en UTF-8 : « Prénom » est lu comme du "
        "Windows-1252 | rien à faire, si les accents des noms sont justes"
    ]
    assert placed(lecture) == {
        3: {"pfmp1.entreprise": 'Café "Le Marque-Page"\nBât. B; rez-de-chaussée'}
    }


def test_a_row_with_broken_quotes_does_not_stop_the_others(bureau: Bureau) -> None:
    lecture = bureau.read('nom;prenom;période;entreprise\nA;B;1;"X\nDURAND;Zoé;1;Y\n')

    assert told(lecture.diagnostics) == [
        "erreur stages.csv:2:7 les guillemets droits de cette cellule ne sont pas fermés, ou pas à "
        "sa fin | supprimez-les, ou refaites l'export depuis le tableur"
    ]
    assert placed(lecture) == {2: {"pfmp1.entreprise": "Y"}}


@pytest.mark.parametrize(
    ("stages", "messages"),
    [
        (
            "entreprise;ville\nX;Rodez\n",
            [
                "erreur stages.csv:1 le fichier ne dit pas de quels élèves sont les stages | "
                "donnez-lui une colonne « ine », ou « nom » et « prenom », ou « élève »"
            ],
        ),
        (
            "nom;prenom;période\nA;B;1\n",
            [
                "erreur stages.csv:1 le fichier ne dit rien des stages : ni entreprise, ni tuteur, "
                "ni dates | vérifiez les titres ; la liste des colonnes est dans docs/stages.md"
            ],
        ),
        (
            "nom;prenom;siret;tél.;téléphone\nA;B;1;2;3\n",
            [
                "erreur stages.csv:1:23 les colonnes « tél. » (4) et « téléphone » (5) sont toutes "
                "deux « telephone » | supprimez ou renommez l'une des deux"
            ],
        ),
        (
            "x\n",
            [
                "erreur stages.csv:1 le fichier ne dit pas de quels élèves sont les stages | "
                "donnez-lui une colonne « ine », ou « nom » et « prenom », ou « élève »"
            ],
        ),
    ],
)
def test_a_file_that_is_none_of_placements_is_refused(
    bureau: Bureau, stages: str, messages: list[str]
) -> None:
    assert bureau.refused(stages) == messages


def test_a_list_of_pupils_is_not_taken_for_their_placements(bureau: Bureau) -> None:
    """Their own addresses would be printed as the company's."""
    messages = bureau.refused((RACINE / "examples" / "eleves.csv").read_bytes())

    assert (
        "erreur stages.csv:1 le fichier ne dit rien des stages : ni entreprise, ni tuteur, "
        "ni dates | vérifiez les titres ; la liste des colonnes est dans docs/stages.md" in messages
    )


def test_a_column_misspelt_is_proposed(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;période;entreprise;foncton du tuteur\nDURAND;Zoé;1;X;Y\n")

    assert told(lecture.diagnostics) == [
        "avertissement stages.csv:1:31 la colonne « foncton du tuteur » est inconnue : elle est "
        "ignorée | vouliez-vous dire « tuteur_fonction » ?"
    ]


def test_a_file_without_rows_is_told(bureau: Bureau) -> None:
    lecture = bureau.read("nom;prenom;période;entreprise\n")

    assert told(lecture.diagnostics) == [
        "avertissement stages.csv le fichier ne contient aucun stage | None"
    ]


def test_problems_of_both_files_are_told_at_once(bureau: Bureau) -> None:
    with pytest.raises(InputRefused) as refus:
        bureau.read("entreprise;ville\nX;Rodez\n", "nom;division\nA;TMCV1\n")

    assert [str(d.position) for d in refus.value.diagnostics] == ["eleves.csv:1", "stages.csv:1"]


def test_a_file_that_does_not_exist_is_told_with_the_nearest(bureau: Bureau) -> None:
    bureau.read("nom;prenom;période;entreprise\n")
    with pytest.raises(InputRefused) as refus:
        load_class(
            Path("eleves.csv"),
            Path("stage.csv"),
            bureau.workshop.referentiel,
            bureau.workshop.projet,
            Selection(),
        )

    assert told(refus.value.diagnostics) == [
        "erreur None le fichier « stage.csv » n'existe pas | vouliez-vous dire « stages.csv » ?"
    ]


def test_nothing_of_a_pupil_is_in_what_a_traceback_shows(bureau: Bureau) -> None:
    schema = make_schema(bureau.workshop.referentiel)
    lus = read_placements_file("s", b"nom;prenom;entreprise\nDURAND;Zo\xc3\xa9;Librairie\n", schema)
    lecture = bureau.read("nom;prenom;période;entreprise\nDURAND;Zoé;1;Librairie\n")
    _, personne = Directory(lecture).find(lus.rows[0].identity)

    for thing in (lus, lus.rows[0].record, lus.rows[0].identity, personne, lecture):
        assert "DURAND" not in repr(thing)
        assert "Librairie" not in repr(thing)


# Laws

TITRES = "nom;prenom;né le;ine;période;du;au;entreprise;adresse 1;siret;code postal;téléphone\n"
morceau = st.sampled_from([
    *("DURAND", "Zoé", "MARTIN", "Léa", "LE GOFF", "03/04/2008", "000000001AA", "1", "2", "9"),
    *("19/01/2026", "07/02/2026", "24/11/2025", "31/02/2026", "X", '"', "\n", "\r\n", "=", "\x00"),
    *("00000011700010", "12000", "é", "\u00a0"), *[";"] * 12, *["\nDURAND;Zoé;;;"] * 3,
])  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=120),
        st.binary(max_size=120).map(TITRES.encode().__add__),
        st.lists(morceau, max_size=60).map(lambda parts: (TITRES + "".join(parts)).encode()),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_placements_or_a_refusal_that_points_into_the_file(
    referentiel: Referentiel, contenu: bytes
) -> None:
    schema = make_schema(referentiel, PROJET)
    read = read_eleves("eleves.csv", ELEVES.encode(), schema)
    lecture = enrol(read, referentiel, PROJET.divisions, Selection())
    try:
        lus = read_placements_file("stages.csv", contenu, schema)
    except InputRefused as refus:
        lus, refused = None, refus.diagnostics
    if lus is None:
        assert any(d.is_error for d in refused)
        return
    found = attach_placements(lecture, lus, referentiel, PROJET)

    assert found.rows_read == lecture.rows_read
    assert {e.line for e in found.eleves} <= {e.line for e in lecture.eleves}
    if found.rows_refused:
        assert any(d.is_error for d in found.diagnostics)
    for diagnostic in found.diagnostics:
        position = diagnostic.position
        assert position is not None
        assert position.line is None or 1 <= position.line <= len(contenu) + 1
        assert position.column is None or position.column <= len(position.excerpt or "") + 1
    for eleve in found.eleves:
        dates = [days for _, intervalles in eleve.dates for days in intervalles]
        assert all(du <= au for du, au, _ in dates)
        for champ in eleve.values:
            assert found.position(eleve, champ).line is not None


def test_three_who_are_alike_are_proposed_and_no_more(bureau: Bureau) -> None:
    names = ["Léa", "Léo", "Léia", "Lena"]
    eleves = "nom;prenom;division\n" + "".join(f"MARTINEAU;{name};TMCV1\n" for name in names)
    lecture = bureau.read("nom;prenom;période;entreprise\nMARTINEAU;Lea-Lou;1;X\n", eleves)
    (diagnostic,) = lecture.diagnostics

    assert diagnostic.message == "« MARTINEAU Lea-Lou » n'est pas dans la liste des élèves"
    assert str(diagnostic.help).startswith("vouliez-vous dire « MARTINEAU ")
    assert str(diagnostic.help).count("(ligne ") == 3


ABROAD = "D02 AF30;Dublin;01 234 5678;IE1234567X;087 123 456;accueil@x.example"
OF_COMPANY = ("code_postal", "ville", "telephone", "siret", "tuteur_telephone", "courriel")


@pytest.mark.parametrize("where", ["the list", "the placements"])
@pytest.mark.parametrize(
    ("country", "town", "doubts"),
    [("Irlande", "Dublin, Irlande", 0), ("", "Dublin", 4), ("FRANCE", "Dublin", 4)],
)
def test_what_a_company_abroad_has_is_not_judged_by_the_rules_of_france(
    bureau: Bureau, where: str, country: str, town: str, doubts: int
) -> None:
    listed = where == "the list"
    prefix = "pfmp1_" if listed else ""
    titles = ";".join(f"{prefix}{name}" for name in (*OF_COMPANY, "pays"))
    said = f"DURAND;Zoé;{ABROAD};{country}\n"
    roster = bureau.read(
        "nom;prenom;entreprise;période\n" if listed else f"nom;prenom;{titles};période\n"
        + said.replace("\n", ";1\n"),
        f"nom;prenom;division;{titles}\n" + said.replace("Zoé;", "Zoé;TMCV1;")
        if listed
        else "nom;prenom;division\nDURAND;Zoé;TMCV1\n",
    )  # fmt: skip
    values = {name: roster.eleves[0].values[f"pfmp1.{name}"] for name in OF_COMPANY}
    judged = [one for one in roster.diagnostics if one.rule.code.startswith("valeur/")]

    assert values == dict(zip(OF_COMPANY, ABROAD.split(";"), strict=True)) | {"ville": town}
    assert len(judged) == doubts
    assert "pfmp1.pays" not in roster.eleves[0].values


def test_an_address_is_judged_wherever_the_company_is(bureau: Bureau) -> None:
    roster = bureau.read(
        "nom;prenom;période;entreprise;courriel;pays\nDURAND;Zoé;1;X;accueil;Irlande\n"
    )

    assert [one.rule.code for one in roster.diagnostics] == ["valeur/courriel"]
    assert placed(roster) == {
        2: {"pfmp1.entreprise": "X", "pfmp1.courriel": "accueil", "pfmp1.ville": "Irlande"}
    }

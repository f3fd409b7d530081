"""A class file → pupils, and everything that is wrong with it, in one go."""

from __future__ import annotations

import csv
import io
import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import PLACEMENT_COLUMNS, PUPIL_COLUMNS, Vocabulary
from pfmp_cli.lists.formats.cell_text import clean_cell, tidy_cell
from pfmp_cli.lists.placements.directory import read_everyone
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.lists.rows import ZEROS

RACINE = Path(__file__).parents[2]
SCHEMA = Vocabulary(
    classes={
        "seconde": ("Seconde", "2nde", "2de"),
        "premiere": ("Première", "1ère", "1re"),
        "terminale": ("Terminale", "Tle", "Tale"),
    },
    options=("A", "B"),
    variantes=("primo_entrant",),
    periodes=3,
)
# What the rules of values have nothing to say of, by the end of a field's name.
VALABLES = {
    "siret": "00000011700010",
    "postal": "12000",
    "telephone": "06 39 98 00 01",
    "courriel": "a@b.example",
}
AIDE_JOUR = "corrigez le jour ou le mois, ou changez le format de la colonne"
AIDE_NOM = "complétez la cellule, ou supprimez la ligne"


def read(contenu: str | bytes, schema: Vocabulary = SCHEMA) -> Roster:
    return read_eleves("c.csv", contenu.encode() if isinstance(contenu, str) else contenu, schema)


def only(contenu: str, schema: Vocabulary = SCHEMA) -> Eleve:
    lecture = read(contenu, schema)
    assert lecture.diagnostics == ()
    (eleve,) = lecture.eleves
    return eleve


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.severity.value} {d.position} {d.message} | {d.help}" for d in diagnostics]


def refused(contenu: str | bytes) -> list[str]:
    with pytest.raises(InputRefused) as refus:
        read(contenu)
    return told(refus.value.diagnostics)


def row_error(titres: str, cellules: str) -> str:
    """What is said of one wrong row, which is left out while the next is read."""
    lecture = read(f"nom;prenom;{titres}\nDUPONT;Marie;{cellules}\nLE GOFF;Yann\n")
    assert [eleve.nom for eleve in lecture.eleves] == ["LE GOFF"]
    assert lecture.rows_refused == 1
    (faute,) = (d for d in lecture.diagnostics if d.is_error)
    return f"{faute.position} {faute.message} | {faute.help}"


# A pupil


def test_a_row_becomes_a_pupil_with_values_and_types():
    lecture = read(
        "nom;prenom;date_naissance;sexe;division;classe;option;primo_entrant;pfmp1_siret;ville\n"
        "NGUYỄN;Thị Lan;2008-03-05;F;TMCV1;Terminale;b;x;00000011700010;\n"
    )
    (eleve,) = lecture.eleves
    assert lecture.diagnostics == ()
    assert eleve.values == {
        "eleve.nom": "NGUYỄN",
        "eleve.prenom": "Thị Lan",
        "eleve.date_naissance": "05/03/2008",
        "eleve.sexe": "F",
        "eleve.division": "TMCV1",
        "eleve.classe": "Terminale",
        "eleve.option": "b",
        "eleve.primo_entrant": "x",
        "pfmp1.siret": "00000011700010",
    }
    assert (eleve.line, eleve.nom, eleve.prenom) == (2, "NGUYỄN", "Thị Lan")
    assert eleve.date_naissance == date(2008, 3, 5)
    assert (eleve.division, eleve.classe, eleve.option) == ("TMCV1", "terminale", "B")
    assert eleve.variantes == frozenset({"primo_entrant"})


def test_names_alone_are_enough():
    eleve = only("nom,prenom\nA,B")
    assert eleve.values == {"eleve.nom": "A", "eleve.prenom": "B"}
    assert (eleve.date_naissance, eleve.division, eleve.classe) == (None, "", "")
    assert (eleve.option, eleve.variantes) == ("", frozenset())


@pytest.mark.parametrize(
    "nom",
    [
        "<b>gras</b>",
        "{{ 7*7 }}",
        "../../x",
        "=1+1",
        "(parenthèse",
        "a\\b",
        "l'autre",
        'Jean "Jo"',
        "Teriʻi",
        "D’HÉROUVILLE",
        "ŁUKASZEWSKI",
        "ÖZGÜR",
        "de La Tour d'Auvergne-Lauraguais",
        "%s %(x)s $x ${x}",
        "null",
        "012",
    ],
)
def test_a_value_is_text_and_stays_as_typed(nom):
    assert only(f"nom;prenom\n{nom};B").nom == nom


def test_blanks_formulas_and_accents_are_tidied():
    eleve = only('nom;prenom;div.\n\u00a0LE\u202fGOFF ;E\u0301lise;="1MELEC1"\n')
    assert (eleve.nom, eleve.prenom, eleve.division) == ("LE GOFF", "Élise", "1MELEC1")


def test_a_pupil_shows_no_data_in_a_log():
    roster = read("nom;prenom\nA;Zoé")
    assert "Zoé" not in repr([roster, *roster.eleves, roster.table, *read_everyone(roster)])


# Columns


@pytest.mark.parametrize(
    ("titre", "champ"),
    [
        ("NE(E) LE", "eleve.date_naissance"),
        ("Né(e) le", "eleve.date_naissance"),
        (" Date de naissance ", "eleve.date_naissance"),
        ("DIV.", "eleve.division"),
        ("Code postal", "eleve.code_postal"),
        ("Adresse E-mail", "eleve.courriel"),
        ("Responsable_Téléphone", "eleve.responsable_telephone"),
        ("Primo-entrant", "eleve.primo_entrant"),
        ("PFMP1_ENTREPRISE", "pfmp1.entreprise"),
        ("PFMP 2 - Raison sociale", "pfmp2.entreprise"),
        ("PFMP n° 3 : tuteur", "pfmp3.tuteur"),
        ("Tél. du tuteur (période 1)", "pfmp1.tuteur_telephone"),
        ("Stage 1 N° SIRET", "pfmp1.siret"),
        ("PFMP 1 Organisme d'accueil", "pfmp1.entreprise"),
        ("Portable du tuteur (période 2)", "pfmp2.tuteur_telephone"),
    ],
)
def test_usual_titles_are_understood(titre, champ):
    valeur = {"eleve.date_naissance": "05/03/2008", "eleve.primo_entrant": "oui"}.get(champ)
    valeur = valeur or VALABLES.get(champ.rpartition(".")[2].rpartition("_")[2], "V")
    assert only(f"Nom de famille;PRÉNOM;{titre}\nA;B;{valeur}").values[champ] == valeur


def test_every_column_of_every_period_is_read():
    champs = {f"eleve.{nom}": nom for nom in (*PUPIL_COLUMNS, "primo_entrant")}
    for numero in (1, 2, 3):
        champs |= {f"pfmp{numero}.{nom}": f"pfmp{numero}_{nom}" for nom in PLACEMENT_COLUMNS}
    special = {
        "date_naissance": "05/03/2008",
        "classe": "seconde",
        "option": "A",
        "primo_entrant": "1",
        "sexe": "F",
    }
    special |= {
        nom: v for nom in champs.values() for end, v in VALABLES.items() if nom.endswith(end)
    }
    valeurs = {champ: special.get(nom, f"V {nom}") for champ, nom in champs.items()}
    assert only(f"{';'.join(champs.values())}\n{';'.join(valeurs.values())}").values == valeurs


def test_unknown_columns_are_ignored_and_said_with_what_they_may_be():
    lecture = read("nom;prenom;Date de naisance;LV1;pfmp4_ville;;pfmp1_entreprize\nA;B;x;x;x;x;x")
    assert lecture.eleves[0].values == {"eleve.nom": "A", "eleve.prenom": "B"}
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:1:12 la colonne « Date de naisance » est inconnue : elle est "
        "ignorée | vouliez-vous dire « date_naissance » ?",
        "avertissement c.csv:1:29 la colonne « LV1 » est inconnue : elle est ignorée | "
        "la liste des colonnes est dans docs/colonnes.md",
        "avertissement c.csv:1:33 la colonne « pfmp4_ville » est inconnue : elle est ignorée | "
        "les périodes vont de 1 à 3",
        "avertissement c.csv:1:45 la colonne 6 n'a pas de titre : elle est ignorée | "
        "donnez-lui un titre si elle sert",
        "avertissement c.csv:1:46 la colonne « pfmp1_entreprize » est inconnue : elle est "
        "ignorée | vouliez-vous dire « pfmp1_entreprise » ?",
    ]


def test_columns_are_refused_for_all_their_faults_at_once():
    assert refused("Nom;ville;Commune;NOM;prenon\nA;B;C;D;E") == [
        "erreur c.csv:1:11 les colonnes « ville » (2) et « Commune » (3) sont toutes deux "
        "« ville » | supprimez ou renommez l'une des deux",
        "erreur c.csv:1:19 les colonnes « Nom » (1) et « NOM » (4) sont toutes deux « nom » | "
        "supprimez ou renommez l'une des deux",
        "avertissement c.csv:1:23 la colonne « prenon » est inconnue : elle est ignorée | "
        "vouliez-vous dire « prenom » ?",
        "erreur c.csv:1 la colonne « prenom » manque | "
        "ajoutez-la, ou renommez ainsi celle qui en tient lieu",
    ]


def test_both_names_may_be_missing():
    assert [fault.split(" | ")[0] for fault in refused("division;classe\nTMCV1;tle")] == [
        "erreur c.csv:1 la colonne « nom » manque",
        "erreur c.csv:1 la colonne « prenom » manque",
    ]


def test_of_a_list_all_are_chosen_where_nobody_is():
    lecture = read("nom;prenom\nA;B\nC;D\n")

    assert lecture.of_chosen() == lecture


def test_a_file_without_titles_is_refused_with_an_example():
    assert refused("\nDupont;Marie\nLe Goff;Yann") == [
        "erreur c.csv:2 le fichier n'a pas de ligne de titres : « nom » et « prenom » sont "
        "introuvables | donnez un titre à chaque colonne, par exemple : nom;prenom;division"
    ]


def test_wrong_quotes_among_the_titles_refuse_the_file():
    assert refused('nom;prenom;ville;"div\nA;B') == [
        "avertissement c.csv:1:18 la colonne « di » est inconnue : elle est ignorée | "
        "vouliez-vous dire « division » ?",
        "erreur c.csv:1:18 les guillemets droits de cette cellule ne sont pas fermés, ou pas à "
        "sa fin | supprimez-les, ou refaites l'export depuis le tableur",
    ]


def test_the_encoding_is_said_of_a_refused_file_too():
    assert len(refused("prénom\nZoë".encode("cp1252"))) == 2


def test_a_file_without_pupils_is_said():
    lecture = read("nom;prenom\n;;\n")
    assert told(lecture.diagnostics) == [
        "avertissement c.csv le fichier ne contient aucun élève | None"
    ]


# Dates, class, option, variants


@pytest.mark.parametrize(
    "typed",
    [
        "05/03/2008",
        "2008-03-05",
        '="05/03/2008"',
        " 05/03/2008\u00a0",
        "5/3/2008",
        "05-03-2008",
        "5.3.2008",
        "05 / 03 / 2008",
        "05 03 2008",
        "05032008",
        "5032008",
        "20080305",
        "2008/3/5",
        "05/03/2008 00:00",
        "05/03/2008 00:00:00",
        "05/03/2008 à 14h30",
        "04/03/2008 23:59:59",  # what a workbook's rounding makes of midnight
        "2008-03-05T00:00:00",
        "2008-03-05 00:00:00.000",
        "2008-03-05T00:00:00+01:00",
        "2008-03-04T23:00:00.000Z",  # midnight in Paris
        "5\u00a0mars\u202f2008",
        "5 MARS 2008",
        "mercredi 5 mars 2008",
        "05-mars-2008",
        "'05/03/2008",
        "05\u201103\u20112008",
    ],
)
def test_a_date_is_read_and_printed_in_the_french_way(typed):
    eleve = only(f"nom;prenom;né le\nA;B;{typed}")
    assert (eleve.date_naissance, eleve.values["eleve.date_naissance"]) == (
        date(2008, 3, 5),
        "05/03/2008",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "05/03/008",
        "05/2008",
        "5 jui 2008",
        "3/5/2008 12:00:00 AM",
        "٠٥/٠٣/٢٠٠٨",
        "hier 5 mars 2008",
        "12345",  # a number of days, of nobody who is a pupil
    ],
)
def test_a_date_written_otherwise_is_never_guessed(typed):
    assert row_error("Né(e) le", typed) == (
        f"c.csv:2:14 « {typed} » n'est pas une date de la forme JJ/MM/AAAA | "
        "écrivez par exemple 05/03/2008, ou changez le format de la colonne"
    )


@pytest.mark.parametrize(
    "typed", ["31/02/2008", "29/02/2009", "2008-13-01", "00/01/2008", "01/01/0000"]
)
def test_a_date_must_exist(typed):
    assert row_error("Né(e) le", typed) == (
        f"c.csv:2:14 « {typed} » n'est pas au calendrier | {AIDE_JOUR}"
    )


def test_a_year_of_two_digits_is_the_one_that_makes_an_age_of_a_pupil():
    schema = replace(SCHEMA, year_start=date(2025, 9, 1))
    rows = "A;B;05/03/08\nC;D;1er août 86\nE;F;5/3/20\nG;H;39512\n"
    lecture = read_eleves("c.csv", f"nom;prenom;né le\n{rows}".encode(), schema)

    assert [e.date_naissance for e in lecture.eleves] == [
        date(2008, 3, 5),
        date(1986, 8, 1),
        date(2008, 3, 5),
    ]
    four = "donnez à la colonne un format de date à quatre chiffres d'année"
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:2:5 « 05/03/08 » est lu 05/03/2008 : l'année n'a que deux chiffres | "
        f"vérifiez l'année, et {four}",
        "avertissement c.csv:3:5 « 1er août 86 » est lu 01/08/1986 : l'année n'a que deux chiffres "
        f"| vérifiez l'année, et {four}",
        "erreur c.csv:4:5 dans « 5/3/20 », les deux chiffres de l'année ne disent pas laquelle | "
        "écrivez l'année en quatre chiffres, ou changez le format de la colonne",
        "avertissement c.csv:5:5 « 39512 » est lu 05/03/2008 : c'est ainsi qu'un tableur compte "
        "les jours | vérifiez la date, et donnez à la colonne le format JJ/MM/AAAA",
    ]


def test_a_date_of_birth_has_a_year_of_this_age():
    assert row_error("Né(e) le", "05/03/0208") == (
        "c.csv:2:14 personne n'est né le « 05/03/0208 » | corrigez l'année"
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("terminale", "terminale"),
        ("TERMINALE ", "terminale"),
        ("Tle", "terminale"),
        ("term.", "terminale"),
        ("Première", "premiere"),
        ("1ère", "premiere"),
        ("1re", "premiere"),
        ("prem", "premiere"),
        ("2nde", "seconde"),
        ("2de", "seconde"),
        ("SEC", "seconde"),
    ],
)
def test_a_class_is_known_by_its_usual_spellings(typed, code):
    assert only(f"nom;prenom;classe\nA;B;{typed}").classe == code


def test_classes_are_those_of_the_referentiel():
    schema = Vocabulary({"cap1": ("CAP 1re année",), "cap2": ("CAP 2e année",)}, (), (), 1)
    assert only("nom;prenom;classe\nA;B;Cap 2e Année", schema).classe == "cap2"
    with_division = "nom;prenom;division;classe\nA;B;X;"
    for ambiguous in ("cap", "terminale"):
        (faute,) = read(with_division + ambiguous, schema).diagnostics
        assert faute.message == f"classe « {ambiguous} » inconnue"


@pytest.mark.parametrize(
    ("typed", "aide"),
    [
        ("TMCV1", "écrivez seconde, premiere ou terminale"),
        ("terminal3", "écrivez terminale"),
        ("te", "écrivez terminale"),
    ],
)
def test_a_class_that_is_none_is_refused(typed, aide):
    expected = f"c.csv:2:15 classe « {typed} » inconnue | {aide}"
    assert row_error("division;classe", f";{typed}") == expected


def test_classes_that_are_divisions_are_read_as_divisions():
    lecture = read("nom;prenom;Classe\nA;B;TMCV1\nC;D;PMCV2\nE;F;")
    assert [(e.division, e.classe) for e in lecture.eleves] == [
        ("TMCV1", ""),
        ("PMCV2", ""),
        ("", ""),
    ]
    assert str(lecture.position(lecture.eleves[1], "eleve.division")) == "c.csv:3:5"
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:1:12 la colonne « Classe » est lue comme la division : aucune de "
        "ses valeurs n'est une classe | renommez-la « division », ou écrivez-y seconde, "
        "premiere ou terminale"
    ]


def test_an_empty_class_column_is_no_division():
    assert only("nom;prenom;classe;ville\nA;B;;V").values["eleve.ville"] == "V"


def test_one_class_among_the_values_makes_the_others_mistakes():
    lecture = read("nom;prenom;classe\nA;B;TMCV1\nC;D;tle")
    assert [d.message for d in lecture.diagnostics] == ["classe « TMCV1 » inconnue"]


@pytest.mark.parametrize(("typed", "code"), [("b", "B"), (" A ", "A"), ("Option B", "B"), ("", "")])
def test_an_option_is_known_whatever_its_case(typed, code):
    assert only(f"nom;prenom;option;ville\nA;B;{typed};V").option == code


def test_an_unknown_option_is_refused_with_the_choices():
    assert row_error("option", "AGEC") == "c.csv:2:14 option « AGEC » inconnue | écrivez A ou B"


def test_an_option_where_there_is_none_is_refused():
    lecture = read("nom;prenom;option\nA;B;C", Vocabulary({}, (), (), 0))
    assert told(lecture.diagnostics) == [
        "erreur c.csv:2:5 option « C » inconnue | laissez la cellule vide"
    ]


@pytest.mark.parametrize("typed", ["oui", "Oui", "OUI ", "x", "X", "1", "vrai", "VRAI", "o"])
def test_a_variant_is_yes(typed):
    assert only(f"nom;prenom;primo_entrant\nA;B;{typed}").variantes == {"primo_entrant"}


@pytest.mark.parametrize("typed", ["", "non", "NON", "0", "faux", "n"])
def test_a_variant_is_no(typed):
    assert only(f"nom;prenom;primo_entrant;ville\nA;B;{typed};V").variantes == frozenset()


def test_a_variant_that_is_neither_is_refused():
    assert row_error("Primo-entrant", "peut-être") == (
        "c.csv:2:14 « peut-être » ne dit ni oui ni non | écrivez oui ou non"
    )


# Rows


def test_a_row_is_told_all_its_faults_and_stops_no_other():
    lecture = read(
        "nom;prenom;né le;classe;option\n;\u00a0;32/01/2008;zut;C\nA;B;01/01/2008;tle;A\n;Zoé;;;\n"
    )
    assert [eleve.nom for eleve in lecture.eleves] == ["A"]
    assert lecture.rows_refused == 2
    assert told(lecture.diagnostics) == [
        f"erreur c.csv:2:1 le nom manque | {AIDE_NOM}",
        f"erreur c.csv:2:2 le prénom manque | {AIDE_NOM}",
        f"erreur c.csv:2:4 « 32/01/2008 » n'est pas au calendrier | {AIDE_JOUR}",
        "erreur c.csv:2:15 classe « zut » inconnue | écrivez seconde, premiere ou terminale",
        "erreur c.csv:2:19 option « C » inconnue | écrivez A ou B",
        f"erreur c.csv:4:1 le nom manque | {AIDE_NOM}",
    ]


def test_rows_without_names_are_not_one_pupil():
    faults = read("nom;prenom;ville\n;Zoé;X\n;Zoé;X\n;;X\n;;X").diagnostics
    assert {fault.message for fault in faults} == {"le nom manque", "le prénom manque"}


def test_a_row_too_short_is_read_and_said():
    lecture = read("nom;prenom;ville;option\nA;B;Rodez\nC;D;;\n")
    assert [eleve.nom for eleve in lecture.eleves] == ["A", "C"]
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:2:10 la ligne a 3 cellules pour 4 colonnes : les dernières sont "
        "lues comme vides | vérifiez qu'elle n'est pas coupée en deux"
    ]


@pytest.mark.parametrize(("separateur", "nom"), [(";", "« ; »"), ("\t", "une tabulation")])
def test_a_row_too_long_is_left_out(separateur, nom):
    lecture = read("nom;prenom;ville\nA;B;12;rue X\nC;D;E;;; \n".replace(";", separateur))
    assert [eleve.nom for eleve in lecture.eleves] == ["C"]
    assert told(lecture.diagnostics) == [
        "erreur c.csv:2:8 la ligne a 4 cellules pour 3 colonnes | entourez de guillemets droits "
        f"le texte qui contient {nom}"
    ]


def test_wrong_quotes_leave_one_row_out():
    assert row_error("ville", '"Rodez') == (
        "c.csv:2:14 les guillemets droits de cette cellule ne sont pas fermés, ou pas à sa fin | "
        "supprimez-les, ou refaites l'export depuis le tableur"
    )


@pytest.mark.parametrize(("char", "code"), [("\x00", "0000"), ("\x07", "0007"), ("\x85", "0085")])
def test_a_control_character_is_refused_at_its_cell(char, code):
    assert row_error("ville", f"Ro{char}dez") == (
        f"c.csv:2:14 le texte contient un caractère de contrôle (U+{code}) | "
        "retapez le texte de la cellule"
    )


def test_a_control_character_is_the_only_fault_of_its_cell():
    assert row_error("né le", "05/03/\x002008").startswith("c.csv:2:14 le texte contient")


@pytest.mark.parametrize("length", [2001, 300_000])
def test_a_text_without_end_is_refused(length):
    assert row_error("ville", "x" * length) == (
        f"c.csv:2:14 le texte fait {length} caractères ; 2000 au plus sont lus | raccourcissez-le"
    )


def test_a_long_text_is_quoted_short():
    assert row_error("né le", "le cinq\u00a0mars de l'année deux mille huit ou neuf").startswith(
        "c.csv:2:14 « le cinq mars de l'année deux mille huit… » n'est pas une date"
    )


def test_rows_of_several_lines_keep_the_lines_of_the_others():
    lecture = read('nom;prenom;adresse;option\r\nA;B;"1 rue\r\nX";Z\r\nC;D;"2\r\nY";A\r\n')
    assert [(e.line, e.values["eleve.adresse"]) for e in lecture.eleves] == [(4, "2\nY")]
    assert told(lecture.diagnostics) == ["erreur c.csv:3:4 option « Z » inconnue | écrivez A ou B"]


# The same pupil twice


def test_the_same_pupil_twice_is_told_with_the_first_line():
    lecture = read(
        "nom;prenom;né le\nLE GOFF;Maëlys;28/02/2009\n"
        "Le  Goff;MAELYS;2009-02-28\nLe Goff;Maëlys;28/02/2008\nLE-GOFF;Maelys;28/02/2009\n"
    )
    assert [eleve.line for eleve in lecture.eleves] == [2, 4]
    aide = (
        "supprimez l'une des deux lignes ; si ce sont deux élèves, donnez leurs dates de naissance"
    )
    assert told(lecture.diagnostics) == [
        f"erreur c.csv:3:1 le même élève est déjà à la ligne 2 | {aide}",
        f"erreur c.csv:5:1 le même élève est déjà à la ligne 2 | {aide}",
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("ŁUKASZEWSKI", "Lukaszewski"), ("ŒUVRARD", "Oeuvrard"), ("ʻAHA", "Aha")]
)
def test_the_same_pupil_is_known_without_case_and_accents(one, other):
    assert len(read(f"nom;prenom\n{one};Zoé\n{other};zoe").eleves) == 1


# Positions for the later stages


def test_a_value_leads_back_to_its_cell():
    lecture = read('Nom;Prénom;PFMP 1 Ville\nA;"B ""b""\nc";Rodez\n')
    (eleve,) = lecture.eleves
    position = lecture.position(eleve, "pfmp1.ville")
    assert (str(position), position.excerpt) == ("c.csv:3:4", 'c";Rodez')
    assert (position.length, position.label) == (5, "PFMP 1 Ville")


def test_a_field_without_column_leads_back_to_its_row():
    lecture = read("nom;prenom\nA;B")
    position = lecture.position(lecture.eleves[0], "eleve.option")
    assert (str(position), position.excerpt, position.label) == ("c.csv:2", "A;B", None)


# Files of this repository


def test_the_example_is_read_without_a_word():
    lecture = read((RACINE / "examples" / "eleves.csv").read_bytes())
    assert lecture.diagnostics == ()
    assert len(lecture.eleves) == 12
    assert {e.division for e in lecture.eleves} == {"TMCV1", "TMCV2", "PMCV1", "PMCV2", "SMRC1"}


def test_the_example_shows_every_column():
    titles = (RACINE / "examples" / "eleves.csv").read_text("utf-8").splitlines()[0].split(";")
    placement = {f"pfmp1_{name}" for name in PLACEMENT_COLUMNS}

    assert PUPIL_COLUMNS.keys() | placement <= set(titles), "add a column to examples/eleves.csv"


# Rules of values (each has its tests in test_regles.py)


def test_unlikely_values_are_told_at_their_cells_and_the_pupil_is_kept():
    lecture = read(
        "nom;prenom;telephone;courriel;pfmp1_siret;CP;date_naissance\n"
        "DUPONT;Marie;612345678;marie@b,fr;00000011700011;1000;05/03/2008\n"
        "LE GOFF;Yann;06 39 98 00 01;;;12000;31/02/2008\n"
        "KERN;Zoé;06 39;;;75008 PARIS;31/02/2008\n"
    )
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:2:14 il manque des chiffres au début de « 612345678 » | "
        "si le tableur a ôté des zéros, écrivez 06 12 34 56 78",
        "avertissement c.csv:2:24 « marie@b,fr » n'est pas une adresse électronique | "
        "vouliez-vous écrire « marie@b.fr » ?",
        "avertissement c.csv:2:35 le SIRET « 00000011700011 » est faux : sa clé de contrôle ne "
        "convient pas | recopiez-le : un chiffre est faux, ou deux sont échangés",
        "avertissement c.csv:2:50 il manque des chiffres au début de « 1000 » | "
        "si le tableur a ôté des zéros, écrivez 01000",
        f"erreur c.csv:3:37 « 31/02/2008 » n'est pas au calendrier | {AIDE_JOUR}",
        "avertissement c.csv:4:10 « 06 39 » n'est pas un numéro de téléphone | "
        "écrivez ses dix chiffres, ou + et l'indicatif du pays",
        "avertissement c.csv:4:18 « 75008 PARIS » n'est pas un code postal | "
        "vérifiez-le : cinq chiffres seuls",
        f"erreur c.csv:4:30 « 31/02/2008 » n'est pas au calendrier | {AIDE_JOUR}",
    ]
    (eleve,) = lecture.eleves
    assert eleve.values["eleve.telephone"] == "612345678"


def test_the_other_guardian_s_address_is_told_at_its_own_column():
    lecture = read("nom;prenom;Courriel autre repr. légal\nA;B;x@y\n")
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:2:5 « x@y » n'est pas une adresse électronique | "
        "écrivez nom@domaine.fr"
    ]


def test_a_value_that_is_refused_is_not_judged_too():
    assert row_error("telephone", "06\x07") == (
        "c.csv:2:14 le texte contient un caractère de contrôle (U+0007) | "
        "retapez le texte de la cellule"
    )


def test_a_birth_date_is_judged_in_the_school_year_where_it_is_known():
    contenu = "nom;prenom;date_naissance\nA;B;2018-03-05\n"
    assert read(contenu).diagnostics == ()
    lecture = read(contenu, replace(SCHEMA, year_start=date(2025, 9, 1)))
    assert told(lecture.diagnostics) == [
        "avertissement c.csv:2:5 né(e) le 05/03/2018, l'élève n'a pas entre 13 et 39 ans au "
        "début de l'année scolaire 2025-2026 | corrigez l'année de naissance, ou "
        "« annee_scolaire » dans pfmp.yaml"
    ]
    assert len(lecture.eleves) == 1


# Laws


def is_content(text: str) -> bool:
    """Whether it is read as it stands: no error, no formula, no zero, no hyphen of another kind."""
    return text not in ZEROS and tidy_cell(text) == clean_cell(text) and not {*"‐‑"} & {*text}


cell = st.text(
    st.one_of(
        st.sampled_from(list(";,\t\"'=\n<{éʻ’")),
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")),
    ),
    max_size=15,
).filter(lambda text: not text.startswith('="') and is_content(text))


@given(st.lists(st.tuples(cell, cell), max_size=5), st.sampled_from(";,\t"), st.booleans())
def test_values_written_as_csv_are_read_back(values, separateur, bom):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separateur)
    writer.writerow(["nom", "prenom", "ville", "pfmp1_tuteur"])
    writer.writerows((f"N{rank}", "P", *row) for rank, row in enumerate(values))
    lecture = read(out.getvalue().encode("utf-8-sig" if bom else "utf-8"))
    found = [
        (e.values.get("eleve.ville", ""), e.values.get("pfmp1.tuteur", "")) for e in lecture.eleves
    ]
    expected = [
        tuple(unicodedata.normalize("NFC", text.replace("\t", " ").strip(" \n")) for text in row)
        for row in values
    ]
    assert found == expected


TITRES = ["nom", "prenom", "classe", "né(e)le", "option"]
fragment = st.sampled_from([*TITRES, *';,\t"\n\r\x00=é', "tle", "31/02/2008", "TMCV1"])


@given(
    st.one_of(
        st.binary(max_size=120),
        st.lists(fragment, max_size=40).map(lambda parts: "".join(parts).encode()),
        st.binary(max_size=80).map(b"nom;prenom;classe;option;primo_entrant;ne le\n".__add__),
    )
)
def test_any_bytes_are_a_reading_or_a_refusal_that_points_into_the_file(contenu):
    try:
        diagnostics = read(contenu).diagnostics
    except InputRefused as refus:
        diagnostics = refus.diagnostics
        assert any(d.is_error for d in diagnostics)
    for diagnostic in diagnostics:
        position = diagnostic.position
        assert position.line is None or 1 <= position.line <= len(contenu) + 1
        if position.column and position.excerpt is not None:  # XML shows no excerpt
            assert position.column <= len(position.excerpt) + 1


@given(st.binary(max_size=150).map(b"nom;prenom;ville\n".__add__))
def test_every_row_is_a_pupil_or_is_told(contenu):
    with suppress(InputRefused):
        lecture = read(contenu)
        told_rows = sum(d.is_error for d in lecture.diagnostics)
        assert told_rows >= lecture.rows_refused
        assert (lecture.rows_refused == 0) == (told_rows == 0)
        for eleve in lecture.eleves:
            position = lecture.position(eleve, "eleve.nom")
            assert position.line == eleve.line

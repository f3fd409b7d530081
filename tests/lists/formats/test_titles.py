"""Titles as schools write them, repeated, remarked upon, or not there at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.columns import class_file_titles, fold_title, placement_titles
from pfmp_cli.lists.formats.titles import make_finder
from pfmp_cli.loading.class_files import make_schema
from tests.lists.formats.test_cell_text import FORMATS
from tests.lists.formats.test_school_files import Reader, noms, told
from tests.workbooks import Rows

Make = Callable[[Rows], bytes]
KNOWN = {
    "nom": "n",
    "prénom": "p",
    "date de naissance": "d",
    "né(e) le": "d",
    "nom de naissance": "n",
}
TITLES = {fold_title(title): field for title, field in KNOWN.items()}


@pytest.fixture(scope="module")
def reader(referentiel: Referentiel) -> Reader:
    return Reader(referentiel)


@pytest.fixture(params=FORMATS)
def make(request: pytest.FixtureRequest) -> Make:
    return FORMATS[request.param]


@given(
    st.sampled_from(["Nom", "PRÉNOM", "Date de naissance", "Né(e) le", "Date\nde naissance"]),
    st.sampled_from(["", " (jj/mm/aaaa)", " (à respecter)", " [en capitales]", " : JJ/MM/AAAA"]),
    st.sampled_from(["", "*", " *", " :", "\u00a0"]),
)
def test_a_remark_in_a_title_does_not_count(title: str, remark: str, mark: str) -> None:
    find = make_finder(TITLES)

    assert find(f" {title}{remark}{mark}") == find(title) is not None


@pytest.mark.parametrize("title", ["Nom (responsable)", "Nom (d'usage)", "Nom du père", "(x)", ""])
def test_a_remark_that_makes_it_another_column_counts(title: str) -> None:
    assert make_finder(TITLES)(title) is None


@pytest.mark.parametrize(
    "title",
    [
        *("Téléphone (resp. légal 2)", "Adresse (des resp. légaux)"),
        "Téléphone (en cas d'urgence)",
    ],
)
def test_a_remark_that_makes_it_a_parents_counts(referentiel: Referentiel, title: str) -> None:
    assert make_finder(class_file_titles(make_schema(referentiel)))(title) is None


@pytest.mark.parametrize(
    "title",
    [
        *("Repr. légal", "Resp. légal 1", "Nom du repr. légal", "Prénom du resp. lég. 1"),
        *("Tél. du resp. légal 1", "Mail du repr. légal", "Tél. (resp. lég. 1)"),
        *("Tél. (élève)", "Adresse e-mail (du stagiaire)", "Ville (élève)"),
    ],
)
def test_what_is_a_parents_or_the_pupils_is_no_companys(title: str) -> None:
    assert make_finder(placement_titles())(title) is None


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Tél.", "eleve.telephone"),
        ("Mél", "eleve.courriel"),
        ("Adresse e-mail", "eleve.courriel"),
        ("Nom de famille repr. légal", "eleve.responsable_nom"),
        ("Nom resp. lég. 1", "eleve.responsable_nom"),
        ("Prénom resp. légal 2", "eleve.autre_responsable_prenom"),
        ("Courriel autre repr. légal", "eleve.autre_responsable_courriel"),
        ("Email resp. lég. 2", "eleve.autre_responsable_courriel"),
        ("Tél. portable repr. légal", "eleve.responsable_telephone"),
        ("Téléphone du responsable légal", "eleve.responsable_telephone"),
        ("Resp. légal 1", "eleve.responsable_nom"),
        ("Tél. (resp. lég. 1)", "eleve.responsable_telephone"),
        ("PFMP 1 Nom du resp. légal 1", None),
        ("Mail du tuteur PFMP 2", "pfmp2.tuteur_courriel"),
        ("PFMP 1 Tél. fixe du tuteur", "pfmp1.tuteur_telephone"),
        ("Tél. autre resp.", None),
        ("Hôtel", None),
    ],
)
def test_a_word_that_titles_shorten_is_that_word(
    referentiel: Referentiel, title: str, field: str | None
) -> None:
    assert make_finder(class_file_titles(make_schema(referentiel)))(title) == field


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Tél tuteur", "stage.tuteur_telephone"),
        ("Mail tuteur", "stage.tuteur_courriel"),
        ("Nom tuteur", "stage.tuteur"),
        ("Tél entreprise", "stage.telephone"),
        ("CP entreprise", "stage.code_postal"),
        ("Ville de l’entreprise", "stage.ville"),
        ("Nom élève", "eleve.nom"),
        ("Date naissance élève", "eleve.date_naissance"),
        ("Date_debut_stage", "stage.du"),
        ("Du", "stage.du"),
        ("Entreprise du", None),
        ("Tuteur pédagogique", None),
    ],
)
def test_small_words_between_two_others_say_nothing(title: str, field: str | None) -> None:
    assert make_finder(placement_titles())(title) == field


def test_the_form_of_a_school_is_read(reader: Reader, make: Make) -> None:
    titles = ["Nom de naissance *", "Premier prénom*", "Prénoms", "Né(e) le (jj/mm/aaaa)*"]
    lecture = reader.read(make([titles, ["CÔTÉ", "Zoé", "Zoé Marie", "2/4/2008"]]))

    assert lecture.diagnostics == ()
    assert lecture.eleves[0].values == {
        "eleve.nom": "CÔTÉ", "eleve.prenom": "Zoé", "eleve.date_naissance": "02/04/2008"
    }  # fmt: skip


@pytest.mark.parametrize("usual", ["Nom d'usage", "Nom"])
def test_a_usual_name_is_printed_after_that_of_the_register(
    reader: Reader, make: Make, usual: str
) -> None:
    titles = [usual, "Nom de naissance", "Prénom", "Division"]
    lecture = reader.read(
        make([titles, ["MORVAN", "LEFEVRE", "Zoé", "T1"], ["LE GOFF", "Le Goff", "Yann", "T1"]])
    )

    assert noms(lecture) == [("LEFEVRE", "Zoé"), ("Le Goff", "Yann")]
    assert [e.values["eleve.nom"] for e in lecture.eleves] == [
        "LEFEVRE (usage : MORVAN)",
        "Le Goff",
    ]
    (said,) = lecture.diagnostics
    assert said.is_remark
    assert said.message == (
        "« MORVAN » est un nom ou un prénom d'usage : il est imprimé avec l'autre, "
        "« LEFEVRE (usage : MORVAN) »"
    )


def test_a_usual_name_alone_is_the_name(reader: Reader) -> None:
    lecture = reader.read("nom d'usage;prénom usuel\nMORVAN;Alex\n")

    assert (noms(lecture), lecture.diagnostics) == ([("MORVAN", "Alex")], ())


def test_of_two_titles_that_differ_by_a_remark_the_second_is_said(reader: Reader) -> None:
    lecture = reader.read("nom;prenom;Tél. (maison);Tél. (travail)\nA;B;0565000001;0600000002\n")

    assert lecture.eleves[0].values["eleve.telephone"] == "0565000001"
    assert [d.rule.code for d in lecture.diagnostics] == ["liste/colonne-inconnue"]


@pytest.mark.parametrize(
    "band", ["Élève;;Responsable;", "Élève;;Classe;Entreprise", ";Élève;Responsable légal;"]
)
def test_a_band_above_with_as_many_known_words_does_not_hide_the_titles(
    reader: Reader, band: str
) -> None:
    lecture = reader.read(f"{band}\nNom;Prénom;Nom parent;Portable parent\nROY;Ana;ROY;06\n")

    assert noms(lecture) == [("ROY", "Ana")]
    assert {d.rule.code for d in lecture.diagnostics} == {"liste/colonne-inconnue"}


def test_titles_in_the_middle_are_no_pupil(reader: Reader, make: Make) -> None:
    titles = ["Nom", "Prénom", "Remarque", "Note", "Vœux", "Avis"]
    rows = [["A", "B", *"    "], titles, ["C", "D", *"    "]]
    lecture = reader.read(make([titles, *rows]))

    assert noms(lecture) == [("A", "B"), ("C", "D")]
    assert {d.rule.code for d in lecture.diagnostics} == {"liste/colonne-inconnue"}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_titles_right_behind_a_last_line_without_end_cost_no_pupil(
    reader: Reader, mark: str
) -> None:
    first = "nom;prenom;division\nMARTIN;Léa;TMCV1\nDIALLO;Awa;TMCV1"
    roster = reader.read(f"{first}{mark}nom;prenom;division\nNGUYEN;Linh;TMCV1\n", "c", "TMCV1")

    assert noms(roster) == [("MARTIN", "Léa"), ("DIALLO", "Awa"), ("NGUYEN", "Linh")]
    assert {eleve.division for eleve in roster.eleves} == {"TMCV1"}
    assert not roster.diagnostics


def test_under_other_titles_in_the_middle_nothing_is_misread(reader: Reader, make: Make) -> None:
    rows = [["A", "B", "T1"], ["Prénom", "Nom", "Division"], ["D", "C", "T1"]]
    lecture = reader.read(make([["Nom", "Prénom", "Division"], *rows]))

    assert noms(lecture) == [("A", "B")]
    (said,) = lecture.diagnostics
    assert said.message == (
        "une autre ligne de titres commence ici, avec d'autres colonnes : la suite n'est pas lue"
    )
    assert said.position is not None
    assert said.position.line == 3


def test_a_pupil_who_is_called_as_a_title_is_a_pupil(reader: Reader, make: Make) -> None:
    rows = [["DU", "Fin", "T1"], ["NOM", "Zoé", "T1"], ["RUE", "Élève", "T2"]]
    lecture = reader.read(make([["Nom", "Prénom", "Division"], *rows]))

    assert len(lecture.eleves) == 3


@pytest.mark.parametrize("free", ["Classe de terminale TMCV1", "24 élèves"])
def test_a_free_line_above_names_without_titles_is_said(
    reader: Reader, make: Make, free: str
) -> None:
    lecture = reader.read(make([[free], ["DUPONT Zoé"], ["LE GOFF Yann"]]))

    assert noms(lecture) == [("DUPONT", "Zoé"), ("LE GOFF", "Yann")]
    assert [d.message for d in lecture.diagnostics] == [
        "le fichier n'a pas de ligne de titres : il est lu comme nom_prenom",
        f"« {free} », au-dessus de la liste, n'est pas lu comme un élève",
    ]


def test_two_free_lines_leave_a_doubt(reader: Reader) -> None:
    assert reader.refused("Lycée\nTMCV1\nDUPONT Zoé\n")[0].startswith(
        "erreur c:1 le fichier n'a pas de ligne de titres"
    )


def test_excel_s_line_of_the_separator_is_no_free_line(reader: Reader) -> None:
    lecture = reader.read("sep=;\r\nDUPONT;Zoé\r\n")

    assert noms(lecture) == [("DUPONT", "Zoé")]
    assert told(lecture.diagnostics) == [
        "avertissement c:2 le fichier n'a pas de ligne de titres : il est lu comme nom, prenom | "
        "ajoutez une ligne de titres pour ce qui manque"
    ]

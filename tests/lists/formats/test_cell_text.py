"""What of a cell is content, whatever the format that it comes in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.formats.cell_text import clean_cell, explain_cell, is_plain
from pfmp_cli.rules.value_rules import ACCENTS_MENDED
from tests.lists.formats.test_school_files import Reader, told
from tests.workbooks import MAKERS, Rows

ERRORS = (
    *("#N/A", "#N/D", "#REF!", "#REF !", "#VALEUR!", "#VALEUR !", "#VALUE!", "#NOM?", "#NOM ?"),
    *("#NAME?", "#DIV/0!", "#NUL!", "#NOMBRE!", "#NUM!", "#NULL!", "#PROPAGATION!", "#SPILL!"),
    *("Err:502", "Err :504", "#ERROR!", "#ERREUR!", "########", "#CALC!", "#GETTING_DATA"),
)
TITLES = ["Nom", "Prénom", "Division", "pfmp1_entreprise"]


def as_csv(rows: Rows) -> bytes:
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def pasted(rows: Rows) -> bytes:
    return "\r\n".join("\t".join(map(str, row)) for row in rows).encode("utf-16")


FORMATS: dict[str, Callable[[Rows], bytes]] = {**MAKERS, ".csv": as_csv, "pasted": pasted}


@pytest.fixture(scope="module")
def reader(referentiel: Referentiel) -> Reader:
    return Reader(referentiel)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_no_reader_ever_prints_a_spreadsheet_s_error(
    reader: Reader, make: Callable[[Rows], bytes], error: str
) -> None:
    lecture = reader.read(make([TITLES, ["A", "B", "", error], ["C", "D", "", f" {error} "]]))

    assert [eleve.values.get("pfmp1.entreprise") for eleve in lecture.eleves] == [None, None]
    assert {d.rule.code for d in lecture.diagnostics} == {"valeur/erreur-du-tableur"}
    assert [d.position.line for d in lecture.diagnostics if d.position] == [2, 3]


@pytest.mark.parametrize("zero", [0, "0"])
@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_a_zero_for_a_text_is_what_a_formula_makes_of_nothing(
    reader: Reader, make: Callable[[Rows], bytes], zero: int | str
) -> None:
    lecture = reader.read(make([[*TITLES, "primo_entrant"], ["A", "B", "T1", zero, zero]]), "c")

    assert "pfmp1.entreprise" not in lecture.eleves[0].values
    assert told(lecture.diagnostics) == [
        "avertissement " + str(lecture.diagnostics[0].position) + " « 0 » est ce qu'une formule "
        "rend d'une case vide : la cellule est lue comme vide | videz la cellule, ou tapez la "
        "valeur"
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("#1 Fitness", "N°1", "# Hashtag", "=1+1", "E.Leclerc", "Erreur 404", "C#", "0 Déchet"),
        *("A#REF!", "« CAFÉ»", "Château d’Ax", "MAÎTRE", "Ô Délices", "L·L", "Ã", "50 °C"),
    ],
)
def test_a_text_that_only_looks_like_an_error_stays(text: str) -> None:
    assert clean_cell(text) == text
    assert explain_cell(text, text) is None


@pytest.mark.parametrize(
    "space", [char for char in map(chr, range(0x10000)) if unicodedata.category(char) == "Zs"]
)
def test_every_kind_of_space_is_one(space: str) -> None:
    assert clean_cell(f"{space}LE{space}GOFF{space}") == "LE GOFF"


@pytest.mark.parametrize(
    "text", ["=VLOOKUP(A2;B:C;2;0)", "=RECHERCHEV(A2;B:C;2)", "=B12", "=Base!A2"]
)
def test_the_text_of_a_formula_is_no_content(text: str) -> None:
    assert clean_cell(text) == ""
    assert explain_cell(text, "") is not None


@pytest.mark.parametrize(
    "text",
    [
        *("-", "--", "—", "–", "/", "?", "à définir", "A DEFINIR", "À définir"),
        *("à déterminer", "En attente", "en attente de réponse", "EN COURS", "à préciser"),
        *(
            "en cours de recherche",
            "recherche en cours",
            "néant",
            "Néant",
            "NEANT",
            "non renseigné",
        ),
    ],
)
@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_what_is_typed_where_there_is_nothing_yet_is_an_empty_cell(
    reader: Reader, make: Callable[[Rows], bytes], text: str
) -> None:
    lecture = reader.read(make([[*TITLES, "pfmp1_siret"], ["A", "B", "", f" {text} ", text]]))

    assert [name for name in lecture.eleves[0].values if name.startswith("pfmp")] == []
    assert lecture.diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "Avenir",
        "Encours SARL",
        "A Définir Ensemble",
        "En Cours de Route",
        "-18 °C",
        "Attente",
        "/e/",
    ],
)
def test_a_company_whose_name_begins_so_stays(text: str) -> None:
    assert clean_cell(text) == text


letters = st.text(
    st.sampled_from("abcdeéèêëàâäçîïôöùûüÉÈÀÇœŒÿñáíóúşğıłŁőễạ’«»€ -"), min_size=1, max_size=20
)


@given(letters, st.sampled_from(["latin-1", "cp1252", "mac_roman", "cp850"]))
def test_accents_that_an_encoding_spoilt_are_mended_or_left(text: str, encoding: str) -> None:
    try:
        spoilt = text.encode("utf-8").decode(encoding)
    except UnicodeDecodeError:
        return
    assert clean_cell(spoilt) == clean_cell(text)


@given(st.text(st.sampled_from("àâçéèêëîïôùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛÜŸŒÆaZ '’-"), max_size=20))
def test_french_text_is_never_mended(text: str) -> None:
    said = explain_cell(text, clean_cell(text))
    assert said is None or said.rule is not ACCENTS_MENDED


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_every_reader_finds_spoilt_accents(reader: Reader, make: Callable[[Rows], bytes]) -> None:
    lecture = reader.read(make([["Nom", "PrÃ©nom"], ["DUVAL", "ZoÃ©"], ["É Ã©", "B"]]))

    assert [(e.nom, e.prenom) for e in lecture.eleves] == [("DUVAL", "Zoé"), ("É Ã©", "B")]
    assert [d.rule.code for d in lecture.diagnostics] == [
        "valeur/accents-repares", "valeur/accents-abimes"
    ]  # fmt: skip


def test_an_xml_that_is_utf_8_is_read_so_whatever_it_says(reader: Reader) -> None:
    content = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><BEE_ELEVES><DONNEES><ELEVES><ELEVE '
        'ELEVE_ID="1"><NOM>CÔTÉ</NOM><PRENOM>Zoé</PRENOM></ELEVE></ELEVES></DONNEES></BEE_ELEVES>'
    )
    lecture = reader.read(content.encode())

    assert [(e.nom, e.prenom) for e in lecture.eleves] == [("CÔTÉ", "Zoé")]
    assert lecture.diagnostics == ()


XML = (
    '<?xml version="1.0" encoding="UTF-8"?><BEE_ELEVES><DONNEES><ELEVES><ELEVE ELEVE_ID="1">'
    "<NOM>CÔTÉ</NOM><PRENOM>Zoé</PRENOM></ELEVE></ELEVES></DONNEES></BEE_ELEVES>"
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (XML.encode("cp1252"),
         ["le fichier n'est pas en UTF-8 : « CÔTÉ » est lu comme du Windows-1252"]),
        (XML.replace(' encoding="UTF-8"', "").encode("mac_roman"),
         ["le fichier n'est pas tout entier en UTF-8 : « CÔTÉ » est lu comme du "
          "« CSV (Macintosh) »"]),
        (XML.replace("UTF-8", "windows-1252").encode("cp1252"), []),
        (XML.replace("UTF-8", "UTF-16").encode("utf-16"), []),
        (XML.encode("utf-8-sig"), []),
    ],
)  # fmt: skip
def test_an_xml_is_read_in_the_encoding_that_it_has(
    reader: Reader, content: bytes, said: list[str]
) -> None:
    lecture = reader.read(content)

    assert [(e.nom, e.prenom) for e in lecture.eleves] == [("CÔTÉ", "Zoé")]
    assert [d.message for d in lecture.diagnostics] == said


BEGINNINGS = (
    "",
    "#N/A",
    "Err:502",
    "=A1",
    "-",
    "?",
    "à définir",
    "En cours",
    "NÉANT",
    "non renseigné",
)


@given(st.sampled_from(BEGINNINGS), st.text("aéèÉÔœ’ -/?=1", max_size=6))
def test_what_is_plain_is_printed_as_the_long_way_would(beginning: str, rest: str) -> None:
    text = beginning + rest

    assert clean_cell(text) == clean_cell(f" {text}")
    if is_plain(text):
        assert explain_cell(text, text) is None


@pytest.mark.parametrize("name", ["Ernest", "Recoules", "Nonette", "À la Une", "N’Guessan", "Ève"])
def test_a_name_that_begins_as_nothing_does_is_a_name(name: str) -> None:
    assert clean_cell(name) == name

"""Divisions and labels of MEF, known however they are written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.domain.projet import Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.pupils import Reason, Roster
from pfmp_cli.lists.spellings import Names, find_label
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.text import fold

DIVISIONS = {
    "TMCV1": Division(classe="terminale", option="B"),
    "1 Élec-2": Division(classe="premiere", option="A"),
    "2nde MRC": Division(classe="seconde"),
}
# The national table's labels of 40 characters, those of the référentiel being shorter.
LONG = {
    "2NDPRO MET. RELATION CLIENT 2NDE COMMUNE": ("seconde", ""),
    "1ERPRO MET.COM.VEN.OP.A ANI.GES.ESP.COM.": ("premiere", "A"),
    "TLEPRO MET.COM.VEN.OP.B PR.CL.VA.OF.COM.": ("terminale", "B"),
}


def respell(draw: st.DrawFn, text: str) -> str:
    """The same letters, in any case, with or without their accents, amid signs that are none."""
    gaps = st.sampled_from(["", "", " ", ".", "-", " - ", "_", "\u00a0", "°", "’"])
    letters = []
    for letter in text:
        if letter.isalnum():
            bare = unicodedata.normalize("NFD", letter)[0]
            letter = draw(st.sampled_from([letter, letter.lower(), letter.upper(), bare]))
            letters.append(letter + draw(gaps))
    return draw(gaps) + "".join(letters)


@st.composite
def spellings_of_a_division(draw: st.DrawFn) -> tuple[str, str]:
    name = draw(st.sampled_from(list(DIVISIONS)))
    return name, respell(draw, name)


@given(spellings_of_a_division())
def test_a_division_is_known_however_it_is_written(case: tuple[str, str]) -> None:
    name, written = case

    assert Names(DIVISIONS).find(written) == name


@given(st.sampled_from(list(DIVISIONS)), st.data())
def test_a_slip_is_near_the_division_that_is_meant_and_is_not_it(
    name: str, data: st.DataObject
) -> None:
    word, place = fold(name), data.draw(st.integers(1, len(fold(name)) - 2))
    exchanged = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    slip = data.draw(
        st.sampled_from([word[:place] + "z" + word[place:], word[:place] + word[place + 1 :],
                         exchanged])
    )  # fmt: skip
    if slip != word:
        assert Names(DIVISIONS).find(slip) == ""
        assert Names(DIVISIONS).find_near(slip) == name


@pytest.mark.parametrize("other", ["TMCV2", "1MCV1", "PMCV1", "T1", "TGATL", "", "2MRC1"])
def test_another_number_or_level_is_another_division(other: str) -> None:
    assert Names(["TMCV1"]).find_near(other) == ""


def test_two_divisions_that_read_alike_are_told_apart_by_their_exact_names() -> None:
    names = Names(["T MCV", "TMCV"])

    assert [names.find(text) for text in ("T MCV", "TMCV", "t-mcv")] == ["T MCV", "TMCV", ""]


@st.composite
def spellings_of_a_label(draw: st.DrawFn) -> tuple[str, tuple[str, str]]:
    label = draw(st.sampled_from(list(LONG)))
    start = draw(st.integers(26, len(label)))
    return respell(draw, label[:start]), LONG[label]


@given(spellings_of_a_label())
def test_every_beginning_of_a_whole_label_is_its_class_and_option(
    case: tuple[str, tuple[str, str]],
) -> None:
    written, said = case
    labels = {fold(label): said for label, said in LONG.items()}

    assert find_label(labels, written) == said


@pytest.mark.parametrize("label", LONG)
def test_less_than_half_of_a_label_may_be_another_s(label: str) -> None:
    labels, whole = {fold(label): LONG[label]}, fold(label)
    said = [find_label(labels, whole[:length]) for length in range(1, len(whole) + 1)]

    assert said.index(LONG[label]) + 1 == max(12, -(-len(whole) // 2))
    assert set(said[said.index(LONG[label]) :]) == {LONG[label]}


def test_the_long_label_of_the_nomenclature_is_known_by_its_beginning(
    referentiel: Referentiel,
) -> None:
    labels = make_schema(referentiel).labels

    assert {label: find_label(labels, label) for label in LONG} == LONG
    assert find_label(labels, "TLEPRO MET.COM.VEN.OP.BIS") == ("", "")


def test_a_label_cut_before_the_option_says_the_class_alone(referentiel: Referentiel) -> None:
    labels = make_schema(referentiel).labels

    assert find_label(labels, "TLEPRO MET.COM.VEN.O") == ("terminale", "")
    assert {find_label(labels, cut) for cut in ("TLEPRO MET.", "TLEPRO", "")} == {("", "")}


# In a list


def read(referentiel: Referentiel, rows: str, titles: str = "nom;prenom;division") -> Roster:
    projet = Projet(divisions={"TMCV1": Division(classe="terminale", option="B")})
    content = f"{titles}\n{rows}".encode()
    roster = read_eleves("c", content, make_schema(referentiel, projet))
    return enrol(roster, referentiel, projet.divisions, Selection())


def test_pupils_of_one_division_spelt_twice_are_of_one_division(referentiel: Referentiel) -> None:
    roster = read(referentiel, "A;B;TMCV1\nC;D;tmcv1\nE;F;T MCV-1\n")

    assert {eleve.values["eleve.division"] for eleve in roster.eleves} == {"TMCV1"}
    assert {eleve.enrolment.option for eleve in roster.eleves if eleve.enrolment} == {"B"}
    assert (roster.left_out, roster.diagnostics, roster.unclear) == ((), (), ())


def test_a_misspelt_division_is_told_with_the_pupil_and_the_one_meant(
    referentiel: Referentiel,
) -> None:
    roster = read(referentiel, "A;B;TMCV1\nRIVIÈRE;Léo;TMVC1\nC;D;1MELEC1\n")

    assert [one.reason for one in roster.left_out] == [Reason.OTHER] * 2
    assert [(str(d.position), d.is_error, d.message) for d in roster.unclear] == [
        ("c:3:13", False, "la division « TMVC1 » de « RIVIÈRE Léo » n'est pas dans pfmp.yaml, "
         "« TMCV1 » y est"),
    ]  # fmt: skip


def test_a_whole_division_beside_ours_is_no_slip(referentiel: Referentiel) -> None:
    rows = "A;B;TMCV1\n" + "".join(f"C;D{n};TMAV1\n" for n in range(24))

    assert read(referentiel, rows).unclear == ()


def test_a_label_too_short_to_tell_is_told_with_the_one_it_may_be(referentiel: Referentiel) -> None:
    roster = read(referentiel, "A;B;TLEPRO MET.\n", "nom;prenom;mef")

    assert [d.message for d in roster.unclear] == [
        "le MEF « TLEPRO MET. » n'est pas au référentiel, « TLEPRO MET.COM.VEN.OP.A » y est : "
        "1 élève est laissé de côté (A B)"
    ]

"""What a document is known by: it changes with all that it is made of, and says none of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pfmp_cli.lists.pupils import Eleve
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.identifiers import make_identifier
from pfmp_cli.planning.plan import PlannedDocument

KEY = bytes(range(16))


def planned(
    path: str = "TMCV1/NOM_Lea_grille-1.pdf", letter: str = "", **values: str
) -> PlannedDocument:
    edition = Edition("grille", "terminale", "B", periode="1")
    eleve = Eleve(
        2, values, "NOM", "Léa", date(2008, 5, 4), "TMCV1", "", "", frozenset(), letter=letter
    )
    return PlannedDocument(edition, eleve, path)


def tell(
    document: PlannedDocument, key: bytes = KEY, year: str = "2026-2027", master: str = "m"
) -> list[str]:
    identifier = make_identifier(document, key, "MCV", year, master)
    assert re.fullmatch("[0-9A-Z]{8}-[0-9A-Z]{5}-[0-9A-Z]{4}", identifier)
    return identifier.split("-")


def changed(document: PlannedDocument, **others: object) -> list[bool]:
    """Which of the three parts are no longer those of the usual document."""
    said = tell(document, **others)  # type: ignore[arg-type]
    return [new != old for new, old in zip(said, tell(planned()), strict=True)]


def test_each_part_is_of_one_thing() -> None:
    one = planned()
    assert changed(one) == [False, False, False]
    autre = one._replace(eleve=one.eleve._replace(nom="AUTRE"))
    assert changed(autre) == [True, False, False]
    for other in (
        {"periode": "2"},
        {"periode": None},
        {"option": "A"},
        {"option": None},
        {"classe": "premiere"},
        {"document": "x"},
    ):
        edition = replace(one.edition, **other)  # type: ignore[arg-type]
        path = f"TMCV1/NOM_Lea_{edition.label}.pdf"
        assert changed(one._replace(edition=edition, path=path)) == [False, True, False], other
    assert changed(planned("TMCV1/NOM_Lea_grille-1b.pdf", "b")) == [False, True, False]
    assert changed(one, year="2027-2028") == [False, True, False]
    assert changed(one, master="n") == [False, False, True]
    assert changed(one, key=bytes(16)) == [True, True, True]


def test_a_pupil_keeps_theirs_in_another_division_and_at_another_place_in_the_list() -> None:
    first = tell(planned(**{"eleve.ine": "123456789AB"}))
    other = planned("AUTRE/NOM_Lea_2_grille-1.pdf", **{"eleve.ine": "123 456 789 ab"})
    assert tell(other) == first
    assert tell(planned("AUTRE/NOM_Lea_grille-1.pdf")) == tell(planned())


def test_an_ine_of_two_pupils_does_not_make_them_one() -> None:
    one, other = (planned(**{"eleve.ine": "néant"}) for _ in range(2))
    other = other._replace(eleve=other.eleve._replace(nom="AUTRE"))
    assert tell(one)[0] != tell(other)[0]


def test_namesakes_are_told_apart() -> None:
    one = planned()
    younger = one._replace(eleve=one.eleve._replace(date_naissance=date(2009, 1, 1)))
    bare = one._replace(eleve=one.eleve._replace(date_naissance=None))
    second = bare._replace(path="TMCV1/NOM_Lea_2_grille-1.pdf")
    assert len({tell(document)[0] for document in (one, younger, bare, second)}) == 4

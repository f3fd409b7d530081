"""What there is to lay out, and what a blank document is called."""

from __future__ import annotations

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Document, Edition, list_editions


def test_each_class_option_and_set_of_variants_is_an_edition(referentiel: Referentiel) -> None:
    assert list(list_editions(referentiel, [Document("livret")])) == [
        Edition("livret", "seconde"),
        *(
            Edition("livret", "premiere", option, frozenset(variantes))
            for option in "AB"
            for variantes in ([], ["primo_entrant"])
        ),
        *(
            Edition("livret", "terminale", option, frozenset(variantes))
            for option in "AB"
            for variantes in ([], ["insertion"])
        ),
    ]


def test_a_document_by_period_is_an_edition_for_each_period_that_one_has(
    referentiel: Referentiel,
) -> None:
    made = list(list_editions(referentiel, [Document("grille", by_periode=True)]))

    assert [(one.periode, sorted(one.variantes)) for one in made if one.classe == "premiere"] == [
        *(("1", []), ("2", [])),
        *(("1", ["primo_entrant"]), ("2", ["primo_entrant"]), ("3", ["primo_entrant"])),
    ] * 2
    assert [one.periode for one in made if one.classe == "seconde"] == ["1", "2"]


def test_what_evaluates_for_the_exam_is_of_the_periods_that_count_for_it(
    referentiel: Referentiel,
) -> None:
    kinds = [Document("grille", True, certificative=True), Document("attestation", True)]
    made = [one for one in list_editions(referentiel, kinds) if one.classe == "terminale"]

    assert {one.label for one in made if not one.variantes} == {
        *("grille-1", "grille-2", "attestation-1", "attestation-2")
    }
    assert {one.label for one in made if one.variantes} == {
        *("grille-1", "grille-2", "attestation-1", "attestation-2", "attestation-3")
    }


@pytest.mark.parametrize(
    ("edition", "name"),
    [
        (Edition("livret", "seconde"), "livret-seconde.pdf"),
        (Edition("grille", "premiere", "A", periode="2"), "grille-2-premiere-A.pdf"),
        (
            Edition("livret", "premiere", "B", frozenset({"primo_entrant", "accueil"})),
            "livret-premiere-B-accueil-primo-entrant.pdf",
        ),
    ],
)
def test_a_blank_document_is_called_after_what_tells_it_from_others(
    edition: Edition, name: str
) -> None:
    assert edition.file_name == name


def test_a_document_without_a_name_for_people_is_called_by_its_template() -> None:
    assert Document("bilan").names == ("document « bilan »", "documents « bilan »")
    assert Document("grille", singular="grille", plural="grilles").names == ("grille", "grilles")

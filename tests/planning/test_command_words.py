"""What the words of a command line choose: an edition, documents, a format, schemas."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.planning.command_words import (
    choose,
    choose_among,
    choose_documents,
    choose_edition,
    choose_word,
)
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.rules.selection_rules import UNKNOWN_FORMAT
from tests.reading import load_referentiel

LIVRET, GRILLE = Document("livret"), Document("grille", by_periode=True)
PRIMO = "primo_entrant"


@pytest.mark.parametrize(
    ("document", "words", "variantes", "expected"),
    [
        (LIVRET, ("seconde", None), (), Edition("livret", "seconde")),
        (LIVRET, ("terminale", "B"), (), Edition("livret", "terminale", "B")),
        (
            LIVRET,
            ("premiere", "A"),
            (PRIMO,),
            Edition("livret", "premiere", "A", frozenset({PRIMO})),
        ),
        (
            LIVRET,
            ("premiere", "A"),
            ("Primo entrant",),
            Edition("livret", "premiere", "A", frozenset({PRIMO})),
        ),
        (LIVRET, ("terminale", "A"), (PRIMO,), Edition("livret", "terminale", "A")),
        (LIVRET, ("terminale", "A", "2"), (), Edition("livret", "terminale", "A")),
        (GRILLE, ("terminale", "A", "2"), (), Edition("grille", "terminale", "A", periode="2")),
        (GRILLE, ("premiere", "B"), (), Edition("grille", "premiere", "B", periode="1")),
    ],
)
def test_a_blank_document_is_that_of_the_words(
    referentiel: Referentiel,
    document: Document,
    words: tuple[str | None, ...],
    variantes: tuple[str, ...],
    expected: Edition,
) -> None:
    assert choose_edition(document, referentiel, choose(referentiel, *words), variantes) == expected


def test_an_unknown_variant_is_refused(referentiel: Referentiel) -> None:
    with pytest.raises(WrongUsage) as refused:
        choose_edition(LIVRET, referentiel, Selection("premiere", "A"), ["redoublant"])

    assert said(refused.value) == [
        ("variante « redoublant » inconnue", "écrivez primo_entrant ou insertion")
    ]


INSERTION = (
    "la période « 3 » ne compte pas pour le diplôme : elle n'a pas de grille",
    "écrivez --period 1 ou 2",
)
OF_PRIMO = (
    "la période « 3 » est celle de la variante « primo-entrant »",
    "ajoutez --variante primo_entrant, ou écrivez --period 1 ou 2",
)


@pytest.mark.parametrize(
    ("classe", "variantes", "told"),
    [
        ("premiere", (), OF_PRIMO),
        ("premiere", (PRIMO,), None),
        ("terminale", (), INSERTION),
        ("terminale", ("insertion",), INSERTION),
    ],
)
def test_a_period_that_has_no_such_sheet_is_refused_with_what_helps(
    referentiel: Referentiel,
    classe: str,
    variantes: tuple[str, ...],
    told: tuple[str, str] | None,
) -> None:
    grille = Document("grille", by_periode=True, certificative=True)
    words = choose(referentiel, classe, "A", "3")
    if told is None:
        assert choose_edition(grille, referentiel, words, variantes).periode == "3"
        return
    with pytest.raises(WrongUsage) as refused:
        choose_edition(grille, referentiel, words, variantes)

    assert said(refused.value) == [told]


def test_an_option_of_no_class_yet_is_kept_for_the_class_file(referentiel: Referentiel) -> None:
    assert choose(referentiel, None, "B") == Selection(None, "B")
    assert choose(referentiel, "terminale", None) == Selection("terminale", None)
    assert choose(referentiel, "terminale", "A", "Période 2") == Selection("terminale", "A", "2")


def test_without_a_class_any_class_may_have_the_period(referentiel: Referentiel) -> None:
    assert choose(referentiel, None, None, "3") == Selection(periode="3")
    with pytest.raises(WrongUsage) as refused:
        choose(referentiel, "seconde", None, "3")
    assert said(refused.value) == [("période « 3 » inconnue", "écrivez 1 ou 2")]


def test_words_of_one_diploma_choose_nothing_of_another(
    referentiel: Referentiel, tmp_path: Path
) -> None:
    """`tests/autre_diplome` has « long » and « court », not « terminale »."""
    both = [referentiel, load_referentiel(Path("tests/autre_diplome/referentiel.yaml"))]

    assert choose_among(both, "terminale", "B") == [Selection("terminale", "B"), None]
    with pytest.raises(WrongUsage) as refused:
        choose_among(both, "quatrième", None)
    assert len(said(refused.value)) == len(both)
    with pytest.raises(WrongUsage) as refused:
        choose_among([referentiel] * 2, "quatrième", None)
    assert len(said(refused.value)) == 1  # the same is said once


@pytest.mark.parametrize(
    ("words", "code", "codes"),
    [
        (("terminale", None), "commande/sans-option", "A ou B"),
        (("seconde", "A"), "commande/option-inutile", ""),
        (("premiere", "Z"), "commande/option-hors-classe", "A ou B"),
    ],
)
def test_an_option_that_is_missing_or_not_the_class_s_is_refused_with_those_there_are(
    referentiel: Referentiel, words: tuple[str, str | None], code: str, codes: str
) -> None:
    with pytest.raises(WrongUsage) as refused:
        choose_edition(LIVRET, referentiel, Selection(*words))

    (found,) = refused.value.diagnostics
    assert (found.rule.code, dict(found.values).get("codes")) == (code, codes)


def test_a_comma_too_many_names_no_document_and_no_word_at_all_is_refused() -> None:
    known = {"livret": LIVRET, "grille": GRILLE}

    assert choose_documents(known, ",grille,, livret ,") == [GRILLE, LIVRET]
    with pytest.raises(WrongUsage) as refused:
        choose_documents(known, " , ")
    assert said(refused.value)[0] == ("document «  » inconnu", "écrivez livret ou grille")


def test_a_format_is_written_as_it_is() -> None:
    assert choose_word("json", ["text", "json"], UNKNOWN_FORMAT) == "json"
    with pytest.raises(WrongUsage) as refused:
        choose_word("jsn", ["text", "json"], UNKNOWN_FORMAT)

    assert said(refused.value) == [("format « jsn » inconnu", "vouliez-vous dire « json » ?")]


def said(refusal: WrongUsage) -> list[tuple[str, str | None]]:
    return [(one.message, one.help) for one in refusal.diagnostics]

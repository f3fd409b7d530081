"""What a printed value must look like: each rule, with good and bad values."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.diagnostics import Position
from pfmp_cli.lists.cells import Refusal, read_date
from pfmp_cli.lists.columns import PLACEMENT_COLUMNS, PUPIL_COLUMNS, READ_COLUMNS
from pfmp_cli.lists.value_checks import (
    check_birth_date,
    check_of,
    is_luhn,
    start_of_year,
)
from pfmp_cli.rules.value_rules import NOT_A_SIRET

RENTREE = date(2025, 9, 1)
DIX = "écrivez ses dix chiffres, ou + et l'indicatif du pays"
CINQ = "vérifiez-le : cinq chiffres seuls"
NOM_DOMAINE = "écrivez nom@domaine.fr"
CLE = "recopiez-le : un chiffre est faux, ou deux sont échangés"
ANNEE = "corrigez l'année de naissance, ou « annee_scolaire » dans pfmp.yaml"


def told(champ: str, texte: str, rentree: date | None = RENTREE) -> str | None:
    """« message | aide », None for a value that is right."""
    fault = check_value(champ, texte, rentree)
    diagnostic = fault.at(Position("c")) if fault else None
    return f"{diagnostic.message} | {diagnostic.help}" if diagnostic else None


def check_value(champ: str, texte: str, rentree: date | None = None) -> Refusal | None:
    if champ == "eleve.date_naissance":
        return check_birth_date(read_date(texte), rentree)
    check = check_of(champ)
    return check(texte) if check else None


# Which fields have a rule


def test_every_column_that_needs_a_rule_has_it():
    tables = (PUPIL_COLUMNS, PLACEMENT_COLUMNS, READ_COLUMNS)
    ruled = {nom for table in tables for nom in table if check_of(f"pfmp1.{nom}")}
    assert ruled == {
        "siret", "code_postal", "telephone", "courriel", "tuteur_telephone", "tuteur_courriel",
        "responsable_telephone", "responsable_courriel", "professeur_telephone",
        "professeur_courriel", "autre_responsable_courriel",
    }  # fmt: skip


def test_any_text_will_do_elsewhere():
    assert check_value("eleve.nom", "06 12") is None
    assert check_value("pfmp1.tuteur", "@") is None


def test_a_fault_is_a_warning_at_a_place():
    position = Position("c.csv", 2)
    fault = check_value("pfmp1.siret", "12")
    assert fault is not None
    diagnostic = fault.at(position)
    assert (diagnostic.rule, diagnostic.position) == (NOT_A_SIRET, position)
    assert not diagnostic.is_error


def test_what_a_cell_holds_is_no_part_of_the_words():
    fault = check_value("eleve.courriel", "zoe@b,fr")
    assert fault is not None
    assert fault.at(Position("c")).masked == "… n'est pas une adresse électronique"


# SIRET


@pytest.mark.parametrize(
    "texte",
    [
        "00000011700010",
        "000 000 117 00010",
        "000.000.117-00010",
        "35600000000048",  # the head office of La Poste: Luhn's key
        "35600000009075",  # one of its establishments: digits that sum to 35
    ],
)
def test_a_right_siret(texte: str):
    assert told("pfmp2.siret", texte) is None


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        (
            "000 000 117 00011",
            f"le SIRET « 000 000 117 00011 » est faux : sa clé de contrôle ne convient pas | {CLE}",
        ),
        (
            "35600000009076",
            f"le SIRET « 35600000009076 » est faux : sa clé de contrôle ne convient pas | {CLE}",
        ),
        (  # its digits sum to 35 too, and it is not La Poste's
            "35600000109074",
            f"le SIRET « 35600000109074 » est faux : sa clé de contrôle ne convient pas | {CLE}",
        ),
        (
            "000000117",
            "« 000000117 » est un SIREN : il y manque cinq chiffres"
            " | écrivez le SIRET de l'établissement, 14 chiffres",
        ),
        (
            "3,56E+13",
            "le tableur a arrondi le SIRET « 3,56E+13 »"
            " | mettez la colonne au format texte, et retapez les 14 chiffres",
        ),
        (
            "1234567890011",
            "il manque des chiffres au début de « 1234567890011 »"
            " | si le tableur a ôté des zéros, écrivez 01234567890011",
        ),
        (
            "à venir",
            "« à venir » n'est pas un SIRET : il y faut 14 chiffres"
            " | recopiez-le, ou laissez la cellule vide",
        ),
        (
            "١" * 14,
            f"« {'١' * 14} » n'est pas un SIRET : il y faut 14 chiffres"
            " | recopiez-le, ou laissez la cellule vide",
        ),
        (
            "1" * 100,
            f"« {'1' * 39}… » n'est pas un SIRET : il y faut 14 chiffres"
            " | recopiez-le, ou laissez la cellule vide",
        ),
    ],
)
def test_a_wrong_siret(texte: str, expected: str):
    assert told("pfmp1.siret", texte) == expected


def with_key(digits: str) -> str:
    return next(digits + key for key in "0123456789" if is_luhn(digits + key))


SIRETS = st.from_regex(r"[0-9]{13}", fullmatch=True, alphabet="0123456789").map(with_key)
NOT_LA_POSTE = SIRETS.filter(lambda siret: not siret.startswith("3560000"))


def luhn_as_defined(chiffres: str) -> bool:
    """Every second digit from the right, doubled, less nine from ten on."""
    total = 0
    for rank, chiffre in enumerate(reversed(chiffres)):
        value = int(chiffre) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@given(st.text("0123456789", min_size=1, max_size=20))
def test_luhn_is_luhn(chiffres: str):
    assert is_luhn(chiffres) == luhn_as_defined(chiffres)


@given(NOT_LA_POSTE, st.integers(0, 13), st.integers(1, 9))
def test_any_wrong_digit_of_a_siret_is_caught(siret: str, place: int, more: int):
    wrong = siret[:place] + str((int(siret[place]) + more) % 10) + siret[place + 1 :]
    assert told("pfmp1.siret", siret) is None
    if not wrong.startswith("356000000"):
        assert told("pfmp1.siret", wrong) is not None


@given(NOT_LA_POSTE, st.integers(0, 12))
def test_two_neighbours_exchanged_are_caught_but_zero_and_nine(siret: str, place: int):
    two = siret[place : place + 2]
    wrong = siret[:place] + two[::-1] + siret[place + 2 :]
    same = two[0] == two[1] or set(two) == {"0", "9"}
    if not wrong.startswith("356000000"):
        assert (told("pfmp1.siret", wrong) is None) == same


@given(st.integers(0, 99_999))
def test_la_poste_has_a_key_of_its_own(nic: int):
    siret = f"356000000{nic:05}"
    right = sum(map(int, siret)) % 5 == 0 or luhn_as_defined(siret)
    assert (told("pfmp1.siret", siret) is None) == right


# Postcodes


@pytest.mark.parametrize(
    "texte",
    ["12000", "01000", "95880", "20000", "20620", "97100", "97490", "97500", "97600", "97700",
     "97800", "98000", "98600", "98713", "98800", "75 008", "00100", "19999"],
)  # fmt: skip
def test_a_right_postcode(texte: str):
    assert told("eleve.code_postal", texte) is None


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        (
            "1000",
            "il manque des chiffres au début de « 1000 »"
            " | si le tableur a ôté des zéros, écrivez 01000",
        ),
        ("0100", f"« 0100 » n'est pas un code postal | {CINQ}"),
        ("750001", f"« 750001 » n'est pas un code postal | {CINQ}"),
        ("75008 PARIS", f"« 75008 PARIS » n'est pas un code postal | {CINQ}"),
        ("B-1000", f"« B-1000 » n'est pas un code postal | {CINQ}"),
        ("١٢٠٠٠", f"« ١٢٠٠٠ » n'est pas un code postal | {CINQ}"),
        ("2A004", f"« 2A004 » n'est pas un code postal | {CINQ}"),
        *(
            (texte, f"« {texte} » n'est pas un code postal | {CINQ}")
            for texte in ("96000", "99100", "97000", "97900", "98100", "98999")
        ),
    ],
)
def test_a_wrong_postcode(texte: str, expected: str):
    assert told("pfmp1.code_postal", texte) == expected


@given(st.integers(1_000, 9_999))
def test_the_zero_proposed_makes_a_postcode(number: int):
    said = told("pfmp1.code_postal", str(number))
    assert said is not None
    assert told("pfmp1.code_postal", said.rpartition(" ")[2]) is None


# Telephones


@pytest.mark.parametrize(
    "texte",
    [
        "0639980001", "06 39 98 00 01", "05.36.49.00.12", "05-36-49-00-12", "05/36/49/00/12",
        "0 825 08 08 08", "0800 123 456", "3949", "39 49", "1013",
        "+33 5 36 49 00 12", "+33536490012", "0033 5 36 49 00 12", "+33 (0)5 36 49 00 12",
        "0590 12 34 56", "0692 12 34 56", "0262 12 34 56", "+262 692 12 34 56", "0508 41 12 34",
        "26 12 34", "+687 26 12 34", "87 12 34 56", "+689 87 12 34 56",
        "+41 22 123 45 67", "+44 20 7946 0018", "0044 20 7946 0018", "+376 812 345",
        "05 36 49 00 12 (bureau)", "05/36/49/00/12 (accueil)", "05 36 49 00 12 poste 14",
        "Tél. : 05 36 49 00 12", "05 36 49 00 12 / 06 39 98 00 01", "0536490012/0639980001",
        "05 36 49 00 12 ou 06 39 98 00 01", "05 36 49 00 12\n06 39 98 00 01",
    ],
)  # fmt: skip
def test_a_right_telephone(texte: str):
    assert told("eleve.responsable_telephone", texte) is None


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        (
            "612345678",
            "il manque des chiffres au début de « 612345678 »"
            " | si le tableur a ôté des zéros, écrivez 06 12 34 56 78",
        ),
        (
            "6 12 34 56 78",
            "il manque des chiffres au début de « 6 12 34 56 78 »"
            " | si le tableur a ôté des zéros, écrivez 06 12 34 56 78",
        ),
        *(
            (texte, f"« {texte} » n'est pas un numéro de téléphone | {DIX}")
            for texte in (
                "06 39 98 00", "06 39 98 00 01 2", "O6 39 98 00 01", "06 39 98 00 0a", "néant",
                "00 00 00 00 00", "+", "+999 123", "+33 6 39 98 00", "+33 06 39 98 00 012",
                "123456", "15", "a@b.fr", "٠٦٣٩٩٨٠٠٠١", "(((((((", "+41 1",
            )
        ),
        (
            "05 36 49 00 12 ou 06 39",
            f"« 06 39 » n'est pas un numéro de téléphone | {DIX}",
        ),
    ],
)  # fmt: skip
def test_a_wrong_telephone(texte: str, expected: str):
    assert told("pfmp1.tuteur_telephone", texte) == expected


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_a_number_of_any_country_is_right_with_its_prefix(region: str):
    example = phonenumbers.example_number(region)
    assert example is not None
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    assert told("eleve.telephone", phonenumbers.format_number(example, style)) is None


@given(st.text(st.sampled_from("0123456789+() .-/aé;,\n"), min_size=1, max_size=60))
def test_any_text_is_judged(texte: str):
    for champ in ("pfmp1.siret", "pfmp1.code_postal", "pfmp1.telephone", "pfmp1.courriel"):
        assert told(champ, texte) != ""


@given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True, alphabet="0123456789"))
def test_the_zero_proposed_makes_a_telephone(nine: str):
    said = told("eleve.telephone", nine)
    assert said is not None
    assert told("eleve.telephone", said.partition("écrivez ")[2]) is None


def test_numbers_of_france_are_judged_without_the_library_of_telephones():
    code = (
        "import sys; from pfmp_cli.lists.value_checks import check_of as r; "
        "t = r('eleve.telephone'); t('06 39 98 00 01'); t('+33 6 39 98 00 01'); t('639980001'); "
        "r('eleve.courriel')('x'); r('pfmp1.siret')('1'); "
        "print('phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# E-mail


@pytest.mark.parametrize(
    "texte",
    [
        "a@b.fr", "prenom.nom@ac-toulouse.fr", "j.o+stages@trois-tilleuls.example",
        "O'Brien@sous.domaine.co.uk", "a@xn--caf-dma.fr", "a@café.fr",
        "a@b.fr ; c@d.fr", "a@b.fr, c@d.fr", "a@b.fr / c@d.fr", "a@b.fr\nc@d.fr", "a@b.fr c@d.fr",
        "a@b.fr ou c@d.fr",
    ],
)  # fmt: skip
def test_a_right_address(texte: str):
    assert told("pfmp1.courriel", texte) is None


@pytest.mark.parametrize(
    ("texte", "aide"),
    [
        ("marie@b,fr", "vouliez-vous écrire « marie@b.fr » ?"),
        ("marie,k@b.fr", "vouliez-vous écrire « marie.k@b.fr » ?"),
        ("marie @b.fr", "vouliez-vous écrire « marie@b.fr » ?"),
        ("marie@b. fr", "vouliez-vous écrire « marie@b.fr » ?"),
        ("marie kern@b.fr", NOM_DOMAINE),
        ("marie.b.fr", NOM_DOMAINE),
        ("hélène@b.fr", NOM_DOMAINE),
        ("<marie@b.fr>", "vouliez-vous écrire « marie@b.fr » ?"),
        ("marie@b.fr.", "vouliez-vous écrire « marie@b.fr » ?"),
        ("marie..k@b.fr", NOM_DOMAINE),
        (".marie@b.fr", "vouliez-vous écrire « marie@b.fr » ?"),
        ("marie@b", NOM_DOMAINE),
        ("marie@@b.fr", NOM_DOMAINE),
        ("marie@-b.fr", NOM_DOMAINE),
        ("marie@b.f", NOM_DOMAINE),
        ("@", NOM_DOMAINE),
        ("a@b.fr;", "vouliez-vous écrire « a@b.fr » ?"),
    ],
)
def test_a_wrong_address(texte: str, aide: str):
    expected = f"« {texte} » n'est pas une adresse électronique | {aide}"
    assert told("eleve.responsable_courriel", texte) == expected


@given(st.emails(domains=st.sampled_from(["b.fr", "ac-x.example", "sous.domaine.co.uk"])))
def test_addresses_of_the_standard_are_right(texte: str):
    if not re.search("[/;,]", texte):
        assert told("eleve.courriel", texte) is None


@given(st.text(st.sampled_from("aé@., -;"), min_size=1, max_size=40))
def test_what_is_proposed_is_right(texte: str):
    said = told("eleve.courriel", texte)
    if said and (proposed := re.search("vouliez-vous écrire « (.*) »", said)):
        assert told("eleve.courriel", proposed[1]) is None


@pytest.mark.parametrize("texte", ["a." * 900, "a@" + "a-" * 900, "@" * 1800, "a@" + "b." * 900])
def test_a_long_text_that_is_no_address_is_told_at_once(texte: str):
    assert told("eleve.courriel", texte) is not None


# Birth dates


@pytest.mark.parametrize("texte", ["05/03/2008", "2008-03-05", "31/08/2012", "02/09/1985"])
def test_a_likely_birth_date(texte: str):
    assert told("eleve.date_naissance", texte) is None


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        ("01/09/1985", "né(e) le 01/09/1985, l'élève n'a pas entre 13 et 39 ans au début"),
        ("01/09/2012", None),
        ("02/09/2012", "né(e) le 02/09/2012, l'élève n'a pas entre 13 et 39 ans au début"),
        ("01/09/2025", "né(e) le 01/09/2025, l'élève n'a pas entre 13 et 39 ans au début"),
        ("02/09/2025", "né(e) le 02/09/2025, l'élève n'a pas entre 13 et 39 ans au début"),
        ("2108-03-05", "né(e) le 05/03/2108, l'élève n'a pas entre 13 et 39 ans au début"),
    ],
)
def test_a_birth_date_against_the_school_year(texte: str, expected: str | None):
    full = expected and f"{expected} de l'année scolaire 2025-2026 | {ANNEE}"
    assert told("eleve.date_naissance", texte) == full


def test_without_a_school_year_any_date_will_do():
    assert told("eleve.date_naissance", "05/03/2024", None) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_birthdays_of_pupils_are_those_of_thirteen_to_thirty_nine_years(born: date):
    old_enough = born <= date(2012, 9, 1)
    young_enough = born > date(1985, 9, 1)
    assert (told("eleve.date_naissance", f"{born}") is None) == (old_enough and young_enough)


def test_the_school_year_begins_in_september():
    assert start_of_year("2025-2026") == date(2025, 9, 1)
    assert start_of_year(None) is None

"""What a printed value must look like: SIRET, postcode, telephone, e-mail, birth date.

All faults are warnings, and the value is printed as it is typed. An error would leave the
pupil out, and a booklet that is missing is worse than a digit put right with a pen; `--strict`
is for those who want none of it. What cannot be read at all is not judged here: the reader
refuses it (`cells`).
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TypeAlias

from pfmp_cli.diagnostics import Rule
from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.dates import OLDEST, YOUNGEST, is_pupils_birth
from pfmp_cli.rules import value_rules as rules
from pfmp_cli.text import fold

DOUBLES = str.maketrans("0123456789", "0246813579")  # 7 doubled is 14, whose digits sum to 5
SIREN_LA_POSTE = "356000000"
COUNTRY_CODE, REGIONS_WITHOUT_ZERO = 33, ("NC", "PF", "WF")
LENGTHS_WITHOUT_ZEROS = (12, 13)  # of a SIRET that begins with one or two

SEPARATORS = str.maketrans(dict.fromkeys(" .-"))
JOINTS = str.maketrans(dict.fromkeys(" .-/"))
ROUNDED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
POSTCODE = re.compile(r"(?=[0-9]{5}$)(?:[0-8]|9[0-5]|97[1-8]|98[046-8])[0-9]+")
# As dialled in France and overseas, four-digit services among them; then from abroad.
NATIONAL = re.compile(r"0[1-9][0-9]{8}|[13][0-9]{3}|(?:\+|00)33[1-9][0-9]{8}")
WITHOUT_ZERO = re.compile(r"[1-9][0-9]{8}")
NOTE = re.compile(r"\([^()0-9]*\)|\bposte\s*[0-9]+|^t[ée]l\.?\s*:?", re.IGNORECASE)
SEVERAL_NUMBERS = re.compile(r"\s*(?:[/;,\n]|\bou\b|\bet\b)\s*", re.IGNORECASE)
DIGITS_OF_NUMBER = re.compile(r"[0-9+(][0-9 ().\-/]*")
# Of one address: no dot at the ends of its parts, none twice, no accent before the @.
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
)
SEVERAL_ADDRESSES = re.compile(r"\s*[;,/\n]\s*|\s+(?:ou|et)\s+| +")


ValueCheck: TypeAlias = Callable[[str], Refusal | None]


@cache
def check_of(field: str) -> ValueCheck | None:
    """The check of a field (`pfmp1.siret`, `eleve.courriel`), None where any text will do.

    It is given the text as `clean_cell` leaves it, not empty.
    """
    return next((check for name, check in _CHECKS.items() if field.endswith(name)), None)


def is_abroad(pays: str) -> bool:
    """Whether a country is named, and another than France."""
    return fold(pays) not in ("", "france", "fr")


def start_of_year(annee_scolaire: str | None) -> date | None:
    """`2025-2026` → 1 September 2025."""
    return date(int(annee_scolaire[:4]), 9, 1) if annee_scolaire else None


def check_birth_date(born: date, year_start: date | None) -> Refusal | None:
    """Whether a pupil born then is of an age to be one, on the first day of the school year."""
    if year_start is None or is_pupils_birth(born, year_start):
        return None
    year = f"{year_start.year}-{year_start.year + 1}"
    ages = {"youngest": YOUNGEST, "oldest": OLDEST}
    return Refusal(rules.UNLIKELY_AGE, born=f"{born:%d/%m/%Y}", year=year, **ages)


def check_siret(text: str) -> Refusal | None:
    """Fourteen digits and their key. Source: INSEE's Luhn, and La Poste's sum of digits."""
    digits = text.translate(SEPARATORS)
    whole = digits.zfill(14)
    if _is_number(digits, 14):
        return None if is_luhn(digits) or _is_la_poste(digits) else _fault(rules.SIRET_WRONG, text)
    if ROUNDED.fullmatch(text):
        return _fault(rules.SIRET_ROUNDED, text)
    if _is_number(digits, 9):
        return _fault(rules.SIREN, text)
    if len(digits) in LENGTHS_WITHOUT_ZEROS and _is_number(whole, 14) and is_luhn(whole):
        return _fault(rules.ZEROS_LOST, text, proposed=whole)
    return _fault(rules.NOT_A_SIRET, text)


def is_luhn(digits: str) -> bool:
    """Whether the digits, every other one doubled from the last but one, sum to tens."""
    return sum(map(int, digits[-2::-2].translate(DOUBLES) + digits[-1::-2])) % 10 == 0


def check_postcode(text: str) -> Refusal | None:
    """Five digits that begin as a department's do, overseas and Corsica included."""
    digits = text.replace(" ", "")
    if _is_number(digits, 4) and digits[0] != "0":
        return _fault(rules.ZEROS_LOST, text, proposed=f"0{digits}")
    return None if POSTCODE.fullmatch(digits) else _fault(rules.NOT_A_POSTCODE, text)


def check_telephone(text: str) -> Refusal | None:
    """One number or several, of France, overseas or abroad, with or without a note."""
    if _is_national(text) or _is_national(without_note := NOTE.sub("", text).strip()):
        return None
    return next(filter(None, map(_check_number, SEVERAL_NUMBERS.split(without_note))), None)


def check_address(text: str) -> Refusal | None:
    """One e-mail address or several, of a reasonable form."""
    if ADDRESS.fullmatch(text) or all(map(ADDRESS.fullmatch, SEVERAL_ADDRESSES.split(text))):
        return None
    mended = re.sub(r"\s*([@.])\s*", r"\1", text.replace(",", ".")).strip(".;:<>")
    if mended != text and ADDRESS.fullmatch(mended):
        advice = f"vouliez-vous écrire « {mended} » ?"
    else:
        advice = "écrivez nom@domaine.fr"
    return _fault(rules.NOT_AN_ADDRESS, text, advice=advice)


def _fault(rule: Rule, text: str, **values: object) -> Refusal:
    return Refusal(rule, text=cite(text), **values)


def _check_number(text: str) -> Refusal | None:
    digits = text.translate(JOINTS)
    if WITHOUT_ZERO.fullmatch(digits):
        proposed = " ".join(re.findall("..", f"0{digits}"))
        return _fault(rules.ZEROS_LOST, text, proposed=proposed)
    if _is_national(text) or (DIGITS_OF_NUMBER.fullmatch(text) and _is_foreign(text)):
        return None
    return _fault(rules.NOT_A_TELEPHONE, text)


def _is_national(text: str) -> bool:
    return NATIONAL.fullmatch(text.translate(JOINTS)) is not None


def _is_foreign(text: str) -> bool:
    """Whether it is a number of another country, or of a territory whose numbers have no zero."""
    import phonenumbers

    try:
        if not text.startswith(("+", "00")):
            numbers = (phonenumbers.parse(text, region) for region in REGIONS_WITHOUT_ZERO)
            return any(map(phonenumbers.is_valid_number, numbers))
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return False
    if number.country_code == COUNTRY_CODE:  # here the numbers of any length are « possible »
        return WITHOUT_ZERO.fullmatch(str(number.national_number)) is not None
    return phonenumbers.is_possible_number(number)


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _is_la_poste(digits: str) -> bool:
    """Its establishments have another key: their digits sum to a multiple of five."""
    return digits.startswith(SIREN_LA_POSTE) and sum(map(int, digits)) % 5 == 0


# By the end of a column's name: `tuteur_telephone` is one as well.
_CHECKS: dict[str, ValueCheck] = {
    "siret": check_siret,
    "code_postal": check_postcode,
    "telephone": check_telephone,
    "courriel": check_address,
}

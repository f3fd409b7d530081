"""What a printed value must look like: SIRET, postcode, telephone, e-mail, birth date.

All faults are warnings, and the value is printed as it is typed. An error would leave the
pupil out, and a booklet that is missing is worse than a digit put right with a pen; `--strict`
is for those who want none of it. What cannot be read at all is not judged here: the reader
refuses it (`cellules`).

Each rule is a function of the text alone, remembered: companies come back from pupil to pupil.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from pfmp_cli.diagnostics import Diagnostic, Position, warning
from pfmp_cli.domain.choices import age_on
from pfmp_cli.lists.cells import cite

RETENUES = 65_536
DOUBLES = str.maketrans("0123456789", "0246813579")  # 7 doubled is 14, whose digits sum to 5
SIREN_LA_POSTE = "356000000"
AGE_TROP_JEUNE, AGE_TROP_VIEUX = 12, 40
INDICATIF, REGIONS_SANS_ZERO = 33, ("NC", "PF", "WF")
ZEROS_PERDUS = 2  # that a SIRET may begin with

SEPARE = str.maketrans(dict.fromkeys(" .-"))
LIAISONS = str.maketrans(dict.fromkeys(" .-/"))
ARRONDI = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
DEPARTEMENT = re.compile(r"(?:0[0-9]|[1-8][0-9]|9[0-5]|97[1-8]|98[046-8])[0-9]+")
INSEE_CORSE = re.compile(r"2[ABab][0-9]{3}")
# As dialled in France and overseas, four-digit services among them; then from abroad.
NATIONAL = re.compile(r"0[1-9][0-9]{8}|[13][0-9]{3}|(?:\+|00)33[1-9][0-9]{8}")
SANS_ZERO = re.compile(r"[1-9][0-9]{8}")
NOTE = re.compile(r"\([^()0-9]*\)|\bposte\s*[0-9]+|^t[ée]l\.?\s*:?", re.IGNORECASE)
PLUSIEURS_NUMEROS = re.compile(r"\s*(?:[/;,\n]|\bou\b|\bet\b)\s*", re.IGNORECASE)
CHIFFRES_DE_NUMERO = re.compile(r"[0-9+(][0-9 ().\-/]*")
# Of one address: no dot at the ends of its parts, none twice, no accent before the @.
COURRIEL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
)
PLUSIEURS_COURRIELS = re.compile(r"\s*[;,/\n]\s*|\s+(?:ou|et)\s+| +")


@dataclass(frozen=True, slots=True)
class ValueFault:
    """What is wrong with a value, and what to do about it."""

    message: str
    help: str

    def at(self, position: Position) -> Diagnostic:
        return warning(self.message, position, self.help)


ValueCheck: TypeAlias = Callable[[str], ValueFault | None]


def rule_of(field: str) -> ValueCheck | None:
    """The rule of a field (`pfmp1.siret`, `eleve.courriel`), None where any text will do.

    It is given the text as `clean_cell` leaves it, not empty. Of many values, ask for it once.
    """
    return _REGLES.get(field[field.rfind(".") + 1 :].rpartition("_")[2])


def start_of_year(annee_scolaire: str | None) -> date | None:
    """`2025-2026` → 1 September 2025."""
    return date(int(annee_scolaire[:4]), 9, 1) if annee_scolaire else None


def check_naissance(naissance: date, rentree: date | None) -> ValueFault | None:
    """Whether a pupil born then is of an age to be one, on the first day of the school year."""
    if rentree is None:
        return None
    age = age_on(naissance, rentree)
    if AGE_TROP_JEUNE < age < AGE_TROP_VIEUX:
        return None
    ecrit = f"{naissance:%d/%m/%Y}"
    year = f"l'année scolaire {rentree.year}-{rentree.year + 1}"
    if age < 0:
        message = f"la date de naissance {ecrit} vient après le début de {year}"
    else:
        message = f"né(e) le {ecrit}, l'élève a {age} ans au début de {year}"
    return ValueFault(
        message, "corrigez l'année de naissance, ou « annee_scolaire » dans pfmp.yaml"
    )


@lru_cache(RETENUES)
def check_siret(text: str) -> ValueFault | None:
    """Fourteen digits and their key. Source: INSEE's Luhn, and La Poste's sum of digits."""
    digits = text.translate(SEPARE)
    if ARRONDI.fullmatch(text):
        return ValueFault(f"le tableur a arrondi le SIRET {cite(text)}",
                     "mettez la colonne au format texte, et retapez les 14 chiffres")  # fmt: skip
    if not _is_number(digits, 14):
        return _not_a_siret(text, digits)
    if is_luhn(digits) or _is_la_poste(digits):
        return None
    return ValueFault(f"le SIRET {cite(text)} est faux : sa clé de contrôle ne convient pas",
                 "recopiez-le : un chiffre est faux, ou deux sont échangés")  # fmt: skip


def is_luhn(digits: str) -> bool:
    """Whether the digits, every other one doubled from the last but one, sum to tens."""
    return sum(map(int, digits[-2::-2].translate(DOUBLES) + digits[-1::-2])) % 10 == 0


@lru_cache(RETENUES)
def check_code_postal(text: str) -> ValueFault | None:
    """Five digits that begin as a department's do, overseas and Corsica included."""
    digits = text.replace(" ", "")
    if INSEE_CORSE.fullmatch(digits):
        return ValueFault(f"{cite(text)} est un code de commune, pas un code postal",
                     "en Corse, le code postal commence par 20")  # fmt: skip
    if _is_number(digits, 4) and digits[0] != "0":
        return ValueFault(f"le code postal {cite(text)} n'a que quatre chiffres",
                     f"si le tableur a ôté le zéro du début, écrivez 0{digits}")  # fmt: skip
    if not _is_number(digits, 5):
        return ValueFault(
            f"{cite(text)} n'est pas un code postal", "écrivez ses cinq chiffres seuls"
        )
    if DEPARTEMENT.fullmatch(digits):
        return None
    return ValueFault(f"aucun code postal ne commence comme {cite(text)}", "vérifiez les chiffres")


@lru_cache(RETENUES)
def check_telephone(text: str) -> ValueFault | None:
    """One number or several, of France, overseas or abroad, with or without a note."""
    if _is_national(text) or _is_national(sans_note := NOTE.sub("", text).strip()):
        return None
    return next(filter(None, map(_check_number, PLUSIEURS_NUMEROS.split(sans_note))), None)


@lru_cache(RETENUES)
def check_courriel(text: str) -> ValueFault | None:
    """One address or several, of a reasonable form."""
    if COURRIEL.fullmatch(text) or all(map(COURRIEL.fullmatch, PLUSIEURS_COURRIELS.split(text))):
        return None
    repare = re.sub(r"\s*([@.])\s*", r"\1", text.replace(",", ".")).strip(".;:<>")
    if repare != text and COURRIEL.fullmatch(repare):
        help = f"vouliez-vous écrire « {repare} » ?"
    else:
        help = "écrivez nom@domaine.fr"
    return ValueFault(f"{cite(text)} n'est pas une adresse électronique{_why(text)}", help)


def _why(text: str) -> str:
    """What of an address that is none is easily shown."""
    if "@" not in text:
        return " : il y manque l'arobase (@)"
    if "," in text:
        return " : elle contient une virgule"
    if re.search(r"\s", text):
        return " : elle contient une espace"
    if not text.partition("@")[0].isascii():
        return " : elle contient une lettre accentuée"
    return ""


def _check_number(text: str) -> ValueFault | None:
    digits = text.translate(LIAISONS)
    if SANS_ZERO.fullmatch(digits):
        paires = " ".join(re.findall("..", f"0{digits}"))
        return ValueFault(f"le numéro de téléphone {cite(text)} n'a que neuf chiffres",
                     f"si le tableur a ôté le zéro du début, écrivez {paires}")  # fmt: skip
    if _is_national(text) or (CHIFFRES_DE_NUMERO.fullmatch(text) and _is_foreign(text)):
        return None
    return ValueFault(f"{cite(text)} n'est pas un numéro de téléphone",
                 "écrivez ses dix chiffres, ou + et l'indicatif du pays")  # fmt: skip


def _is_national(text: str) -> bool:
    return NATIONAL.fullmatch(text.translate(LIAISONS)) is not None


def _is_foreign(text: str) -> bool:
    """Whether it is a number of another country, or of a territory whose numbers have no zero."""
    import phonenumbers

    try:
        if not text.startswith(("+", "00")):
            numbers = (phonenumbers.parse(text, region) for region in REGIONS_SANS_ZERO)
            return any(map(phonenumbers.is_valid_number, numbers))
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return False
    if number.country_code == INDICATIF:  # here the numbers of any length are « possible »
        return SANS_ZERO.fullmatch(str(number.national_number)) is not None
    return phonenumbers.is_possible_number(number)


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _not_a_siret(text: str, digits: str) -> ValueFault:
    if _is_number(digits, 9):
        return ValueFault(f"{cite(text)} est un SIREN : il y manque cinq chiffres",
                     "écrivez le SIRET de l'établissement, 14 chiffres")  # fmt: skip
    entier = digits.zfill(14)
    perdus = len(entier) - len(digits)
    if 0 < perdus <= ZEROS_PERDUS and _is_number(entier, 14) and is_luhn(entier):
        return ValueFault(f"le SIRET {cite(text)} n'a que {len(digits)} chiffres",
                     f"si le tableur a ôté le zéro du début, écrivez {entier}")  # fmt: skip
    return ValueFault(f"{cite(text)} n'est pas un SIRET : il y faut 14 chiffres",
                 "recopiez-le, ou laissez la cellule vide")  # fmt: skip


def _is_la_poste(digits: str) -> bool:
    """Its establishments have another key: their digits sum to a multiple of five."""
    return digits.startswith(SIREN_LA_POSTE) and sum(map(int, digits)) % 5 == 0


_REGLES: dict[str, ValueCheck] = {
    "siret": check_siret,
    "postal": check_code_postal,
    "telephone": check_telephone,
    "courriel": check_courriel,
}

"""The text of a cell → what it means, or why it is refused."""

from __future__ import annotations

import re
from datetime import date

from pfmp_cli.text import fold

OUI_OU_NON = {
    **dict.fromkeys(("oui", "o", "x", "1", "vrai"), True),
    **dict.fromkeys(("non", "n", "0", "faux"), False),
}
# SIECLE writes 1 and 2.
SEXES_ECRITS = {
    **dict.fromkeys(("f", "feminin", "fille", "femme", "2"), "F"),
    **dict.fromkeys(("m", "masculin", "garcon", "g", "homme", "h", "1"), "M"),
}
LONGUEUR_MAXIMALE = 2000
LONGUEUR_CITEE = 40
CONTROLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
DATE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# A word of a name: letters, held together by hyphens, apostrophes or modifier letters (ʻ).
MOT = re.compile(r"['’ʻ]?[^\W\d_]+(?:[-'’ʻ.][^\W\d_]+)*['’ʻ.]?")


class Refusal(Exception):
    """What is wrong with a cell, and what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message, self.help = message, help


def cite(text: str) -> str:
    """The beginning of a cell on one line, between « »: 40 characters at most."""
    words = " ".join(text.split())
    return f"« {words if len(words) <= LONGUEUR_CITEE else words[: LONGUEUR_CITEE - 1] + '…'} »"


def check_text(text: str) -> Refusal | None:
    """What stops a text from being printed."""
    if findings := CONTROLE.search(text):
        return Refusal(
            f"le texte contient un caractère de contrôle (U+{ord(findings[0]):04X})",
            "retapez le texte de la cellule",
        )
    if len(text) > LONGUEUR_MAXIMALE:
        return Refusal(
            f"le texte fait {len(text)} caractères ; {LONGUEUR_MAXIMALE} au plus sont lus",
            "raccourcissez-le",
        )
    return None


def read_date(text: str) -> date:
    """A date of birth, as `read_jour` has it. Raises Refus."""
    naissance = read_jour(text)
    if naissance.year < 1900:
        raise Refusal(f"personne n'est né le « {text} »", "corrigez l'année")
    return naissance


def read_jour(text: str) -> date:
    """`05/03/2008` or `2008-03-05`. Raises Refus."""
    if trouve := DATE.fullmatch(text):
        jour, month, year = map(int, trouve.groups())
    elif trouve := DATE_ISO.fullmatch(text):
        year, month, jour = map(int, trouve.groups())
    else:
        message = f"{cite(text)} n'est pas une date de la forme JJ/MM/AAAA"
        raise Refusal(message, "écrivez par exemple 05/03/2008")
    try:
        return date(year, month, jour)
    except ValueError:
        raise Refusal(
            f"« {text} » n'est pas au calendrier", "corrigez le jour ou le mois"
        ) from None


def read_oui(text: str) -> bool:
    """Raises Refus for what is neither yes nor no."""
    answer = OUI_OU_NON.get(fold(text))
    if answer is None:
        raise Refusal(f"{cite(text)} ne dit ni oui ni non", "écrivez oui ou non")
    return answer


def read_sexe(text: str) -> str:
    """`F` or `M`. Raises Refus."""
    sexe = SEXES_ECRITS.get(fold(text))
    if sexe is None:
        message = f"sexe {cite(text)} inconnu : les textes de l'élève ne s'accordent pas"
        raise Refusal(message, "écrivez F ou M, ou laissez la cellule vide")
    return sexe


def split_name(text: str) -> tuple[str, str] | None:
    """`DE LA FONTAINE Marie-Claire` → names of family and given; None where it is a guess.

    Safe: words in capitals, then words that are not, nothing else. One capital letter at the
    seam may be either (`MARTIN J Paul`).
    """
    words = text.split()
    if not all(map(MOT.fullmatch, words)):
        return None
    capitales = [word.isupper() for word in words]
    seuil = capitales.index(False) if False in capitales else 0
    if not seuil or any(capitales[seuil:]):
        return None
    if seuil > 1 and len(words[seuil - 1].strip(".'’ʻ")) == 1:
        return None
    return " ".join(words[:seuil]), " ".join(words[seuil:])

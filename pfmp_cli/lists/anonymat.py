"""A list with invented people in the place of the real ones, for demonstrations.

A pupil becomes the person of the row's rank, so nothing leads back to who is in the row, and
the same list always gives the same people. What is not known to name no one is invented or
left blank: a column that is new here shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.lists.formats.csv import fold
from pfmp_cli.lists.personnages import COMMUNES, ENTREPRISES, FONCTIONS, NOMS, PRENOMS, VOIES
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.lists.value_checks import is_luhn
from pfmp_cli.planning.file_names import slug

if TYPE_CHECKING:
    from pfmp_cli.lists.mef import OtherPupil

GARDES = frozenset({"eleve.division", "eleve.classe", "eleve.option"})
AGE, NAISSANCES = 18, 1095  # the oldest's, in years; days that births are spread over
CACHE = "***"
NOMBRE = re.compile(r"\d\d/\d\d/\d{4}|\d(?:[ .]?\d){4,}")  # a date, a telephone, a SIRET


def anonymise(lecture: Roster, annee: int, publics: Collection[str]) -> Roster:
    """The list with invented pupils, whose messages cite none of it but `publics`.

    `annee` is the year that they turn 16 to 18 in.
    """
    debut = date(annee - AGE, 1, 1)
    eleves = tuple(_disguise(eleve, rang, debut) for rang, eleve in enumerate(lecture.eleves))
    mots = frozenset(map(fold, (*publics, *(eleve.division for eleve in eleves))))
    known = {field.name: getattr(lecture, field.name) for field in fields(lecture)}
    known["eleves"] = eleves
    known["diagnostics"] = tuple(_hide(diagnostic, mots) for diagnostic in lecture.diagnostics)
    return _LectureDiscrete(**known, mots=mots)


@contextmanager
def hide_refusals(publics: Collection[str]) -> Iterator[None]:
    """What refuses the whole list cites none of it either."""
    try:
        yield
    except InputRefused as refusal:
        mots = frozenset(map(fold, publics))
        hidden = [_hide(diagnostic, mots) for diagnostic in refusal.diagnostics]
        raise type(refusal)(hidden) from None


@dataclass(frozen=True, slots=True)
class _LectureDiscrete(Roster):
    """A list whose positions say where, and show nothing."""

    mots: frozenset[str] = frozenset()

    def position(self, eleve: Eleve | OtherPupil, champ: str) -> Position:
        return _hide_excerpt(Roster.position(self, eleve, champ), self.mots)


def _hide(diagnostic: Diagnostic, mots: Collection[str]) -> Diagnostic:
    position, aide = diagnostic.position, diagnostic.help
    return Diagnostic(
        diagnostic.severity,
        _hide_text(diagnostic.message, mots),
        position and _hide_excerpt(position, mots),
        aide and _hide_text(aide, mots),
    )


def _hide_excerpt(position: Position, mots: Collection[str]) -> Position:
    repere = position.label if fold(position.label or "") in mots else None
    return replace(position, excerpt=None, label=repere)


def _hide_text(text: str, mots: Collection[str]) -> str:
    """`text` without the numbers in it, and with *** from the first word cited that is not of
    `mots` to the last of all: what is cited may itself hold « and »."""
    debut = text.find("«")
    while debut >= 0:
        fin = text.find("»", debut)
        if fin < 0 or fold(text[debut:fin]) not in mots:
            _, fermant, reste = text[debut:].rpartition("»")
            text = text[:debut] + f"« {CACHE} »" + (reste if fermant else "")
            break
        debut = text.find("«", fin)
    return NOMBRE.sub(CACHE, text)


def _disguise(eleve: Eleve, rang: int, debut: date) -> Eleve:
    """The person of that rank, with a value wherever the pupil has one."""
    sexe = eleve.values.get("eleve.sexe", "")
    nom, prenom = _name(rang, sexe)
    naissance = debut + timedelta(days=rang * 389 % NAISSANCES)
    invented = {
        **_invent_pupil(rang, nom, prenom, sexe),
        "eleve.date_naissance": f"{naissance:%d/%m/%Y}",
        **{champ: eleve.values[champ] for champ in GARDES & eleve.values.keys()},
    }
    for periode in {champ.partition(".")[0] for champ in eleve.values} - {"eleve"}:
        company = _invent_company(rang + len(ENTREPRISES) // 2 * _number(periode))
        invented |= {f"{periode}.{champ}": texte for champ, texte in company.items()}
    return replace(
        eleve,
        values={champ: invented[champ] for champ in eleve.values if invented.get(champ)},
        nom=nom,
        prenom=prenom,
        date_naissance=naissance if eleve.date_naissance else None,
    )


def _number(periode: str) -> int:
    return int("0" + "".join(filter(str.isdecimal, periode)))


def _name(rang: int, sexe: str) -> tuple[str, str]:
    """No two ranks have the same until every name has met every first name."""
    noms, prenoms = len(NOMS), PRENOMS[sexe]
    return NOMS[rang % noms], prenoms[(rang + rang // noms) % len(prenoms)]


def _invent_pupil(rang: int, nom: str, prenom: str, sexe: str) -> dict[str, str]:
    parent = _name(rang + 7, "F" if rang % 3 else "M")[1]
    professeur = _name(11 * (rang % 5) + 3, "")
    code, ville = COMMUNES[rang % len(COMMUNES)]
    return {
        "eleve.nom": nom,
        "eleve.prenom": prenom,
        "eleve.sexe": sexe,
        "eleve.ine": f"{rang + 1:09d}AA",
        "eleve.adresse": _address(rang),
        "eleve.code_postal": code,
        "eleve.ville": ville,
        "eleve.telephone": _telephone("06 39 98", 2 * rang),
        "eleve.courriel": _mail((nom, prenom), "eleves"),
        "eleve.responsable_nom": f"{nom} {parent}",
        "eleve.responsable_telephone": _telephone("06 39 98", 2 * rang + 1),
        "eleve.responsable_courriel": _mail((nom, parent), "familles"),
        "eleve.professeur_referent": _sign(professeur),
        "eleve.professeur_telephone": _telephone("05 36 49", rang % 5),
        "eleve.professeur_courriel": _mail(professeur, "lycee"),
    }


def _invent_company(rang: int) -> dict[str, str]:
    nom, activite, courriel = ENTREPRISES[rang % len(ENTREPRISES)]
    code, ville = COMMUNES[rang % len(ENTREPRISES) % len(COMMUNES)]
    tuteur = _name(rang + 19, "F" if rang % 2 else "M")
    return {
        "entreprise": nom,
        "adresse": _address(rang % len(ENTREPRISES) + 3),
        "code_postal": code,
        "ville": ville,
        "telephone": _telephone("05 36 49", 10 + rang % len(ENTREPRISES)),
        "courriel": f"accueil@{courriel}.example",
        "siret": _siret(rang % len(ENTREPRISES) + 1),
        "activite": activite,
        "responsable": _sign(_name(rang % len(ENTREPRISES) + 31, "")),
        "responsable_fonction": "Direction",
        "tuteur": _sign(tuteur),
        "tuteur_fonction": FONCTIONS[rang % len(FONCTIONS)],
        "tuteur_telephone": _telephone("06 39 98", 5000 + rang),
        "tuteur_courriel": _mail(tuteur, courriel),
    }


def _address(rang: int) -> str:
    return VOIES[rang % len(VOIES)].format(rang % 89 + 1)


def _telephone(prefixe: str, numero: int) -> str:
    return f"{prefixe} {numero // 100 % 100:02d} {numero % 100:02d}"


def _sign(name: tuple[str, str]) -> str:
    return f"{name[1]} {name[0]}"


def _mail(name: tuple[str, str], domaine: str) -> str:
    return f"{slug(name[1])}.{slug(name[0])}@{domaine}.example".lower()


def _siret(numero: int) -> str:
    """A number of the right form (Luhn's sum of its first 9 digits, and of all 14)."""
    siren = _close(f"000{numero:05d}")
    return _close(f"{siren}{1:04d}")


def _close(digits: str) -> str:
    """`digits` and the one that makes a Luhn number of them."""
    return next(number for last in range(10) if is_luhn(number := f"{digits}{last}"))

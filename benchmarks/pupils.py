"""Invented pupils, with every field that a class file may have; they share next to no value."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pfmp_cli.lists.value_checks import is_luhn

T = TypeVar("T")

PUPILS_PER_DIVISION = 30

_STARTS = ("Bar", "Cor", "Del", "Fal", "Gré", "Hou", "Jal", "Lam", "Mar", "Nor", "Per", "Quel")
_MIDDLES = ("a", "en", "i", "ou", "e", "an", "o", "ai", "il", "et")
_JOINTS = ("", "ra", "ti", "mou", "lé", "no", "cha", "vi", "sa", "bo", "dé", "gui")
_ENDS = ("bert", "mont", "quier", "vel", "dois", "ziau", "rand", "court", "tin", "lier", "gnac")
_GIVEN = ("Inès", "Noé", "Zoé", "Malo", "Chloé", "Théo", "Maëlle", "Gaël", "Aya", "Loïc", "Élise")
_STREETS = ("des Ormes", "du Vieux-Lavoir", "de la Gare", "des Écoles", "Saint-Roch", "des Lilas")
_TRADES = (
    "Jardinerie",
    "Librairie",
    "Quincaillerie",
    "Mercerie",
    "Optique",
    "Épicerie",
    "Sellerie",
)
_SECTORS = ("commerce de détail", "vente en gros", "vente à distance", "services aux clients")
_POSTS = ("responsable de magasin", "chef de rayon", "gérant", "directrice adjointe")

# What SIECLE's lists call the classes and options, and how divisions are named here. Not those of
# `examples/pfmp.yaml`: the MEF alone says the class.
_FORMATIONS = (
    ("2NDPRO MET. RELATION CLIENT 2NDE COMMUNE", "2RC"),
    ("1ERPRO MET.COM.VEN.OP.A", "1VA"),
    ("1ERPRO MET.COM.VEN.OP.B", "1VB"),
    ("TLEPRO MET.COM.VEN.OP.A", "TVA"),
    ("TLEPRO MET.COM.VEN.OP.B", "TVB"),
)


def make_pupils(count: int) -> Iterator[dict[str, str]]:
    """`count` pupils of terminale B by column title; the same ones at each call."""
    for number in range(count):
        yield _make_pupil(number) | _make_placement(number, "1") | _make_placement(number, "2")


def write_class_file(path: Path, count: int) -> None:
    """The pupils as a class file (CSV, as a French spreadsheet writes it)."""
    pupils = list(make_pupils(count))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, pupils[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(pupils)


def write_siecle_file(path: Path, count: int) -> None:
    """The pupils as SIECLE's list of a school, in every class and option in turn."""
    with path.open("w", encoding="iso-8859-1", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        options = [f"OPT{number}" for number in range(1, 13)]
        writer.writerow(("NOM", "PRENOM", "SEXE", "NE(E) LE", "MEF", "DIV.", "REG.", *options,
                         "DIV. PREC.", "Doublant"))  # fmt: skip
        for number in range(count):
            pupil, (mef, stem) = _make_pupil(number), _pick(_FORMATIONS, number)
            division = f"{stem}{number // (PUPILS_PER_DIVISION * len(_FORMATIONS)) + 1}"
            writer.writerow((
                pupil["nom"], pupil["prenom"], pupil["sexe"], pupil["date_naissance"], mef,
                f'="{division}"', "DP DAN", "AGL1", "ESP2", *[""] * 10, '="2X"', "N",
            ))  # fmt: skip


def _make_pupil(number: int) -> dict[str, str]:
    family, given = _family_name(number), _pick(_GIVEN, number)
    teacher = f"{_pick(_GIVEN, number + 7)} {_family_name(number * 3 + 1)}"
    return {
        "nom": family.upper(),
        "prenom": given,
        "date_naissance": f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/{2007 + number % 2}",
        "sexe": "FM"[number % 2],
        "division": f"TMCV-{number // PUPILS_PER_DIVISION + 1:03}",
        "classe": "terminale",
        "option": "B",
        "adresse": f"{number % 180 + 1} rue {_pick(_STREETS, number // 180)}",
        "code_postal": f"{19000 + number % 900:05}",
        "ville": f"{_family_name(number * 5)}-sur-Lune",
        "telephone": _phone("06", number),
        "courriel": f"eleve.{number:05}@trois-tilleuls.example",
        "responsable_nom": f"{_pick(_GIVEN, number + 3)} {family}",
        "responsable_telephone": _phone("07", number),
        "responsable_courriel": f"famille.{number:05}@courrier.example",
        "professeur_referent": teacher,
        "professeur_telephone": _phone("05", number),
        "professeur_courriel": f"prof.{number:05}@trois-tilleuls.example",
        "ine": f"{number:09}AB",
    }


def _make_placement(number: int, period: str) -> dict[str, str]:
    seed = number * 2 + int(period)
    tutor = f"{_pick(_GIVEN, seed + 11)} {_family_name(seed * 7)}"
    manager = f"{_pick(_GIVEN, seed + 5)} {_family_name(seed * 11)}"
    placement = {
        "entreprise": f"{_pick(_TRADES, seed)} {_family_name(seed * 13)}",
        "adresse": f"{seed % 199 + 1} avenue {_pick(_STREETS, seed // 199)}",
        "code_postal": f"{19000 + seed % 900:05}",
        "ville": f"{_family_name(seed * 17)}-la-Vallée",
        "telephone": _phone("05", seed + 50_000),
        "courriel": f"contact.{seed:05}@boutique.example",
        "siret": _siret(f"{seed:09}0001"),
        "activite": _pick(_SECTORS, seed),
        "responsable": manager,
        "responsable_fonction": _pick(_POSTS, seed),
        "tuteur": tutor,
        "tuteur_fonction": _pick(_POSTS, seed + 1),
        "tuteur_telephone": _phone("06", seed + 50_000),
        "tuteur_courriel": f"tuteur.{seed:05}@boutique.example",
    }
    return {f"pfmp{period}_{column}": value for column, value in placement.items()}


def _family_name(seed: int) -> str:
    """One of 15,840 invented names (`Barabert`, `Cororaquier`)."""
    seed, start = divmod(seed, len(_STARTS))
    seed, end = divmod(seed, len(_ENDS))
    seed, middle = divmod(seed, len(_MIDDLES))
    return _STARTS[start] + _MIDDLES[middle] + _pick(_JOINTS, seed) + _ENDS[end]


def _siret(digits: str) -> str:
    return next(f"{digits}{key}" for key in range(10) if is_luhn(f"{digits}{key}"))


def _phone(prefix: str, seed: int) -> str:
    digits = f"{seed * 97 % 10**8:08}"
    return " ".join([prefix, *(digits[start : start + 2] for start in range(0, 8, 2))])


def _pick(things: Sequence[T], seed: int) -> T:
    return things[seed % len(things)]

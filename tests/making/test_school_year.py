"""A school of 300, a third of whom have something of a real year: every document is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from pfmp_cli.calendar.weeks import format_date
from tests.commande import CommandLine

PUPILS = 300
CALENDAR = {"1": ("2025-11-24", "2025-12-13"), "2": ("2026-01-12", "2026-01-31")}
SCHOOL = """annee_scolaire: 2025-2026
calendrier:
  periodes:
    seconde: [{du: 2025-11-24, au: 2025-12-13}, {du: 2026-01-12, au: 2026-01-31}]
    terminale: [{du: 2025-11-24, au: 2025-12-13}, {du: 2026-01-12, au: 2026-01-31}]
divisions: {S1: {classe: seconde}, T1: {classe: terminale, option: B}}
"""
BY_STAGE = ("attestation", "presence", "visite")
DOCUMENTS = ("livret", "grille", *BY_STAGE)
WEEK = (0, 1, 2, 3, 4, 5)


class Part(NamedTuple):
    """Days in a company: from its first day to its last one, counted from the period's."""

    company: str
    first: int | None = None
    last: int | None = None
    jours: str = ""
    week: tuple[int, ...] = WEEK


# What there is in the second period, by what is particular in it.
PARTICULAR: dict[str, tuple[Part, ...]] = {
    "two companies": (Part("A", 0, 5), Part("B", 7, 18)),
    "a gap": (Part("A", 0, 2), Part("B", 7, 18)),
    "pieces": (Part("A", 0, 4), Part("A", 14, 18)),
    "other dates": (Part("A", 7, 25),),
    "longer": (Part("A", 0, 32),),
    "some days": (Part("A", jours="lundi, mardi et jeudi", week=(0, 1, 3)),),
    "a shared week": (
        Part("A", jours="lun-mar", week=(0, 1)),
        Part("B", jours="mercredi à vendredi", week=(2, 3, 4)),
    ),
    "unconcerned": (Part("non concerné(e)"),),
    "dispensed": (Part("Dispensé"),),
    "abroad": (Part("A"),),
    "a usual name": (Part("A"),),
    "arrives": (Part("A"),),
    "leaves": (),
    "a namesake": (Part("A"),),
    "no company": (),
}


@dataclass
class Pupil:
    number: int
    kind: str
    nom: str
    # By the period: the days in each company, in the order of their dates.
    stages: dict[str, dict[str, list[date]]] = field(default_factory=dict)

    @property
    def division(self) -> str:
        return "ST"[self.number % 2] + "1"

    def labels(self) -> set[str]:
        by_stage = (
            f"{name}-{code}{letter}"
            for code, companies in self.stages.items()
            for letter, _ in zip(("", "b"), companies, strict=False)
            for name in BY_STAGE
        )
        return {"livret", *(f"grille-{code}" for code in self.stages), *by_stage}


def word(number: int) -> str:
    """A word that no other number has: BABA, BABE…"""
    sounds = [f"{one}{two}" for one in "BDFGJLMNPRSTVZ" for two in "AEIOU"]
    return "".join(sounds[number // 70**power % 70] for power in (2, 1, 0))


def make_pupil(number: int) -> tuple[Pupil, dict[str, str], list[dict[str, str]]]:
    """A pupil, what the list says of them, and their rows of placements."""
    kinds = list(PARTICULAR)
    kind = kinds[number // 3 % len(kinds)] if number % 3 == 0 else "usual"
    nom = word(number - 3 if kind == "a namesake" else number)
    pupil = Pupil(number, kind, nom)
    born = f"{number % 28 + 1:02}/{number // 28 + 1:02}/2008"
    row = {"nom": nom, "prénom": "Zoé", "né(e) le": born, "division": pupil.division}
    row["nom d'usage"] = word(5000 + number) if kind == "a usual name" else ""
    row["date d'entrée"] = "15/12/2025" if kind == "arrives" else ""
    row["date de sortie"] = "20/12/2025" if kind == "leaves" else ""
    usual: dict[str, tuple[Part, ...]] = {"1": (Part("C"),)} if kind != "arrives" else {}
    second = {"2": PARTICULAR.get(kind, (Part("A"),))} if kind != "leaves" else {}
    rows = []
    for code, parts in (usual | second).items():
        start, end = map(date.fromisoformat, CALENDAR[code])
        for part in parts:
            if is_company := len(part.company) == 1:
                company = f"Magasin {word(10000 + 10 * number + ord(part.company) % 10)}"
            days = {"du": "", "au": ""}
            du, au = start, end
            if part.first is not None and part.last is not None:
                du, au = start + timedelta(part.first), start + timedelta(part.last)
                days = {"du": f"{du:%d/%m/%Y}", "au": f"{au:%d/%m/%Y}"}
            rows.append(
                {
                    **{name: row[name] for name in ("nom", "prénom", "né(e) le")},
                    **{"période": code, "entreprise": company if is_company else part.company},
                    **{**days, "jours": part.jours, "pays": "Irlande" if kind == "abroad" else ""},
                }
            )
            if is_company:
                every = (du + timedelta(n) for n in range((au - du).days + 1))
                there = [day for day in every if day.weekday() in part.week]
                pupil.stages.setdefault(code, {}).setdefault(company, []).extend(there)
        if not parts:
            every = (start + timedelta(n) for n in range((end - start).days + 1))
            pupil.stages[code] = {"": [day for day in every if day.weekday() in WEEK]}
    return pupil, row, rows


def write(path: str, rows: Sequence[dict[str, str]]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def read(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def find_faults(pupil: Pupil, label: str, text: str, words: set[str]) -> Iterator[str]:
    """What a document lacks of its pupil, or has of others; `words` are those of all."""
    name, _, rest = label.partition("-")
    code, letter = rest[:1], rest[1:]
    companies = pupil.stages.get(code) or {
        company: days for one in pupil.stages.values() for company, days in one.items()
    }
    if name in BY_STAGE:
        companies = dict([[*companies.items()][1 if letter else 0]])
    own = {pupil.nom, *(one.split()[-1] for one in companies if one)}
    found = words & set(re.findall("[A-Z]{6}", text))
    yield from (f"lacks {one}" for one in own - found)
    yield from (f"has {one} of another" for one in found - own)
    if name in ("presence", "livret"):
        days = [day for days in companies.values() for day in days]
        said = [format_date(day, avec_jour=True, avec_annee=False) for day in days]
        yield from (f"lacks {day}" for day in said if day not in text)
    if name == "presence":
        rows = re.findall(r"(?:lun|mar|jeu|same|mercre|vendre)di \d\d? [a-zé]+\b(?! 20)", text)
        yield from (f"has {day}" for day in rows if day not in said)


@pytest.mark.lent
def test_each_document_has_its_pupil_company_and_days_and_nobody_else_s(
    commande: CommandLine,
) -> None:
    Path("pfmp.yaml").write_text(SCHOOL, "utf-8")
    made = [make_pupil(number) for number in range(PUPILS)]
    write("eleves.csv", [row for _, row, _ in made])
    write("stages.csv", [row for *_, rows in made for row in rows])
    outcome = commande.batch("--stages", "stages.csv", "--documents", ",".join(DOCUMENTS))
    assert outcome.code == 0, outcome.err

    pupils = [pupil for pupil, *_ in made]
    companies = {one for p in pupils for stages in p.stages.values() for one in stages if one}
    words = {pupil.nom for pupil in pupils} | {one.split()[-1] for one in companies}
    expected, faults = set(), []
    for pupil in pupils:
        plain = f"{pupil.division}/{pupil.nom}_Zoe"
        later = any(plain == f"{one.division}/{one.nom}_Zoe" for one in pupils[: pupil.number])
        born = f"_2008-{pupil.number // 28 + 1:02}-{pupil.number % 28 + 1:02}" if later else ""
        for label in sorted(pupil.labels()):
            path = f"{plain}{born}_{label}.pdf"
            expected.add(path)
            found = find_faults(pupil, label, read(Path("documents", path)), words)
            faults += [f"{path} ({pupil.kind}) {fault}" for fault in found]

    assert faults == []
    assert {name for name in commande.files("documents") if name.endswith(".pdf")} == expected
    assert {pupil.kind for pupil in pupils} == {"usual", *PARTICULAR}

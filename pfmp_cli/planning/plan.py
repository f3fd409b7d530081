"""Which documents for whom, from which master, under which file name.

Nothing is read or written here: a plan is made of what `lists` read, and `press` and
`output` carry it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.choices import name_age
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.planning.editions import Document, Edition, editions_of
from pfmp_cli.text import slug

# Fields of a pupil, and of a placement, that no column has: `compose_values` makes them.
COMPOSED = ("nom_complet",)
COMPOSED_STAGE = ("age",)


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """One document to make: `path` is relative to the output folder, with `/`."""

    edition: Edition
    eleve: Eleve
    path: str

    @property
    def folder(self) -> str:
        """The folder of the pupil's division."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make, what is wrong with it, and how many pupils were left out.

    `left_out` by the choice, `others` because they are of another course of study.
    """

    documents: tuple[PlannedDocument, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: int
    others: int = 0

    def editions(self) -> list[Edition]:
        """The masters that the plan needs, in the order of their first use."""
        return list(dict.fromkeys(document.edition for document in self.documents))


def plan_documents(
    roster: Roster,
    referentiel: Referentiel,
    documents: Sequence[Document],
    periode: str | None = None,
) -> Plan:
    """The documents of each kind for every pupil who is enrolled (`enrol`).

    Of those that go by period, `periode` alone where it is given.
    """
    placed = [
        (eleve, Edition("", e.classe, e.option, e.variantes, dates=eleve.dates))
        for eleve in roster.eleves
        if (e := eleve.enrolment)
    ]
    planned = tuple(
        PlannedDocument(made, eleve, f"{stem}_{made.label}.pdf")
        for (eleve, edition), stem in zip(placed, _name_pupils(placed), strict=True)
        for made in editions_of(edition, documents, referentiel, periode)
    )
    return Plan(planned, roster.unclear, roster.not_chosen, len(roster.others))


def compose_values(eleve: Eleve, first_days: Mapping[int, date]) -> dict[str, str]:
    """A pupil's values by field name, with those that are made of others.

    `first_days` are those of the year's placements by their rank, as far as they are known.
    """
    values = {**eleve.values, "eleve.nom_complet": f"{eleve.nom} {eleve.prenom}"}
    if eleve.date_naissance:
        for rank, day in first_days.items():
            values[f"pfmp{rank}.age"] = name_age(eleve.date_naissance, day)
    return values


def _name_pupils(placed: Sequence[tuple[Eleve, Edition]]) -> Iterator[str]:
    """`division/NOM_Prenom` for each pupil; no two the same, whatever the case."""
    taken: set[str] = set()
    for eleve, edition in placed:
        folder = slug(eleve.division) or "-".join(filter(None, (edition.classe, edition.option)))
        stem = _first_free(taken, f"{folder}/{name_file(eleve)}", eleve)
        taken.add(stem.lower())
        yield stem


def name_file(eleve: Eleve) -> str:
    """`NOM_Prenom`, as the pupil's files begin."""
    return "_".join(filter(None, (slug(eleve.nom), slug(eleve.prenom)))) or "eleve"


def _first_free(taken: set[str], stem: str, eleve: Eleve) -> str:
    """The first of the names by rank that is not taken: plain, with birth date, numbered."""
    born = eleve.date_naissance.isoformat() if eleve.date_naissance else ""
    stems = [stem, *([f"{stem}_{born}"] if born else [])]
    numbered = (f"{stems[-1]}_{number}" for number in count(2))
    return next(name for name in chain(stems, numbered) if name.lower() not in taken)

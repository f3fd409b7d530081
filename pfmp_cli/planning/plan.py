"""Which documents for whom, from which master, under which file name.

Nothing is read or written here: a plan is made of what `lists` read, and `press` and
`output` carry it out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import NamedTuple, TypeVar

from pfmp_cli.calendar.weeks import weeks_of
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.lists.pupils import Eleve, Enrolment, Reason, Roster
from pfmp_cli.planning.editions import Document, Edition, editions_of
from pfmp_cli.rules.loading_rules import NOT_IN_BUNDLE
from pfmp_cli.text import slug

T = TypeVar("T")


class PlannedDocument(NamedTuple):
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
    """What to make, and what is wrong with it."""

    documents: tuple[PlannedDocument, ...]
    diagnostics: tuple[Diagnostic, ...]

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
    idle = {one.line for one in roster.left_out_as(Reason.UNCONCERNED)}
    placed = [
        (eleve, _find_edition(eleve, eleve.enrolment, referentiel))
        for eleve in roster.eleves
        if eleve.enrolment and eleve.line not in idle
    ]
    by_stage = {document.name for document in documents if document.by_stage}
    planned = tuple(
        PlannedDocument(made, one, f"{stem}_{made.label}{one.letter}.pdf")
        for (eleve, edition), stem in zip(placed, _name_pupils(placed), strict=True)
        for made in editions_of(edition, documents, referentiel, periode)
        if _is_concerned(eleve, made)
        for one in (_at_stages(eleve, made) if made.document in by_stage else [eleve])
    )
    return Plan(planned, roster.unclear)


def _find_edition(eleve: Eleve, enrolment: Enrolment, referentiel: Referentiel) -> Edition:
    """What all documents of the pupil have in common."""
    classe, variantes = referentiel.classe(enrolment.classe), enrolment.variantes
    periodes = {one.code for one in classe.periodes if one.variante in (None, *variantes)}
    own = {code for code, _ in eleve.dates}
    without = frozenset(one for one in periodes - own if (classe.code, one) in eleve.absences)
    weeks = _weeks_of(eleve, classe)
    return Edition("", classe.code, enrolment.option, variantes, weeks=weeks, without=without)


def keep_possible(plan: Plan, can_make: Callable[[Edition], bool], roster: Roster) -> Plan:
    """The plan without the documents that a bundle has no room for, which are told."""
    able = {edition: can_make(edition) for edition in plan.editions()}
    lacking = (
        NOT_IN_BUNDLE.at(roster.position(one.eleve, "eleve.nom"), document=one.edition.label)
        for one in plan.documents
        if not able[one.edition]
    )
    return replace(
        plan,
        documents=tuple(one for one in plan.documents if able[one.edition]),
        diagnostics=(*plan.diagnostics, *lacking),
    )


def _is_concerned(eleve: Eleve, edition: Edition) -> bool:
    """Whether the pupil is there in the period of a document, or has dates of their own for it."""
    own = any(code == edition.periode for code, _ in eleve.dates)
    return own or (edition.classe, edition.periode) not in eleve.absences


def _at_stages(eleve: Eleve, edition: Edition) -> list[Eleve]:
    """The pupil at each of their stages of the period; nowhere, where nobody can tell."""
    if (edition.periode, ()) in eleve.dates:
        return []
    stages = [stage for stage in eleve.stages if stage.code == edition.periode]
    return [eleve.at(stage) for stage in stages] or [eleve]


def _weeks_of(eleve: Eleve, classe: Classe) -> tuple[tuple[str, int], ...]:
    """The room that the pupil's own dates need, which is at least that of their class."""
    usual = {periode.code: periode.semaines for periode in classe.periodes}
    return tuple((code, max(usual[code], weeks_of(days))) for code, days in eleve.dates)


def group_by_folder(made: Iterable[T], find_folder: Callable[[T], str]) -> dict[str, list[T]]:
    """Folders that differ by case alone are one, as on Windows: none overwrites the other's
    files."""
    folders: dict[str, str] = {}
    groups: dict[str, list[T]] = {}
    for one in made:
        name = find_folder(one)
        groups.setdefault(folders.setdefault(name.lower(), name), []).append(one)
    return groups


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

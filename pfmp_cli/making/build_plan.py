"""What is to be made: of one list, or of all that `pfmp.yaml` declares."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.domain.fabrication import Liste
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.loader import Loader
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.left_out import MOST, find_nothing, list_left_out
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.plan import Plan, keep_possible, plan_documents
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.press.pupil_document import PRINTED
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.rules import output_rules as rules
from pfmp_cli.text import count

# The kinds of the files that are of no one pupil, in the manifest and at the end of their names.
ARCHIVE, INDEX = "zip", "index"
BLANKS = "vierges"  # the list of the blank documents, and their folder


def identify(list_name: str, referentiel: Referentiel) -> str:
    """The opaque name of a list in the manifest: an output folder may be shared by diplomas, and
    an export of the whole school by their lists."""
    diplome = referentiel.diplome
    return opaque(diplome.type, diplome.sigle, diplome.intitule, list_name)


def identify_pupil(name: str, born: date | None) -> str:
    """The opaque identity of a pupil, whose files begin with `name`. Not of the INE: a number that
    all the others of its kind can be tried for."""
    return opaque(name.lower(), str(born))


@dataclass(frozen=True)
class Batch:
    """The pupils of a list, and what is planned for them, of the diploma of the `workshop`; `liste`
    says what is asked for. Those of one file have its `rank`."""

    liste: Liste
    plan: Plan
    roster: Roster
    workshop: Workshop
    rank: int = 0

    @cached_property
    def list_name(self) -> str:
        """The opaque name of the list, wherever it is."""
        return identify(Path(self.liste.fichier).name, self.workshop.referentiel)

    @property
    def said(self) -> list[Diagnostic]:
        return [*self.roster.diagnostics, *self.plan.diagnostics]

    def owns(self, entry: Entry) -> bool:
        """Whether it would have claimed a file of an earlier run, were that still to be made."""
        liste = self.liste
        if entry.liste != self.list_name:
            return False
        if entry.tirage == ARCHIVE:
            return liste.archives and liste.classe is None and liste.option is None
        return (
            entry.document in liste.documents
            and (not entry.tirage or liste.impression)
            and liste.classe in (None, entry.classe)
            and liste.option in (None, entry.option)
            and (not entry.periode or liste.periode in (None, entry.periode))
        )


class Blank(NamedTuple):
    """A blank document of a diploma, and its place."""

    workshop: Workshop
    edition: Edition
    path: str


@dataclass(frozen=True)
class BuildPlan:
    """The lists, planned whoever is chosen, and the blank documents.

    `names` is what there is to say of those that several pupils bear; `lists` are the opaque names
    of those all of whose files are of this plan.
    """

    workshops: tuple[Workshop, ...]
    batches: tuple[Batch, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    names: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    lists: frozenset[str] = frozenset()

    def heard(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is not only about pupils who are not chosen."""
        rest = list(diagnostics)
        for batch in self.batches:
            rest = drop_silent(rest, batch.roster)
        return rest

    def owns(self, entry: Entry) -> bool:
        """Whether a file of an earlier run is of this one: of others it knows nothing."""
        whole = entry.liste in self.lists and entry.tirage != INDEX
        return whole or any(batch.owns(entry) for batch in self.batches)


def plan_list(liste: Liste, roster: Roster, workshop: Workshop, rank: int = 0) -> Batch:
    """What the pupils of a list get."""
    kinds = [workshop.documents[name] for name in liste.documents]
    plan = plan_documents(roster, workshop.referentiel, kinds, liste.periode)
    if bundle := workshop.bundle:
        plan = keep_possible(plan, lambda edition: bool(bundle.find(edition)), roster)
    return Batch(liste, plan, roster, workshop, rank)


def plan_all(
    loader: Loader,
    workshops: Sequence[Workshop],
    batches: Sequence[Batch],
    choice: PupilChoice,
    file: str = "",
) -> BuildPlan:
    """The plan of these lists, which the school's `file` may declare.

    Raises InputRefused where nobody gets anything, or with all that is wrong.
    """
    names: list[str] = []
    if not loader.has_errors():
        rosters, names = choose_pupils([batch.roster for batch in batches], choice)
        batches = [replace(one, roster=of) for one, of in zip(batches, rosters, strict=True)]
    said = dict.fromkeys([*loader.problems, *(one for batch in batches for one in batch.said)])
    plan = BuildPlan(tuple(workshops), tuple(batches), tuple(said), tuple(names))
    problems = [*_find_nothing(batches), *_find_shared(batches, Position(file))]
    if choice and not problems:
        problems += _find_none_chosen(batches)
    if problems or loader.has_errors():
        raise InputRefused([*plan.heard(said), *problems])
    return plan


def _find_none_chosen(batches: Sequence[Batch]) -> Iterator[Diagnostic]:
    """Whether those whom the command line chooses get nothing."""
    chosen = (
        batch.roster.is_chosen(one.eleve) for batch in batches for one in batch.plan.documents
    )
    if not any(chosen):
        rosters = [batch.roster.of_chosen() for batch in batches]
        why = " ; ".join(line for roster in rosters for line in list_left_out(roster, MOST))
        yield rules.NOTHING_TO_MAKE.at(why=why or "ces élèves n'y ont aucun document")


def _find_nothing(batches: Sequence[Batch]) -> Iterator[Diagnostic]:
    """What there is to say of each file none of whose pupils gets anything."""
    for _, group in groupby(batches, key=lambda batch: batch.rank):
        of_file = list(group)
        sigles = [batch.workshop.referentiel.diplome.sigle for batch in of_file]
        yield from find_nothing([(batch.plan, batch.roster) for batch in of_file], sigles)


def _find_shared(batches: Sequence[Batch], file: Position) -> Iterator[Diagnostic]:
    """Lists that would write the same file in turn, again and again."""
    owners: dict[str, int] = {}
    shared: dict[tuple[int, int], list[str]] = {}
    for batch in batches:
        for name in dict.fromkeys(_list_places(batch)):
            first = owners.setdefault(name.lower(), batch.rank)
            if first != batch.rank:
                shared.setdefault((first, batch.rank), []).append(name)
    for (first, second), names in shared.items():
        more = f", et {count(len(names) - 1, 'autre')}" if len(names) > 1 else ""
        ranks = {"first": first + 1, "second": second + 1}
        place = replace(file, label=f"fabrication.listes[{second}]")
        yield rules.SAME_FILE.at(place, **ranks, path=names[0], more=more)


def _list_places(batch: Batch) -> Iterator[str]:
    """The files that a list gives; its print files and archives by their folder."""
    for document in batch.plan.documents:
        yield document.path
        if batch.liste.impression:
            yield f"{document.folder}/{document.edition.document}_{PRINTED}"
        if batch.liste.archives:
            yield f"{document.folder}.zip"

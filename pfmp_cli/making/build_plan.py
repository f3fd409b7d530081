"""What is to be made: of one list, or of all that `pfmp.yaml` declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.domain.fabrication import Liste
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice, Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.loader import Loader, School
from pfmp_cli.making.blanks import choose_blanks
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.left_out import list_formations, list_left_out
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.plan import Plan, plan_documents
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.press.bundle import Bundle
from pfmp_cli.press.workshop import Workshop, open_workshop
from pfmp_cli.review.school_contradictions import find_unknown_documents
from pfmp_cli.rules import output_rules as rules
from pfmp_cli.rules.loading_rules import NOT_IN_BUNDLE
from pfmp_cli.text import count

# The kinds of the files that are of no one pupil, in the manifest and at the end of their names.
ARCHIVE, INDEX = "zip", "index"
PRINT_KINDS = {"a4": "a-imprimer", "livret-a5": "a5"}

_MOST = 20  # pupils, or divisions, that get nothing and are named


def identify(list_name: str, referentiel: Referentiel) -> str:
    """The opaque name of a list in the manifest: an output folder may be shared by diplomas, and
    an export of the whole school by their lists."""
    diplome = referentiel.diplome
    return opaque(diplome.type, diplome.sigle, diplome.intitule, list_name)


def identify_blanks(referentiel: Referentiel) -> str:
    """The same, of the blank documents."""
    return identify("vierges", referentiel)


def identify_pupil(name: str, born: date | None) -> str:
    """The opaque identity of a pupil, whose files begin with `name`. Not of the INE: a number that
    all the others of its kind can be tried for."""
    return opaque(name.lower(), str(born))


@dataclass(frozen=True, slots=True)
class Batch:
    """A list of pupils, and what is planned for it.

    `list_name` is the opaque name of its file, wherever it is (`identify`); `print_kind` the kind
    of print file that each class gets too, '' for none; with `with_zips`, each division gets a zip.
    """

    plan: Plan
    roster: Roster
    list_name: str
    print_kind: str = ""
    with_zips: bool = False


@dataclass(frozen=True)
class BuildPlan:
    """The lists, planned whoever is chosen, and the blank documents.

    `names` is what there is to say of those that several pupils bear. `owns` says which files of
    earlier runs this one would have claimed, were they still to be made: of the others it knows
    nothing.
    """

    workshop: Workshop
    batches: tuple[Batch, ...]
    owns: Callable[[Entry], bool]
    diagnostics: tuple[Diagnostic, ...] = ()
    blanks: tuple[Edition, ...] = ()
    names: tuple[str, ...] = ()

    def heard(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is not only about pupils who are not chosen."""
        rest = list(diagnostics)
        for batch in self.batches:
            rest = drop_silent(rest, batch.roster)
        return rest


def plan_one(
    liste: Liste,
    roster: Roster,
    workshop: Workshop,
    doubts: Iterable[Diagnostic],
    choice: PupilChoice,
) -> BuildPlan:
    """What the pupils of one list get; `doubts` are about the files that it is made of.

    Raises InputRefused where that is nothing.
    """
    (roster,), names = choose_pupils([roster], choice)
    batch, remarks = _plan(liste, roster, workshop)
    diagnostics = dict.fromkeys((*doubts, *remarks))
    if not batch.plan.documents:
        raise InputRefused(drop_silent(diagnostics, roster))
    owns = _scope_of(batch, liste)
    plan = BuildPlan(workshop, (batch,), owns, tuple(diagnostics), names=tuple(names))
    return _refuse_none_chosen(plan)


def plan_declared(
    loader: Loader, school: School, without_lists: bool, choice: PupilChoice
) -> BuildPlan:
    """What the pupils of all lists that the school's file declares get, and the blank documents,
    which are nobody's where pupils are chosen.

    Raises InputRefused with what is wrong in all of them.
    """
    source, fabrication = school.source, school.projet.fabrication
    assert source is not None  # there is no build without a school's file
    workshop = open_workshop(school).with_render_cache()
    loader.add(find_unknown_documents(fabrication, workshop.templates.documents(), source))
    loader.refuse()
    loaded: list[tuple[Liste, Roster]] = []
    for rank, liste in enumerate(() if without_lists else fabrication.listes):
        if loader.add(_find_absent(liste, rank, school)):
            continue
        path, stages = school.folder / liste.fichier, liste.stages and school.folder / liste.stages
        selection = Selection(liste.classe, liste.option, liste.periode)
        if roster := loader.load_list(path, school, selection, stages or None):
            loaded.append((liste, roster))
    names: list[str] = []
    if not any(problem.is_error for problem in loader.problems):
        rosters, names = choose_pupils([roster for _, roster in loaded], choice)
        loaded = [(liste, roster) for (liste, _), roster in zip(loaded, rosters, strict=True)]
    batches: list[Batch] = []
    said: list[Diagnostic] = []
    for liste, roster in loaded:
        batch, remarks = _plan(liste, roster, workshop)
        batches.append(batch)
        (said.extend if batch.plan.documents else loader.add)(remarks)
    loader.add(_find_shared(batches, source.path))
    if any(problem.is_error for problem in loader.problems):
        raise InputRefused(dict.fromkeys([*loader.problems, *said]))
    blanks = [] if choice else choose_blanks(fabrication.vierges, workshop)
    if not batches and not blanks:
        place = Position(str(source.path), label="fabrication")
        raise InputRefused([rules.NOTHING_DECLARED.at(place)])
    lists = {batch.list_name for batch in batches}
    lists |= set() if choice else {identify_blanks(workshop.referentiel)}
    plan = BuildPlan(
        workshop,
        tuple(batches),
        lambda entry: entry.liste in lists and entry.tirage != INDEX,
        tuple(dict.fromkeys([*loader.problems, *said])),
        tuple(blanks),
        tuple(names),
    )
    return _refuse_none_chosen(plan) if choice else plan


def _refuse_none_chosen(plan: BuildPlan) -> BuildPlan:
    """Raise InputRefused where those whom the command line chooses get nothing."""
    rosters = [batch.roster.of_chosen() for batch in plan.batches]
    if not any(
        batch.roster.is_chosen(one.eleve) for batch in plan.batches for one in batch.plan.documents
    ):
        why = " ; ".join(line for roster in rosters for line in list_left_out(roster, _MOST))
        nothing = rules.NOTHING_TO_MAKE.at(why=why or "ces élèves n'y ont aucun document")
        raise InputRefused([*plan.heard(plan.diagnostics), nothing])
    return plan


def _plan(liste: Liste, roster: Roster, workshop: Workshop) -> tuple[Batch, list[Diagnostic]]:
    """A list, planned, and what there is to say of it: an error at the end where no pupil gets
    anything."""
    kinds = [workshop.templates.documents()[name] for name in liste.documents]
    plan = plan_documents(roster, workshop.referentiel, kinds, liste.periode)
    said = [*roster.diagnostics, *plan.diagnostics]
    if workshop.bundle:
        plan, lacking = _leave_out(plan, roster, workshop.bundle)
        said += lacking
    if not plan.documents:
        said.append(_nothing_to_make(plan, roster, workshop.referentiel.diplome.sigle))
    print_kind = PRINT_KINDS[liste.impression] if liste.impression else ""
    list_name = identify(Path(liste.fichier).name, workshop.referentiel)
    return Batch(plan, roster, list_name, print_kind, liste.archives), said


def _leave_out(plan: Plan, roster: Roster, bundle: Bundle) -> tuple[Plan, list[Diagnostic]]:
    """The plan without the documents that a bundle has no room for, and what to say of these."""
    known = {edition: bundle.find(edition) is not None for edition in plan.editions()}
    documents = [one for one in plan.documents if known[one.edition]]
    lacking = [
        NOT_IN_BUNDLE.at(roster.position(one.eleve, "eleve.nom"), document=one.edition.label)
        for one in plan.documents
        if not known[one.edition]
    ]
    return replace(plan, documents=tuple(documents)), lacking


def _nothing_to_make(plan: Plan, roster: Roster, sigle: str) -> Diagnostic:
    if plan.left_out:
        return rules.NONE_CHOSEN.at()
    if roster.others and len(roster.others) == len(roster.left_out) == roster.rows_read:
        return rules.NONE_OF_OURS.at(sigle=sigle, groups=list_formations(roster, _MOST))
    why = " ; ".join(list_left_out(roster, _MOST))
    return rules.NOTHING_TO_MAKE.at(why=why or "la liste n'a pas d'élève utilisable")


def _scope_of(batch: Batch, liste: Liste) -> Callable[[Entry], bool]:
    """The files of the same list, of a kind and a choice that the command line makes."""

    def owns(entry: Entry) -> bool:
        if entry.liste != batch.list_name:
            return False
        if entry.tirage == ARCHIVE:
            return batch.with_zips and liste.classe is None and liste.option is None
        return (
            entry.document in liste.documents
            and entry.tirage in ("", batch.print_kind)
            and liste.classe in (None, entry.classe)
            and liste.option in (None, entry.option)
            and (not entry.periode or liste.periode in (None, entry.periode))
        )

    return owns


def _find_absent(liste: Liste, rank: int, school: School) -> Iterator[Diagnostic]:
    """A list, or its placements, that are not where the school's file says."""
    for key, name in (("fichier", liste.fichier), ("stages", liste.stages)):
        if school.source and name and not (school.folder / name).exists():
            place = school.source.position(("fabrication", "listes", rank, key))
            yield rules.NO_DECLARED_FILE.at(place, name=name)


def _find_shared(batches: Sequence[Batch], path: Path) -> Iterator[Diagnostic]:
    """Lists that would write the same file in turn, again and again."""
    owners: dict[str, int] = {}
    shared: dict[tuple[int, int], list[str]] = {}
    for rank, batch in enumerate(batches):
        for name in dict.fromkeys(_list_places(batch)):
            first = owners.setdefault(name.lower(), rank)
            if first != rank:
                shared.setdefault((first, rank), []).append(name)
    for (first, second), names in shared.items():
        more = f", et {count(len(names) - 1, 'autre')}" if len(names) > 1 else ""
        place = Position(str(path), label=f"fabrication.listes[{second}]")
        yield rules.SAME_FILE.at(
            place, first=first + 1, second=second + 1, path=names[0], more=more
        )


def _list_places(batch: Batch) -> Iterator[str]:
    """The files that a list gives; its print files and archives by their folder."""
    for document in batch.plan.documents:
        yield document.path
        if batch.print_kind:
            yield f"{document.folder}/{document.edition.document}_{batch.print_kind}"
        if batch.with_zips:
            yield f"{document.folder}.zip"

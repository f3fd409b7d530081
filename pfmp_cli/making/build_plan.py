"""What is to be made: of one list, or of all that `pfmp.yaml` declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.domain.fabrication import Liste, Vierges
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.making.blanks import choose_blanks
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.command_words import choose_among
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.left_out import MOST, find_nothing, list_left_out
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.plan import Plan, keep_possible, plan_documents
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.press.workshop import Workshop, open_workshop
from pfmp_cli.review.school_contradictions import find_unknown_documents
from pfmp_cli.rules import output_rules as rules
from pfmp_cli.text import count, slug

# The kinds of the files that are of no one pupil, in the manifest and at the end of their names.
ARCHIVE, INDEX = "zip", "index"
PRINT_KINDS = {"a4": "a-imprimer", "livret-a5": "a5"}


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

    `workshop` is that of its diploma, `list_name` the opaque name of its file, wherever it is
    (`identify`); `print_kind` the kind of print file that each class gets too, '' for none; with
    `with_zips`, each division gets a zip. Those of one file have its `rank`.
    """

    plan: Plan
    roster: Roster
    workshop: Workshop
    list_name: str
    print_kind: str = ""
    with_zips: bool = False
    rank: int = 0

    @property
    def said(self) -> list[Diagnostic]:
        return [*self.roster.diagnostics, *self.plan.diagnostics]


class Blank(NamedTuple):
    """A blank document of a diploma, and its place."""

    workshop: Workshop
    edition: Edition
    path: str


@dataclass(frozen=True)
class BuildPlan:
    """The lists, planned whoever is chosen, and the blank documents.

    `names` is what there is to say of those that several pupils bear. `owns` says which files of
    earlier runs this one would have claimed, were they still to be made: of the others it knows
    nothing.
    """

    workshops: tuple[Workshop, ...]
    batches: tuple[Batch, ...]
    owns: Callable[[Entry], bool]
    diagnostics: tuple[Diagnostic, ...] = ()
    blanks: tuple[Blank, ...] = ()
    names: tuple[str, ...] = ()

    def heard(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is not only about pupils who are not chosen."""
        rest = list(diagnostics)
        for batch in self.batches:
            rest = drop_silent(rest, batch.roster)
        return rest


def plan_one(
    listes: Sequence[Liste],
    rosters: Sequence[Roster],
    workshops: Sequence[Workshop],
    doubts: Iterable[Diagnostic],
    choice: PupilChoice,
) -> BuildPlan:
    """What the pupils of one file get, of one or several diplomas: each with its choice of them.
    `doubts` are about the files that it is made of.

    Raises InputRefused where that is nothing.
    """
    chosen, names = choose_pupils(rosters, choice)
    batches = tuple(map(_plan, listes, chosen, workshops))
    diagnostics = tuple(dict.fromkeys([*doubts, *(one for b in batches for one in b.said)]))
    scopes = [*map(_scope_of, batches, listes)]
    plan = BuildPlan(
        tuple(workshops),
        batches,
        lambda entry: any(owns(entry) for owns in scopes),
        diagnostics,
        names=tuple(names),
    )
    if nothing := _find_nothing(batches):
        raise InputRefused([*plan.heard(diagnostics), nothing])
    return _refuse_none_chosen(plan)


def plan_declared(
    loader: Loader, schools: Sequence[School], without_lists: bool, choice: PupilChoice
) -> BuildPlan:
    """What the pupils of all lists that the school's file declares get, and the blank documents,
    which are nobody's where pupils are chosen.

    Raises InputRefused with what is wrong in all of them.
    """
    source, fabrication = schools[0].source, schools[0].projet.fabrication
    assert source is not None  # there is no build without a school's file
    workshops = [open_workshop(one).with_render_cache(rank) for rank, one in enumerate(schools)]
    known = workshops[0].templates.documents()
    loader.add(find_unknown_documents(fabrication, known, source))
    loader.refuse()
    loaded: list[tuple[int, Liste, Workshop, Roster]] = []
    for rank, liste in enumerate(() if without_lists else fabrication.listes):
        if loader.add(_find_absent(liste, rank, schools[0])):
            continue
        folder = source.path.parent
        stages = folder / liste.stages if liste.stages else None
        words = liste.classe, liste.option, liste.periode
        choices = choose_among((school.referentiel for school in schools), *words)
        asked = list(zip(schools, choices, strict=True))
        rosters = loader.load_lists(folder / liste.fichier, asked, stages)
        shops = (shop for shop, one in zip(workshops, choices, strict=True) if one)
        loaded += ((rank, liste, shop, one) for shop, one in zip(shops, rosters, strict=False))
    names: list[str] = []
    if not any(problem.is_error for problem in loader.problems):
        chosen, names = choose_pupils([roster for *_, roster in loaded], choice)
        loaded = [(*one[:3], roster) for one, roster in zip(loaded, chosen, strict=True)]
    batches = [_plan(liste, roster, shop, rank) for rank, liste, shop, roster in loaded]
    for rank in dict.fromkeys(batch.rank for batch in batches):
        loader.add(filter(None, [_find_nothing([one for one in batches if one.rank == rank])]))
    loader.add(_find_shared(batches, source.path))
    said = dict.fromkeys([*loader.problems, *(one for batch in batches for one in batch.said)])
    if any(problem.is_error for problem in loader.problems):
        raise InputRefused(said)
    blanks = [] if choice else _list_blanks(fabrication.vierges, workshops, schools[0].diplomas)
    if not batches and not blanks:
        place = Position(str(source.path), label="fabrication")
        raise InputRefused([rules.NOTHING_DECLARED.at(place)])
    lists = {batch.list_name for batch in batches}
    lists |= set() if choice else {identify_blanks(shop.referentiel) for shop in workshops}
    plan = BuildPlan(
        tuple(workshops),
        tuple(batches),
        lambda entry: entry.liste in lists and entry.tirage != INDEX,
        tuple(said),
        tuple(blanks),
        tuple(names),
    )
    return _refuse_none_chosen(plan) if choice else plan


def _list_blanks(
    vierges: Vierges, workshops: Iterable[Workshop], diplomas: Sequence[Referentiel]
) -> list[Blank]:
    """The blank documents; those of one of several diplomas in a folder of its own."""
    return [
        Blank(shop, edition, "/".join(filter(None, ("vierges", sigle, edition.file_name))))
        for shop in workshops
        for sigle in [slug(shop.referentiel.diplome.sigle) if diplomas else ""]
        for edition in choose_blanks(vierges, shop)
    ]


def _refuse_none_chosen(plan: BuildPlan) -> BuildPlan:
    """Raise InputRefused where those whom the command line chooses get nothing."""
    if not any(
        batch.roster.is_chosen(one.eleve) for batch in plan.batches for one in batch.plan.documents
    ):
        rosters = [batch.roster.of_chosen() for batch in plan.batches]
        why = " ; ".join(line for roster in rosters for line in list_left_out(roster, MOST))
        nothing = rules.NOTHING_TO_MAKE.at(why=why or "ces élèves n'y ont aucun document")
        raise InputRefused([*plan.heard(plan.diagnostics), nothing])
    return plan


def _plan(liste: Liste, roster: Roster, workshop: Workshop, rank: int = 0) -> Batch:
    kinds = [workshop.templates.documents()[name] for name in liste.documents]
    plan = plan_documents(roster, workshop.referentiel, kinds, liste.periode)
    if bundle := workshop.bundle:
        plan = keep_possible(plan, lambda edition: bool(bundle.find(edition)), roster)
    print_kind = PRINT_KINDS[liste.impression] if liste.impression else ""
    list_name = identify(Path(liste.fichier).name, workshop.referentiel)
    return Batch(plan, roster, workshop, list_name, print_kind, liste.archives, rank)


def _find_nothing(batches: Sequence[Batch]) -> Diagnostic | None:
    sigles = [batch.workshop.referentiel.diplome.sigle for batch in batches]
    return find_nothing([(batch.plan, batch.roster) for batch in batches], sigles)


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
    for batch in batches:
        for name in dict.fromkeys(_list_places(batch)):
            first = owners.setdefault(name.lower(), batch.rank)
            if first != batch.rank:
                shared.setdefault((first, batch.rank), []).append(name)
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

"""All that `pfmp.yaml` declares, read and planned, and how the output folder stands to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error
from pfmp_cli.domain.selection import Selection
from pfmp_cli.loading.class_files import load_class
from pfmp_cli.making.blanks import LISTE, Blank, choose_blanks, survey_blanks
from pfmp_cli.making.execution import Survey, study
from pfmp_cli.making.index import INDEX
from pfmp_cli.making.jobs import Batch, name_list
from pfmp_cli.making.run import TIRAGES, check_plan
from pfmp_cli.making.zips import group_archives
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.plan import plan_documents
from pfmp_cli.review.school_contradictions import find_unknown_documents
from pfmp_cli.text import count
from pfmp_cli.yaml_files.source import read_yaml

if TYPE_CHECKING:
    from pfmp_cli.domain.fabrication import Liste
    from pfmp_cli.output.manifest import Entry
    from pfmp_cli.press.workshop import Workshop
    from pfmp_cli.yaml_files.source import YamlSource

_IMPRESSIONS = {"a4": TIRAGES[None], "livret-a5": TIRAGES["livret-a5"]}


@dataclass(frozen=True)
class BuildPlan:
    """What is declared: the lists, planned, and the blank documents."""

    workshop: Workshop
    batches: tuple[Batch, ...]
    blanks: tuple[Edition, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def owns(self, entry: Entry) -> bool:
        """Whether a document of an earlier run is of one of these lists, or a blank one."""
        lists = {LISTE, *(batch.list_name for batch in self.batches)}
        return entry.liste in lists and entry.tirage != INDEX


@dataclass(frozen=True, slots=True)
class Gap:
    """A file that is not what it is to be; `edition` is None for one made of others."""

    path: str
    edition: Edition | None
    is_new: bool

    @property
    def word(self) -> str:
        return "nouveau" if self.is_new else "à refaire"


@dataclass(frozen=True, slots=True)
class Stocktaking:
    """The chantier against its output folder."""

    surveys: tuple[Survey, ...]
    blanks: tuple[Blank, ...]

    @property
    def editions(self) -> list[Edition]:
        """The masters that are needed."""
        blanks = [blank.edition for blank in self.blanks if blank.state is State.TO_MAKE]
        lists = [edition for survey in self.surveys for edition in survey.editions]
        return list(dict.fromkeys([*lists, *blanks]))

    @property
    def blanks_to_make(self) -> int:
        return sum(blank.state is State.TO_MAKE for blank in self.blanks)

    @property
    def total(self) -> int:
        """How many documents are declared, for pupils and blank."""
        return sum(len(survey.jobs) for survey in self.surveys) + len(self.blanks)


def open_build_plan(workshop: Workshop, path: Path, sans_listes: bool) -> BuildPlan:
    """Read the lists that `pfmp.yaml`, at `path`, declares, and plan what their pupils get.

    Raises InputRefused with what is wrong in all of them.
    """
    fabrication = workshop.projet.fabrication
    known, source = workshop.templates.documents(), read_yaml(path)
    if problems := list(find_unknown_documents(fabrication, known, source)):
        raise InputRefused(problems)
    batches: list[Batch] = []
    said: list[Diagnostic] = list(workshop.doubts)
    for rank, liste in enumerate(() if sans_listes else fabrication.listes):
        if absent := list(_find_absent(liste, rank, source)):
            problems += absent
            continue
        try:
            batch, remarks = _plan(liste, workshop, path.parent)
        except InputRefused as exception:
            problems += exception.diagnostics
        else:
            batches.append(batch)
            said += remarks
    problems += _find_shared(batches, path)
    if problems:
        raise InputRefused(dict.fromkeys([*said, *problems]))
    blanks = choose_blanks(fabrication.vierges, workshop)
    if not batches and not blanks:
        raise InputRefused([
            error("« fabrication » ne déclare rien à faire",
                  Position(str(path), label="fabrication"),
                  "ajoutez-y une liste d'élèves, ou des documents vierges")
        ])  # fmt: skip
    return BuildPlan(workshop, tuple(batches), tuple(blanks), tuple(dict.fromkeys(said)))


def _find_absent(liste: Liste, rank: int, source: YamlSource) -> Iterator[Diagnostic]:
    """A list, or its placements, that are not where `source`, the school's file, says."""
    for key, name in (("fichier", liste.fichier), ("stages", liste.stages)):
        if name and not (source.path.parent / name).exists():
            place = source.position(("fabrication", "listes", rank, key))
            yield error(
                f"le fichier « {name} » n'existe pas",
                place,
                "son chemin part du dossier de ce fichier ; --vierges se passe des listes",
            )


def _plan(liste: Liste, workshop: Workshop, folder: Path) -> tuple[Batch, list[Diagnostic]]:
    """A list read and planned, and what there is to say of it."""
    path = folder / liste.fichier
    selection = Selection(liste.classe, liste.option, liste.periode)
    stages = folder / liste.stages if liste.stages else None
    roster = load_class(path, stages, workshop.referentiel, workshop.projet, selection)
    known = workshop.templates.documents()
    kinds = [known[name] for name in liste.documents]
    plan = plan_documents(roster, workshop.referentiel, kinds, selection.periode)
    remarks = check_plan(plan, roster, workshop)
    print_file = _IMPRESSIONS[liste.impression] if liste.impression else ""
    return Batch(plan, roster, workshop, name_list(path), print_file, liste.archives), remarks


def _find_shared(batches: list[Batch], path: Path) -> Iterator[Diagnostic]:
    """Lists that would write the same file in turn, again and again."""
    owners: dict[str, int] = {}
    shared: dict[tuple[int, int], list[str]] = {}
    for rank, batch in enumerate(batches):
        for chemin in dict.fromkeys(_list_places(batch)):
            first = owners.setdefault(chemin.lower(), rank)
            if first != rank:
                shared.setdefault((first, rank), []).append(chemin)
    for (first, second), paths in shared.items():
        more = f", et {count(len(paths) - 1, 'autre')}" if len(paths) > 1 else ""
        label = f"fabrication.listes[{second}]"
        yield error(
            f"les listes n° {first + 1} et {second + 1} donnent le même fichier : {paths[0]}{more}",
            Position(str(path), label=label),
            "mettez ces élèves dans une seule liste, ou d'autres « documents » à l'une des deux",
        )


def _list_places(batch: Batch) -> Iterator[str]:
    """The files that a list gives; its print files and archives by their folder."""
    for document in batch.plan.documents:
        yield document.path
        if batch.print_kind:
            yield f"{document.folder}/{document.edition.document}_{batch.print_kind}"
        if batch.with_zips:
            yield f"{document.folder}.zip"


def take_stock(build_plan: BuildPlan, folder: OutputFolder) -> Stocktaking:
    """How everything stands in the output folder; nothing is laid out or written."""
    surveys = tuple(study(batch, folder) for batch in build_plan.batches)
    blanks = survey_blanks(build_plan.blanks, build_plan.workshop, folder)
    return Stocktaking(surveys, tuple(blanks))


def list_gaps(stocktaking: Stocktaking, folder: OutputFolder) -> Iterator[Gap]:
    """What a run would write, in its order."""
    for survey in stocktaking.surveys:
        to_make = {t.document.path for t in survey.jobs if t.state is State.TO_MAKE}
        for job in survey.jobs:
            if job.document.path in to_make:
                yield _gap(job.document.path, job.document.edition, folder)
        for print_file in survey.print_files:
            if print_file.state is State.TO_MAKE:
                yield _gap(print_file.path, None, folder)
        for path, group in group_archives(survey.jobs).items() if survey.batch.with_zips else ():
            members = {job.document.path for job in group}
            if members & to_make or not (folder.root / path).exists():
                yield _gap(path, None, folder)
    for blank in stocktaking.blanks:
        if blank.state is State.TO_MAKE:
            yield _gap(blank.path, blank.edition, folder)


def _gap(path: str, edition: Edition | None, folder: OutputFolder) -> Gap:
    return Gap(path, edition, folder.find(path) is None)

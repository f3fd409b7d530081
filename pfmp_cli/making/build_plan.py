"""All that `pfmp.yaml` declares, read and planned, and how the output folder stands to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error
from pfmp_cli.domain.fabrication import find_unknown_documents
from pfmp_cli.loading import load_class
from pfmp_cli.making.blanks import LISTE, Blank, choose_blanks, survey_blanks
from pfmp_cli.making.execution import Survey, study
from pfmp_cli.making.index import INDEX
from pfmp_cli.making.jobs import Batch, name_list
from pfmp_cli.making.run import TIRAGES, check_plan
from pfmp_cli.making.zips import group_archives
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.planning.editions import Edition, Selection
from pfmp_cli.planning.plan import plan_documents
from pfmp_cli.terminal.console import count
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

    def owns(self, entree: Entry) -> bool:
        """Whether a document of an earlier run is of one of these lists, or a blank one."""
        lists = {LISTE, *(lot.list_name for lot in self.batches)}
        return entree.liste in lists and entree.tirage != INDEX


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
        blanks = [vierge.edition for vierge in self.blanks if vierge.state is State.TO_MAKE]
        lists = [edition for etude in self.surveys for edition in etude.editions]
        return list(dict.fromkeys([*lists, *blanks]))

    @property
    def blanks_to_make(self) -> int:
        return sum(vierge.state is State.TO_MAKE for vierge in self.blanks)

    @property
    def total(self) -> int:
        """How many documents are declared, for pupils and blank."""
        return sum(len(etude.jobs) for etude in self.surveys) + len(self.blanks)


def open_build_plan(workshop: Workshop, path: Path, sans_listes: bool) -> BuildPlan:
    """Read the lists that `pfmp.yaml`, at `path`, declares, and plan what their pupils get.

    Raises InputRefused with what is wrong in all of them.
    """
    fabrication = workshop.projet.fabrication
    known, source = workshop.templates.documents(), read_yaml(path)
    if problems := list(find_unknown_documents(fabrication, known, source)):
        raise InputRefused(problems)
    lots: list[Batch] = []
    said: list[Diagnostic] = list(workshop.doubts)
    for rank, liste in enumerate(() if sans_listes else fabrication.listes):
        if absent := list(_find_absent(liste, rank, source)):
            problems += absent
            continue
        try:
            lot, remarks = _plan(liste, workshop, path.parent)
        except InputRefused as exception:
            problems += exception.diagnostics
        else:
            lots.append(lot)
            said += remarks
    problems += _find_shared(lots, path)
    if problems:
        raise InputRefused(dict.fromkeys([*said, *problems]))
    blanks = choose_blanks(fabrication.vierges, workshop)
    if not lots and not blanks:
        raise InputRefused([
            error("« fabrication » ne déclare rien à faire",
                  Position(str(path), label="fabrication"),
                  "ajoutez-y une liste d'élèves, ou des documents vierges")
        ])  # fmt: skip
    return BuildPlan(workshop, tuple(lots), tuple(blanks), tuple(dict.fromkeys(said)))


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
    path, school, referentiel = folder / liste.fichier, workshop.projet, workshop.referentiel
    choix = Selection(liste.classe, liste.option, liste.periode)
    stages = folder / liste.stages if liste.stages else None
    lecture = load_class(path, stages, workshop, choix)
    known = workshop.templates.documents()
    kinds = [known[name] for name in liste.documents]
    plan = plan_documents(lecture, referentiel, school.divisions, kinds, choix)
    remarks = check_plan(plan, lecture, workshop)
    tirage = _IMPRESSIONS[liste.impression] if liste.impression else ""
    return Batch(plan, lecture, workshop, name_list(path), tirage, liste.archives), remarks


def _find_shared(lots: list[Batch], path: Path) -> Iterator[Diagnostic]:
    """Lists that would write the same file in turn, again and again."""
    owners: dict[str, int] = {}
    shared: dict[tuple[int, int], list[str]] = {}
    for rank, lot in enumerate(lots):
        for chemin in dict.fromkeys(_list_places(lot)):
            first = owners.setdefault(chemin.lower(), rank)
            if first != rank:
                shared.setdefault((first, rank), []).append(chemin)
    for (first, second), chemins in shared.items():
        more = f", et {count(len(chemins) - 1, 'autre')}" if len(chemins) > 1 else ""
        repere = f"fabrication.listes[{second}]"
        yield error(
            f"les listes n° {first + 1} et {second + 1} donnent le même fichier : "
            f"{chemins[0]}{more}",
            Position(str(path), label=repere),
            "mettez ces élèves dans une seule liste, ou d'autres « documents » à l'une des deux",
        )


def _list_places(lot: Batch) -> Iterator[str]:
    """The files that a list gives; its print files and archives by their folder."""
    for commande in lot.plan.documents:
        yield commande.path
        if lot.print_kind:
            yield f"{commande.folder}/{commande.edition.document}_{lot.print_kind}"
        if lot.with_zips:
            yield f"{commande.folder}.zip"


def take_stock(chantier: BuildPlan, dossier: OutputFolder) -> Stocktaking:
    """How everything stands in the output folder; nothing is laid out or written."""
    etudes = tuple(study(lot, dossier) for lot in chantier.batches)
    blanks = survey_blanks(chantier.blanks, chantier.workshop, dossier)
    return Stocktaking(etudes, tuple(blanks))


def list_gaps(releve: Stocktaking, dossier: OutputFolder) -> Iterator[Gap]:
    """What a run would write, in its order."""
    for etude in releve.surveys:
        to_make = {t.document.path for t in etude.jobs if t.state is State.TO_MAKE}
        for travail in etude.jobs:
            if travail.document.path in to_make:
                yield _gap(travail.document.path, travail.document.edition, dossier)
        for tirage in etude.print_files:
            if tirage.state is State.TO_MAKE:
                yield _gap(tirage.path, None, dossier)
        for chemin, group in group_archives(etude.jobs).items() if etude.batch.with_zips else ():
            members = {travail.document.path for travail in group}
            if members & to_make or not (dossier.root / chemin).exists():
                yield _gap(chemin, None, dossier)
    for vierge in releve.blanks:
        if vierge.state is State.TO_MAKE:
            yield _gap(vierge.path, vierge.edition, dossier)


def _gap(chemin: str, edition: Edition | None, dossier: OutputFolder) -> Gap:
    return Gap(chemin, edition, dossier.find(chemin) is None)

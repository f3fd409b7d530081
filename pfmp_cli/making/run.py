"""A plan carried out: every document merged, written, and told about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import (
    Diagnostic,
    InputRefused,
    Position,
    WrongUsage,
    error,
    warning,
)
from pfmp_cli.making.summary import Counts, place_of
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.interrupts import hold_interrupts
from pfmp_cli.output.obstacles import diagnose_file, explain, stops_all
from pfmp_cli.planning.plan import Plan, PlannedDocument
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.misfits import diagnose_misfit
from pfmp_cli.press.printing.imposition import LIVRET_A5

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Roster
    from pfmp_cli.making.jobs import Batch, Job, PrintFile
    from pfmp_cli.output.manifest import Entry
    from pfmp_cli.press.printing.print_file import Copy
    from pfmp_cli.press.workshop import Workshop

# The end of the name of a print file, by how its sheets are laid out.
TIRAGES = {None: "a-imprimer", LIVRET_A5: "a5"}
AIDE_ARRET = "faites de la place, ou choisissez un autre dossier avec -o, puis relancez"


@dataclass
class Outcome:
    """What a batch came to: documents written, and those left as they were, by folder and name.

    `modifies` counts those left that someone has filled in since. `orphelins` are files of
    earlier runs that are no longer anyone's, `enleves` those of them that were removed: with
    `prune`, all but what someone has changed.
    `arrete`: the disk takes nothing more.
    """

    written: Counts = field(default_factory=Counter)
    unchanged: Counts = field(default_factory=Counter)
    changed: int = 0
    print_files: list[Path] = field(default_factory=list)
    zips: list[Path] = field(default_factory=list)
    index: Path | None = None
    orphans: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    prune: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)
    stopped: bool = False


def keep_unchanged(jobs: Iterable[Job], folder: OutputFolder, outcome: Outcome) -> None:
    """Leave alone what is there already."""
    for job in jobs:
        path = job.document.path
        if job.state is State.TO_MAKE:
            folder.claim(path)
        else:
            folder.keep(path, job.entry)
            outcome.unchanged[place_of(job.document)] += 1
            outcome.changed += job.state is State.CHANGED


def run_batch(
    jobs: Sequence[Job], batch: Batch, folder: OutputFolder, outcome: Outcome
) -> Iterator[None]:
    """Merge and write those documents that have to be, one a step.

    A document that cannot be written is told in `bilan`, and the others go on, unless they
    would meet the same obstacle.
    """
    told: set[tuple[int, str]] = set()
    to_merge = [job for job in jobs if job.is_to_merge]
    for number, job in enumerate(to_merge):
        document = job.document
        merger = batch.workshop.get_merger(document.edition)
        merged = merger.merge(batch.workshop.compose(document), title_of(merger, document))
        for misfit in merged.misfits:
            key = (document.eleve.line, misfit.field)
            if key not in told:
                told.add(key)
                outcome.diagnostics.append(diagnose_misfit(misfit, document, batch.roster))
        if job.state is State.TO_MAKE:
            vides = tuple(misfit.field for misfit in merged.misfits)
            entry = replace(job.entry, vides=vides)
            try:
                with hold_interrupts():
                    folder.write(document.path, (merger.master.pdf, merged.update), entry)
                    outcome.written[place_of(document)] += 1
            except OSError as exception:
                left = sum(other.state is State.TO_MAKE for other in to_merge[number:])
                tell_obstacle(exception, folder.root / document.path, left, outcome)
        if outcome.stopped:
            return
        yield


def print_classes(
    print_files: Iterable[PrintFile], batch: Batch, folder: OutputFolder, outcome: Outcome
) -> Iterator[None]:
    """Write the print files of classes, one a step; what comes of it goes into `bilan`."""
    for print_file in print_files:
        if outcome.stopped:
            return
        path = folder.root / print_file.path
        try:
            if print_file.state is State.TO_MAKE:
                folder.write(print_file.path, [_compose(print_file, batch)], print_file.entry)
            else:
                folder.keep(print_file.path, print_file.entry)
            outcome.print_files.append(path)
        except OSError as exception:
            tell_obstacle(exception, path, 1, outcome)
        yield


def _compose(print_file: PrintFile, batch: Batch) -> bytes:
    from pfmp_cli.press.printing.print_file import compose_print_file

    copies = [_copy(job.document, batch.workshop) for job in print_file.jobs]
    title = f"{copies[0].master.title} – {_folder_of(print_file.path)}"
    return compose_print_file(title, copies, batch.print_kind == TIRAGES[LIVRET_A5])


def _copy(document: PlannedDocument, workshop: Workshop) -> Copy:
    from pfmp_cli.press.printing.print_file import Copy

    eleve, master = document.eleve, workshop.get_merger(document.edition).master
    return Copy(f"{eleve.nom} {eleve.prenom}", master, workshop.compose(document))


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def tell_obstacle(exception: OSError, path: Path, left: int, outcome: Outcome) -> None:
    """Why a file could not be written; once for the `left` ones where that goes for all."""
    outcome.stopped = stops_all(exception)
    if outcome.stopped and left > 1:
        said = f"{explain(exception)} : {left} documents n'ont pas été écrits"
        outcome.diagnostics.append(error(said, Position(str(path)), AIDE_ARRET))
    else:
        outcome.diagnostics.append(diagnose_file(exception, path))


def settle_orphans(
    folder: OutputFolder, within: Callable[[Entry], bool], prune: bool, outcome: Outcome
) -> None:
    """Name the files of earlier runs that are no longer anyone's; remove them with `prune`.

    A list with errors has pupils who got nothing this time: what they have is theirs still.
    """
    if any(diagnostic.is_error for diagnostic in outcome.diagnostics):
        if prune:
            outcome.diagnostics.append(warning(
                "--prune n'a rien enlevé : des documents n'ont pas pu être faits",
                help="corrigez les erreurs, puis relancez",
            ))  # fmt: skip
        return
    orphans = folder.orphans(within)
    outcome.prune = prune
    outcome.removed = list(folder.prune(orphans)) if prune else []
    outcome.orphans = sorted(set(orphans) - set(outcome.removed))


def check_imposition(word: str | None) -> None:
    """Raise WrongUsage for a layout of sheets that does not exist."""
    if word not in (None, LIVRET_A5):
        raise WrongUsage([error(f"imposition « {word} » inconnue", help=f"écrivez {LIVRET_A5}")])


def check_plan(plan: Plan, roster: Roster, workshop: Workshop) -> list[Diagnostic]:
    """What is wrong with the files and the plan. Raises InputRefused where nothing is to make."""
    problems = [*workshop.doubts, *roster.diagnostics, *plan.diagnostics]
    if not plan.documents:
        problems.append(_nothing_to_do(plan, roster, workshop.referentiel.diplome.sigle))
        raise InputRefused(problems)
    return problems


def _nothing_to_do(plan: Plan, roster: Roster, sigle: str) -> Diagnostic:
    if plan.others == roster.rows_read > 0:
        return error(f"aucun élève de la liste n'est en {sigle}",
                     help="vérifiez que c'est la bonne liste, et les « mef » et « mef_libelles » "
                          "du référentiel")  # fmt: skip
    if plan.left_out:
        return error("aucun élève de la liste ne correspond à ce choix",
                     help="vérifiez --class et --option")  # fmt: skip
    return error("aucun document à faire", help="la liste n'a pas d'élève utilisable")


def title_of(merger: Merger, document: PlannedDocument) -> str:
    """The title of a pupil's document, as a reader shows it."""
    return f"{merger.master.title} – {document.eleve.nom} {document.eleve.prenom}"

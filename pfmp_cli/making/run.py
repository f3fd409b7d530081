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
    OutputRefused,
    Position,
    WrongUsage,
    error,
    warning,
)
from pfmp_cli.making.jobs import INVENTES
from pfmp_cli.making.summary import Counts, place_of
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.interrupts import hold_interrupts
from pfmp_cli.output.obstacles import diagnose_file, explain, stops_all
from pfmp_cli.planning.plan import Plan, PlannedDocument
from pfmp_cli.press.merging.merge import Merger, Misfit
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


def keep_unchanged(travaux: Iterable[Job], dossier: OutputFolder, bilan: Outcome) -> None:
    """Leave alone what is there already."""
    for travail in travaux:
        chemin = travail.document.path
        if travail.state is State.TO_MAKE:
            dossier.claim(chemin)
        else:
            dossier.keep(chemin, travail.entry)
            bilan.unchanged[place_of(travail.document)] += 1
            bilan.changed += travail.state is State.CHANGED


def run_batch(
    travaux: Sequence[Job], lot: Batch, dossier: OutputFolder, bilan: Outcome
) -> Iterator[None]:
    """Merge and write those documents that have to be, one a step.

    A document that cannot be written is told in `bilan`, and the others go on, unless they
    would meet the same obstacle.
    """
    told: set[tuple[int, str]] = set()
    to_merge = [travail for travail in travaux if travail.is_to_merge]
    for number, travail in enumerate(to_merge):
        commande = travail.document
        merger = lot.workshop.get_merger(commande.edition)
        merged = merger.merge(lot.workshop.compose(commande), title_of(merger, commande))
        for misfit in merged.misfits:
            key = (commande.eleve.line, misfit.field)
            if key not in told:
                told.add(key)
                bilan.diagnostics.append(_diagnose(misfit, commande, lot.roster))
        if travail.state is State.TO_MAKE:
            vides = tuple(misfit.field for misfit in merged.misfits)
            entree = replace(travail.entry, vides=vides)
            try:
                with hold_interrupts():
                    dossier.write(commande.path, (merger.master.pdf, merged.update), entree)
                    bilan.written[place_of(commande)] += 1
            except OSError as exception:
                left = sum(other.state is State.TO_MAKE for other in to_merge[number:])
                tell_obstacle(exception, dossier.root / commande.path, left, bilan)
        if bilan.stopped:
            return
        yield


def print_classes(
    tirages: Iterable[PrintFile], lot: Batch, dossier: OutputFolder, bilan: Outcome
) -> Iterator[None]:
    """Write the print files of classes, one a step; what comes of it goes into `bilan`."""
    for tirage in tirages:
        if bilan.stopped:
            return
        path = dossier.root / tirage.path
        try:
            if tirage.state is State.TO_MAKE:
                dossier.write(tirage.path, [_compose(tirage, lot)], tirage.entry)
            else:
                dossier.keep(tirage.path, tirage.entry)
            bilan.print_files.append(path)
        except OSError as exception:
            tell_obstacle(exception, path, 1, bilan)
        yield


def _compose(tirage: PrintFile, lot: Batch) -> bytes:
    from pfmp_cli.press.printing.print_file import compose_print_file

    copies = [_copy(travail.document, lot.workshop) for travail in tirage.jobs]
    title = f"{copies[0].master.title} – {_folder_of(tirage.path)}"
    return compose_print_file(title, copies, lot.print_kind == TIRAGES[LIVRET_A5])


def _copy(commande: PlannedDocument, workshop: Workshop) -> Copy:
    from pfmp_cli.press.printing.print_file import Copy

    eleve, master = commande.eleve, workshop.get_merger(commande.edition).master
    return Copy(f"{eleve.nom} {eleve.prenom}", master, workshop.compose(commande))


def _folder_of(chemin: str) -> str:
    return chemin.rpartition("/")[0]


def tell_obstacle(exception: OSError, path: Path, left: int, bilan: Outcome) -> None:
    """Why a file could not be written; once for the `left` ones where that goes for all."""
    bilan.stopped = stops_all(exception)
    if bilan.stopped and left > 1:
        said = f"{explain(exception)} : {left} documents n'ont pas été écrits"
        bilan.diagnostics.append(error(said, Position(str(path)), AIDE_ARRET))
    else:
        bilan.diagnostics.append(diagnose_file(exception, path))


def check_neighbours(lot: Batch, dossier: OutputFolder) -> None:
    """Raise OutputRefused for a demonstration in a folder that may show real pupils' names."""
    if lot.anonyme and not all(entree.liste.startswith(INVENTES) for _, entree in dossier.files()):
        raise OutputRefused([
            error(
                "ce dossier a des documents qui ne sont pas d'une démonstration",
                Position(str(dossier.root)),
                "choisissez un autre dossier avec -o : de vrais noms se verraient ici",
            )
        ])  # fmt: skip


def settle_orphans(
    dossier: OutputFolder, within: Callable[[Entry], bool], prune: bool, bilan: Outcome
) -> None:
    """Name the files of earlier runs that are no longer anyone's; remove them with `prune`.

    A list with errors has pupils who got nothing this time: what they have is theirs still.
    """
    if any(diagnostic.is_error for diagnostic in bilan.diagnostics):
        if prune:
            bilan.diagnostics.append(warning(
                "--prune n'a rien enlevé : des documents n'ont pas pu être faits",
                aide="corrigez les erreurs, puis relancez",
            ))  # fmt: skip
        return
    orphans = dossier.orphans(within)
    bilan.prune = prune
    bilan.removed = list(dossier.prune(orphans)) if prune else []
    bilan.orphans = sorted(set(orphans) - set(bilan.removed))


def check_imposition(word: str | None) -> None:
    """Raise WrongUsage for a layout of sheets that does not exist."""
    if word not in (None, LIVRET_A5):
        raise WrongUsage([error(f"imposition « {word} » inconnue", aide=f"écrivez {LIVRET_A5}")])


def check_plan(plan: Plan, lecture: Roster, workshop: Workshop) -> list[Diagnostic]:
    """What is wrong with the files and the plan. Raises InputRefused where nothing is to make."""
    problems = [*workshop.doubts, *lecture.diagnostics, *plan.diagnostics]
    if not plan.documents:
        problems.append(_nothing_to_do(plan, lecture, workshop.referentiel.diplome.sigle))
        raise InputRefused(problems)
    return problems


def _nothing_to_do(plan: Plan, lecture: Roster, sigle: str) -> Diagnostic:
    if plan.others == lecture.rows_read > 0:
        return error(f"aucun élève de la liste n'est en {sigle}",
                     aide="vérifiez que c'est la bonne liste, et les « mef » et « mef_libelles » "
                          "du référentiel")  # fmt: skip
    if plan.left_out:
        return error("aucun élève de la liste ne correspond à ce choix",
                     aide="vérifiez --class et --option")  # fmt: skip
    return error("aucun document à faire", aide="la liste n'a pas d'élève utilisable")


def find_misfits(
    commandes: Iterable[PlannedDocument], workshop: Workshop, lecture: Roster
) -> list[Diagnostic]:
    """What `run_batch` would say of values that do not fit, without writing anything."""
    found = {
        (commande.eleve.line, misfit.field): _diagnose(misfit, commande, lecture)
        for commande in commandes
        for misfit in workshop.get_merger(commande.edition)
        .merge(workshop.compose(commande), "")
        .misfits
    }
    return list(found.values())


def title_of(merger: Merger, commande: PlannedDocument) -> str:
    """The title of a pupil's document, as a reader shows it."""
    return f"{merger.master.title} – {commande.eleve.nom} {commande.eleve.prenom}"


def _diagnose(misfit: Misfit, commande: PlannedDocument, lecture: Roster) -> Diagnostic:
    column = "eleve.nom" if misfit.field == "eleve.nom_complet" else misfit.field
    position = lecture.position(commande.eleve, column)
    if misfit.missing:
        signs = ", ".join(f"« {sign} » (U+{ord(sign):04X})" for sign in misfit.missing)
        return warning(
            f"la police n'a pas {signs} : la place reste à remplir à la main",
            position,
            "écrivez ce texte en lettres latines",
        )
    return warning(
        "texte trop long pour sa place, qui reste à remplir à la main", position, "abrégez-le"
    )

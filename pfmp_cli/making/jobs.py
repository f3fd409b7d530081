"""A plan against an output folder: what has to be made, and what is there already.

No document is merged here, and no master laid out: what is rendered for it says what a
document depends on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.domain.selection import Selection
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.plan import PlannedDocument

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Eleve, Roster
    from pfmp_cli.planning.editions import Document, Edition
    from pfmp_cli.planning.plan import Plan
    from pfmp_cli.press.workshop import Workshop


ARCHIVE = "zip"  # the kind of file that a division's zip is


@dataclass(frozen=True, slots=True)
class Batch:
    """A list of pupils, what is planned for it, and what makes it.

    `liste` is the list's opaque name; `tirage` the kind of print file that each class gets
    too, '' for none; with `with_zips`, each division gets a zip.
    """

    plan: Plan
    roster: Roster
    workshop: Workshop
    list_name: str
    print_kind: str = ""
    with_zips: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A document of the plan: what the manifest is to say of it, and how its place stands.

    `a_redire`: it is there, and has a place left blank that has to be told again.
    """

    document: PlannedDocument
    entry: Entry
    state: State
    retell: bool = False

    @property
    def is_to_merge(self) -> bool:
        return self.retell or self.state is State.TO_MAKE


@dataclass(frozen=True, slots=True)
class PrintFile:
    """The print file of a class, of these documents in this order."""

    path: str
    jobs: tuple[Job, ...]
    entry: Entry
    state: State


def name_list(path: Path) -> str:
    """The opaque name of a list: that of its file, wherever it is."""
    return opaque(path.name)


def survey(batch: Batch, folder: OutputFolder) -> list[Job]:
    """How each document of the plan stands."""
    return [_examine(document, batch, folder) for document in batch.plan.documents]


def _examine(document: PlannedDocument, batch: Batch, folder: OutputFolder) -> Job:
    entry = describe(document, batch.workshop, batch.list_name)
    state = folder.examine(document.path, entry)
    known = folder.find(document.path) if state is not State.TO_MAKE else None
    return Job(document, entry, state, bool(known and known.vides))


def describe(document: PlannedDocument, workshop: Workshop, liste: str) -> Entry:
    """What a document depends on, and whose it is, before it is made."""
    edition, eleve = document.edition, document.eleve
    rendering, values = workshop.get_rendering(edition), workshop.compose(document)
    printed = [f"{field}={value}" for field in rendering.fields if (value := values.get(field))]
    return Entry(
        document=edition.document,
        master=rendering.key,
        valeurs=opaque(eleve.nom, eleve.prenom, *printed),
        liste=liste,
        eleve=_identify(eleve),
        classe=edition.classe,
        option=edition.option or "",
        periode=edition.periode or "",
    )


def _identify(eleve: Eleve) -> str:
    """An opaque id of the pupil, the same in every list. (Not of the INE: a number that all
    the others of its kind can be tried for.)"""
    return opaque(eleve.nom, eleve.prenom, str(eleve.date_naissance))


def survey_print_files(jobs: Iterable[Job], batch: Batch, folder: OutputFolder) -> list[PrintFile]:
    """How the print files of the documents stand, where any are asked for."""
    if not batch.print_kind:
        return []
    groups = _group(jobs).items()
    return [_examine_print_file(stem, group, batch, folder) for stem, group in groups]


def _group(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """What goes into one print file: a folder's documents of a kind, in the order of the list.

    Keys are paths like those of `Commande`, without the end: `TMCV1/TMCV1_livret`. Folders
    that differ by case alone are one (they are on Windows): none overwrites the other's file.
    """
    folders: dict[str, str] = {}
    groups: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        folder, _, _ = job.document.path.rpartition("/")
        folder = folders.setdefault(folder.lower(), folder)
        groups[f"{folder}/{folder}_{job.document.edition.document}"].append(job)
    return groups


def _examine_print_file(
    stem: str, jobs: Sequence[Job], batch: Batch, folder: OutputFolder
) -> PrintFile:
    entries = [job.entry for job in jobs]
    entry = Entry(
        document=entries[0].document,
        master=opaque(*(entry.master for entry in entries)),
        valeurs=opaque(stem, *(entry.valeurs for entry in entries)),
        liste=batch.list_name,
        classe=_common(entry.classe for entry in entries),
        option=_common(entry.option for entry in entries),
        periode=_common(entry.periode for entry in entries),
        tirage=batch.print_kind,
    )
    path = f"{stem}_{batch.print_kind}.pdf"
    return PrintFile(path, tuple(jobs), entry, folder.examine(path, entry))


def _common(codes: Iterable[str]) -> str:
    found = set(codes)
    return found.pop() if len(found) == 1 else ""


def editions_to_merge(jobs: Iterable[Job], print_files: Iterable[PrintFile]) -> list[Edition]:
    """The masters that are needed, in the order of their first use."""
    wanted = [job.document.edition for job in jobs if job.is_to_merge]
    for print_file in print_files:
        if print_file.state is State.TO_MAKE:
            wanted += [job.document.edition for job in print_file.jobs]
    return list(dict.fromkeys(wanted))


def scope_of(
    batch: Batch, documents: Iterable[Document], selection: Selection
) -> Callable[[Entry], bool]:
    """Which files of earlier runs this one would have claimed: those of the same list, of a
    kind and a choice that it makes. Of the others it knows nothing."""
    noms, kinds = {document.name for document in documents}, {"", batch.print_kind}

    def within(entry: Entry) -> bool:
        if entry.tirage == ARCHIVE:
            whole = selection.classe is None and selection.option is None
            return entry.liste == batch.list_name and batch.with_zips and whole
        return (
            entry.liste == batch.list_name
            and entry.document in noms
            and entry.tirage in kinds
            and selection.classe in (None, entry.classe)
            and selection.option in (None, entry.option)
            and (not entry.periode or selection.periode in (None, entry.periode))
        )

    return within

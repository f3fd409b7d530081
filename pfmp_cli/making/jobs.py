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

from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.editions import Selection
from pfmp_cli.planning.plan import PlannedDocument

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Eleve, Roster
    from pfmp_cli.planning.editions import Document, Edition
    from pfmp_cli.planning.plan import Plan
    from pfmp_cli.press.workshop import Workshop


ARCHIVE = "zip"  # the kind of file that a division's zip is
INVENTES = "anonyme-"  # begins the opaque name of a list whose pupils are invented


@dataclass(frozen=True, slots=True)
class Batch:
    """A list of pupils, what is planned for it, and what makes it.

    `liste` is the list's opaque name; `tirage` the kind of print file that each class gets
    too, '' for none; with `archives`, each division gets a zip; with `anonyme`, the pupils are
    invented.
    """

    plan: Plan
    roster: Roster
    workshop: Workshop
    list_name: str
    print_kind: str = ""
    with_zips: bool = False
    anonyme: bool = False


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


def name_list(path: Path, anonyme: bool = False) -> str:
    """The opaque name of a list: that of its file, wherever it is; another, which shows it,
    for its invented pupils, who take nothing from the real ones."""
    return f"{INVENTES}{opaque(path.name)}" if anonyme else opaque(path.name)


def survey(lot: Batch, dossier: OutputFolder) -> list[Job]:
    """How each document of the plan stands."""
    return [_examine(commande, lot, dossier) for commande in lot.plan.documents]


def _examine(commande: PlannedDocument, lot: Batch, dossier: OutputFolder) -> Job:
    entree = describe(commande, lot.workshop, lot.list_name)
    etat = dossier.examine(commande.path, entree)
    known = dossier.find(commande.path) if etat is not State.TO_MAKE else None
    return Job(commande, entree, etat, bool(known and known.vides))


def describe(commande: PlannedDocument, workshop: Workshop, liste: str) -> Entry:
    """What a document depends on, and whose it is, before it is made."""
    edition, eleve = commande.edition, commande.eleve
    maquette, values = workshop.get_rendering(edition), workshop.compose(commande)
    printed = [f"{champ}={value}" for champ in maquette.fields if (value := values.get(champ))]
    return Entry(
        document=edition.document,
        master=maquette.key,
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


def survey_print_files(
    travaux: Iterable[Job], lot: Batch, dossier: OutputFolder
) -> list[PrintFile]:
    """How the print files of the documents stand, where any are asked for."""
    if not lot.print_kind:
        return []
    groups = _group(travaux).items()
    return [_examine_print_file(stem, group, lot, dossier) for stem, group in groups]


def _group(travaux: Iterable[Job]) -> dict[str, list[Job]]:
    """What goes into one print file: a folder's documents of a kind, in the order of the list.

    Keys are paths like those of `Commande`, without the end: `TMCV1/TMCV1_livret`. Folders
    that differ by case alone are one (they are on Windows): none overwrites the other's file.
    """
    folders: dict[str, str] = {}
    groups: dict[str, list[Job]] = defaultdict(list)
    for travail in travaux:
        folder, _, _ = travail.document.path.rpartition("/")
        folder = folders.setdefault(folder.lower(), folder)
        groups[f"{folder}/{folder}_{travail.document.edition.document}"].append(travail)
    return groups


def _examine_print_file(
    stem: str, travaux: Sequence[Job], lot: Batch, dossier: OutputFolder
) -> PrintFile:
    entries = [travail.entry for travail in travaux]
    entree = Entry(
        document=entries[0].document,
        master=opaque(*(entree.master for entree in entries)),
        valeurs=opaque(stem, *(entree.valeurs for entree in entries)),
        liste=lot.list_name,
        classe=_common(entree.classe for entree in entries),
        option=_common(entree.option for entree in entries),
        periode=_common(entree.periode for entree in entries),
        tirage=lot.print_kind,
    )
    chemin = f"{stem}_{lot.print_kind}.pdf"
    return PrintFile(chemin, tuple(travaux), entree, dossier.examine(chemin, entree))


def _common(codes: Iterable[str]) -> str:
    found = set(codes)
    return found.pop() if len(found) == 1 else ""


def editions_to_merge(travaux: Iterable[Job], tirages: Iterable[PrintFile]) -> list[Edition]:
    """The masters that are needed, in the order of their first use."""
    wanted = [travail.document.edition for travail in travaux if travail.is_to_merge]
    for tirage in tirages:
        if tirage.state is State.TO_MAKE:
            wanted += [travail.document.edition for travail in tirage.jobs]
    return list(dict.fromkeys(wanted))


def scope_of(
    lot: Batch, documents: Iterable[Document], choix: Selection
) -> Callable[[Entry], bool]:
    """Which files of earlier runs this one would have claimed: those of the same list, of a
    kind and a choice that it makes. Of the others it knows nothing."""
    noms, kinds = {document.name for document in documents}, {"", lot.print_kind}

    def within(entree: Entry) -> bool:
        if entree.tirage == ARCHIVE:
            whole = choix.classe is None and choix.option is None
            return entree.liste == lot.list_name and lot.with_zips and whole
        return (
            entree.liste == lot.list_name
            and entree.document in noms
            and entree.tirage in kinds
            and choix.classe in (None, entree.classe)
            and choix.option in (None, entree.option)
            and (not entree.periode or choix.periode in (None, entree.periode))
        )

    return within

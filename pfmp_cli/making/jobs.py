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

from pfmp_cli.output.folder import Dossier, Etat
from pfmp_cli.output.manifest import Entree, opaque
from pfmp_cli.planning.editions import Choix
from pfmp_cli.planning.plan import Commande

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Eleve, Lecture
    from pfmp_cli.planning.editions import Document, Edition
    from pfmp_cli.planning.plan import Plan
    from pfmp_cli.press.workshop import Workshop


ARCHIVE = "zip"  # the kind of file that a division's zip is
INVENTES = "anonyme-"  # begins the opaque name of a list whose pupils are invented


@dataclass(frozen=True, slots=True)
class Lot:
    """A list of pupils, what is planned for it, and what makes it.

    `liste` is the list's opaque name; `tirage` the kind of print file that each class gets
    too, '' for none; with `archives`, each division gets a zip; with `anonyme`, the pupils are
    invented.
    """

    plan: Plan
    lecture: Lecture
    workshop: Workshop
    liste: str
    tirage: str = ""
    archives: bool = False
    anonyme: bool = False


@dataclass(frozen=True, slots=True)
class Travail:
    """A document of the plan: what the manifest is to say of it, and how its place stands.

    `a_redire`: it is there, and has a place left blank that has to be told again.
    """

    commande: Commande
    entree: Entree
    etat: Etat
    a_redire: bool = False

    @property
    def is_to_merge(self) -> bool:
        return self.a_redire or self.etat is Etat.A_FAIRE


@dataclass(frozen=True, slots=True)
class Tirage:
    """The print file of a class, of these documents in this order."""

    chemin: str
    travaux: tuple[Travail, ...]
    entree: Entree
    etat: Etat


def name_list(path: Path, anonyme: bool = False) -> str:
    """The opaque name of a list: that of its file, wherever it is; another, which shows it,
    for its invented pupils, who take nothing from the real ones."""
    return f"{INVENTES}{opaque(path.name)}" if anonyme else opaque(path.name)


def survey(lot: Lot, dossier: Dossier) -> list[Travail]:
    """How each document of the plan stands."""
    return [_examine(commande, lot, dossier) for commande in lot.plan.commandes]


def _examine(commande: Commande, lot: Lot, dossier: Dossier) -> Travail:
    entree = describe(commande, lot.workshop, lot.liste)
    etat = dossier.examine(commande.chemin, entree)
    known = dossier.find(commande.chemin) if etat is not Etat.A_FAIRE else None
    return Travail(commande, entree, etat, bool(known and known.vides))


def describe(commande: Commande, workshop: Workshop, liste: str) -> Entree:
    """What a document depends on, and whose it is, before it is made."""
    edition, eleve = commande.edition, commande.eleve
    maquette, values = workshop.get_maquette(edition), workshop.compose(commande)
    printed = [f"{champ}={value}" for champ in maquette.champs if (value := values.get(champ))]
    return Entree(
        document=edition.document,
        master=maquette.cle,
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


def survey_tirages(travaux: Iterable[Travail], lot: Lot, dossier: Dossier) -> list[Tirage]:
    """How the print files of the documents stand, where any are asked for."""
    if not lot.tirage:
        return []
    groups = _group(travaux).items()
    return [_examine_tirage(stem, group, lot, dossier) for stem, group in groups]


def _group(travaux: Iterable[Travail]) -> dict[str, list[Travail]]:
    """What goes into one print file: a folder's documents of a kind, in the order of the list.

    Keys are paths like those of `Commande`, without the end: `TMCV1/TMCV1_livret`. Folders
    that differ by case alone are one (they are on Windows): none overwrites the other's file.
    """
    folders: dict[str, str] = {}
    groups: dict[str, list[Travail]] = defaultdict(list)
    for travail in travaux:
        folder, _, _ = travail.commande.chemin.rpartition("/")
        folder = folders.setdefault(folder.lower(), folder)
        groups[f"{folder}/{folder}_{travail.commande.edition.document}"].append(travail)
    return groups


def _examine_tirage(stem: str, travaux: Sequence[Travail], lot: Lot, dossier: Dossier) -> Tirage:
    entries = [travail.entree for travail in travaux]
    entree = Entree(
        document=entries[0].document,
        master=opaque(*(entree.master for entree in entries)),
        valeurs=opaque(stem, *(entree.valeurs for entree in entries)),
        liste=lot.liste,
        classe=_common(entree.classe for entree in entries),
        option=_common(entree.option for entree in entries),
        periode=_common(entree.periode for entree in entries),
        tirage=lot.tirage,
    )
    chemin = f"{stem}_{lot.tirage}.pdf"
    return Tirage(chemin, tuple(travaux), entree, dossier.examine(chemin, entree))


def _common(codes: Iterable[str]) -> str:
    found = set(codes)
    return found.pop() if len(found) == 1 else ""


def editions_to_merge(travaux: Iterable[Travail], tirages: Iterable[Tirage]) -> list[Edition]:
    """The masters that are needed, in the order of their first use."""
    wanted = [travail.commande.edition for travail in travaux if travail.is_to_merge]
    for tirage in tirages:
        if tirage.etat is Etat.A_FAIRE:
            wanted += [travail.commande.edition for travail in tirage.travaux]
    return list(dict.fromkeys(wanted))


def scope_of(lot: Lot, documents: Iterable[Document], choix: Choix) -> Callable[[Entree], bool]:
    """Which files of earlier runs this one would have claimed: those of the same list, of a
    kind and a choice that it makes. Of the others it knows nothing."""
    noms, kinds = {document.nom for document in documents}, {"", lot.tirage}

    def within(entree: Entree) -> bool:
        if entree.tirage == ARCHIVE:
            whole = choix.classe is None and choix.option is None
            return entree.liste == lot.liste and lot.archives and whole
        return (
            entree.liste == lot.liste
            and entree.document in noms
            and entree.tirage in kinds
            and choix.classe in (None, entree.classe)
            and choix.option in (None, entree.option)
            and (not entree.periode or choix.periode in (None, entree.periode))
        )

    return within

"""A plan carried out: every document merged, written, and told about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, WrongUsage, error, warning
from pfmp_cli.output import diagnose_file, write_document
from pfmp_cli.plan import Commande, Plan
from pfmp_cli.press.imposition import LIVRET_A5
from pfmp_cli.press.merge import Merger, Misfit

if TYPE_CHECKING:
    from pfmp_cli.inputs.eleves import Lecture
    from pfmp_cli.press.tirage import Exemplaire
    from pfmp_cli.press.workshop import Workshop


@dataclass
class Bilan:
    """What a batch came to: documents written by folder, print files, what there is to say."""

    ecrits: Counter[str] = field(default_factory=Counter)
    tirages: list[Path] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def run_batch(
    commandes: Iterable[Commande], workshop: Workshop, lecture: Lecture, dossier: Path, bilan: Bilan
) -> Iterator[None]:
    """Make and write the documents, one a step; what comes of it goes into `bilan`.

    A document that cannot be written is told there, and the others go on.
    """
    made: set[Path] = set()
    told: set[tuple[int, str]] = set()
    for commande in commandes:
        merger = workshop.get_merger(commande.edition)
        path = dossier / commande.chemin
        merged = merger.merge(workshop.compose(commande), title_of(merger, commande))
        for misfit in merged.misfits:
            key = (commande.eleve.ligne, misfit.champ)
            if key not in told:
                told.add(key)
                bilan.diagnostics.append(_diagnose(misfit, commande, lecture))
        try:
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                made.add(path.parent)
            write_document(path, (merger.master.pdf, merged.update))
        except OSError as exception:
            bilan.diagnostics.append(diagnose_file(exception, path))
        else:
            bilan.ecrits[path.parent.name] += 1
        yield


def group_tirages(commandes: Iterable[Commande]) -> dict[str, list[Commande]]:
    """What goes into one print file: a folder's documents of a kind, in the order of the list.

    Keys are paths like those of `Commande`, without the end: `TMCV1/TMCV1_livret`. Folders
    that differ by case alone are one (they are on Windows): none overwrites the other's file.
    """
    folders: dict[str, str] = {}
    groups: dict[str, list[Commande]] = defaultdict(list)
    for commande in commandes:
        folder, _, _ = commande.chemin.rpartition("/")
        folder = folders.setdefault(folder.lower(), folder)
        groups[f"{folder}/{folder}_{commande.edition.document}"].append(commande)
    return groups


def print_classes(
    tirages: Mapping[str, Sequence[Commande]],
    workshop: Workshop,
    imposition: str | None,
    dossier: Path,
    bilan: Bilan,
) -> Iterator[None]:
    """Write the print file of each class, one a step; what comes of it goes into `bilan`."""
    from pfmp_cli.press.tirage import compose_tirage

    end = "a-imprimer" if imposition is None else "a5"
    for stem, commandes in tirages.items():
        path = dossier / f"{stem}_{end}.pdf"
        copies = [_copy(commande, workshop) for commande in commandes]
        title = f"{copies[0].master.titre} – {path.parent.name}"
        try:
            write_document(path, [compose_tirage(title, copies, imposition == LIVRET_A5)])
        except OSError as exception:
            bilan.diagnostics.append(diagnose_file(exception, path))
        else:
            bilan.tirages.append(path)
        yield


def _copy(commande: Commande, workshop: Workshop) -> Exemplaire:
    from pfmp_cli.press.tirage import Exemplaire

    eleve, master = commande.eleve, workshop.get_merger(commande.edition).master
    return Exemplaire(f"{eleve.nom} {eleve.prenom}", master, workshop.compose(commande))


def check_imposition(word: str | None) -> None:
    """Raise WrongUsage for a layout of sheets that does not exist."""
    if word not in (None, LIVRET_A5):
        raise WrongUsage([error(f"imposition « {word} » inconnue", aide=f"écrivez {LIVRET_A5}")])


def check_plan(plan: Plan, workshop: Workshop, lecture: Lecture, strict: bool) -> list[Diagnostic]:
    """What is wrong with the file and the plan, before anything is written.

    Raises InputRefused where there is nothing to make, or with `strict` anything at all.
    """
    problems = [*lecture.diagnostics, *plan.diagnostics]
    if strict:
        problems += _find_misfits(plan.commandes, workshop, lecture)
    if not plan.commandes:
        problems.append(_nothing_to_do(plan, lecture, workshop.referentiel.diplome.sigle))
    if not plan.commandes or (strict and problems):
        raise InputRefused(problems)
    return problems


def _nothing_to_do(plan: Plan, lecture: Lecture, sigle: str) -> Diagnostic:
    if plan.autres == lecture.lus > 0:
        return error(f"aucun élève de la liste n'est en {sigle}",
                     aide="vérifiez que c'est la bonne liste, et les « mef » et « mef_libelles » "
                          "du référentiel")  # fmt: skip
    if plan.ecartes:
        return error("aucun élève de la liste ne correspond à ce choix",
                     aide="vérifiez --class et --option")  # fmt: skip
    return error("aucun document à faire", aide="la liste n'a pas d'élève utilisable")


def _find_misfits(
    commandes: Iterable[Commande], workshop: Workshop, lecture: Lecture
) -> list[Diagnostic]:
    """What `run_batch` would say of values that do not fit, without writing anything."""
    found = {
        (commande.eleve.ligne, misfit.champ): _diagnose(misfit, commande, lecture)
        for commande in commandes
        for misfit in workshop.get_merger(commande.edition)
        .merge(workshop.compose(commande), "")
        .misfits
    }
    return list(found.values())


def title_of(merger: Merger, commande: Commande) -> str:
    """The title of a pupil's document, as a reader shows it."""
    return f"{merger.master.titre} – {commande.eleve.nom} {commande.eleve.prenom}"


def _diagnose(misfit: Misfit, commande: Commande, lecture: Lecture) -> Diagnostic:
    column = "eleve.nom" if misfit.champ == "eleve.nom_complet" else misfit.champ
    position = lecture.position(commande.eleve, column)
    if misfit.manquants:
        signs = ", ".join(f"« {sign} » (U+{ord(sign):04X})" for sign in misfit.manquants)
        return warning(
            f"la police n'a pas {signs} : la place reste à remplir à la main",
            position,
            "écrivez ce texte en lettres latines",
        )
    return warning(
        "texte trop long pour sa place, qui reste à remplir à la main", position, "abrégez-le"
    )

"""`pfmp batch`: the documents of every pupil of a list."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pfmp_cli import console
from pfmp_cli.commands.options import (
    DONE,
    PARTIAL,
    Classe,
    Option,
    Periode,
    Projet,
    ReferentielPath,
    Strict,
    TemplatesPath,
    flag,
)
from pfmp_cli.loading import Sources

if TYPE_CHECKING:
    from pfmp_cli.batch import Bilan
    from pfmp_cli.inputs.eleves import Lecture
    from pfmp_cli.output import Dossier
    from pfmp_cli.plan import Plan
    from pfmp_cli.travaux import Lot

_MOST = 20  # files of a kind that a summary names


def batch(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="La liste des élèves.")],
    classe: Classe = None,
    option: Option = None,
    periode: Periode = None,
    documents: Annotated[
        str,
        flag("--documents", metavar="NOMS", text="Lesquels, par exemple livret,grille."),
    ] = "livret",
    sortie: Annotated[
        Path,
        flag("-o", "--output", metavar="DOSSIER", text="Où écrire (« documents »)."),
    ] = Path("documents"),
    imprimer: Annotated[
        bool,
        flag("--print", text="Écrire aussi, par classe, un seul PDF pour le copieur."),
    ] = False,
    imposition: Annotated[
        str | None,
        flag(
            "--imposition",
            metavar="livret-a5",
            text="Ce PDF en livrets A5 à plier : feuilles A4, recto verso, bord court.",
        ),
    ] = None,
    anonyme: Annotated[
        bool,
        flag("--anonyme", text="Pour une démonstration : des élèves inventés à la place."),
    ] = False,
    prune: Annotated[
        bool,
        flag("--prune", text="Enlever les fichiers d'avant qui ne sont plus à personne."),
    ] = False,
    strict: Strict = False,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Le livret, ou d'autres documents, de chaque élève d'une liste.

    --class et --option disent ce que la liste ne dit pas, et y choisissent ce qu'elle dit.
    """
    from pfmp_cli.batch import TIRAGES, Bilan, check_imposition, check_plan, settle_orphans
    from pfmp_cli.choix import choose, choose_documents
    from pfmp_cli.loading import load_anonymes, load_eleves, load_workshop
    from pfmp_cli.output import open_folder
    from pfmp_cli.plan import plan_documents
    from pfmp_cli.travaux import Lot, name_list, scope_of

    check_imposition(imposition)
    workshop = load_workshop(Sources(projet, referentiel, templates))
    choix = choose(workshop.referentiel, classe, option, periode)
    kinds = choose_documents(workshop.templates.documents(), documents)
    if anonyme:
        lecture = load_anonymes(fichier, workshop)
    else:
        lecture = load_eleves(fichier, workshop.referentiel, workshop.projet.divisions)
    plan = plan_documents(lecture, workshop.referentiel, workshop.projet.divisions, kinds, choix)
    problems = check_plan(plan, workshop, lecture, strict)
    tirage = TIRAGES[imposition] if imprimer or imposition else ""
    lot = Lot(plan, lecture, workshop, name_list(fichier), tirage)
    bilan = Bilan(diagnostics=problems)
    with open_folder(sortie) as dossier:
        try:
            make_documents(lot, dossier, bilan)
            settle_orphans(dossier, scope_of(lot, kinds, choix), prune, bilan)
        finally:
            console.show(bilan.diagnostics)
            console.say(_summarize(bilan, sortie, plan.ecartes))
            for line in _count_others(lecture, plan, workshop.referentiel.diplome.sigle):
                console.say(line)
    return PARTIAL if any(diagnostic.is_error for diagnostic in bilan.diagnostics) else DONE


def make_documents(lot: Lot, dossier: Dossier, bilan: Bilan) -> None:
    """Make what a list needs and does not have yet, under bars with the time left."""
    from pfmp_cli.batch import keep_unchanged, print_classes, run_batch
    from pfmp_cli.travaux import editions_to_merge, survey, survey_tirages

    travaux = survey(lot, dossier)
    tirages = survey_tirages(travaux, lot, dossier)
    keep_unchanged(travaux, dossier, bilan)
    editions = editions_to_merge(travaux, tirages)
    number = sum(travail.is_to_merge for travail in travaux)
    missing = lot.workshop.prepare(editions)
    _follow(lot.workshop.lay_out(missing), "Mise en page", len(missing))
    _follow(run_batch(travaux, lot, dossier, bilan), "Documents", number)
    _follow(print_classes(tirages, lot, dossier, bilan), "À imprimer", len(tirages))


def _follow(steps: Iterable[object], title: str, total: int) -> None:
    for _ in console.track(steps, title, total):
        pass


def _summarize(bilan: Bilan, sortie: Path, ecartes: int) -> str:
    """What was written, by division, and what was not."""
    lines = [*_count_by_folder(bilan), f"{_count_all(bilan)} dans {sortie}{os.sep}"]
    if bilan.modifies:
        lines.append(
            "dont " + console.count(
                bilan.modifies, "rempli ou modifié depuis que pfmp l'a fait",
                "remplis ou modifiés depuis que pfmp les a faits",
            )
        )  # fmt: skip
    if bilan.tirages:
        files = console.count(len(bilan.tirages), "fichier", "fichiers")
        lines.append(f"{files} pour le copieur, recto verso :")
        lines += [f"  {path}" for path in bilan.tirages]
    lines += _list_orphans(bilan)
    if ecartes:
        lines.append(console.count(ecartes, "élève laissé", "élèves laissés") + " de côté")
    if said := console.tally(bilan.diagnostics):
        lines.append(said)
    return "\n".join(lines)


def _count_by_folder(bilan: Bilan) -> Iterator[str]:
    for name in sorted({*bilan.ecrits, *bilan.inchanges}):
        yield f"  {name} : {bilan.ecrits[name] + bilan.inchanges[name]}"


def _count_all(bilan: Bilan) -> str:
    written = console.count(bilan.ecrits.total(), "document écrit", "documents écrits")
    left = bilan.inchanges.total()
    if not left:
        return written
    return f"{written}, " + console.count(left, "laissé tel quel", "laissés tels quels")


def _list_orphans(bilan: Bilan) -> Iterator[str]:
    """The files that are no longer anyone's: those removed, and those left."""
    if bilan.enleves:
        removed = console.count(
            len(bilan.enleves), "fichier d'avant enlevé", "fichiers d'avant enlevés"
        )
        yield f"{removed}, plus à personne :"
        yield from _cut(bilan.enleves)
    if bilan.orphelins:
        left = console.count(
            len(bilan.orphelins), "fichier d'avant n'est", "fichiers d'avant ne sont"
        )
        yield f"{left} plus à personne (--prune enlève ceux que nul n'a modifiés) :"
        yield from _cut(bilan.orphelins)


def _cut(chemins: Sequence[str]) -> Iterator[str]:
    """The first of many paths, each on its line."""
    yield from (f"  {chemin}" for chemin in chemins[:_MOST])
    if len(chemins) > _MOST:
        yield f"  … et {len(chemins) - _MOST} autres"


def _count_others(lecture: Lecture, plan: Plan, sigle: str) -> Iterator[str]:
    """The pupils of a list of the whole school who are not ours, or have left."""
    if plan.autres:
        lus, ours = console.count(lecture.lus, "élève lu", "élèves lus"), lecture.lus - plan.autres
        others = console.count(
            plan.autres,
            "d'une autre formation laissé de côté",
            "d'autres formations laissés de côté",
        )
        yield f"{lus}, {ours} en {sigle}, {others}"
    if lecture.sortis:
        yield console.count(
            lecture.sortis,
            "élève sorti de l'établissement laissé de côté",
            "élèves sortis de l'établissement laissés de côté",
        )

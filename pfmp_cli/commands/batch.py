"""`pfmp batch`: the documents of every pupil of a list."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
    from pfmp_cli.plan import Plan


def batch(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="La liste des élèves.")],
    classe: Classe = None,
    option: Option = None,
    periode: Periode = None,
    stages: Annotated[
        Path | None,
        flag("--stages", metavar="FICHIER", text="Les stages : une ligne par élève et période."),
    ] = None,
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
    strict: Strict = False,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Le livret, ou d'autres documents, de chaque élève d'une liste.

    --class et --option disent ce que la liste ne dit pas, et y choisissent ce qu'elle dit.
    """
    from pfmp_cli.batch import (
        Bilan,
        check_imposition,
        check_plan,
        group_tirages,
        print_classes,
        run_batch,
    )
    from pfmp_cli.choix import choose, choose_documents
    from pfmp_cli.loading import load_class, load_workshop
    from pfmp_cli.output import prepare_folder
    from pfmp_cli.plan import plan_documents

    check_imposition(imposition)
    workshop = load_workshop(Sources(projet, referentiel, templates))
    choix = choose(workshop.referentiel, classe, option, periode)
    kinds = choose_documents(workshop.templates.documents(), documents)
    lecture = load_class(fichier, stages, workshop, choix)
    plan = plan_documents(lecture, workshop.referentiel, workshop.projet.divisions, kinds, choix)
    problems = check_plan(plan, workshop, lecture, strict)
    prepare_folder(sortie)
    editions = plan.editions()
    for _ in console.track(workshop.prepare(editions), "Mise en page", len(editions)):
        pass
    bilan = Bilan(diagnostics=problems)
    try:
        steps = run_batch(plan.commandes, workshop, lecture, sortie, bilan)
        for _ in console.track(steps, "Documents", len(plan.commandes)):
            pass
        if imprimer or imposition:
            tirages = group_tirages(plan.commandes)
            steps = print_classes(tirages, workshop, imposition, sortie, bilan)
            for _ in console.track(steps, "À imprimer", len(tirages)):
                pass
    finally:
        console.show(bilan.diagnostics)
        console.say(_summarize(bilan, sortie, plan.ecartes))
        for line in _count_others(lecture, plan, workshop.referentiel.diplome.sigle):
            console.say(line)
    return PARTIAL if any(diagnostic.is_error for diagnostic in bilan.diagnostics) else DONE


def _summarize(bilan: Bilan, sortie: Path, ecartes: int) -> str:
    """What was written, by division, and what was not."""
    lines = [f"  {name} : {number}" for name, number in sorted(bilan.ecrits.items())]
    total = console.count(bilan.ecrits.total(), "document écrit", "documents écrits")
    lines.append(f"{total} dans {sortie}{os.sep}")
    if bilan.tirages:
        files = console.count(len(bilan.tirages), "fichier", "fichiers")
        lines.append(f"{files} pour le copieur, recto verso :")
        lines += [f"  {path}" for path in bilan.tirages]
    if ecartes:
        lines.append(console.count(ecartes, "élève laissé", "élèves laissés") + " de côté")
    if said := console.tally(bilan.diagnostics):
        lines.append(said)
    return "\n".join(lines)


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
    if stages := lecture.stages:
        lus, ecartes = console.count(stages.lus, "stage lu", "stages lus"), stages.ecartes
        left = f", {ecartes} d'élèves laissés de côté" if ecartes else ""
        yield f"{lus} dans {stages.fichier}{left}"

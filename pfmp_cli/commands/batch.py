"""`pfmp batch`: the documents of every pupil of a list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pfmp_cli.commands.options import (
    DONE,
    PARTAGE,
    PARTIAL,
    PRUDENCE,
    Classe,
    Option,
    Periode,
    Projet,
    ReferentielPath,
    Strict,
    TemplatesPath,
    flag,
)
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading import Sources
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.jobs import Batch
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.output.manifest import Entry

DOCUMENTS, DEMONSTRATION = "documents", "demonstration"  # where, unless told
ANONYME = "--anonyme : élèves, tuteurs et entreprises inventés ; l'établissement est le vôtre"


def batch(
    fichier: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="La liste des élèves.", readable=False)
    ],
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
        Path | None,
        flag("-o", "--output", metavar="DOSSIER", text="Où écrire (« documents »)."),
    ] = None,
    imprimer: Annotated[
        bool,
        flag("--print", text="Aussi un PDF par division, pour le copieur.", partie=PARTAGE),
    ] = False,
    imposition: Annotated[
        str | None,
        flag(
            "--imposition",
            metavar="livret-a5",
            text="Ce PDF en livrets A5 à plier : A4, recto verso, bord court.",
            partie=PARTAGE,
        ),
    ] = None,
    archives: Annotated[
        bool, flag("--zip", text="Aussi un zip par division.", partie=PARTAGE)
    ] = False,
    essai: Annotated[
        bool, flag("--dry-run", text="Dire ce qui serait fait, sans rien écrire.", partie=PRUDENCE)
    ] = False,
    anonyme: Annotated[
        bool,
        flag("--anonyme", text="Des élèves inventés, pour une démonstration.", partie=PARTAGE),
    ] = False,
    prune: Annotated[
        bool,
        flag("--prune", text="Enlever les fichiers d'avant, plus à personne.", partie=PRUDENCE),
    ] = False,
    strict: Strict = False,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Le livret, ou d'autres documents, de chaque élève d'une liste.

    --class et --option disent ce que la liste ne dit pas, et y choisissent ce qu'elle dit.

    Par exemple : pfmp batch eleves.csv --documents grille --period 1
    """
    from pfmp_cli.loading import load_anonymes, load_class, load_workshop
    from pfmp_cli.making.jobs import Batch, name_list, scope_of
    from pfmp_cli.making.run import TIRAGES, Outcome, check_imposition, check_plan
    from pfmp_cli.planning.command_words import choose, choose_documents
    from pfmp_cli.planning.plan import plan_documents

    check_imposition(imposition)
    workshop = load_workshop(Sources(projet, referentiel, templates))
    choix = choose(workshop.referentiel, classe, option, periode)
    kinds = choose_documents(workshop.templates.documents(), documents)
    load = load_anonymes if anonyme else load_class
    lecture = load(fichier, stages, workshop, choix)
    divisions = workshop.projet.divisions
    plan = plan_documents(lecture, workshop.referentiel, divisions, kinds, choix)
    bilan = Outcome(diagnostics=check_plan(plan, lecture, workshop))
    tirage = TIRAGES[imposition] if imprimer or imposition else ""
    lot = Batch(plan, lecture, workshop, name_list(fichier, anonyme), tirage, archives, anonyme)
    racine = sortie or Path(DEMONSTRATION if anonyme else DOCUMENTS)
    if strict or essai:
        check_values(lot, strict, bilan)
    if essai:
        preview(lot, racine, scope_of(lot, kinds, choix), bilan)
    else:
        carry_out(lot, racine, scope_of(lot, kinds, choix), prune, bilan)
    if anonyme:
        console.say(ANONYME)
    return PARTIAL if any(diagnostic.is_error for diagnostic in bilan.diagnostics) else DONE


def check_values(lot: Batch, strict: bool, bilan: Outcome) -> None:
    """Tell the values that do not fit before anything is written, which takes every master.

    Raises InputRefused for any problem at all with `strict`.
    """
    from pfmp_cli.making.execution import lay_out
    from pfmp_cli.making.run import find_misfits

    lay_out(lot.workshop, lot.plan.editions())
    bilan.diagnostics += find_misfits(lot.plan.documents, lot.workshop, lot.roster)
    if strict and bilan.diagnostics:
        raise InputRefused(bilan.diagnostics)


def preview(lot: Batch, racine: Path, within: Callable[[Entry], bool], bilan: Outcome) -> None:
    """Say what would be made; nothing is written."""
    from pfmp_cli.making.dry_run import foresee

    lines = list(foresee(lot, racine, within, bilan))
    console.show(bilan.diagnostics)
    console.say("\n".join(lines))


def carry_out(
    lot: Batch, racine: Path, within: Callable[[Entry], bool], prune: bool, bilan: Outcome
) -> None:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.making.execution import lay_out, make_documents, study
    from pfmp_cli.making.index import write_index
    from pfmp_cli.making.run import check_neighbours, settle_orphans
    from pfmp_cli.making.summary import summarize
    from pfmp_cli.output.folder import open_folder

    with open_folder(racine) as dossier:
        check_neighbours(lot, dossier)
        try:
            etude = study(lot, dossier)
            lay_out(lot.workshop, etude.editions)
            make_documents(etude, dossier, bilan)
            settle_orphans(dossier, within, prune, bilan)
            write_index([etude], dossier, bilan)
        finally:
            console.show(bilan.diagnostics)
            console.say("\n".join(summarize([lot], racine, bilan)))
    if bilan.index:
        print(bilan.index)

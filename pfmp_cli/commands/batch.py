"""`pfmp batch`: the documents of every pupil of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.jobs import Batch
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.output.manifest import Entry

DOCUMENTS = "documents"  # where, unless told


def batch(
    file: Annotated[
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
    output: Annotated[
        Path | None,
        flag("-o", "--output", metavar="DOSSIER", text="Où écrire (« documents »)."),
    ] = None,
    with_print_files: Annotated[
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
    with_zips: Annotated[
        bool, flag("--zip", text="Aussi un zip par division.", partie=PARTAGE)
    ] = False,
    dry_run: Annotated[
        bool, flag("--dry-run", text="Dire ce qui serait fait, sans rien écrire.", partie=PRUDENCE)
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
    from pfmp_cli.loading.loader import Loader
    from pfmp_cli.making.jobs import Batch, name_list, scope_of
    from pfmp_cli.making.run import TIRAGES, Outcome, check_imposition, check_plan
    from pfmp_cli.planning.command_words import choose, choose_documents
    from pfmp_cli.planning.plan import plan_documents
    from pfmp_cli.press.workshop import open_workshop

    check_imposition(imposition)
    loader = Loader()
    school = loader.load_school(Sources(projet, referentiel, templates))
    if school is None:
        raise InputRefused(loader.problems)
    selection = choose(school.referentiel, classe, option, periode)
    workshop = open_workshop(school)
    kinds = choose_documents(workshop.templates.documents(), documents)
    roster = loader.load_list(file, school, selection, stages)
    loader.refuse()
    assert roster is not None  # what cannot be used is an error
    workshop = replace(workshop, doubts=tuple(loader.problems))
    plan = plan_documents(roster, workshop.referentiel, kinds, selection.periode)
    outcome = Outcome(diagnostics=check_plan(plan, roster, workshop))
    print_file = TIRAGES[imposition] if with_print_files or imposition else ""
    lot = Batch(plan, roster, workshop, name_list(file), print_file, with_zips)
    root = output or Path(DOCUMENTS)
    if strict or dry_run:
        check_values(lot, strict, outcome)
    if dry_run:
        preview(lot, root, scope_of(lot, kinds, selection), outcome)
    else:
        carry_out(lot, root, scope_of(lot, kinds, selection), prune, outcome)
    return PARTIAL if any(diagnostic.is_error for diagnostic in outcome.diagnostics) else DONE


def check_values(lot: Batch, strict: bool, outcome: Outcome) -> None:
    """Tell the values that do not fit before anything is written, which takes every master.

    Raises InputRefused for any problem at all with `strict`.
    """
    from pfmp_cli.making.execution import lay_out
    from pfmp_cli.press.misfits import find_misfits

    lay_out(lot.workshop, lot.plan.editions())
    outcome.diagnostics += find_misfits(lot.plan.documents, lot.workshop, lot.roster)
    if strict and outcome.diagnostics:
        raise InputRefused(outcome.diagnostics)


def preview(lot: Batch, root: Path, within: Callable[[Entry], bool], outcome: Outcome) -> None:
    """Say what would be made; nothing is written."""
    from pfmp_cli.making.dry_run import foresee

    lines = list(foresee(lot, root, within, outcome))
    console.show(outcome.diagnostics)
    console.say("\n".join(lines))


def carry_out(
    lot: Batch, root: Path, within: Callable[[Entry], bool], prune: bool, outcome: Outcome
) -> None:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.making.execution import lay_out, make_documents, study
    from pfmp_cli.making.index import write_index
    from pfmp_cli.making.run import settle_orphans
    from pfmp_cli.making.summary import summarize
    from pfmp_cli.output.folder import open_folder

    with open_folder(root) as folder:
        survey = study(lot, folder)
        lay_out(lot.workshop, survey.editions)
        try:
            make_documents(survey, folder, outcome)
            settle_orphans(folder, within, prune, outcome)
            write_index([survey], folder, outcome)
        finally:
            console.show(outcome.diagnostics)
            console.say("\n".join(summarize([lot], root, outcome)))
    if outcome.index:
        print(outcome.index)

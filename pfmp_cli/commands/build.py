"""`pfmp build`: all that `pfmp.yaml` declares, and of that only what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pfmp_cli.commands.options import (
    DONE,
    PARTIAL,
    REFUSED,
    Projet,
    ReferentielPath,
    TemplatesPath,
    flag,
)
from pfmp_cli.diagnostics import InputRefused, error
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.build_plan import BuildPlan, Stocktaking
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.output.folder import OutputFolder


def build(
    check_only: Annotated[
        bool,
        flag("--check", text="Ne rien écrire ; code de retour 1 s'il y a quelque chose à faire."),
    ] = False,
    seulement_vierges: Annotated[
        bool, flag("--vierges", text="Les documents vierges seulement, sans lire les listes.")
    ] = False,
    prune: Annotated[
        bool,
        flag("--prune", text="Enlever les fichiers d'avant qui ne sont plus à personne."),
    ] = False,
    output: Annotated[
        Path | None,
        flag(
            "-o",
            "--output",
            metavar="DOSSIER",
            text="Où écrire, plutôt que là où le dit pfmp.yaml.",
        ),
    ] = None,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Tout ce que déclare « fabrication » dans pfmp.yaml, et seulement ce qui a changé.

    Sans « fabrication », tous les documents vierges.
    """
    from pfmp_cli.loading.sources import find_projet
    from pfmp_cli.making.build_plan import open_build_plan
    from pfmp_cli.press.workshop import load_workshop

    path = find_projet(projet)
    if path is None:
        raise InputRefused([error(
            "il n'y a pas de pfmp.yaml dans le dossier courant",
            help="« pfmp build » fait ce qu'il déclare : allez dans son dossier, ou ajoutez "
            "--projet FICHIER",
        )])  # fmt: skip
    sources = Sources(path, referentiel, templates)
    workshop = load_workshop(sources).with_render_cache()
    build_plan = open_build_plan(workshop, path, seulement_vierges)
    root = output or path.parent / workshop.projet.fabrication.dossier
    try:
        if check_only:
            return check(build_plan, root)
        return carry_out(build_plan, root, prune)
    finally:
        if workshop.render_cache:
            workshop.render_cache.save()


def check(build_plan: BuildPlan, root: Path) -> int:
    """List what would be written. Nothing is."""
    from pfmp_cli.making.build_plan import list_gaps, take_stock
    from pfmp_cli.making.summary import count_gaps
    from pfmp_cli.output.folder import look_into
    from pfmp_cli.output.obstacles import diagnose_file

    folder = look_into(root)
    stocktaking = take_stock(build_plan, folder)
    gaps = list(list_gaps(stocktaking, folder))
    diagnostics = list(build_plan.diagnostics)
    for gap in gaps:
        try:
            folder.check(gap.path)
        except OSError as exception:
            diagnostics.append(diagnose_file(exception, root / gap.path))
    if gaps:
        print("\n".join(f"{gap.word:9}  {gap.path}" for gap in gaps))
    console.show(diagnostics)
    console.say(count_gaps(gaps, stocktaking.total, root, diagnostics))
    if gaps:
        return REFUSED
    return PARTIAL if any(diagnostic.is_error for diagnostic in diagnostics) else DONE


def carry_out(build_plan: BuildPlan, root: Path, prune: bool) -> int:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.making.build_plan import take_stock
    from pfmp_cli.making.execution import lay_out
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.making.summary import summarize
    from pfmp_cli.output.folder import open_folder

    outcome = Outcome(diagnostics=list(build_plan.diagnostics))
    with open_folder(root) as folder:
        stocktaking = take_stock(build_plan, folder)
        lay_out(build_plan.workshop, stocktaking.editions)
        try:
            make_all(build_plan, stocktaking, folder, outcome, prune)
        finally:
            console.show(outcome.diagnostics)
            console.say("\n".join(summarize(build_plan.batches, root, outcome)))
    if outcome.index:
        print(outcome.index)
    return PARTIAL if any(diagnostic.is_error for diagnostic in outcome.diagnostics) else DONE


def make_all(
    build_plan: BuildPlan,
    stocktaking: Stocktaking,
    folder: OutputFolder,
    outcome: Outcome,
    prune: bool,
) -> None:
    """The lists, one after another, then the blank documents, then what is no longer anyone's."""
    from pfmp_cli.making.blanks import make_blanks
    from pfmp_cli.making.execution import follow, make_documents
    from pfmp_cli.making.index import write_index
    from pfmp_cli.making.run import settle_orphans

    for survey in stocktaking.surveys:
        make_documents(survey, folder, outcome)
    steps = make_blanks(stocktaking.blanks, build_plan.workshop, folder, outcome)
    follow(steps, "Vierges", stocktaking.blanks_to_make)
    settle_orphans(folder, build_plan.owns, prune, outcome)
    if stocktaking.surveys:
        write_index(stocktaking.surveys, folder, outcome)

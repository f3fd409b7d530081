"""`pfmp build`: all that `pfmp.yaml` declares, and of that only what changed."""

from __future__ import annotations

from collections.abc import Sequence
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
from pfmp_cli.loading import Sources
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.build_plan import BuildPlan, Gap, Stocktaking
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.output.folder import OutputFolder
    from pfmp_cli.press.workshop import Workshop


def build(
    check_only: Annotated[
        bool,
        flag("--check", text="Ne rien écrire ; code de retour 1 s'il y a quelque chose à faire."),
    ] = False,
    depuis: Annotated[
        str | None,
        flag(
            "--since",
            metavar="REVISION",
            text="Dire quel changement du référentiel, depuis cette révision de git, fait "
            "refaire chaque document.",
        ),
    ] = None,
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
    from pfmp_cli.loading import find_projet, load_workshop
    from pfmp_cli.making.build_plan import open_build_plan

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
    old = _load_past(depuis, sources)
    root = output or path.parent / workshop.projet.fabrication.dossier
    try:
        if check_only:
            return check(build_plan, root, old)
        return carry_out(build_plan, root, old, prune)
    finally:
        if workshop.render_cache:
            workshop.render_cache.save()


def _load_past(revision: str | None, sources: Sources) -> Workshop | None:
    if revision is None:
        return None
    from pfmp_cli.comparing.versions import load_past

    return load_past(revision, sources)


def check(build_plan: BuildPlan, root: Path, old: Workshop | None) -> int:
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
    tell(build_plan, gaps, old, every=True)
    console.show(diagnostics)
    console.say(count_gaps(gaps, stocktaking.total, root, diagnostics))
    if gaps:
        return REFUSED
    return PARTIAL if any(diagnostic.is_error for diagnostic in diagnostics) else DONE


def carry_out(build_plan: BuildPlan, root: Path, old: Workshop | None, prune: bool) -> int:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.making.build_plan import list_gaps, take_stock
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.making.summary import summarize
    from pfmp_cli.output.folder import open_folder

    outcome = Outcome(diagnostics=list(build_plan.diagnostics))
    with open_folder(root) as folder:
        stocktaking = take_stock(build_plan, folder)
        if old:
            tell(build_plan, list(list_gaps(stocktaking, folder)), old)
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
    from pfmp_cli.making.execution import follow, lay_out, make_documents
    from pfmp_cli.making.index import write_index
    from pfmp_cli.making.run import settle_orphans

    lay_out(build_plan.workshop, stocktaking.editions)
    for survey in stocktaking.surveys:
        make_documents(survey, folder, outcome)
    steps = make_blanks(stocktaking.blanks, build_plan.workshop, folder, outcome)
    follow(steps, "Vierges", stocktaking.blanks_to_make)
    settle_orphans(folder, build_plan.owns, prune, outcome)
    if stocktaking.surveys:
        write_index(stocktaking.surveys, folder, outcome)


def tell(
    build_plan: BuildPlan, gaps: Sequence[Gap], old: Workshop | None, every: bool = False
) -> None:
    """What has to be made: by the change that asks for it, or with `every` one after another."""
    if not gaps:
        return
    if old is None:
        if every:
            print("\n".join(f"{gap.word:9}  {gap.path}" for gap in gaps))
        return
    from pfmp_cli.comparing.causes import find_causes
    from pfmp_cli.comparing.telling import explain

    editions = dict.fromkeys(gap.edition for gap in gaps if gap.edition)
    causes = find_causes(old, build_plan.workshop, editions)
    print("\n".join(explain([(gap.path, gap.edition) for gap in gaps], causes)))

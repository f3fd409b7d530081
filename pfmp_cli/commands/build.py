"""`pfmp build`: all that `pfmp.yaml` declares, and of that only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
    verifier: Annotated[
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
    sortie: Annotated[
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
    from pfmp_cli.press.render_cache import open_render_cache

    path = find_projet(projet)
    if path is None:
        raise InputRefused([error(
            "il n'y a pas de pfmp.yaml dans le dossier courant",
            aide="« pfmp build » fait ce qu'il déclare : allez dans son dossier, ou ajoutez "
            "--projet FICHIER",
        )])  # fmt: skip
    sources = Sources(path, referentiel, templates)
    workshop = load_workshop(sources)
    workshop = replace(workshop, render_cache=open_render_cache(workshop))
    chantier = open_build_plan(workshop, path, seulement_vierges)
    ancien = _load_past(depuis, sources)
    racine = sortie or path.parent / workshop.projet.fabrication.dossier
    try:
        if verifier:
            return check(chantier, racine, ancien)
        return carry_out(chantier, racine, ancien, prune)
    finally:
        if workshop.render_cache:
            workshop.render_cache.save()


def _load_past(revision: str | None, sources: Sources) -> Workshop | None:
    if revision is None:
        return None
    from pfmp_cli.comparing.versions import load_past

    return load_past(revision, sources)


def check(chantier: BuildPlan, racine: Path, ancien: Workshop | None) -> int:
    """List what would be written. Nothing is."""
    from pfmp_cli.making.build_plan import list_gaps, take_stock
    from pfmp_cli.making.summary import count_gaps
    from pfmp_cli.output.folder import look_into
    from pfmp_cli.output.obstacles import diagnose_file

    dossier = look_into(racine)
    releve = take_stock(chantier, dossier)
    gaps = list(list_gaps(releve, dossier))
    diagnostics = list(chantier.diagnostics)
    for gap in gaps:
        try:
            dossier.check(gap.path)
        except OSError as exception:
            diagnostics.append(diagnose_file(exception, racine / gap.path))
    tell(chantier, gaps, ancien, every=True)
    console.show(diagnostics)
    console.say(count_gaps(gaps, releve.total, racine, diagnostics))
    if gaps:
        return REFUSED
    return PARTIAL if any(diagnostic.is_error for diagnostic in diagnostics) else DONE


def carry_out(chantier: BuildPlan, racine: Path, ancien: Workshop | None, prune: bool) -> int:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.making.build_plan import list_gaps, take_stock
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.making.summary import summarize
    from pfmp_cli.output.folder import open_folder

    bilan = Outcome(diagnostics=list(chantier.diagnostics))
    with open_folder(racine) as dossier:
        releve = take_stock(chantier, dossier)
        if ancien:
            tell(chantier, list(list_gaps(releve, dossier)), ancien)
        try:
            make_all(chantier, releve, dossier, bilan, prune)
        finally:
            console.show(bilan.diagnostics)
            console.say("\n".join(summarize(chantier.batches, racine, bilan)))
    if bilan.index:
        print(bilan.index)
    return PARTIAL if any(diagnostic.is_error for diagnostic in bilan.diagnostics) else DONE


def make_all(
    chantier: BuildPlan, releve: Stocktaking, dossier: OutputFolder, bilan: Outcome, prune: bool
) -> None:
    """The lists, one after another, then the blank documents, then what is no longer anyone's."""
    from pfmp_cli.making.blanks import make_blanks
    from pfmp_cli.making.execution import follow, lay_out, make_documents
    from pfmp_cli.making.index import write_index
    from pfmp_cli.making.run import settle_orphans

    lay_out(chantier.workshop, releve.editions)
    for etude in releve.surveys:
        make_documents(etude, dossier, bilan)
    steps = make_blanks(releve.blanks, chantier.workshop, dossier, bilan)
    follow(steps, "Vierges", releve.blanks_to_make)
    settle_orphans(dossier, chantier.owns, prune, bilan)
    if releve.surveys:
        write_index(releve.surveys, dossier, bilan)


def tell(
    chantier: BuildPlan, gaps: Sequence[Gap], ancien: Workshop | None, every: bool = False
) -> None:
    """What has to be made: by the change that asks for it, or with `every` one after another."""
    if not gaps:
        return
    if ancien is None:
        if every:
            print("\n".join(f"{gap.word:9}  {gap.path}" for gap in gaps))
        return
    from pfmp_cli.comparing.causes import find_causes
    from pfmp_cli.comparing.telling import explain

    editions = dict.fromkeys(gap.edition for gap in gaps if gap.edition)
    causes = find_causes(ancien, chantier.workshop, editions)
    print("\n".join(explain([(gap.path, gap.edition) for gap in gaps], causes)))

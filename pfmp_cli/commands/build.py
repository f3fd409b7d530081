"""`pfmp build`: all that `pfmp.yaml` declares, and of that only what changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import choose_words, flag
from pfmp_cli.commands.run_plan import carry_out, refuse_among_sources, show
from pfmp_cli.diagnostics import InputRefused, WrongUsage
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.build_plan import BuildPlan


def build(
    check_only: Annotated[
        bool, flag("--check", "Ne rien écrire ; code de retour 1 si tout n'est pas à jour.")
    ] = False,
    blanks_only: Annotated[
        bool, flag("--vierges", "Les documents vierges seulement, sans lire les listes.")
    ] = False,
    prune: Annotated[
        bool, flag("--prune", "Enlever les fichiers d'avant qui ne sont plus à personne.")
    ] = False,
    eleve: options.Eleves = None,
    division: options.Divisions = None,
    output: Annotated[
        Path | None, flag("-o, --output DOSSIER", "Où écrire, plutôt que là où le dit pfmp.yaml.")
    ] = None,
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Tout ce que déclare « fabrication » dans pfmp.yaml, et seulement ce qui a changé.

    Sans « fabrication », tous les documents vierges.
    """
    from pfmp_cli.loading.loader import Loader
    from pfmp_cli.loading.secret import find_secret
    from pfmp_cli.loading.sources import find_projet
    from pfmp_cli.making.declared import plan_declared
    from pfmp_cli.press.workshop import open_workshops
    from pfmp_cli.rules.output_rules import BLANKS_OF_NOBODY, NO_SCHOOL

    pupils = choose_words(eleve, division)
    if pupils and blanks_only:
        raise WrongUsage([BLANKS_OF_NOBODY.at()])
    path = find_projet(projet)
    if path is None:
        raise InputRefused([NO_SCHOOL.at()])
    loader, sources = Loader(), Sources(path, referentiel, templates)
    workshops = open_workshops(sources, loader)
    loader.refuse()
    root = output or path.parent / workshops[0].projet.fabrication.dossier
    refuse_among_sources(root, sources)
    secret = find_secret(path.parent, root)
    workshops = [replace(workshop, secret=secret) for workshop in workshops]
    plan = plan_declared(loader, workshops, blanks_only, pupils)
    return _check(plan, root) if check_only else carry_out(plan, root, prune)


def _check(plan: BuildPlan, root: Path) -> int:
    """List what would be written, and what someone has changed. Nothing is written."""
    from pfmp_cli.making.forecast import foresee
    from pfmp_cli.making.summary import sum_up_check

    forecast = foresee(plan, root)
    plan.workshops[0].remember()
    found = (*forecast.gaps, *forecast.changed)
    for job in found:
        console.put(f"{job.state.value:9}  {job.path}")
    code = show(forecast.diagnostics, sum_up_check(forecast))
    return options.REFUSED if found else code

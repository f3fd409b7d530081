"""A build plan carried out, and what came of it shown: what `batch` and `build` have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.commands import options
from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.loading.sources import Sources, find_projet, find_referentiel, find_templates
from pfmp_cli.rules.output_rules import OUTPUT_AMONG_SOURCES
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.build_plan import BuildPlan


def refuse_among_sources(root: Path, sources: Sources) -> None:
    """Raise InputRefused where documents would be written among what they are made of."""
    projet = find_projet(sources.projet)
    templates = find_templates(sources.templates, projet)
    files = filter(None, (projet, find_referentiel(sources.referentiel, projet)))
    place = root.resolve()
    if any(place.is_relative_to(folder.resolve()) for folder in templates) or place in (
        file.resolve().parent for file in files
    ):
        raise InputRefused([OUTPUT_AMONG_SOURCES.at(Position(str(root)))])


_NEW_KEY = (
    "Il n'y a pas de clé (pfmp.cle) : une nouvelle est faite, et les documents des élèves refaits."
)


def carry_out(plan: BuildPlan, root: Path, prune: bool) -> int:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.loading.secret import keep
    from pfmp_cli.making.run import Run
    from pfmp_cli.making.summary import sum_up
    from pfmp_cli.output.folder import open_folder
    from pfmp_cli.output.obstacles import told

    with open_folder(root) as folder:
        run = Run(plan, folder)
        plan.workshops[0].remember()
        for secret in {one.workshop.secret for one in plan.batches if one.workshop.secret}:
            if secret.places and any(folder.files()):
                console.say(_NEW_KEY)
            with told(secret.places[0] if secret.places else root):
                keep(secret)
        try:
            run.carry_out(prune)
        finally:
            code = show(run.outcome.heard, sum_up(run.outcome))
    if run.outcome.index:
        console.put(run.outcome.index)
    return code


def show(diagnostics: Collection[Diagnostic], lines: Iterable[str]) -> int:
    """Print what there is to say, then the lines that sum it up; the exit code."""
    console.show(diagnostics)
    console.say("\n".join(lines))
    return (
        options.PARTIAL if any(diagnostic.is_error for diagnostic in diagnostics) else options.DONE
    )

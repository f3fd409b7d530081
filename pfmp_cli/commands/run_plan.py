"""A build plan carried out, and what came of it shown: what `batch` and `build` have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.commands.options import DONE, PARTIAL
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.build_plan import BuildPlan


def carry_out(plan: BuildPlan, root: Path, prune: bool) -> int:
    """Make what there is to make, and say what it came to, whatever happens."""
    from pfmp_cli.making.run import Run
    from pfmp_cli.making.summary import sum_up
    from pfmp_cli.output.folder import open_folder

    with open_folder(root) as folder:
        run = Run(plan, folder)
        try:
            run.carry_out(prune)
        finally:
            code = show(run.outcome.diagnostics, sum_up(run.outcome))
    if run.outcome.index:
        console.put(run.outcome.index)
    return code


def show(diagnostics: Collection[Diagnostic], lines: Iterable[str]) -> int:
    """Print what there is to say, then the lines that sum it up; the exit code."""
    console.show(diagnostics)
    console.say("\n".join(lines))
    return PARTIAL if any(diagnostic.is_error for diagnostic in diagnostics) else DONE

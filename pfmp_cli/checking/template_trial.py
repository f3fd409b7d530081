"""Every document tried for every class, option, variant and period, without a pupil.

Each is rendered, so that what its template asks for is known to exist. Enough of them are laid
out as well, unless a master of the very same HTML is kept: the layout refuses what WeasyPrint
warns of, so a kept master is one that was laid out without a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.laying_out import lay_out_all
from pfmp_cli.press.merging.packed_master import Rendering
from pfmp_cli.press.template.template_files import is_template, list_templates
from pfmp_cli.rules.template_rules import MISSING_LIBRARY
from pfmp_cli.terminal.console import track

if TYPE_CHECKING:
    from pfmp_cli.press.template.render import Templates
    from pfmp_cli.press.workshop import Workshop


def try_editions(
    workshop: Workshop, editions: Collection[Edition], paged: Collection[Edition]
) -> tuple[set[Edition], list[Diagnostic]]:
    """Render `editions`, and lay out those of them that are in `paged`: those that could be, and
    what is wrong with the templates of the others."""
    rendered: dict[Rendering, list[Edition]] = {}
    problems: list[Diagnostic] = []
    for edition in track(editions, "Modèles", len(editions)):
        try:
            rendering = workshop.get_rendering(edition, whole=True)
        except InputRefused as exception:
            problems += exception.diagnostics
        else:
            if edition in paged:
                rendered.setdefault(rendering, []).append(edition)
    problems += dict.fromkeys(_lay_out(rendered, workshop))
    return {*chain.from_iterable(rendered.values())}, problems


def pick_editions(editions: Iterable[Edition]) -> set[Edition]:
    """Enough of them to see every layout: of a document of one period, one for each class and
    option; of a document of the year, one for each set of variants too."""
    kept: dict[object, Edition] = {}
    for e in editions:
        kept.setdefault((e.document, e.classe, e.option, e.periode is None and e.variantes), e)
    return set(kept.values())


def _lay_out(rendered: dict[Rendering, list[Edition]], workshop: Workshop) -> Iterator[Diagnostic]:
    """Lay out what no kept master stands for; what is refused is taken out, and told."""
    missing = [
        (editions[0], rendering)
        for rendering, editions in rendered.items()
        if workshop.find_master(rendering) is None
    ]
    for (edition, rendering), made in zip(missing, lay_out_all(missing), strict=True):
        if isinstance(made, InputRefused):
            del rendered[rendering]
            for problem in made.diagnostics:
                yield _locate(problem, edition.document, workshop.templates)


def _locate(problem: Diagnostic, document: str, templates: Templates) -> Diagnostic:
    """The complaint, where the declaration or address that it quotes is written; else at the
    template, but for what is the fault of none."""
    if problem.position is not None or problem.rule == MISSING_LIBRARY:
        return problem
    place = None
    if written := dict(problem.values).get("written"):
        shape = re.sub(r"(?:\\ |:)+", r"\\s*:?\\s*", re.escape(written), count=1)
        place = _find_written(rf"(?<![-\w]){shape}", templates)
    from pfmp_cli.press.template.template_loader import locate

    template = locate(f"{document}.html", templates.folders)
    return replace(problem, position=place or Position(str(template)))


def _find_written(shape: str, templates: Templates) -> Position | None:
    """The first place of a stylesheet or template that is written so."""
    for folder in templates.folders:
        for path in sorted([*folder.glob("*.css"), *list_templates(folder)]):
            sound = is_template(path, folder)
            text = path.read_text(encoding="utf-8", errors="replace") if sound else ""
            for number, line in enumerate(text.splitlines()):
                if match := re.search(shape, line):
                    return Position(str(path), number + 1, match.start() + 1, line, len(match[0]))
    return None

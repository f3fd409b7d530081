"""Every document tried for every class, option, variant and period, without a pupil.

It is rendered, so that what its template asks for is known to exist; and laid out, unless a
master of the very same HTML is kept: the layout refuses what WeasyPrint warns of, so a kept
master is one that was laid out without a word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.console import track
from pfmp_cli.controle.constat import Controle
from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.plan import Choix, Edition, editions_of
from pfmp_cli.press.cache import read_master
from pfmp_cli.press.workshop import Modele, lay_out_or_explain

if TYPE_CHECKING:
    from pfmp_cli.press.template import Templates
    from pfmp_cli.press.workshop import Workshop


def try_templates(workshop: Workshop, controle: Controle) -> None:
    """The syntax of all the school's templates, also of those that no document uses."""
    controle.add("modele", "modele", workshop.templates.find_syntax_errors())


def try_editions(
    workshop: Workshop, editions: Sequence[Edition], controle: Controle
) -> set[Edition]:
    """What is wrong with their templates goes into `controle`; those that can be made."""
    rendered: dict[Modele, list[Edition]] = {}
    for edition in track(editions, "Modèles", len(editions)):
        try:
            rendered.setdefault(workshop.get_modele(edition), []).append(edition)
        except InputRefused as exception:
            controle.add("modele", "modele", exception.diagnostics)
    return _lay_out(rendered, workshop.templates, controle)


def list_editions(workshop: Workshop) -> Iterator[Edition]:
    """Each class, option, set of variants, document and period."""
    documents = list(workshop.templates.documents().values())
    for classe in workshop.referentiel.classes:
        codes = list(dict.fromkeys(p.variante for p in classe.periodes if p.variante))
        sets = [frozenset(c) for n in range(len(codes) + 1) for c in combinations(codes, n)]
        for option in classe.options or (None,):
            for variantes in sets:
                edition = Edition("", classe.code, option, variantes)
                yield from editions_of(edition, documents, workshop.referentiel, Choix())


def _lay_out(
    rendered: Mapping[Modele, Sequence[Edition]], templates: Templates, controle: Controle
) -> set[Edition]:
    """Lay out what no kept master stands for; the editions of all that can be laid out."""
    missing = [modele for modele in rendered if read_master(modele.cle) is None]
    refused = set[Modele]()
    for modele, problems in track(_explain_all(missing), "Mise en page", len(missing)):
        if problems:
            refused.add(modele)
            document = rendered[modele][0].document
            located = (_locate(problem, document, templates) for problem in problems)
            controle.add("modele", "mise-en-page", located)
    made = (editions for modele, editions in rendered.items() if modele not in refused)
    return {edition for editions in made for edition in editions}


def _explain_all(modeles: Sequence[Modele]) -> Iterator[tuple[Modele, tuple[Diagnostic, ...]]]:
    """Each document, and what its layout complains of; by as many processes as processors."""
    if len(modeles) < 2:
        yield from ((modele, lay_out_or_explain(modele)) for modele in modeles)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = min(len(modeles), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        try:
            yield from zip(modeles, pool.map(lay_out_or_explain, modeles), strict=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _locate(problem: Diagnostic, document: str, templates: Templates) -> Diagnostic:
    """The complaint, where the declaration that it quotes is written; else at the template."""
    if problem.position is not None:
        return problem
    quoted = re.search(r"`([-\w]+)\s*:?\s*([^`;]*)", problem.message)
    place = quoted and _find_declaration(quoted[1], quoted[2].split(), templates)
    return replace(problem, position=place or _document_position(document, templates))


def _find_declaration(name: str, values: Sequence[str], templates: Templates) -> Position | None:
    """The first line of a stylesheet or template that has the property and its value."""
    shape = re.compile(rf"(?<![-\w]){re.escape(name)}\s*:?\s*" + re.escape("".join(values[:1])))
    for folder in templates.folders:
        for path in sorted([*folder.glob("*.css"), *folder.glob("*.html")]):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            for number, line in enumerate(lines):
                if match := shape.search(line):
                    return Position(str(path), number + 1, match.start() + 1, line, len(match[0]))
    return None


def _document_position(document: str, templates: Templates) -> Position:
    paths = (folder / f"{document}.html" for folder in templates.folders)
    return Position(str(next((path for path in paths if path.exists()), Path(document))))

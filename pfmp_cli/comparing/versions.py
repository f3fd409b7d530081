"""Two référentiels side by side, each a file or a git revision, with one school."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pfmp_cli.comparing.revisions import read_version
from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.images import find_logo
from pfmp_cli.loading.school import School
from pfmp_cli.loading.sources import Sources, find_diploma, find_projet, find_templates
from pfmp_cli.press.workshop import Workshop, open_workshop
from pfmp_cli.review.readers import check_referentiel
from pfmp_cli.yaml_files.diplomas import split_diplomas
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.source import read_yaml


def load_versions(old: str, new: str, sources: Sources) -> tuple[Workshop, Workshop]:
    """Two référentiels, files or git revisions, each with the same school and templates.

    `pfmp.yaml` is not held against either: it may name what only one of them has. Raises
    InputRefused with what is wrong in both.
    """
    referentiels = _load_both(old, new)
    path = find_projet(sources.projet)
    projet = _find_school(path, (old, new)) if path else Projet()
    templates = find_templates(sources.templates, path)
    logo = find_logo(path, projet) if path else None
    schools = [School(referentiel, projet, templates, logo) for referentiel in referentiels]
    return open_workshop(schools[0]), open_workshop(schools[1])


def _find_school(path: Path, names: Iterable[str]) -> Projet:
    """The school; of several diplomas, for the one whose référentiel is compared."""
    whole = read_yaml(path)
    compared = {Path(name.rpartition(":")[2]).resolve() for name in names}
    for part in split_diplomas(whole):
        if find_diploma(part.referentiel, path).resolve() in compared:
            validate(Projet, whole)
            return validate(Projet, part.source)
    return validate(Projet, whole)


def _load_both(*names: str) -> list[Referentiel]:
    found: list[Referentiel] = []
    problems: dict[Diagnostic, None] = {}
    for name in names:
        try:
            found.append(check_referentiel(read_version(name)))
        except InputRefused as exception:
            problems |= dict.fromkeys(exception.diagnostics)
    if problems:
        raise InputRefused(problems)
    return found

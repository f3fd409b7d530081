"""Two référentiels side by side, each a file or a git revision, with one school."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.images import find_logo
from pfmp_cli.loading.school import School
from pfmp_cli.loading.sources import Sources, find_diploma, find_projet, find_templates
from pfmp_cli.press.workshop import Workshop, open_workshop
from pfmp_cli.review.contradictions import check_referentiel
from pfmp_cli.rules.usage_rules import NO_GIT, NOT_IN_GIT
from pfmp_cli.yaml_files.diplomas import split_diplomas
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.source import YamlSource, decode, parse_yaml, read_yaml


def load_versions(old: str, new: str, sources: Sources) -> list[Workshop]:
    """Two référentiels, files or git revisions, each with the same school and templates.

    `pfmp.yaml` is not held against either: it may name what only one of them has. Raises
    InputRefused with what is wrong in both.
    """
    referentiels: list[Referentiel] = []
    problems: dict[Diagnostic, None] = {}
    for name in (old, new):
        try:
            referentiels.append(check_referentiel(_read_version(name)))
        except InputRefused as exception:
            problems |= dict.fromkeys(exception.diagnostics)
    if problems:
        raise InputRefused(problems)
    path = find_projet(sources.projet)
    projet = _find_school(path, (old, new)) if path else Projet()
    templates = find_templates(sources.templates, path)
    logo = find_logo(path, projet) if path else None
    return [open_workshop(School(one, projet, templates, logo)) for one in referentiels]


def _find_school(path: Path, names: Iterable[str]) -> Projet:
    """The school; of several diplomas, for the one whose référentiel is compared."""
    whole = read_yaml(path)
    compared = {Path(name.rpartition(":")[2]).resolve() for name in names}
    for part in split_diplomas(whole):
        if find_diploma(part.referentiel, path).resolve() in compared:
            validate(Projet, whole)
            return validate(Projet, part.source)
    return validate(Projet, whole)


def _read_version(name: str) -> YamlSource:
    """A YAML file, or a file at a git revision (`REVISION:CHEMIN`; `CHEMIN` starts at the
    repository's root, or with `./` here); a file that exists wins."""
    path = Path(name)
    revision, _, inside = name.partition(":")
    if path.exists() or not (revision and inside) or re.match(r"[A-Za-z]:[\\/]", name):
        return read_yaml(path)  # one letter is a drive of Windows
    return parse_yaml(decode(_read_blob(revision, inside), path), path)


def _read_blob(revision: str, path: str) -> bytes:
    """The bytes of a file at a revision of this folder's repository."""
    command = ["git", "cat-file", "blob", f"{revision}:{path}"]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as exception:
        raise InputRefused([NO_GIT.at()]) from exception
    if done.returncode:
        raise InputRefused([NOT_IN_GIT.at(path=path, revision=revision)])
    return done.stdout

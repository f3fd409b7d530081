"""What is to be checked: the files of the command line by their kind, or the current folder."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, Position, WrongUsage
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.class_files import LISTS
from pfmp_cli.loading.sources import PROJET, REFERENTIEL, Sources, find_templates
from pfmp_cli.press.template.template_files import list_templates
from pfmp_cli.rules import loading_rules as rules
from pfmp_cli.text import propose
from pfmp_cli.yaml_files.source import SIZE_MAX

TEMPLATES = (".html", ".css", ".md")
YAML = (".yaml", ".yml")
_KEY = re.compile(rb"^\{?\"?(\w+)\"?\s*:", re.MULTILINE)


@dataclass
class Targets:
    """The files to check, by kind; `refused` is what is wrong with those that have none.

    `stages` are the placements of the pupils of the one list. `is_whole`: all that the current
    folder has is in question.
    """

    referentiels: list[Path] = field(default_factory=list)
    projets: list[Path] = field(default_factory=list)
    templates: list[Path] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)
    stages: Path | None = None
    is_whole: bool = False

    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.is_whole or self.lists or self._has_others())

    def only_lists(self) -> bool:
        """Whether neither référentiel, school nor templates are in question."""
        return not self._has_others() and not self.is_whole

    def _has_others(self) -> bool:
        return bool(self.referentiels or self.projets or self.templates)


def find_targets(files: Sequence[Path], sources: Sources) -> Targets:
    """What the command line names, or all that a command would read in the current folder."""
    targets = Targets()
    for path in files:
        _sort(path, targets)
    if not files:
        targets.is_whole = True
        projet = sources.projet or Path(PROJET)
        _take_folder(projet, targets, required=sources.projet is not None)
    if sources.templates is not None and not sources.templates.is_dir():
        targets.refused.append(_missing(sources.templates, "le dossier de modèles"))
    elif sources.templates and not files:
        targets.templates[:] = [sources.templates]
    return targets


def shorten(path: Path) -> Path:
    """The path from the current folder, for what is in it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def add_stages(targets: Targets, stages: Path | None) -> None:
    """The file of `--stages`. Raises WrongUsage without one list that it goes with."""
    if stages and len(targets.lists) != 1:
        raise WrongUsage([rules.STAGES_ALONE.at()])
    targets.stages = stages


def _take_folder(projet: Path, targets: Targets, required: bool = False) -> None:
    """A school's folder: its `pfmp.yaml` and its templates."""
    if required or projet.exists():
        targets.projets.append(projet)
    targets.templates += find_templates(None, projet)


def _sort(path: Path, targets: Targets) -> None:
    suffix = path.suffix.lower()
    if path.is_dir():
        _sort_folder(path, targets)
    elif not path.exists():
        targets.refused.append(_missing(path))
    elif suffix in LISTS:
        targets.lists.append(path)
    elif suffix in TEMPLATES:
        if path.parent not in targets.templates:
            targets.templates.append(path.parent)
    elif suffix in YAML:
        (targets.referentiels if _is_referentiel(path) else targets.projets).append(path)
    else:
        known = ", ".join((*YAML, *LISTS, *TEMPLATES))
        targets.refused.append(rules.NOT_OURS.at(Position(str(path)), path=path, known=known))


def _sort_folder(path: Path, targets: Targets) -> None:
    referentiel = path / REFERENTIEL
    if (path / PROJET).exists() or referentiel.is_file():
        _take_folder(path / PROJET, targets)
        targets.referentiels += [referentiel] if referentiel.is_file() else []
    elif list_templates(path):
        targets.templates.append(path)
    else:
        targets.refused.append(rules.EMPTY_FOLDER.at(Position(str(path)), path=path))


def _is_referentiel(path: Path) -> bool:
    """Whether a YAML file, broken or not, has the keys of a référentiel rather than a school."""
    try:
        with path.open("rb") as file:
            keys = {key.decode() for key in _KEY.findall(file.read(SIZE_MAX))}
    except OSError:
        keys = set()
    of_referentiel, of_projet = ({f.name for f in fields(m)} for m in (Referentiel, Projet))
    found = len(keys & of_referentiel - of_projet) - len(keys & of_projet - of_referentiel)
    return found > 0 or (not found and path.stem.startswith("referentiel"))


def _missing(path: Path, what: str = "le fichier") -> Diagnostic:
    here = [found.name for found in path.parent.iterdir()] if path.parent.is_dir() else []
    advice = propose(path.name, here, "vérifiez son nom et son dossier")
    return rules.NO_FILE.at(Position(str(path)), what=what, path=path, advice=advice)

"""What is to be checked: the files of the command line by their kind, or the current folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, WrongUsage, error
from pfmp_cli.loading import LISTES, PROJET, REFERENTIEL, Sources, find_modeles, find_referentiel
from pfmp_cli.text import propose

MODELES = (".html", ".css")
YAML = (".yaml", ".yml")


@dataclass
class Targets:
    """The files to check, by kind; `refus` is what is wrong with those that have none.

    `stages` are the placements of the pupils of the one list.
    """

    referentiels: list[Path] = field(default_factory=list)
    projets: list[Path] = field(default_factory=list)
    modeles: list[Path] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)
    stages: Path | None = None

    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.referentiels or self.projets or self.modeles or self.lists)

    def only_lists(self) -> bool:
        """Whether neither référentiel, school nor templates are in question."""
        return bool(self.lists) and not (self.referentiels or self.projets or self.modeles)


def find_targets(files: Sequence[Path], sources: Sources) -> Targets:
    """What the command line names, or all that a command would read in the current folder."""
    targets = Targets()
    for path in files:
        _sort(path, targets)
    if not files:
        projet = sources.projet or Path(PROJET)
        targets.referentiels.append(shorten(find_referentiel(sources.referentiel, projet)))
        _take_folder(projet, targets, required=sources.projet is not None)
    if sources.templates is not None and not sources.templates.is_dir():
        targets.refused.append(_missing(sources.templates, "le dossier de modèles"))
    elif sources.templates and not files:
        targets.modeles[:] = [sources.templates]
    return targets


def shorten(path: Path) -> Path:
    """The path from the current folder, for what is in it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def add_stages(targets: Targets, stages: Path | None) -> None:
    """The file of `--stages`. Raises WrongUsage without one list that it goes with."""
    if stages and len(targets.lists) != 1:
        message = "--stages va avec une seule liste d'élèves"
        raise WrongUsage([error(message, help="donnez aussi la liste : eleves.csv --stages …")])
    targets.stages = stages


def _take_folder(projet: Path, targets: Targets, required: bool = False) -> None:
    """A school's folder: its `pfmp.yaml` and its templates."""
    if required or projet.exists():
        targets.projets.append(projet)
    if modeles := find_modeles(projet.parent):
        targets.modeles.append(modeles)


def _sort(path: Path, targets: Targets) -> None:
    suffix = path.suffix.lower()
    if path.is_dir():
        _sort_folder(path, targets)
    elif not path.exists():
        targets.refused.append(_missing(path))
    elif suffix in LISTES:
        targets.lists.append(path)
    elif suffix in MODELES:
        if path.parent not in targets.modeles:
            targets.modeles.append(path.parent)
    elif suffix in YAML:
        (targets.referentiels if _is_referentiel(path) else targets.projets).append(path)
    else:
        known = ", ".join((*YAML, *LISTES, *MODELES))
        message = f"« {path} » n'est pas un fichier que pfmp lit"
        help = f"sont lus les fichiers {known}"
        targets.refused.append(error(message, Position(str(path)), help, "fichier"))


def _sort_folder(path: Path, targets: Targets) -> None:
    referentiel = path / REFERENTIEL
    if (path / PROJET).exists() or referentiel.is_file():
        _take_folder(path / PROJET, targets)
        targets.referentiels += [referentiel] if referentiel.is_file() else []
    elif any(path.glob("*.html")):
        targets.modeles.append(path)
    else:
        message = f"le dossier « {path} » n'a ni {PROJET} ni modèle"
        help = "donnez le dossier d'un établissement, ou un dossier de modèles"
        targets.refused.append(error(message, Position(str(path)), help, "fichier"))


def _is_referentiel(path: Path) -> bool:
    """Whether the keys of a YAML file are a référentiel's rather than a school's."""
    from pfmp_cli.domain.projet import Projet
    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.yaml_files.models import keys_of
    from pfmp_cli.yaml_files.source import read_yaml

    try:
        data = read_yaml(path).data
    except InputRefused:
        return path.stem.startswith("referentiel")
    keys = set(data) if isinstance(data, dict) else set()
    only = set(keys_of(Referentiel)) ^ set(keys_of(Projet))
    votes = [1 if key in keys_of(Referentiel) else -1 for key in keys & only]
    return sum(votes) > 0


def _missing(path: Path, what: str = "le fichier") -> Diagnostic:
    here = [found.name for found in path.parent.iterdir()] if path.parent.is_dir() else []
    help = propose(path.name, here, "vérifiez son nom et son dossier")
    message = f"{what} « {path} » n'existe pas"
    return error(message, Position(str(path)), help, "fichier")

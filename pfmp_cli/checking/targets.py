"""What is to be checked: the files of the command line by their kind, or the current folder."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pfmp_cli.checking.findings import KINDS
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.class_files import LISTS
from pfmp_cli.loading.sources import PROJET, REFERENTIEL, YAML, Sources, find_templates
from pfmp_cli.press.template.template_files import list_templates
from pfmp_cli.rules import loading_rules as rules
from pfmp_cli.text import propose
from pfmp_cli.yaml_files.source import SIZE_MAX

TEMPLATES = (".html", ".css", ".md")
_KEY = re.compile(rb"^\{?\"?(\w+)\"?\s*:", re.MULTILINE)


@dataclass(frozen=True)
class Targets:
    """What is to be checked: the school of the `sources`, as far as the kinds of its files are
    `asked`, and lists; `refused` is what is wrong with files that are neither."""

    sources: Sources
    asked: Collection[str] = ("referentiel", "projet", "modele")
    lists: Sequence[Path] = ()
    refused: Sequence[Diagnostic] = ()


def find_targets(files: Sequence[Path], sources: Sources) -> Targets:
    """What the command line names, or all that a command would read in the current folder."""
    if not files:
        return Targets(sources)
    found: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    refused: list[Diagnostic] = []
    for path in files:
        sorted_out = _sort(path)
        refused += [] if sorted_out else [_refuse(path)]
        for kind, one in sorted_out:
            if kind != "liste" and found[kind] not in ([], [one]):
                name, _ = KINDS[kind]
                refused.append(rules.ONE_AT_A_TIME.at(Position(str(one)), path=one, name=name))
            elif one not in found[kind]:
                found[kind].append(one)
    named = {kind: next(iter(paths), None) for kind, paths in found.items()}
    school = Sources(
        named["projet"] or sources.projet,
        named["referentiel"] or sources.referentiel,
        named["modele"] or sources.templates,
    )
    asked = [kind for kind in Targets.asked if named[kind]]
    return Targets(school, asked, found["liste"], refused)


def _sort(path: Path) -> list[tuple[str, Path]]:
    """The files of the school that a name stands for, with their kinds."""
    suffix = path.suffix.lower()
    if path.is_dir():
        return _sort_folder(path)
    if not path.exists():
        return []
    if suffix in LISTS:
        return [("liste", path)]
    if suffix in TEMPLATES:
        return [("modele", path.parent)]
    kind = "referentiel" if _is_referentiel(path) else "projet"
    return [(kind, path)] if suffix in YAML else []


def _sort_folder(path: Path) -> list[tuple[str, Path]]:
    school = [("projet", path / PROJET), ("referentiel", path / REFERENTIEL)]
    there = [(kind, one) for kind, one in school if one.exists()]
    if there:
        return [*there, *(("modele", one) for one in find_templates(None, path / PROJET))]
    return [("modele", path)] if list_templates(path) else []


def _refuse(path: Path) -> Diagnostic:
    place = Position(str(path))
    if path.is_dir():
        return rules.EMPTY_FOLDER.at(place, path=path)
    if path.exists():
        return rules.NOT_OURS.at(place, path=path, known=", ".join((*YAML, *LISTS, *TEMPLATES)))
    here = [found.name for found in path.parent.iterdir()] if path.parent.is_dir() else []
    advice = propose(path.name, here, "vérifiez son nom et son dossier")
    return rules.NO_FILE.at(place, path=path, advice=advice)


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

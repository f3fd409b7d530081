"""A référentiel and a school of a file, found sound, as a test needs them."""

from __future__ import annotations

from pathlib import Path

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import load_classes
from pfmp_cli.loading.school import School
from pfmp_cli.review.contradictions import check_referentiel
from pfmp_cli.review.school_contradictions import check_projet
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.source import YamlSource, read_yaml


def load_referentiel(path: Path) -> Referentiel:
    return check_referentiel(read_yaml(path))


def read_projet(path: Path, referentiel: Referentiel) -> tuple[Projet, YamlSource]:
    """`pfmp.yaml` under the référentiel, and its source. Raises InputRefused."""
    source = read_yaml(path)
    projet = validate(Projet, source)
    if contradictions := check_projet(projet, referentiel, source):
        raise InputRefused(contradictions)
    return projet, source


def load_class(
    path: Path, stages: Path | None, referentiel: Referentiel, projet: Projet, selection: Selection
) -> Roster:
    """The pupils of one diploma. Raises InputRefused."""
    return load_classes(path, stages, [(School(referentiel, projet), selection)])[0]

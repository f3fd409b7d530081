"""A référentiel and a school, read and found sound.

All raise InputRefused with all that is wrong: the keys and values, or, where these are right,
what contradicts what.
"""

from __future__ import annotations

from pathlib import Path

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.contradictions import find_contradictions
from pfmp_cli.review.school_contradictions import check_projet
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.source import YamlSource, read_yaml


def load_referentiel(path: Path) -> Referentiel:
    return check_referentiel(read_yaml(path))


def check_referentiel(source: YamlSource) -> Referentiel:
    """As `load_referentiel`, of a file that is read already."""
    referentiel = validate(Referentiel, source)
    if contradictions := find_contradictions(referentiel, source):
        raise InputRefused(contradictions)
    return referentiel


def read_projet(path: Path, referentiel: Referentiel) -> tuple[Projet, YamlSource]:
    """`pfmp.yaml` under the référentiel; the source is for warnings."""
    source = read_yaml(path)
    projet = validate(Projet, source)
    if contradictions := check_projet(projet, referentiel, source):
        raise InputRefused(contradictions)
    return projet, source

"""Référentiels at another time than now: two of them side by side, or one as git has it."""

from __future__ import annotations

from pfmp_cli.comparing.revisions import read_past, read_version
from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.complements import keep_useful_complements
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading import Sources, build_workshop, find_projet, find_referentiel
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.review.readers import check_referentiel, read_alone


def load_versions(old: str, new: str, sources: Sources) -> tuple[Workshop, Workshop]:
    """Two référentiels, files or git revisions, each with the same school and templates.

    `pfmp.yaml` is not held against either: it may name what only one of them has. Raises
    InputRefused with what is wrong in both.
    """
    referentiels = _load_both(old, new)
    path = find_projet(sources.projet)
    projet = read_alone(path) if path else Projet()
    first, second = (
        build_workshop(referentiel, path, keep_useful_complements(projet, referentiel), sources)
        for referentiel in referentiels
    )
    return first, second


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


def load_past(revision: str, sources: Sources) -> Workshop:
    """The référentiel as git has it at a revision, with the school and the templates of now.

    Raises InputRefused.
    """
    path = find_projet(sources.projet)
    now = find_referentiel(sources.referentiel, path)
    referentiel = check_referentiel(read_past(revision, now))
    projet = read_alone(path) if path else Projet()
    return build_workshop(referentiel, path, keep_useful_complements(projet, referentiel), sources)

"""What a template sees: the référentiel and the school, for one class, option and variant.

Nothing here comes from a pupil: pupils are fields (`eleve`, `stages`), but for the dates of
those whose period is not their class's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pfmp_cli.calendar.weeks import build_periodes
from pfmp_cli.domain.complements import complete
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.lists.columns import PLACEMENT_COLUMNS, PUPIL_COLUMNS
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.plan import COMPOSED, COMPOSED_STAGE
from pfmp_cli.press.template.field_link import FieldName
from pfmp_cli.press.template.field_writer import name_fields


def build_context(
    edition: Edition, referentiel: Referentiel, projet: Projet, logo: str | None = None
) -> dict[str, Any]:
    """The variables of a template; `logo` is the address of an image."""
    classe = referentiel.classe(edition.classe)
    dates = projet.calendrier.periodes.get(edition.classe, ())
    periodes = build_periodes(classe, dates, edition.variantes, edition.dates)
    stages = _stages(classe, [periode.code for periode in periodes])
    one = next((periode for periode in periodes if periode.code == edition.periode), None)
    return {
        "referentiel": referentiel,
        "diplome": referentiel.diplome,
        "classe": classe,
        "option": referentiel.option(edition.option) if edition.option else None,
        "variantes": edition.variantes,
        "activites": complete(referentiel.activites_of(edition.classe, edition.option), projet),
        "contexte": referentiel.contexte,
        "periodes": periodes,
        "evaluation": referentiel.evaluation,
        "niveaux": projet.niveaux or referentiel.evaluation.niveaux,
        "attitudes": projet.attitudes or referentiel.evaluation.attitudes,
        "projet": projet,
        "etablissement": projet.etablissement,
        "lettre": projet.lettre,
        "annee_scolaire": projet.annee_scolaire,
        "contacts": projet.contacts,
        "logo": logo,
        "eleve": name_fields("eleve", (*PUPIL_COLUMNS, *COMPOSED)),
        "stages": stages,
        **({"periode": one, "stage": stages[one.code]} if one else {}),
    }


def _stages(classe: Classe, codes: Sequence[str]) -> dict[str, dict[str, FieldName]]:
    """The fields of each period's placement, by the period's code.

    A class file numbers the periods of the year (`pfmp1`, …), whatever their codes are.
    """
    ranks = {periode.code: rank for rank, periode in enumerate(classe.periodes, start=1)}
    names = (*PLACEMENT_COLUMNS, *COMPOSED_STAGE)
    return {code: name_fields(f"pfmp{ranks[code]}", names) for code in codes}

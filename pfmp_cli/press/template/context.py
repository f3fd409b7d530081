"""What a template sees: the référentiel and the school, for one class, option and variant.

Nothing here comes from a pupil, and no date of a period does: they are fields (`eleve`,
`stages`), and a period has room for them.
"""

from dataclasses import dataclass
from typing import Any

from pfmp_cli.calendar.weeks import DAYS_A_WEEK, PeriodeDatee, build_periodes, weeks_of_room
from pfmp_cli.domain.complements import complete
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.columns import PLACEMENT_COLUMNS, PUPIL_COLUMNS
from pfmp_cli.planning.document_values import COMPOSED, COMPOSED_STAGE, ROW, SCHOOL
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.field_link import FieldName
from pfmp_cli.press.template.field_writer import name_fields


@dataclass(frozen=True, slots=True)
class PlacedPeriode:
    """A period, and its room for dates: the fields of each row of its attendance sheet, the week
    and the day; no row where they are written by hand."""

    code: str
    semaines: int
    variante: str | None
    certificative: bool
    lignes: tuple[tuple[FieldName, ...], ...]


def build_context(
    edition: Edition, referentiel: Referentiel, projet: Projet, logo: str | None = None
) -> dict[str, Any]:
    """The variables of a template; `logo` is the address of an image."""
    classe = referentiel.classe(edition.classe)
    own = dict(edition.weeks)
    dated = build_periodes(classe, projet.calendrier, edition.variantes)
    periodes = [_place(periode, own.get(periode.code, 0)) for periode in dated]
    theirs = [periode for periode in periodes if periode.code not in edition.without]
    names = (*PLACEMENT_COLUMNS, *COMPOSED_STAGE)
    stages = {p.code: name_fields(f"pfmp{p.rank}", names) for p in dated}
    one = next((periode for periode in periodes if periode.code == edition.periode), None)
    return {
        "referentiel": referentiel,
        "diplome": referentiel.diplome,
        "classe": classe,
        "option": referentiel.option(edition.option) if edition.option else None,
        "variantes": edition.variantes,
        "activites": complete(referentiel.activites_of(edition.classe, edition.option), projet),
        "contexte": referentiel.contexte,
        "vocabulaire": referentiel.vocabulaire,
        "periodes": theirs,
        "toutes_periodes": periodes,
        "evaluation": referentiel.evaluation,
        "niveaux": projet.niveaux or referentiel.evaluation.niveaux,
        "attitudes": projet.attitudes or referentiel.evaluation.attitudes,
        "projet": projet,
        "etablissement": projet.etablissement,
        "lettre": projet.lettre,
        "parties": projet.livret.parties,
        # What is handed in or sent is A4; a booklet alone is folded.
        "format": projet.livret.format if edition.document == "livret" else "a4",
        "annee_scolaire": projet.annee_scolaire,
        "contacts": projet.contacts,
        "logo": logo,
        "ecole": name_fields("ecole", SCHOOL),
        "eleve": name_fields("eleve", (*PUPIL_COLUMNS, *COMPOSED)),
        "stages": stages,
        **({"periode": one, "stage": stages[one.code]} if one else {}),
    }


def _place(periode: PeriodeDatee, own: int) -> PlacedPeriode:
    """The period with room for as many weeks as it has, or more where dates take them; `own` are
    the weeks of pupils' own dates. Without any dates, there are no rows."""
    weeks = max(periode.semaines, own, weeks_of_room(len(periode.days)))
    rows = range(1, weeks * DAYS_A_WEEK + 1) if own or periode.du else ()
    lignes = tuple(
        tuple(FieldName(f"pfmp{periode.rank}.{part.format(row)}") for part in ROW) for row in rows
    )
    return PlacedPeriode(
        periode.code, periode.semaines, periode.variante, periode.certificative, lignes
    )

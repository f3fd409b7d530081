"""What the fields of a document show, by their names: a pupil's columns, and what is made of them.

Dates are values too: a pupil's own, or else those of the class's calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pfmp_cli.calendar.weeks import PeriodeDatee, build_periodes, format_date, format_intervalles
from pfmp_cli.domain.choices import name_age
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.pupils import Eleve
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.identifiers import make_identifier
from pfmp_cli.planning.plan import PlannedDocument
from pfmp_cli.text import count

# Fields of a pupil, and of a placement, that no column has: `compose_values` makes them.
COMPOSED = ("nom_complet", "identifiant")
COMPOSED_STAGE = (
    *("age", "dates", "duree", "duree_et_dates", "nombre_jours", "numeros_semaines"),
    *("destinataire", "lieu"),
)
# Of the school, where `pfmp.yaml` says nothing: the page in the browser asks for them.
SCHOOL = ("nom", "adresse", "commune", "complet", "annee")
# Those of one row of an attendance sheet, by its number; the first only where a week begins.
ROW = ("semaine_{}", "jour_{}")


@dataclass(frozen=True)
class Composer:
    """Makes the values of documents of a school; pupils of the same dates share their periods."""

    referentiel: Referentiel
    projet: Projet
    _periodes: dict[object, tuple[PeriodeDatee, ...]] = field(default_factory=dict, init=False)

    def compose(self, edition: Edition, eleve: Eleve | None = None) -> dict[str, str]:
        """The values of a pupil's document, or of a blank one, by field name."""
        own = eleve.dates if eleve else ()
        key = edition.classe, edition.variantes, own
        if key not in self._periodes:
            classe = self.referentiel.classe(edition.classe)
            calendrier = self.projet.calendrier
            self._periodes[key] = build_periodes(classe, calendrier, edition.variantes, own)
        return compose_values(eleve, self._periodes[key])

    def identify(self, document: PlannedDocument, key: bytes, master: str) -> dict[str, str]:
        """The same with its identifier; `key` is the school's, `master` that of its master."""
        sigle, year = self.referentiel.diplome.sigle, self.projet.annee_scolaire or ""
        identifier = make_identifier(document, key, sigle, year, master)
        return self.compose(document.edition, document.eleve) | {"eleve.identifiant": identifier}


def compose_values(eleve: Eleve | None, periodes: Iterable[PeriodeDatee]) -> dict[str, str]:
    """The values by field name; without a pupil, what a blank document says already.

    `periodes` are those of the year, with the dates that are the pupil's.
    """
    values: dict[str, str] = {}
    for periode in periodes:
        values |= _tell_dates(periode)
    if eleve:
        names = (eleve.values.get(f"eleve.{name}") for name in ("nom", "prenom"))
        values |= {**eleve.values, "eleve.nom_complet": " ".join(filter(None, names))}
        if born := eleve.date_naissance:
            values |= {f"pfmp{p.rank}.age": name_age(born, p.du) for p in periodes if p.du}
        for periode in periodes:
            values |= _tell_company(eleve, f"pfmp{periode.rank}")
    return values


def _tell_company(eleve: Eleve, stage: str) -> dict[str, str]:
    """Where the pupil goes, and whom a letter is addressed to there, as far as it is known."""
    names = ("entreprise", "responsable", "tuteur", "adresse", "code_postal", "ville")
    company, head, tutor, street, *town = (eleve.values.get(f"{stage}.{name}") for name in names)
    where = [street, " ".join(filter(None, town))]
    said = {"destinataire": [company, head or tutor, *where], "lieu": where}
    return {
        f"{stage}.{name}": text
        for name, of in said.items()
        if (text := "\n".join(filter(None, of)))
    }


@lru_cache(maxsize=1024)
def _tell_dates(periode: PeriodeDatee) -> dict[str, str]:
    if not periode.intervalles:
        return {}
    dates, weeks = format_intervalles(periode.intervalles), periode.semaines_calendaires
    said = {
        "dates": dates,
        "nombre_jours": count(len(periode.days), "jour"),
        "numeros_semaines": ", ".join(str(week.numero) for week in weeks),
        "duree_et_dates": dates[0].upper() + dates[1:],
    }
    if periode.duree:
        duree = count(periode.duree, "semaine").replace(" ", "\u00a0")
        said |= {"duree": duree, "duree_et_dates": f"{duree}, {dates}"}
    starts = {week.days[0]: week.numero for week in weeks}
    for number, day in enumerate(periode.days, start=1):
        week, name = (part.format(number) for part in ROW)
        said[name] = format_date(day, avec_jour=True, avec_annee=False)
        if day in starts:
            said[week] = f"Semaine {starts[day]}"
    return {f"pfmp{periode.rank}.{name}": text for name, text in said.items()}

"""What is right in form in a référentiel or a `pfmp.yaml`, and should be looked at."""

from collections.abc import Iterator, Sequence
from datetime import date

from pfmp_cli.calendar.clock import today
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.reviewed import Reviewed
from pfmp_cli.rules import referentiel_rules, school_rules
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import YamlSource

_NAMES = {"taches": "tâches", "ressources": "ressources", "resultats": "résultats attendus"}
_LABELS = (
    "options.*.intitule",
    "classes.*.libelle",
    "variantes.*.libelle",
    "activites.*.intitule",
    *(f"activites.*.{name}.*.libelle" for name in LISTS),
)
_SCALES = ("niveaux.*.libelle", "attitudes.niveaux.*.libelle")
# What `pfmp new` writes for an example, and no school has.
SAMPLE = {
    "nom": "Lycée professionnel des Trois-Tilleuls",
    "adresse": ("12 rue de la Passementerie", "BP 90"),
    "ville": "Vernac-sur-Lune",
    "telephone": "05 36 49 00 00",
    "courriel": "accueil@trois-tilleuls.example",
    "uai": "0000001B",
}


def find_referentiel_doubts(
    referentiel: Referentiel, source: YamlSource, projets: Sequence[Projet] = ()
) -> list[Diagnostic]:
    """Labels under two codes, gaps, words to confirm; a gap that all `projets` fill is none."""
    reviewed = Reviewed(referentiel, source)
    found = [*_find_gaps(reviewed, projets), *_find_unconfirmed(reviewed)]
    for place in _LABELS:
        found += reviewed.twice(place, referentiel_rules.SAME_LABEL, referentiel_rules.LIKE_LABEL)
    for place in _SCALES:  # the same to the letter is an error
        found += reviewed.twice(f"evaluation.{place}", None, referentiel_rules.LIKE_NIVEAU)
    found += reviewed.twice(
        "evaluation.taches", referentiel_rules.SAME_COLUMN, referentiel_rules.LIKE_NIVEAU
    )
    return in_order(found)


def find_projet_scales(projet: Projet, source: YamlSource) -> list[Diagnostic]:
    """The levels of the school's scales that can be taken for one another."""
    reviewed = Reviewed(projet, source)
    found = (reviewed.twice(place, None, referentiel_rules.LIKE_NIVEAU) for place in _SCALES)
    return in_order(one for some in found for one in some)


def find_projet_doubts(projet: Projet, source: YamlSource) -> Iterator[Diagnostic]:
    """A school that is still the sample, a year that is over, a convention that is out of date."""
    names = [name for name, value in SAMPLE.items() if getattr(projet.etablissement, name) == value]
    if names:
        place = source.key_position(("etablissement", names[0]))
        yield school_rules.SAMPLE_VALUES.at(place, names=", ".join(names))
    year = projet.annee_scolaire
    if year and today() > date(int(year[-4:]), 8, 31):
        yield school_rules.YEAR_OVER.at(source.position(("annee_scolaire",)), year=year)
    if "96-241" in (projet.lettre.convention or ""):
        yield school_rules.OUTDATED.at(source.position(("lettre", "convention")))


def _find_gaps(reviewed: Reviewed, projets: Sequence[Projet]) -> Iterator[Diagnostic]:
    for loc, activite in reviewed.each("activites.*"):
        for name in activite.lacunes.keys() & LISTS.keys():
            given = (projet.complements.get(activite.code) for projet in projets)
            filled = projets and all(getattr(one, name, ()) for one in given)
            if not getattr(activite, name) and not filled:
                position = reviewed.source.key_position((*loc, "lacunes", name))
                code = activite.code
                yield referentiel_rules.GAP.at(position, activite=code, name=_NAMES[name])


def _find_unconfirmed(reviewed: Reviewed) -> Iterator[Diagnostic]:
    for loc, one in reviewed.each("errata.*"):
        if one.certitude == "a_confirmer":
            position = reviewed.source.position((*loc, "source"))
            values = {"source": one.source, "corrige": one.corrige, "ou": one.ou}
            yield referentiel_rules.UNCONFIRMED.at(position, **values)

"""`pfmp.yaml`, the school: everything in it may be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pfmp_cli.diagnostics import Diagnostic, InputRefused, error, warning
from pfmp_cli.domain.fabrication import Fabrication, find_useless_choices
from pfmp_cli.domain.referentiel import Attitudes, Modele, Niveau, Referentiel, Texte
from pfmp_cli.lists.cells import JOURS_MAX
from pfmp_cli.review.complements import find_useless_complements
from pfmp_cli.review.contradictions import find_same_niveaux, find_unknown_places, unknown
from pfmp_cli.yaml_files.model_errors import in_order, validate
from pfmp_cli.yaml_files.shapes import AnneeScolaire, CodePostal, Courriel, Date, Uai
from pfmp_cli.yaml_files.source import Loc, YamlSource, read_yaml


class Personne(Modele):
    nom: Texte | None = None
    titre: Texte | None = None


class Etablissement(Modele):
    """The school; `logo` is a path from the folder of `pfmp.yaml`."""

    nom: Texte | None = None
    adresse: tuple[Texte, ...] = ()
    code_postal: CodePostal | None = None
    ville: Texte | None = None
    telephone: Texte | None = None
    courriel: Courriel | None = None
    uai: Uai | None = None
    logo: Texte | None = None
    chef: Personne = Personne()


class LettreProjet(Modele):
    """What the school puts into the letter; `objet` replaces the référentiel's."""

    reference: Texte | None = None
    numero: Texte | None = None
    date: Date | None = None
    lieu: Texte | None = None
    objet: Texte | None = None
    secteur: Texte | None = None
    convention: Texte | None = None
    signataire: Personne = Personne()


class DatesPeriode(Modele):
    """First and last day of a placement."""

    du: Date
    au: Date


def _none_as_empty(value: Any) -> Any:
    """A class without dates yet: its code and nothing behind."""
    return () if value is None else value


Dates = Annotated[
    tuple[DatesPeriode, ...],
    BeforeValidator(_none_as_empty),
    Field(json_schema_extra={"type": ["array", "null"]}),
]


class Calendrier(Modele):
    """Dates of each class's periods, in the order of the référentiel's.

    `zone` is that of the school holidays; Corsica and overseas have none.
    """

    zone: Literal["A", "B", "C"] | None = None
    periodes: dict[str, Dates] = Field(default_factory=dict)


class Division(Modele):
    classe: Texte
    option: Texte | None = None


class Contact(Modele):
    role: Texte
    nom: Texte | None = None
    telephone: Texte | None = None
    courriel: Courriel | None = None


class Complement(Modele):
    """What fills a declared gap of an activity: the items of its lists, without codes."""

    taches: tuple[Texte, ...] = ()
    ressources: tuple[Texte, ...] = ()
    resultats: tuple[Texte, ...] = ()


class Projet(Modele):
    """The school; `Projet()` knows nothing, and everything is left to write on."""

    annee_scolaire: AnneeScolaire | None = None
    etablissement: Etablissement = Etablissement()
    lettre: LettreProjet = LettreProjet()
    calendrier: Calendrier = Calendrier()
    divisions: dict[str, Division] = Field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    niveaux: tuple[Niveau, ...] = ()
    attitudes: Attitudes | None = None
    complements: dict[str, Complement] = Field(default_factory=dict)
    fabrication: Fabrication = Fabrication()


def read_projet(path: Path, referentiel: Referentiel) -> tuple[Projet, YamlSource]:
    """Read `pfmp.yaml` and check it against the référentiel; the source is for warnings.

    Raises InputRefused with all that is wrong: the keys and values, or, where these are
    right, what contradicts what.
    """
    source = read_yaml(path)
    projet = validate(Projet, source)
    if contradictions := check_projet(projet, referentiel, source):
        raise InputRefused(contradictions)
    return projet, source


def read_alone(path: Path) -> Projet:
    """Read `pfmp.yaml` by itself, without holding it against a référentiel.

    Raises InputRefused with all that is wrong in its keys and values.
    """
    return validate(Projet, read_yaml(path))


def find_doubts(projet: Projet, source: YamlSource) -> list[Diagnostic]:
    """Warnings about what is right in form and out of date."""
    if "96-241" not in (projet.lettre.convention or ""):
        return []
    return [
        warning(
            "la note de service n° 96-241 n'est plus en vigueur",
            source.position(("lettre", "convention")),
            "la convention type est celle de la circulaire n° 2016-053 du 29 mars 2016",
            "perime",
        )
    ]


def check_projet(projet: Projet, referentiel: Referentiel, source: YamlSource) -> list[Diagnostic]:
    """What contradicts what in a `pfmp.yaml` whose keys and values are right."""
    return in_order(_find_contradictions(projet, referentiel, source))


def _find_contradictions(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    classes = [classe.code for classe in referentiel.classes]
    for code, dates in projet.calendrier.periodes.items():
        loc: Loc = ("calendrier", "periodes", code)
        if code in classes:
            yield from _check_dates(dates, len(referentiel.classe(code).periodes), source, loc)
        else:
            yield unknown("classe", code, classes, source, loc, key=True)
    for name, division in projet.divisions.items():
        yield from _check_division(division, referentiel, source, ("divisions", name))
    yield from find_unknown_places(projet.lettre.objet or "", source, ("lettre", "objet"))
    yield from find_same_niveaux(projet.niveaux, source, ("niveaux",))
    if projet.attitudes is not None:
        yield from find_same_niveaux(projet.attitudes.niveaux, source, ("attitudes", "niveaux"))
    yield from find_useless_complements(projet, referentiel, source)
    yield from find_useless_choices(projet.fabrication, referentiel, source)


def _check_dates(
    dates: Sequence[DatesPeriode], periodes: int, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    if len(dates) > periodes:
        yield error(
            f"{len(dates)} périodes datées, alors que la classe en a {periodes}",
            source.position((*loc, periodes)),
            "enlevez celle qui est en trop",
            "dates",
        )
    for i, one in enumerate(dates):
        if one.au < one.du:
            yield error(
                f"la période finit le {one.au} avant d'avoir commencé, le {one.du}",
                source.position((*loc, i, "au")),
                "corrigez l'une des deux dates",
                "dates",
            )
        elif (one.au - one.du).days > JOURS_MAX:
            yield error(
                f"la période dure plus d'un an, du {one.du} au {one.au}",
                source.position((*loc, i, "du")),
                "corrigez l'année de l'une des deux dates",
                "dates",
            )


def _check_division(
    division: Division, referentiel: Referentiel, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    classes = [classe.code for classe in referentiel.classes]
    if division.classe not in classes:
        yield unknown("classe", division.classe, classes, source, (*loc, "classe"))
        return
    options = referentiel.classe(division.classe).options
    if division.option is None and options:
        choices = " ou ".join(f"« option: {option} »" for option in options)
        yield error(f"la division « {loc[-1]} » n'a pas d'option", source.position(loc),
                    f"ajoutez {choices}", "option")  # fmt: skip
    elif division.option is not None and not options:
        yield error(
            f"la classe « {division.classe} » est commune aux options",
            source.position((*loc, "option")),
            "enlevez l'option de cette division",
            "option",
        )
    elif division.option is not None and division.option not in options:
        yield unknown("option", division.option, options, source, (*loc, "option"))

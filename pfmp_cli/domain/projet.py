"""`pfmp.yaml`, the school: everything in it may be left out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pfmp_cli.domain.fabrication import Fabrication
from pfmp_cli.domain.referentiel import Attitudes, Modele, Niveau, Texte
from pfmp_cli.yaml_files.shapes import AnneeScolaire, CodePostal, Courriel, Date, Uai


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

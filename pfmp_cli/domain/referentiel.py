"""The référentiel: what the diploma asks, as data.

A field's name is its key in YAML and its variable in a template. Models are frozen and
refuse keys that they do not know.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Texte = Annotated[str, Field(min_length=1)]
"""A number without quotes is the text that was typed (`code: 1`)."""
Formations = dict[str, tuple[str, str]]
COMMUNE = "commune"
Entier = Annotated[int, Field(strict=True, ge=1)]


class Modele(BaseModel):
    """What all models share: a key without a value counts as left out."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", coerce_numbers_to_str=True, str_strip_whitespace=True
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = cls.model_fields
        return {k: v for k, v in data.items() if v not in (None, "") or k not in known}


class Diplome(Modele):
    intitule: Texte
    sigle: Texte
    type: Texte
    type_court: Texte
    mention: Texte | None = None
    annexe: Texte | None = None
    arrete: Texte | None = None
    semaines: Entier | None = None


class Option(Modele):
    code: Texte
    intitule: Texte
    sigle: Texte | None = None


class Periode(Modele):
    """A placement of a class; with a `variante`, only for the pupils who have it."""

    code: Texte
    semaines: Entier
    variante: Texte | None = None


class Classe(Modele):
    """A class; without `options`, it is common to all of them.

    `mef…` are option (or `commune`) → the codes, of ten digits, or the labels of SIECLE.
    `graphies` are other ways to write it, `repartition` its line in the letter.
    """

    code: Texte
    libelle: Texte
    graphies: tuple[Texte, ...] = ()
    repartition: Texte | None = None
    options: tuple[Texte, ...] = ()
    activites: tuple[Texte, ...] = Field(min_length=1)
    mef: dict[str, tuple[Texte, ...]] = {}
    mef_apprentis: dict[str, tuple[Texte, ...]] = {}
    mef_libelles: dict[str, tuple[Texte, ...]] = {}
    periodes: tuple[Periode, ...] = Field(min_length=1)


class Variante(Modele):
    code: Texte
    libelle: Texte


class Bloc(Modele):
    code: Texte
    intitule: Texte
    unite: Texte | None = None


class Item(Modele):
    """A task, a resource or an expected result, without end punctuation."""

    code: Texte
    libelle: Texte


class Relations(Modele):
    hierarchiques: Texte | None = None
    fonctionnelles: Texte | None = None
    externes: tuple[Texte, ...] = ()


class Activite(Modele):
    """An activity; `option` is None where it is common. `lacunes`: list → why it is empty."""

    code: Texte
    option: Texte | None = None
    intitule: Texte
    bloc: Bloc | None = None
    conditions: Texte | None = None
    taches: tuple[Item, ...] = ()
    ressources: tuple[Item, ...] = ()
    relations: Relations = Relations()
    resultats: tuple[Item, ...] = ()
    lacunes: dict[str, Texte] = {}


class BlocTexte(Modele):
    """A paragraph, a list with what introduces it, or both, under a title or not."""

    option: Texte | None = None
    titre: Texte | None = None
    texte: Texte | None = None
    liste: tuple[Texte, ...] = ()


class Section(Modele):
    code: Texte
    titre: Texte
    blocs: tuple[BlocTexte, ...] = ()
    sections: tuple[Section, ...] = ()


class Contexte(Modele):
    titre: Texte
    sections: tuple[Section, ...]


class Lettre(Modele):
    """The letter's common words; `{secteur}` and `{convention}` come from the school."""

    objet: Texte | None = None
    introduction: tuple[Texte, ...] = ()
    corps: tuple[Texte, ...] = ()


class Niveau(Modele):
    libelle: Texte
    hors_echelle: Annotated[bool, Field(strict=True)] = False


class Attitudes(Modele):
    """What is evaluated of a pupil's bearing, on a scale of its own."""

    liste: tuple[Texte, ...] = Field(min_length=1)
    niveaux: tuple[Niveau, ...] = Field(min_length=2)


class Evaluation(Modele):
    """The heads of the columns to tick, for tasks and for results; the mark's upper end."""

    taches: tuple[Texte, ...] = Field(min_length=1)
    niveaux: tuple[Niveau, ...] = Field(min_length=2)
    attitudes: Attitudes | None = None
    note_sur: Entier = 20


class Erratum(Modele):
    """A repair of the source text; `a_confirmer` is a doubt, and nothing was changed."""

    ou: Texte
    source: Texte
    corrige: Texte
    motif: Texte
    certitude: Literal["sure", "forte", "a_confirmer"]


class Referentiel(Modele):
    diplome: Diplome
    options: tuple[Option, ...] = ()
    classes: tuple[Classe, ...] = Field(min_length=1)
    variantes: tuple[Variante, ...] = ()
    activites: tuple[Activite, ...] = Field(min_length=1)
    contexte: Contexte | None = None
    lettre: Lettre | None = None
    evaluation: Evaluation
    errata: tuple[Erratum, ...] = ()

    def classe(self, code: str) -> Classe:
        """The class of that code, which exists."""
        return next(classe for classe in self.classes if classe.code == code)

    def option(self, code: str) -> Option:
        """The option of that code, which exists."""
        return next(option for option in self.options if option.code == code)

    def formations(self, key: Literal["mef", "mef_apprentis", "mef_libelles"]) -> Formations:
        """Each MEF of that list → its class and option, '' where it is common to all."""
        return {
            mef: (classe.code, "" if option == COMMUNE else option)
            for classe in self.classes
            for option, mefs in getattr(classe, key).items()
            for mef in mefs
        }

    def activites_of(self, classe: str, option: str | None) -> tuple[Activite, ...]:
        """The activities of a class: the common ones and the option's, in the file's order."""
        codes = self.classe(classe).activites
        kept = (None, option)
        return tuple(a for a in self.activites if a.code in codes and a.option in kept)

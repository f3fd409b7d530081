"""`pfmp.yaml`, the school: everything in it may be left out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pfmp_cli.domain.fabrication import Fabrication
from pfmp_cli.domain.model import key, model
from pfmp_cli.domain.referentiel import ELEMENT, Attitudes, Niveau
from pfmp_cli.domain.shapes import AnneeScolaire, CodePostal, Courriel, Date, Shape, Uai


@model("Personne")
class Personne:
    nom: str | None = key("Nom", "Prénom et NOM.", default=None)
    titre: str | None = key("Titre", "Sa fonction.", default=None)


@model("Établissement")
class Etablissement:
    """The school; `logo` is a path from the folder of `pfmp.yaml`."""

    nom: str | None = key("Nom", "Le nom du lycée.", default=None)
    adresse: tuple[str, ...] = key(
        "Adresse", "Ses lignes, sans le code postal ni la ville.", default=()
    )
    code_postal: CodePostal | None = key(
        "Code postal", "Cinq chiffres, entre guillemets.", default=None
    )
    ville: str | None = key("Ville", default=None)
    telephone: str | None = key("Téléphone", default=None)
    courriel: Courriel | None = key("Courriel", default=None)
    uai: Uai | None = key("UAI", "Sept chiffres et une lettre.", default=None)
    logo: str | None = key(
        "Logo", "Une image, SVG, PNG ou JPEG ; le chemin part du dossier du fichier.", default=None
    )
    chef: Personne = key("Chef d'établissement", default=Personne())


@model("Lettre")
class LettreProjet:
    """What the school puts into the letter; `objet` replaces the référentiel's."""

    reference: str | None = key("Référence", "En haut de la lettre.", default=None)
    numero: str | None = key("Numéro", "En haut de la lettre.", default=None)
    date: Date | None = key("Date", "Année, mois, jour.", default=None, examples=("2025-06-24",))
    lieu: str | None = key(
        "Lieu", "Devant la date ; la ville de l'établissement sinon.", default=None
    )
    objet: str | None = key("Objet", "Remplace l'objet du référentiel.", default=None)
    secteur: str | None = key("Secteur", "Remplit {secteur}.", default=None)
    convention: str | None = key(
        "Convention", "Le texte de la convention type ; remplit {convention}.", default=None
    )
    signataire: Personne = key("Signataire", "Qui signe la lettre.", default=Personne())


@model("Dates d'une période")
class DatesPeriode:
    """First and last day of a placement."""

    du: Date = key("Du", "Le premier jour.", examples=("2026-01-05",))
    au: Date = key("Au", "Le dernier jour, compris.", examples=("2026-01-31",))


def _none_as_empty(value: Any) -> Any:
    """A class without dates yet: its code and nothing behind."""
    return () if value is None else value


Dates = Annotated[tuple[DatesPeriode, ...], Shape(_none_as_empty, {"type": ["array", "null"]})]


@model("Calendrier")
class Calendrier:
    """Dates of each class's periods, in the order of the référentiel's.

    `zone` is that of the school holidays; Corsica and overseas have none.
    """

    zone: Literal["A", "B", "C"] | None = key(
        "Zone",
        "Celle des vacances scolaires : A, B ou C ; rien en Corse et outre-mer.",
        default=None,
    )
    periodes: dict[str, Dates] = key(
        "Périodes",
        "Code d'une classe : les dates de ses périodes, dans l'ordre.",
        default_factory=dict,
    )


@model("Division")
class Division:
    classe: str = key("Classe", "Le code de la classe.")
    option: str | None = key(
        "Option", "Le code de l'option ; rien si la classe est commune.", default=None
    )


@model("Contact")
class Contact:
    role: str = key("Rôle", examples=("Bureau des stages",))
    nom: str | None = key("Nom", default=None)
    telephone: str | None = key("Téléphone", default=None)
    courriel: Courriel | None = key("Courriel", default=None)


@model("Complément", "Ce qui remplit une lacune du référentiel.")
class Complement:
    """What fills a declared gap of an activity: the items of its lists, without codes."""

    taches: tuple[str, ...] = key("Tâches", ELEMENT, default=())
    ressources: tuple[str, ...] = key("Ressources", ELEMENT, default=())
    resultats: tuple[str, ...] = key("Résultats attendus", ELEMENT, default=())


@model("Établissement", "Le lycée, sa lettre, son calendrier. Tout est facultatif.")
class Projet:
    """The school; `Projet()` knows nothing, and everything is left to write on."""

    annee_scolaire: AnneeScolaire | None = key(
        "Année scolaire", default=None, examples=("2025-2026",)
    )
    etablissement: Etablissement = key(
        "Établissement", "Ses nom, adresse et téléphone.", default=Etablissement()
    )
    lettre: LettreProjet = key(
        "Lettre",
        "Ce que l'établissement met dans la lettre aux entreprises.",
        default=LettreProjet(),
    )
    calendrier: Calendrier = key("Calendrier", "Les dates des périodes.", default=Calendrier())
    divisions: dict[str, Division] = key(
        "Divisions", "Nom d'une division : sa classe et son option.", default_factory=dict
    )
    contacts: tuple[Contact, ...] = key(
        "Contacts", "Les personnes que le tuteur peut appeler.", default=()
    )
    niveaux: tuple[Niveau, ...] = key(
        "Niveaux", "L'échelle de l'établissement, qui remplace celle du référentiel.", default=()
    )
    attitudes: Attitudes | None = key(
        "Attitudes", "Les attitudes que l'établissement évalue.", default=None
    )
    complements: dict[str, Complement] = key(
        "Compléments",
        "Code d'une activité : les listes que le diplôme n'a pas.",
        default_factory=dict,
    )
    fabrication: Fabrication = key(
        "Fabrication", "Ce que fait « pfmp build ».", default=Fabrication()
    )

    @property
    def caption(self) -> str:
        """What a summary calls the school and its year; nothing where it knows neither."""
        nom, annee = self.etablissement.nom, self.annee_scolaire
        if not (nom or annee):
            return ""
        return f"{nom or 'établissement sans nom'}, {annee or 'année scolaire inconnue'}"

"""`pfmp.yaml`, the school: everything in it may be left out."""

from typing import Annotated, Any, Literal

from pfmp_cli.domain.fabrication import Fabrication
from pfmp_cli.domain.model import Texts, key, model, optional
from pfmp_cli.domain.referentiel import ELEMENT, Attitudes, Niveau
from pfmp_cli.domain.shapes import (
    AnneeScolaire,
    CodePostal,
    Courriel,
    Date,
    Jours,
    Shape,
    Territoire,
    Uai,
)


@model("Personne")
class Personne:
    nom: str | None = optional("Nom", "Prénom et NOM.")
    titre: str | None = optional("Titre", "Sa fonction.")


@model("Assurance", "La responsabilité civile des élèves en entreprise.")
class Assurance:
    assureur: str | None = optional("Assureur")
    police: str | None = optional("Police", "Le numéro du contrat.")


@model("Établissement")
class Etablissement:
    nom: str | None = optional("Nom", "Le nom du lycée.")
    adresse: Texts = optional("Adresse", "Ses lignes, sans code postal ni ville.", ())
    code_postal: CodePostal | None = optional("Code postal", "Cinq chiffres, entre guillemets.")
    ville: str | None = optional("Ville")
    telephone: str | None = optional("Téléphone")
    courriel: Courriel | None = optional("Courriel")
    uai: Uai | None = optional("UAI", "Sept chiffres et une lettre.")
    logo: str | None = optional("Logo", "SVG, PNG ou JPEG ; le chemin part du dossier du fichier.")
    chef: Personne = optional("Chef d'établissement", default=Personne())
    assurance: Assurance = optional("Assurance", default=Assurance())


@model("Lettre")
class LettreProjet:
    reference: str | None = optional("Référence", "En haut de la lettre.")
    numero: str | None = optional("Numéro", "En haut de la lettre.")
    date: Date | None = optional("Date", "Année, mois, jour.", examples=("2025-06-24",))
    lieu: str | None = optional("Lieu", "Devant la date ; la ville de l'établissement sinon.")
    objet: str | None = optional("Objet", "Remplace l'objet du référentiel.")
    secteur: str | None = optional("Secteur", "Remplit {secteur}.")
    convention: str | None = optional("Convention", "La convention type ; remplit {convention}.")
    signataire: Personne = optional("Signataire", "Qui signe la lettre.", Personne())


@model("Dates d'une période")
class DatesPeriode:
    du: Date = key("Du", "Le premier jour.", examples=("2026-01-05",))
    au: Date = key("Au", "Le dernier jour, compris.", examples=("2026-01-31",))
    jours: Jours | None = optional("Jours", "Ceux de la semaine, plutôt que ceux du calendrier.")


def _none_as_empty(value: Any) -> Any:
    """A class without dates yet: its code and nothing behind."""
    return () if value is None else value


Dates = Annotated[tuple[DatesPeriode, ...], Shape(_none_as_empty, {"type": ["array", "null"]})]


@model("Calendrier")
class Calendrier:
    zone: Literal["A", "B", "C"] | None = optional(
        "Zone", "Celle des vacances scolaires : A, B ou C ; rien en Corse et outre-mer."
    )
    territoire: Territoire | None = optional(
        "Territoire", "Celui des jours fériés : département ou collectivité.", examples=("Guyane",)
    )
    jours: Jours | None = optional(
        "Jours", "Ceux de la semaine qui sont travaillés.", examples=("lundi-vendredi",)
    )
    feries: tuple[Date, ...] = optional("Fériés", "Les autres jours qui ne le sont pas.", ())
    travailles: tuple[Date, ...] = optional(
        "Travaillés", "Les jours fériés qui le sont quand même.", ()
    )
    periodes: dict[str, Dates] = optional(
        "Périodes", "Code d'une classe : les dates de ses périodes, dans l'ordre.", dict
    )


Partie = Literal[
    "frise",
    "lettre",
    "memo-tuteur",
    "objectifs",
    "journal",
    "rapport",
    "accueil",
    "auto-evaluation",
    "attitudes",
    "bilan",
    "resultats",
    "annexe",
]


@model("Conservation", "Combien de temps, ou jusqu'à quand ; sinon, c'est une ligne à remplir.")
class Conservation:
    convention: str | None = optional("Convention", "Dans l'établissement et l'entreprise.")
    presence: str | None = optional("Feuilles de présence", "Dans l'établissement.")
    evaluation: str | None = optional("Évaluations", "Dans l'établissement.")
    attestation: str | None = optional("Attestations", "Leur copie, dans l'établissement.")
    coordonnees: str | None = optional("Coordonnées", "Celles de l'élève, dans l'entreprise.")


@model("Livret")
class Livret:
    parties: tuple[Partie, ...] = optional(
        "Parties",
        "Ce qu'il a de ce qui peut manquer ; sans précision, tout ce qui tient en 30 pages.",
        ("frise", "lettre", "memo-tuteur", "accueil", "attitudes", "bilan", "annexe"),
    )
    allocations: dict[str, str] = optional(
        "Allocations", "Code d'une classe : ce que l'élève reçoit de l'État, dans le bilan.", dict
    )
    conservation: Conservation = optional(
        "Conservation", "Qui garde quoi, et combien de temps, dans le bilan.", Conservation()
    )
    format: Literal["a4", "a5"] = optional(
        "Format", "a5 pour un livret à plier, mis en page pour cela ; a4, sans précision.", "a4"
    )


@model("Division")
class Division:
    classe: str = key("Classe", "Le code de la classe.")
    option: str | None = optional("Option", "Le code de l'option ; rien si la classe est commune.")


@model("Contact")
class Contact:
    role: str = key("Rôle", examples=("Bureau des stages",))
    nom: str | None = optional("Nom")
    telephone: str | None = optional("Téléphone")
    courriel: Courriel | None = optional("Courriel")


@model("Complément", "Ce qui remplit une lacune du référentiel.")
class Complement:
    taches: Texts = optional("Tâches", ELEMENT, ())
    ressources: Texts = optional("Ressources", ELEMENT, ())
    resultats: Texts = optional("Résultats attendus", ELEMENT, ())


@model("Lycée")
class _Lycee:
    annee_scolaire: AnneeScolaire | None = optional("Année scolaire", examples=("2025-2026",))
    etablissement: Etablissement = optional("Établissement", "Ses coordonnées.", Etablissement())


@model("Ce qui peut être d'un diplôme")
class _OfDiplome:
    lettre: LettreProjet = optional(
        "Lettre", "Ce que l'établissement met dans la lettre aux entreprises.", LettreProjet()
    )
    livret: Livret = optional("Livret", "Ce qu'il y a dans le livret.", Livret())
    calendrier: Calendrier = optional("Calendrier", "Les dates des périodes.", Calendrier())
    divisions: dict[str, Division] = optional("Divisions", "Nom : sa classe et son option.", dict)
    apprentis: bool = optional(
        "Apprentis", "true : ils ont leurs documents, comme les élèves.", False, strict=True
    )
    contacts: tuple[Contact, ...] = optional("Contacts", "Ceux que le tuteur peut appeler.", ())
    niveaux: tuple[Niveau, ...] = optional(
        "Niveaux", "L'échelle de l'établissement, qui remplace celle du référentiel.", ()
    )
    attitudes: Attitudes | None = optional("Attitudes", "Les attitudes que l'établissement évalue.")
    complements: dict[str, Complement] = optional(
        "Compléments", "Code d'une activité : les listes que le diplôme n'a pas.", dict
    )


@model("Diplôme du lycée", "Ce qu'il dit l'emporte sur ce que le fichier dit pour tous.")
class DiplomeProjet(_OfDiplome):
    referentiel: str | None = optional(
        "Référentiel",
        "Son fichier, depuis le dossier de pfmp.yaml ; sinon celui d'à côté, ou fourni.",
    )


@model("Établissement", "Le lycée, sa lettre, son calendrier. Tout est facultatif.")
class Projet(_OfDiplome, _Lycee):
    """The school; `Projet()` knows nothing, and everything is left to write on."""

    diplomes: tuple[DiplomeProjet, ...] = optional(
        "Diplômes", "S'il y en a plusieurs : ce qui est de chacun, dont ses divisions.", ()
    )
    fabrication: Fabrication = optional("Fabrication", "Ce que fait « pfmp build ».", Fabrication())

    @property
    def caption(self) -> str:
        """What a summary calls the school and its year; nothing where it knows neither."""
        nom, annee = self.etablissement.nom, self.annee_scolaire
        if not (nom or annee):
            return ""
        return f"{nom or 'établissement sans nom'}, {annee or 'année scolaire inconnue'}"

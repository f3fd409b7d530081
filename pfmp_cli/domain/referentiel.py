"""The référentiel: what the diploma asks, as data.

A field's name is its key in YAML and its variable in a template.
"""

from __future__ import annotations

from typing import Literal

from pfmp_cli.domain.model import Texts, key, model, optional

Formations = dict[str, tuple[str, str]]
COMMUNE = "commune"
ELEMENT = "Sans virgule ni point final : l'impression les ajoute."
_CODE = ("Code", "Ce qui le désigne ailleurs. Il ne change pas et ne sert jamais deux fois.")
_OPTION = ("Option", "Le code de l'option à laquelle c'est réservé ; rien pour toutes.")
_NIVEAUX = ("Niveaux", "L'échelle, du premier au dernier niveau. Deux niveaux au moins.")


@model("Diplôme")
class Diplome:
    intitule: str = key("Intitulé", "Le nom de la spécialité, en entier.")
    sigle: str = key("Sigle", "Les initiales de la spécialité.")
    type: str = key("Type", examples=("Baccalauréat professionnel",))
    type_court: str = key("Type court", "Pour la couverture.", examples=("BAC PRO",))
    mention: str | None = optional("Mention", "Une ligne sous le titre de la couverture.")
    annexe: str | None = optional("Annexe", "Celle dont vient le texte.", examples=("Annexe II",))
    arrete: str | None = optional("Arrêté", "La date et l'objet de l'arrêté, après « arrêté du ».")
    semaines: int | None = optional(
        "Semaines", "Les semaines de PFMP que le diplôme demande en tout.", strict=True, ge=1
    )


@model("Option")
class Option:
    code: str = key(*_CODE)
    intitule: str = key("Intitulé", "Le nom de l'option, en entier.")
    sigle: str | None = optional("Sigle", "Les initiales de l'option.")


@model("Période", "Une période en entreprise ; ses dates sont dans pfmp.yaml.")
class Periode:
    code: str = key("Code", "Le numéro de la période dans l'année.")
    semaines: int = key("Semaines", "Sa durée en semaines.", strict=True, ge=1)
    variante: str | None = optional("Variante", "Le code d'une variante ; rien pour tous.")
    certificative: bool = optional(
        "Certificative", "false : hors certification, sans grille ni note.", True, strict=True
    )


@model("Classe")
class Classe:
    code: str = key(*_CODE)
    libelle: str = key("Libellé", "Le nom de la classe, tel qu'il s'imprime.")
    graphies: Texts = optional("Graphies", "D'autres façons d'écrire la classe dans une liste.", ())
    repartition: str | None = optional("Répartition", "Sa ligne dans l'échéancier de la lettre.")
    options: Texts = optional("Options", "Leurs codes ; liste vide si elle est commune.", ())
    activites: Texts = key(
        "Activités", "Les codes des activités de la classe, toutes options mêlées.", min_length=1
    )
    mef: dict[str, Texts] = optional(
        "MEF", "Option (ou « commune ») : les dix premiers chiffres des codes de SIECLE.", dict
    )
    mef_apprentis: dict[str, Texts] = optional("MEF des apprentis", "Ceux des apprentis.", dict)
    mef_libelles: dict[str, Texts] = optional(
        "Libellés de MEF", "De même, pour les exports qui n'ont que le libellé.", dict
    )
    periodes: tuple[Periode, ...] = key("Périodes", "Les périodes, dans l'ordre.", min_length=1)

    @property
    def variantes(self) -> frozenset[str]:
        """The variants that change something in this class."""
        return frozenset(one.variante for one in self.periodes if one.variante)


@model("Variante", "Une colonne de la liste des élèves porte son code.")
class Variante:
    code: str = key(*_CODE)
    libelle: str = key("Libellé", "Son nom, tel qu'il s'imprime.")


@model("Bloc de compétences")
class Bloc:
    code: str = key("Code", "Le numéro du bloc.")
    intitule: str = key("Intitulé", "Le nom du bloc.")
    unite: str | None = optional("Unité", "L'unité certificative, si connue.", examples=("U31",))


@model("Élément", "Une tâche, une ressource, un résultat ou une attitude.")
class Item:
    code: str = key("Code", "Un ajout prend le suivant ; il ne change pas.", examples=("1.T3",))
    libelle: str = key("Libellé", ELEMENT)


@model("Relations")
class Relations:
    hierarchiques: str | None = optional("Hiérarchiques", "Dans l'entreprise, en une phrase.")
    fonctionnelles: str | None = optional("Fonctionnelles", "Dans l'entreprise, en une phrase.")
    externes: Texts = optional("Externes", f"Hors de l'entreprise, en liste. {ELEMENT}", ())


@model("Activité")
class Activite:
    code: str = key(*_CODE)
    option: str | None = optional(*_OPTION)
    intitule: str = key("Intitulé", "Le nom de l'activité.")
    bloc: Bloc | None = optional("Bloc de compétences", "Le bloc qu'elle fait acquérir.")
    conditions: str | None = optional("Conditions d'exercice", "Un paragraphe.")
    taches: tuple[Item, ...] = optional("Tâches", "Les cases que le tuteur coche.", ())
    ressources: tuple[Item, ...] = optional("Ressources", "Les moyens dont l'élève dispose.", ())
    relations: Relations = optional("Relations", "Avec qui l'élève travaille.", Relations())
    resultats: tuple[Item, ...] = optional("Résultats attendus", "Ce que les grilles évaluent.", ())
    lacunes: dict[str, str] = optional("Lacunes", "Nom d'une liste vide : pourquoi.", dict)


@model("Bloc de texte", "Un titre, un texte ou une liste, dans cet ordre.")
class BlocTexte:
    option: str | None = optional(*_OPTION)
    titre: str | None = optional("Titre")
    texte: str | None = optional("Texte", "Un paragraphe, ou ce qui introduit la liste.")
    liste: Texts = optional("Liste", ELEMENT, ())


@model("Section")
class Section:
    code: str = key("Code", "Son numéro.", examples=("I.2.1",))
    titre: str = key("Titre")
    blocs: tuple[BlocTexte, ...] = optional("Blocs", "Ses paragraphes et ses listes.", ())
    sections: tuple[Section, ...] = optional("Sections", "Les sections qu'elle contient.", ())


@model("Contexte")
class Contexte:
    titre: str = key("Titre")
    sections: tuple[Section, ...] = key("Sections")


@model("Lettre", "{secteur} et {convention} viennent de pfmp.yaml.")
class Lettre:
    objet: str | None = optional("Objet", "Ce qui suit « Objet : ».")
    introduction: Texts = optional("Introduction", "Les paragraphes avant l'échéancier.", ())
    corps: Texts = optional("Corps", "Les paragraphes d'après.", ())


@model("Niveau")
class Niveau:
    libelle: str = key("Libellé", "Son nom, en tête de colonne.")
    code: str | None = optional(
        "Code", "Ce qu'une grille remplie en garde, quel que soit le libellé. Sans lui, son rang."
    )
    description: str | None = optional("Description", "Ce qu'il veut dire, sous le titre.")
    hors_echelle: bool = optional(
        "Hors échelle", "true pour « non évalué », qui n'est pas un niveau.", False, strict=True
    )


@model("Attitudes", "Un tableau d'attitudes à évaluer, avec sa propre échelle.")
class Attitudes:
    liste: tuple[Item, ...] = key("Liste", "Les attitudes.", min_length=1)
    niveaux: tuple[Niveau, ...] = key(*_NIVEAUX, min_length=2)


@model("Évaluation")
class Evaluation:
    taches: Texts = key("Tâches", "Les têtes des colonnes à cocher pour les tâches.", min_length=1)
    niveaux: tuple[Niveau, ...] = key(*_NIVEAUX, min_length=2)
    attitudes: Attitudes | None = optional("Attitudes", "Un tableau d'attitudes à évaluer.")
    note_sur: int = optional("Note sur", "La plus haute note proposée : 20.", 20, strict=True, ge=1)


@model("Erratum", "Une réparation du document source.")
class Erratum:
    ou: str = key("Endroit", "Le chemin du passage.", examples=("activites.1.taches",))
    source: str = key("Source", "Le texte du document source.")
    corrige: str = key("Texte corrigé", "Le texte réparé.")
    motif: str = key("Motif", "Pourquoi.")
    certitude: Literal["sure", "forte", "a_confirmer"] = key(
        "Certitude", "Une réparation « a_confirmer » n'est pas appliquée."
    )


@model("Vocabulaire", "Les mots du diplôme pour ce que tous les diplômes ont.")
class Vocabulaire:
    activite: str = optional("Activité", "Devant le code d'une activité.", "Activité")
    description: str = optional("Description", "Le titre des activités, en annexe.", "Activités")
    contexte: str = optional(
        "Contexte", "Au-dessus des ressources et des relations.", "Moyens et relations"
    )
    internes: str = optional("Internes", "Le titre de ces relations.", "Dans l'entreprise")
    hierarchiques: str = optional("Hiérarchiques", "Devant ces relations.", "Responsables")
    fonctionnelles: str = optional("Fonctionnelles", "Devant ces relations.", "Services")
    externes: str = optional("Externes", "Le titre de ces relations.", "Hors de l'entreprise")


@model("Référentiel", "Les activités d'un diplôme professionnel, pour ses livrets de PFMP.")
class Referentiel:
    diplome: Diplome = key("Diplôme", "Son nom, et ce que les documents en disent.")
    options: tuple[Option, ...] = optional("Options", "Les options du diplôme, s'il en a.", ())
    classes: tuple[Classe, ...] = key("Classes", "Dans l'ordre des années.", min_length=1)
    variantes: tuple[Variante, ...] = optional("Variantes", "Pour qui les périodes changent.", ())
    activites: tuple[Activite, ...] = key(
        "Activités", "Les activités professionnelles, dans l'ordre du diplôme.", min_length=1
    )
    contexte: Contexte | None = optional("Contexte", "Le texte du diplôme avant les activités.")
    lettre: Lettre | None = optional("Lettre", "Le texte commun de la lettre aux entreprises.")
    evaluation: Evaluation = key("Évaluation", "Les cases à cocher des grilles.")
    vocabulaire: Vocabulaire = optional("Vocabulaire", "Ses mots à lui.", Vocabulaire())
    errata: tuple[Erratum, ...] = optional("Réparations", "Celles du document source.", ())

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

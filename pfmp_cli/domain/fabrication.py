"""`fabrication`, in `pfmp.yaml`: what `pfmp build` makes, of whom, and where."""

from pfmp_cli.domain.model import Texts, key, model, optional


@model("Liste d'élèves")
class Liste:
    fichier: str = key("Fichier", "La liste : CSV, classeur ou export de SIECLE.")
    stages: str | None = optional("Stages", "Le fichier des entreprises, des tuteurs et des dates.")
    classe: str | None = optional("Classe", "Comme --class : ce que la liste tait, ou y choisir.")
    option: str | None = optional("Option", "Comme --option.")
    periode: str | None = optional("Période", "Comme --period : une seule période.")
    documents: Texts = optional(
        "Documents", "Leurs noms ; le livret, sans précision.", ("livret",), min_length=1
    )
    impression: bool = optional(
        "Impression", "true pour un PDF par division, pour le copieur.", False, strict=True
    )
    archives: bool = optional("Archives", "true pour un zip par division.", False, strict=True)


@model("Documents vierges")
class Vierges:
    documents: Texts | None = optional("Documents", "Leurs noms ; sinon tous ; aucun, avec [].")
    classes: Texts | None = optional("Classes", "Leurs codes ; toutes, sans précision.")
    options: Texts | None = optional("Options", "Leurs codes ; toutes, sans précision.")


@model("Fabrication", "Ce que fait « pfmp build » ; chemins depuis le dossier du fichier.")
class Fabrication:
    dossier: str = optional("Dossier", "Où écrire.", "documents")
    listes: tuple[Liste, ...] = optional("Listes", "Les listes, et ce que chaque élève reçoit.", ())
    vierges: Vierges = optional(
        "Documents vierges", "Ceux à faire, dans « vierges » ; tous, sans précision.", Vierges()
    )

"""The columns of a file of placements: what they are called, and what several give together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pfmp_cli.diagnostics import Diagnostic, error
from pfmp_cli.lists.columns import COLONNES_ELEVE, COLONNES_LUES, COLONNES_STAGE, NOM_PRENOM
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.text import fold

# Whose placement it is, and what is passed over because the class file says it.
COLONNES_QUI: dict[str, tuple[str, ...]] = {
    "nom": (*COLONNES_ELEVE["nom"], "nom du stagiaire"),
    "prenom": (*COLONNES_ELEVE["prenom"], "prénom du stagiaire"),
    "nom_prenom": (*COLONNES_LUES["nom_prenom"], "stagiaire", "nom et prénom de l'élève"),
    "date_naissance": (*COLONNES_ELEVE["date_naissance"], "date de naissance de l'élève"),
    "ine": (*COLONNES_ELEVE["ine"], "INE de l'élève"),
    "division": COLONNES_ELEVE["division"],
    "classe": COLONNES_ELEVE["classe"],
}
# Other titles of the columns that a class file has for each period.
AUTRES_TITRES: dict[str, tuple[str, ...]] = {
    "entreprise": ("organisme d'accueil", "lieu de stage"),
    "telephone": ("téléphone fixe", "téléphone de l'entreprise", "tél. de l'entreprise"),
    "courriel": ("adresse e-mail", "courriel de l'entreprise", "e-mail de l'entreprise"),
    "siret": ("numéro SIRET", "SIRET de l'entreprise"),
    "activite": ("activité principale", "activité de l'entreprise"),
    "tuteur_telephone": ("téléphone fixe du tuteur", "portable du tuteur"),
}
# What else there is; from `denomination` on, it serves where a printed column says nothing,
# or together with it.
COLONNES_PLACEMENT: dict[str, tuple[str, ...]] = {
    "periode": (
        "pfmp",
        "n° de période",
        "période n°",
        "n° de PFMP",
        "PFMP n°",
        "numéro de période",
    ),
    "du": ("date de début", "début", "date de début de stage", "début de la période"),
    "au": ("date de fin", "fin", "date de fin de stage", "fin de la période"),
    "denomination": ("dénomination commerciale", "enseigne"),
    **{f"adresse_{n}": (f"ligne d'adresse {n}",) for n in range(1, 5)},
    "ape": ("code APE", "NAF", "code NAF"),
    "responsable_prenom": ("prénom du responsable",),
    "responsable_telephone": ("téléphone fixe du responsable", "téléphone du responsable"),
    "responsable_courriel": ("e-mail du responsable", "courriel du responsable"),
    "tuteur_prenom": ("prénom du tuteur",),
}
BOUTS = ("du", "au")
NUMERO_STAGE, DU, AU = "stage.periode", "stage.du", "stage.au"
INE = "eleve.ine"
ADRESSES = ("adresse", *(f"adresse_{n}" for n in range(1, 5)))
# A list of pupils has addresses and telephones too, theirs: these columns tell it from placements.
PREUVES = tuple(f"stage.{nom}" for nom in ("entreprise", "denomination", "siret", "tuteur", *BOUTS))
# A printed value → the columns that give it together, or else the one that serves instead.
ENSEMBLE = {
    "adresse": (ADRESSES, ", "),
    "responsable": (("responsable", "responsable_prenom"), " "),
    "tuteur": (("tuteur", "tuteur_prenom"), " "),
}
A_DEFAUT = {
    "entreprise": "denomination",
    "telephone": "responsable_telephone",
    "courriel": "responsable_courriel",
    "activite": "ape",
}


def placement_titles() -> dict[str, str]:
    """Every title that a column may have, folded → the name of its field."""
    stage = {nom: (*others, *AUTRES_TITRES.get(nom, ())) for nom, others in COLONNES_STAGE.items()}
    groups = (("eleve", COLONNES_QUI), ("stage", {**stage, **COLONNES_PLACEMENT}))
    return {
        fold(title): f"{prefixe}.{nom}"
        for prefixe, columns in groups
        for nom, others in columns.items()
        for title in (nom, *others)
    }


def find_missing(table: Table, columns: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Without a column that says whose it is, or one that says something of a placement."""
    position = table.row_position(table.header.line) if table.header.line else None
    names = {"eleve.nom", "eleve.prenom"}
    if not (names <= columns.keys() or NOM_PRENOM in columns or INE in columns):
        yield error(
            "le fichier ne dit pas de quels élèves sont les stages",
            position or table.first_position(),
            "donnez-lui une colonne « ine », ou « nom » et « prenom », ou « élève »",
        )
    elif columns.keys().isdisjoint(PREUVES):
        yield error(
            "le fichier ne dit rien des stages : ni entreprise, ni tuteur, ni dates",
            position or table.first_position(),
            "vérifiez les titres ; la liste des colonnes est dans docs/stages.md",
        )


def compose_placement(lus: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The printed values of a row, by column of `COLONNES_STAGE`; and the column of each."""
    values = {nom: text for nom, text in lus.items() if nom in COLONNES_STAGE}
    origins = dict(zip(values, values, strict=True))
    for nom, (parts, separator) in ENSEMBLE.items():
        if presents := [part for part in parts if part in lus]:
            values[nom] = separator.join(lus[part] for part in presents)
            origins[nom] = presents[0]
    for nom, other in A_DEFAUT.items():
        if nom not in values and other in lus:
            values[nom] = f"APE {lus[other]}" if other == "ape" else lus[other]
            origins[nom] = other
    return values, origins

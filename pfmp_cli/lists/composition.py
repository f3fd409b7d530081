"""Printed fields that several columns give together, or one column with others."""

from __future__ import annotations

from pfmp_cli.lists.cells import Refusal, cite, split_name
from pfmp_cli.lists.columns import COLONNES_LUES, IDENTITE, NOM_PRENOM

AIDE_NOM_PRENOM = "écrivez le nom tout en capitales, ou faites deux colonnes, « nom » et « prenom »"
CHAMPS_LUS = frozenset(f"eleve.{nom}" for nom in COLONNES_LUES)


def compose_fields(valeurs: dict[str, str], refus: dict[str, Refusal]) -> None:
    """Make the printed fields that several columns give, or one column with others."""
    lus = {champ: valeurs.pop(champ) for champ in CHAMPS_LUS & valeurs.keys()}
    if (texte := lus.get(NOM_PRENOM)) and NOM_PRENOM not in refus:
        if noms := split_name(texte):
            for champ, nom in zip(IDENTITE, noms, strict=False):
                valeurs.setdefault(champ, nom)
        elif not all(valeurs.get(champ) for champ in IDENTITE[:2]):
            message = f"on ne sait pas où finit le nom et où commence le prénom : {cite(texte)}"
            refus[NOM_PRENOM] = Refusal(message, AIDE_NOM_PRENOM)
    if "eleve.responsable_nom" in valeurs:
        prefixe, nom = "eleve.", valeurs["eleve.responsable_nom"]
    else:
        prefixe, nom = "eleve.autre_", lus.get("eleve.autre_responsable_nom", "")
        if courriel := lus.get("eleve.autre_responsable_courriel"):
            valeurs.setdefault("eleve.responsable_courriel", courriel)
    if noms_complets := " ".join(filter(None, (nom, lus.get(f"{prefixe}responsable_prenom")))):
        valeurs["eleve.responsable_nom"] = noms_complets

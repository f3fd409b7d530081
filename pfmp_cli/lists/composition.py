"""Printed fields that several columns give together, or one column with others."""

from __future__ import annotations

from pfmp_cli.lists.cells import Refusal, cite, split_name
from pfmp_cli.lists.columns import COLONNES_LUES, IDENTITE, NOM_PRENOM

AIDE_NOM_PRENOM = "écrivez le nom tout en capitales, ou faites deux colonnes, « nom » et « prenom »"
CHAMPS_LUS = frozenset(f"eleve.{nom}" for nom in COLONNES_LUES)


def compose_fields(values: dict[str, str], refusal: dict[str, Refusal]) -> None:
    """Make the printed fields that several columns give, or one column with others."""
    lus = {field: values.pop(field) for field in CHAMPS_LUS & values.keys()}
    if (text := lus.get(NOM_PRENOM)) and NOM_PRENOM not in refusal:
        if noms := split_name(text):
            for field, nom in zip(IDENTITE, noms, strict=False):
                values.setdefault(field, nom)
        elif not all(values.get(field) for field in IDENTITE[:2]):
            message = f"on ne sait pas où finit le nom et où commence le prénom : {cite(text)}"
            refusal[NOM_PRENOM] = Refusal(message, AIDE_NOM_PRENOM)
    if "eleve.responsable_nom" in values:
        prefixe, nom = "eleve.", values["eleve.responsable_nom"]
    else:
        prefixe, nom = "eleve.autre_", lus.get("eleve.autre_responsable_nom", "")
        if courriel := lus.get("eleve.autre_responsable_courriel"):
            values.setdefault("eleve.responsable_courriel", courriel)
    if noms_complets := " ".join(filter(None, (nom, lus.get(f"{prefixe}responsable_prenom")))):
        values["eleve.responsable_nom"] = noms_complets

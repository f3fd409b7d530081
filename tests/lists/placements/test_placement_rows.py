"""A row of a file of placements: whose it is, and when."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.placements.placement_rows import Identity, PlacementRow, read_placements_file

VOCABULARY = Vocabulary(classes={}, options=(), variantes=(), periodes=3)


def read_one(titles: str, cells: str) -> PlacementRow:
    content = f"{titles};entreprise\n{cells};X\n".encode()
    (stage,) = read_placements_file("stages.csv", content, VOCABULARY).rows
    return stage


@pytest.mark.parametrize(
    ("titles", "cells", "identity"),
    [
        ("nom;prenom", "DURAND;Zoé", Identity(nom="DURAND", prenom="Zoé")),
        ("élève", "DURAND Zoé", Identity(nom="DURAND", prenom="Zoé")),
        ("nom;prenom;élève", "DURAND;Zoé;MARTIN Léa", Identity(nom="DURAND", prenom="Zoé")),
        ("nom;prenom;élève", "DURAND;;MARTIN Léa", Identity(nom="MARTIN", prenom="Léa")),
        ("nom;prenom;élève", ";Zoé;MARTIN Léa", Identity(nom="MARTIN", prenom="Léa")),
        ("nom;prenom;élève", "DURAND;;", Identity(nom="DURAND")),
        ("élève;ine", "durand;000000001AA", Identity("000000001AA", nom_prenom="durand")),
        (
            "nom;prenom;né(e) le",
            "DURAND;Zoé;03/04/2008",
            Identity(nom="DURAND", prenom="Zoé", date_naissance=date(2008, 4, 3)),
        ),
    ],
)
def test_a_row_is_of_whom_its_cells_say(titles: str, cells: str, identity: Identity) -> None:
    assert read_one(titles, cells).identity == identity

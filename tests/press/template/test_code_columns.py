"""Columns of codes are as wide as the longest code, whatever it is of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates

LONG = "B4.RESSOURCE7"
TABLE, LIST = "col.code, .grille col.code { width: 23.1mm }", "span { width: 22.46mm }"


@pytest.mark.parametrize(
    ("kind", "widened"),
    [("taches", {TABLE, LIST}), ("resultats", {TABLE, LIST}), ("ressources", {LIST})],
)
def test_a_long_code_widens_the_columns_that_show_it(
    referentiel: Referentiel, kind: str, widened: set[str]
) -> None:
    first, *others = referentiel.activites
    item, *items = getattr(first, kind)
    first = replace(first, **{kind: (replace(item, code=LONG), *items)})
    wide = replace(referentiel, activites=(first, *others))
    edition = Edition("grille", "seconde", periode="1")

    html = Templates().render("grille", build_context(edition, wide, Projet()))

    assert {rule for rule in (TABLE, LIST) if rule in html} == widened

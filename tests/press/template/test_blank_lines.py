"""What a school has not said is written by hand: a rule for each thing, where it stands."""

from __future__ import annotations

import re

import pytest

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates


@pytest.mark.parametrize(
    ("place", "rules"),
    [
        (r'<p class="annee">.*?</p>', 1),
        (r'<section class="couverture">\s*<div class="ecole">.*?</div>', 3),
        (r'<div class="references">.*?</div>', 1 + 3),  # the reference, and a date
        (r'<div class="signataire bloc">.*?</div>', 2),
        (r'<p class="fait">.*?</p>', 1 + 3),  # a town, and a date
    ],
)
def test_a_place_that_nothing_fills_has_a_rule_for_each_thing_to_write(
    referentiel: Referentiel, place: str, rules: int
) -> None:
    context = build_context(Edition("livret", "seconde"), referentiel, Projet())
    html = Templates().render("livret", context)
    found = re.findall(place, html, re.DOTALL)

    assert found
    assert {len(re.findall('class="(?:trait|champ)"', one)) for one in found} == {rules}

"""What is said of a value that its place cannot show."""

from __future__ import annotations

from pfmp_cli.rules.declare import warning

MISSING_SIGNS = warning(
    "debordement/signe-absent",
    "la police n'a pas {signs} : la place reste à remplir à la main",
    "écrivez ce texte en lettres latines",
)
TOO_LONG = warning(
    "debordement/trop-long",
    "texte trop long pour sa place, qui reste à remplir à la main",
    "abrégez-le",
)

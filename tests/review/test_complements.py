"""What a school adds where the référentiel declares a gap, and its own attitudes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates
from pfmp_cli.yaml_files.models import build
from tests.reading import read_projet


def write(folder: Path, text: str) -> Path:
    path = folder / "pfmp.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_gap_is_filled_by_the_school(referentiel: Referentiel, tmp_path: Path) -> None:
    path = write(tmp_path, 'complements:\n  "4B":\n    ressources: ["Un fichier", "Un plan"]\n')
    context = build_context(
        Edition("livret", "terminale", "B"), referentiel, read_projet(path, referentiel)[0]
    )
    activite = context["activites"][-1]

    assert [(item.code, item.libelle) for item in activite.ressources] == [
        ("4B.RS1", "Un fichier"), ("4B.RS2", "Un plan"),
    ]  # fmt: skip
    assert activite.lacunes == {}


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ('complements:\n  "4C":\n    ressources: ["x"]\n', "activité inconnue « 4C »", 2),
        ('complements:\n  "1":\n    taches: ["x"]\n', "l'activité « 1 » a déjà ses taches", 3),
    ],
)
def test_a_complement_of_nothing_is_told(
    referentiel: Referentiel, tmp_path: Path, text: str, message: str, line: int
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_projet(write(tmp_path, text), referentiel)
    (diagnostic,) = refused.value.diagnostics

    assert diagnostic.message == message
    assert diagnostic.position is not None
    assert diagnostic.position.line == line


def test_attitudes_and_levels_of_the_school_are_printed(
    referentiel: Referentiel, tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        "niveaux: [{libelle: rouge}, {libelle: vert}]\n"
        "attitudes:\n  niveaux: [{libelle: jamais}, {libelle: toujours}]\n"
        "  liste: [{code: AP1, libelle: Est ponctuel}]\n",
    )
    projet = read_projet(path, referentiel)[0]
    context = build_context(Edition("grille", "terminale", "B", periode="1"), referentiel, projet)
    html = Templates().render("grille", context)

    assert all(word in html for word in ("rouge", "vert", "jamais", "toujours", "Est ponctuel"))
    assert "Novice" not in html


def render_grid(referentiel: Referentiel, **keys: object) -> str:
    context = build_context(
        Edition("grille", "terminale", "B", periode="1"), referentiel, build(Projet, keys)
    )
    return Templates().render("grille", context | {"remplissable": True})


def test_a_grid_has_attitudes_until_the_school_says_its_own_or_that_it_wants_none(
    referentiel: Referentiel,
) -> None:
    levels = [{"libelle": "jamais"}, {"libelle": "toujours"}]
    own = {"niveaux": levels, "liste": [{"code": "X", "libelle": "Est ponctuel"}]}
    usual, replaced = render_grid(referentiel), render_grid(referentiel, attitudes=own)
    without = render_grid(referentiel, livret={"parties": ["annexe"]})

    assert {f"p1.AP{n}.niveau" in usual for n in range(1, 7)} == {True}
    assert "à rappeler chaque jour" in usual
    assert ".AP1." not in replaced + without
    assert "Est ponctuel" in replaced

"""Templates of a school: what is wrong in one is told at its line, with what exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.columns import PUPIL_COLUMNS
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import lay_out, make_master
from pfmp_cli.press.merging.master import Style
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.field_link import parse_href
from pfmp_cli.press.template.render import Templates


def render(referentiel: Referentiel, folder: Path, text: str) -> str:
    (folder / "essai.html").write_text(text, encoding="utf-8")
    context = build_context(Edition("essai", "terminale", "B"), referentiel, Projet())
    return Templates([folder]).render("essai", context)


def refused(referentiel: Referentiel, folder: Path, text: str) -> Diagnostic:
    with pytest.raises(InputRefused) as caught:
        render(referentiel, folder, text)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def test_a_field_leaves_a_place_not_a_value(referentiel: Referentiel, tmp_path: Path) -> None:
    html = render(referentiel, tmp_path, "{{ champ(eleve.nom, largeur='60mm', taille=11) }}")

    assert 'class="champ"' in html
    assert parse_href(html.split('"')[5]) == ("eleve.nom", Style(size=11), None)


def test_what_is_not_said_prints_nothing(referentiel: Referentiel, tmp_path: Path) -> None:
    assert render(referentiel, tmp_path, "<i>{{ etablissement.nom }}</i>").endswith("<i></i>")


def test_no_line_ends_inside_the_quotes_of_a_template(
    referentiel: Referentiel, tmp_path: Path
) -> None:
    html = render(referentiel, tmp_path, "<p>Une case « – » : {{ '« mot »' }}, « {{ 1 }} »")

    assert html.endswith("<p>Une case «\u00a0–\u00a0» : «\u00a0mot\u00a0», «\u00a01\u00a0»")


def test_a_name_that_does_not_exist_is_told_with_the_nearest(
    referentiel: Referentiel, tmp_path: Path
) -> None:
    diagnostic = refused(referentiel, tmp_path, "<p>\n{{ champ(eleve.nm) }}")

    assert diagnostic.message == "« eleve.nm » n'existe pas"
    aide = diagnostic.help or ""
    assert aide.startswith("vouliez-vous dire « eleve.nom » ? existent : eleve.adresse, eleve.")
    assert {f"eleve.{nom}" for nom in PUPIL_COLUMNS} <= set(aide.split(" : ")[1].split(", "))
    assert diagnostic.position is not None
    assert (diagnostic.position.line, diagnostic.position.excerpt) == (2, "{{ champ(eleve.nm) }}")
    assert (diagnostic.position.column, diagnostic.position.length) == (10, 8)


def test_a_variable_that_does_not_exist_is_told(referentiel: Referentiel, tmp_path: Path) -> None:
    diagnostic = refused(referentiel, tmp_path, "{{ clase.libelle }}")

    assert diagnostic.message == "« clase » n'existe pas"
    assert (diagnostic.help or "").startswith(
        "vouliez-vous dire « classe » ? existent : activites,"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ eleve.prenom }}",
        "{% if eleve.prenom %}oui{% endif %}",
        "{% if eleve.prenom == 'Zoé' %}oui{% endif %}",
        "{% for lettre in eleve.prenom %}x{% endfor %}",
    ],
)
def test_asking_for_a_pupil_s_value_is_told_how_variants_work(
    referentiel: Referentiel, tmp_path: Path, text: str
) -> None:
    diagnostic = refused(referentiel, tmp_path, "<p>\n" + text)

    assert diagnostic.message.startswith("le modèle interroge la valeur de « eleve.prenom »")
    assert "variante" in (diagnostic.help or "")
    assert diagnostic.position is not None
    assert diagnostic.position.line == 2


def test_a_syntax_error_is_told_at_its_line(referentiel: Referentiel, tmp_path: Path) -> None:
    diagnostic = refused(referentiel, tmp_path, "<p>\n\n{% if x %}")

    assert diagnostic.position is not None
    assert diagnostic.position.line == 3


def test_a_template_that_does_not_exist_names_the_others(referentiel: Referentiel) -> None:
    context = build_context(Edition("livre", "terminale", "B"), referentiel, Projet())
    with pytest.raises(InputRefused) as caught:
        Templates().render("livre", context)

    assert [d.help for d in caught.value.diagnostics] == ["vouliez-vous dire « livret.html » ?"]


def test_a_school_s_file_replaces_the_shipped_one(referentiel: Referentiel, tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p { color: red }")
    html = render(referentiel, tmp_path, '<style>{% include "style.css" %}</style>')

    assert html == "<style>p { color: red }</style>"


def test_texts_of_the_school_are_text_not_html(referentiel: Referentiel, tmp_path: Path) -> None:
    (tmp_path / "essai.html").write_text("{{ annee_scolaire }}")
    projet = Projet(annee_scolaire="<b>x</b>")
    context = build_context(Edition("essai", "terminale", "B"), referentiel, projet)

    assert Templates([tmp_path]).render("essai", context) == "&lt;b&gt;x&lt;/b&gt;"


PAGE = '<html lang="fr"><head><title>T</title>{}</head><body><p>x</p></body></html>'


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import url("file:///etc/passwd");</style>',
        "<style>p { couleur: rouge }</style>",
    ],
)
def test_what_the_layout_cannot_read_or_understand_is_refused(head: str) -> None:
    with pytest.raises(InputRefused):
        lay_out(PAGE.format(head))


def test_an_image_that_is_not_read_is_not_printed_in_the_message() -> None:
    page = PAGE.format("").replace(
        "x</p>", f'<img alt="x" src="data:image/png;base64,{"A" * 9000}"></p>'
    )
    with pytest.raises(InputRefused) as caught:
        make_master(page)
    (diagnostic,) = caught.value.diagnostics

    assert "« data:image/png;base64… » n'est pas lue" in diagnostic.message
    assert len(diagnostic.message) < 200


def test_a_character_that_no_packaged_font_has_is_refused() -> None:
    with pytest.raises(InputRefused) as caught:
        make_master(PAGE.format("").replace("<p>x", "<p>李"))

    assert "U+674E" in caught.value.diagnostics[0].message

"""A school's own text in Markdown is a document: a convention, an amendment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Etablissement, Personne, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.field_link import find_names
from pfmp_cli.press.template.markdown import translate
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_documents
from pfmp_cli.shipped import shipped
from tests.direct import set_values
from tests.pdf import find_faults, read_text

EDITION = Edition("essai", "terminale", "B", periode="2")
PROJET = Projet(
    etablissement=Etablissement(
        nom="Lycée d'Essai", adresse=("1 rue Haute", "BP 2"), chef=Personne(nom="Ada Lò")
    )
)
VALUES = {"eleve.nom": "ÖZGÜR", "pfmp2.entreprise": "Les Halles d'Olt"}
# What is neither text nor a tag of Markdown.
_FOREIGN = re.compile(r"\{|%\}|<(?!/?(?:p|h\d|ul|ol|li|em|strong|code|pre|hr|br|blockquote)\b)")
SKELETONS = shipped("examples") / "nouveau" / "modeles"


def write(folder: Path, text: str, head: str = "{# par stage #}\n") -> Templates:
    (folder / "essai.md").write_text(head + text, encoding="utf-8")
    return Templates([folder])


def render(templates: Templates, referentiel: Referentiel, edition: Edition = EDITION) -> str:
    context = build_context(edition, referentiel, PROJET)
    return set_values(templates.render(edition.document, context), VALUES)


def read(templates: Templates, referentiel: Referentiel) -> str:
    return read_text(make_master(render(templates, referentiel)).pdf)


def refused(templates: Templates, referentiel: Referentiel) -> tuple[Diagnostic, ...]:
    with pytest.raises(InputRefused) as caught:
        render(templates, referentiel)
    return tuple(caught.value.diagnostics)


def test_a_text_that_begins_as_a_template_is_a_document_by_its_name(tmp_path: Path) -> None:
    templates = write(tmp_path, "Rien", "{# par stage #}\n{# nom : convention, conventions #}\n")
    (tmp_path / "LISEZMOI.md").write_text("# Vos modèles\n", encoding="utf-8")

    found = list_documents(templates.folders)
    assert found["essai"] == Document("essai", True, True, "convention", "conventions")
    assert "LISEZMOI" not in found


def test_what_is_between_braces_is_what_the_list_and_the_school_say(
    tmp_path: Path, referentiel: Referentiel
) -> None:
    text = read(
        write(
            tmp_path,
            "# Convention d'essai\n\nEntre **{etablissement.nom}** ({etablissement.adresse}) et "
            "{stage.entreprise 90 mm},\npour {eleve.nom} : {classe.libelle} ?\n",
        ),
        referentiel,
    )

    assert "Convention d’essai" in text
    assert "Entre Lycée d’Essai (1 rue Haute, BP 2) et Les Halles d'Olt" in text
    assert "pour ÖZGÜR" in text
    assert ": Terminale" in text


def test_what_the_school_has_not_said_is_a_line_and_a_class_may_have_no_option(
    tmp_path: Path, referentiel: Referentiel
) -> None:
    text = "A{etablissement.ville}B, A{etablissement.chef.titre 40 mm}B, A{option.intitule}B\n"
    html = render(write(tmp_path, text), referentiel, Edition("essai", "seconde", periode="1"))

    lines = [f'<span class="trait" style="width:{width}mm"></span>' for width in (70, 40)]
    assert "A{}B, A{}B, AB".format(*lines) in html


def test_no_field_is_wider_than_the_page(tmp_path: Path, referentiel: Referentiel) -> None:
    context = build_context(EDITION, referentiel, PROJET)
    html = write(tmp_path, "{eleve.nom 2000 mm}\n").render("essai", context)
    widths = [slot.width for slot in make_master(html).slots if slot.field == "eleve.nom"]

    assert widths == [pytest.approx(177 * 72 / 25.4, abs=1)]


def test_a_block_stands_alone_in_its_paragraph(tmp_path: Path, referentiel: Referentiel) -> None:
    text = read(write(tmp_path, "{horaires}\n\n{signatures}\n"), referentiel)

    assert "Horaires prévus" in text
    assert "Ada Lò" in text
    who = "d’établissement|de l’entreprise|Tuteur|Élève|Représentant légal|Professeur référent"
    signed = text[text.index("Chef") : text.rindex("référent") + len("référent")]
    assert re.findall(who, signed) == who.split("|")


def test_each_who_signs_signs_over_their_own_name(tmp_path: Path, referentiel: Referentiel) -> None:
    context = build_context(EDITION, referentiel, PROJET)
    html = write(tmp_path, "{signatures}\n").render("essai", context)
    boxes = html.split('<div class="signature">')[2:]  # after that of the school's head

    assert [find_names("".join(box.split("</div>")[:2])) for box in boxes] == [
        ("pfmp2.responsable",),
        ("pfmp2.tuteur",),
        ("eleve.nom_complet",),
        ("eleve.responsable_nom",),
        ("eleve.professeur_referent",),
    ]


def test_html_is_text(tmp_path: Path, referentiel: Referentiel) -> None:
    text = read(write(tmp_path, "<b>gras</b> [lien](champ:eleve.nom?) ![i](x.png)\n"), referentiel)

    assert "<b>gras</b> [lien](champ:eleve.nom?)" in text


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("Pour {eleve.nm}.", 7, "« eleve.nm » n'existe pas"),
        ("Pour {éleve.nom}.", 6, "« {éleve.nom} » n'est ni un champ ni un bloc"),
        ("Pour {{ eleve.nom }}.", 6, "« { » n'est ni un champ ni un bloc"),
        ("Pour {% raw %}.", 6, "« {% raw %} » n'est ni un champ ni un bloc"),
        ("Pour {eleve.nom", 6, "« {eleve.nom » n'est ni un champ ni un bloc"),
    ],
)
def test_braces_that_are_no_field_are_told_where_they_are(
    tmp_path: Path, referentiel: Referentiel, line: str, column: int, message: str
) -> None:
    first = refused(write(tmp_path, f"# Titre\n\nUn texte.\n\n{line}\n"), referentiel)[0]

    assert first.message == message
    assert first.position is not None
    assert (first.position.line, first.position.column) == (6, column)
    assert first.position.excerpt == line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&lbrace;&lbrace; 7*7 &rbrace;&rbrace;", "&lbrace;&lbrace; 7*7"),
        ("&#123;% raw %&#125;", "&#123;% raw %"),
        ("# Bilan à 50 % de l'année", "Bilan à 50 % de l’année"),
        ("    a\n    b", "a b"),
    ],
)
def test_a_brace_cannot_be_smuggled_in_and_texts_stay_as_they_are(
    tmp_path: Path, referentiel: Referentiel, text: str, shown: str
) -> None:
    assert shown in read(write(tmp_path, text), referentiel).replace("\u00a0", " ")


def test_a_field_in_the_title_is_refused(tmp_path: Path, referentiel: Referentiel) -> None:
    found = refused(write(tmp_path, "# Convention de {eleve.nom}\n"), referentiel)

    assert [d.rule.code for d in found] == ["modele/accolade"]


def test_files_of_a_notepad_are_read_or_refused_in_french(
    tmp_path: Path, referentiel: Referentiel
) -> None:
    head = "{# par stage #}\n# Été\n"
    (tmp_path / "essai.md").write_bytes(b"\xef\xbb\xbf" + head.encode())
    assert "Été" in read(Templates([tmp_path]), referentiel)

    (tmp_path / "essai.md").write_bytes(head.encode("cp1252"))
    assert "UTF-8" in refused(Templates([tmp_path]), referentiel)[0].message


@pytest.mark.parametrize("name", ["convention", "avenant"])
def test_the_skeletons_pass_the_checkers(
    referentiel: Referentiel, tmp_path: Path, name: str
) -> None:
    edition = Edition(name, "terminale", "B", periode="2")
    templates, context = Templates([SKELETONS]), build_context(edition, referentiel, PROJET)
    master = make_master(templates.render(name, context))
    made = master.pdf + Merger(master).merge(VALUES, "Convention").update

    assert "Les Halles d'Olt" in read_text(made)
    assert find_faults(made, tmp_path) == []


PIECES = [*"ab {}%#<>|-*_`\n[]()!&\\'\"1.é:?~+=;", "&lbrace;", "&#123;", "&#125;"]


@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_any_text_without_braces_is_a_template_that_shows_it(text: str) -> None:
    lines = text.replace("{", "").replace("}", "")
    source = translate("{# par stage #}\n" + lines, Path("essai.md"), 1, ())

    head, _, body = source.partition("{% block contenu %}")
    assert head.count("{%") == 5
    assert body.partition("{% endblock %}")[2] == "\n"
    assert not _FOREIGN.search(body.partition("{% endblock %}")[0])

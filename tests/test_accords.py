"""Texts that depend on a pupil, chosen by the merge: agreement by sex, limits of the age."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.choices import name_age
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.planning.plan import PlannedDocument, plan_documents
from pfmp_cli.press.layout.make_master import lay_out, make_master
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.merging.packed_master import pack, unpack
from pfmp_cli.press.printing.print_file import Copy, compose_print_file
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.workshop import Workshop, load_workshop
from pfmp_cli.shipped import shipped
from tests.direct import set_values
from tests.pdf import find_faults, read_text, read_words

HEAD = """<html lang="fr"><head><title>Essai</title><style>
@font-face { font-family: "Source Sans Pro"; src: url(police:romain) }
@font-face { font-family: "Source Sans Pro"; font-weight: 600; src: url(police:demi-gras) }
{% include "style.css" %}</style></head><body>"""
CHOSEN = HEAD + (
    "<p>Zoé, {{ selon(eleve.sexe, {'F': 'née : inscrite', 'M': 'né : inscrit'}, 'né(e)',"
    " largeur='60mm') }} le 3</p>"
)
COMMUN = "par semaine, 30 minutes de pause au-delà de 4 h 30, pas de travail de"
LIMITS = {
    "moins_de_16": "Élève de moins de 16 ans le premier jour : au plus 7 h par jour et 35 h "
    f"{COMMUN} 20 h à 6 h.",
    "mineur": "Élève de 16 ou 17 ans le premier jour : au plus 8 h par jour et 35 h "
    f"{COMMUN} 22 h à 6 h.",
    "majeur": "Élève de 18 ans ou plus le premier jour : les limites prévues pour les mineurs ne "
    "s’appliquent pas.",
    "": "Élève mineur : au plus 8 h par jour et 35 h par semaine (7 h par jour avant 16 ans), "
    "30 minutes de pause au-delà de 4 h 30, pas de travail de 22 h à 6 h (de 20 h à 6 h avant "
    "16 ans).",
}


def render(referentiel: Referentiel, folder: Path, text: str) -> str:
    (folder / "essai.html").write_text(text, encoding="utf-8")
    context = build_context(Edition("essai", "terminale", "B"), referentiel, Projet())
    return Templates([folder]).render("essai", context)


def plain(content: bytes) -> str:
    return read_text(content).replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture(scope="module")
def master(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Master:
    return make_master(render(referentiel, tmp_path_factory.mktemp("modele"), CHOSEN))


@pytest.mark.parametrize(
    ("values", "shown"),
    [({"eleve.sexe": "F"}, "née : inscrite"), ({"eleve.sexe": "M"}, "né : inscrit"),
     ({"eleve.sexe": "?"}, "né(e)"), ({}, "né(e)")],
)  # fmt: skip
def test_the_text_for_a_value_shows_merged_rendered_and_printed(
    referentiel: Referentiel, master: Master, tmp_path: Path, values: dict[str, str], shown: str
) -> None:
    merged = master.pdf + Merger(master).merge(values, "T").update
    direct = lay_out(set_values(render(referentiel, tmp_path, CHOSEN), values))
    printed = compose_print_file("T", [Copy("Zoé", Merger(master), values)])

    assert plain(merged) == plain(direct) == plain(printed) == f"Zoé, {shown} le 3 page 1 / 1"
    for one, other in zip(read_words(merged), read_words(direct), strict=True):
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.1)
    assert find_faults(merged, tmp_path) == []


def test_without_a_pupil_the_text_for_none_shows(master: Master, tmp_path: Path) -> None:
    assert plain(master.pdf) == "Zoé, né(e) le 3 page 1 / 1"
    assert unpack(pack(master)) == master
    assert find_faults(master.pdf, tmp_path) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("selon(eleve.sexe, {'f': 'née'})",
         "modèle : selon(eleve.sexe) : « f » n'est pas une de ses valeurs (F, M)"),
        ("selon(eleve.ville, {'Rodez': 'ici'})",
         "modèle : selon(eleve.ville) : un texte ne se choisit que selon « sexe » ou « age »"),
        ("selon('sexe', {'F': 'née'})",
         "modèle : selon(sexe) : « sexe » n'est pas un champ d'élève"),
    ],
)  # fmt: skip
def test_a_choice_that_is_none_is_told(
    referentiel: Referentiel, tmp_path: Path, call: str, message: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        render(referentiel, tmp_path, f"<p>\n{{{{ {call} }}}}")

    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.message == message
    assert diagnostic.position is not None
    assert diagnostic.position.line == 2


@pytest.mark.parametrize(
    ("texte", "message", "aide"),
    [
        ("bien trop long pour une si petite place",
         "selon(eleve.sexe) : le texte « bien trop long pour une si petite place » est trop long "
         "pour sa place", "abrégez-le, ou élargissez-la (largeur, lignes)"),
        ("née 漢", "selon(eleve.sexe) : le texte « née 漢 » a un caractère que la police n'a pas : "
         "« 漢 »", "écrivez-le autrement dans le modèle"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_shown_is_told_before_any_pupil(
    referentiel: Referentiel, tmp_path: Path, texte: str, message: str, aide: str
) -> None:
    html = render(
        referentiel,
        tmp_path,
        HEAD + f"{{{{ selon(eleve.sexe, {{'F': '{texte}'}}, largeur='12mm') }}}}",
    )
    with pytest.raises(InputRefused) as refused:
        make_master(html)

    assert [(d.message, d.help) for d in refused.value.diagnostics] == [(message, aide)]


# What a class file says


def read(referentiel: Referentiel, text: str) -> Roster:
    return read_eleves("c.csv", text.encode(), make_schema(referentiel))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("F", "F"), ("féminin", "F"), ("Fille", "F"), ("2", "F"), ("FEMME", "F"),
     ("M", "M"), ("Masculin", "M"), ("garçon", "M"), ("1", "M"), ("H", "M"), ("g", "M")],
)  # fmt: skip
def test_a_sex_is_read_as_schools_write_it(
    referentiel: Referentiel, written: str, read_as: str
) -> None:
    lecture = read(referentiel, f"nom;prenom;sexe\nA;B;{written}\n")

    assert lecture.diagnostics == ()
    assert lecture.eleves[0].values["eleve.sexe"] == read_as


def test_an_unknown_sex_is_told_and_the_pupil_stays(referentiel: Referentiel) -> None:
    lecture = read(referentiel, "nom;prenom;sexe\nA;B;X\nC;D;\n")

    assert [
        f"{d.severity.value} {d.position} {d.message} | {d.help}" for d in lecture.diagnostics
    ] == [
        "avertissement c.csv:2:5 sexe « X » inconnu : les textes de l'élève ne s'accordent pas | "
        "écrivez F ou M, ou laissez la cellule vide"
    ]
    assert ["eleve.sexe" in eleve.values for eleve in lecture.eleves] == [False, False]


def test_the_code_of_siecle_s_xml_is_read(referentiel: Referentiel) -> None:
    xml = (
        "<BEE_ELEVES><DONNEES><ELEVES><ELEVE ELEVE_ID='1'><NOM>A</NOM><PRENOM>B</PRENOM>"
        "<CODE_SEXE>2</CODE_SEXE></ELEVE></ELEVES></DONNEES></BEE_ELEVES>"
    )

    assert read(referentiel, xml).eleves[0].values["eleve.sexe"] == "F"


# What the documents say


@pytest.fixture(scope="module")
def workshop(cache_dir: Path) -> Workshop:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFMP_CACHE", str(cache_dir))
        return load_workshop(Sources(projet=shipped("examples") / "pfmp.yaml"))


def commande(workshop: Workshop, document: str, row: str) -> PlannedDocument:
    """The document of period 1 for one pupil: `row` is birth date and sex."""
    text = f"nom;prenom;date_naissance;sexe;classe;option\nA;B;{row};terminale;B\n"
    kinds = [Document(document, by_periode=True)]
    roster = enrol(read(workshop.referentiel, text), workshop.referentiel, {}, Selection())
    plan = plan_documents(roster, workshop.referentiel, kinds, "1")
    return plan.documents[0]


def make(workshop: Workshop, one: PlannedDocument) -> str:
    merger = workshop.get_merger(one.edition)
    return plain(
        merger.master.pdf + merger.merge(workshop.compose(one.edition, one.eleve), "T").update
    )


@pytest.mark.parametrize(("sex", "said"), [("F", "née le"), ("M", "né le"), ("", "né(e) le")])
def test_an_attestation_agrees_with_the_pupil(workshop: Workshop, sex: str, said: str) -> None:
    text = make(workshop, commande(workshop, "attestation", f"05/03/2008;{sex}"))

    assert f" {said} 05/03/2008 " in text


def test_the_first_day_of_the_example_is_what_these_tests_take_it_for(workshop: Workshop) -> None:
    assert workshop.projet.calendrier.periodes["terminale"][0].du == date(2025, 11, 24)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("25/11/2009", "moins_de_16"),  # 16 on the second day
        ("24/11/2009", "mineur"),  # 16 on the first day
        ("01/12/2007", "mineur"),  # 18 during the placement
        ("24/11/2007", "majeur"),  # 18 on the first day
        ("23/11/2007", "majeur"),
        ("", ""),
    ],
)
def test_the_age_on_the_first_day_decides_which_limits_are_printed(
    workshop: Workshop, born: str, age: str
) -> None:
    text = make(workshop, commande(workshop, "annexe-pedagogique", f"{born};"))

    assert [key for key, said in LIMITS.items() if said in text] == [age]


def test_without_dates_of_the_placement_the_limits_of_all_minors_are_printed(
    workshop: Workshop,
) -> None:
    undated = Workshop(workshop.referentiel, Projet())
    text = make(undated, commande(undated, "annexe-pedagogique", "01/12/2009;"))

    assert LIMITS[""] in text


def test_one_born_on_the_29th_of_february_is_18_on_the_1st_of_march() -> None:
    born = date(2008, 2, 29)

    assert [name_age(born, date(2026, *day)) for day in ((2, 28), (3, 1))] == ["mineur", "majeur"]

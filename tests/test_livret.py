"""The booklet itself, of every class, option and variant, from the shipped files."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pikepdf
import pytest

from pfmp_cli.domain.projet import Conservation, Contact, Livret, Partie, Projet
from pfmp_cli.loading.images import image_address
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import lay_out
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.typography import typeset
from pfmp_cli.press.workshop import Workshop, load_workshop
from pfmp_cli.shipped import shipped
from tests.direct import set_values
from tests.documents.making import DOCUMENTS
from tests.pdf import Word, find_faults, read_text, read_words

EDITIONS = [
    Edition("livret", "seconde"),
    Edition("livret", "premiere", "A"),
    Edition("livret", "premiere", "B"),
    Edition("livret", "premiere", "A", frozenset({"primo_entrant"})),
    Edition("livret", "premiere", "B", frozenset({"primo_entrant"})),
    Edition("livret", "terminale", "A"),
    Edition("livret", "terminale", "B"),
]
LONG = "de La Tour d'Auvergne-Lauraguais de Montmorency-Laval et de Brissac"
NAMES = ["NGUYỄN", "Teriʻi", "D’HÉROUVILLE", "ŁUKASZEWSKI", "ÖZGÜR", LONG]


SHEETS = DOCUMENTS[1:]


def sheets(document: str, workshop: Workshop, editions: list[Edition]) -> list[Edition]:
    """The editions of a document of its own: one a period, where it goes by period."""
    if not workshop.documents[document].by_periode:
        return [replace(edition, document=document) for edition in editions]
    return [
        replace(edition, document=document, periode=periode.code)
        for edition in editions
        for periode in workshop.referentiel.classe(edition.classe).periodes
        if periode.variante is None or periode.variante in edition.variantes
    ]


# What is laid out in every run of the tests: with and without option and variant.
COVERING = (EDITIONS[0], EDITIONS[3], EDITIONS[6])


def each(usual: Iterable[Edition]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "edition",
        [
            pytest.param(
                edition,
                id=edition.file_name.removesuffix(".pdf"),
                marks=() if edition in usual else pytest.mark.lent,
            )
            for edition in EDITIONS
        ],
    )


@pytest.fixture(scope="session")
def workshop(cache_dir: Path) -> Workshop:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFMP_CACHE", str(cache_dir))
        return load_workshop(Sources(projet=shipped("examples") / "pfmp.yaml"))


def fill(merger: Merger, text: str = "") -> dict[str, str]:
    """A short value for every field, or `text` for all of them."""
    return {slot.field: text or f"x{number}y" for number, slot in enumerate(merger.master.slots)}


def visible(words: list[Word]) -> list[tuple[str, int]]:
    return [(word.text, word.page) for word in words]


@each((EDITIONS[0], EDITIONS[6]))
def test_master_and_merge_equal_direct_rendering(workshop: Workshop, edition: Edition) -> None:
    merger = workshop.get_merger(edition)
    values = fill(merger)
    logo = image_address(workshop.logo) if workshop.logo else None
    context = build_context(edition, workshop.referentiel, workshop.projet, logo)
    html = set_values(workshop.templates.render(edition.document, context), values)

    direct = read_words(lay_out(html))
    merged = read_words(merger.master.pdf + merger.merge(values, "T").update)

    assert visible(merged) == visible(direct)
    for one, other in zip(merged, direct, strict=True):
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.1), one.text


def check_sheet(workshop: Workshop, edition: Edition) -> None:
    merger = workshop.get_merger(edition)
    values = fill(merger)
    filled = merger.master.pdf + merger.merge(values, "T").update
    logo = image_address(workshop.logo) if workshop.logo else None
    context = build_context(edition, workshop.referentiel, workshop.projet, logo)
    direct = lay_out(set_values(workshop.templates.render(edition.document, context), values))

    assert visible(read_words(filled)) == visible(read_words(direct))


@pytest.mark.parametrize("document", SHEETS)
def test_a_sheet_of_its_own_is_as_if_rendered_for_its_pupil(
    workshop: Workshop, document: str
) -> None:
    for edition in sheets(document, workshop, [Edition("", "terminale", "B")])[:1]:
        check_sheet(workshop, edition)


@pytest.mark.lent
@pytest.mark.parametrize("document", SHEETS)
def test_every_sheet_of_every_edition_is_as_if_rendered_for_its_pupil(
    workshop: Workshop, document: str
) -> None:
    for edition in sheets(document, workshop, EDITIONS):
        check_sheet(workshop, edition)


def test_a_grid_is_one_sheet_both_sides(workshop: Workshop) -> None:
    for edition in sheets("grille", workshop, EDITIONS):
        if edition.periode == "1":
            assert workshop.get_merger(edition).master.pages <= 2, edition


def test_a_booklet_of_two_periods_has_no_more_than_thirty_pages(workshop: Workshop) -> None:
    assert workshop.get_merger(Edition("livret", "terminale", "B")).master.pages <= 30


TITLES = {
    "lettre": "Lettre aux entreprises",
    "memo-tuteur": "Mémo du tuteur",
    "objectifs": "Objectifs de la période",
    "accueil": "Mon avis sur l’accueil",
    "bilan": "Bilan des périodes",
    "resultats": "Résultats sur toute la formation",
    "annexe": "Annexe",
}


@pytest.mark.parametrize("part", [*get_args(Partie), None])
def test_a_booklet_has_the_parts_that_the_school_chose(
    workshop: Workshop, part: Partie | None
) -> None:
    livret = Livret(parties=(part,) if part else ())
    edition, projet = Edition("livret", "terminale", "B"), replace(workshop.projet, livret=livret)
    context = build_context(edition, workshop.referentiel, projet, None)
    headings = re.findall(r"<h[12][^>]*>(.*?)</h", workshop.templates.render("livret", context))

    for name, title in TITLES.items():
        assert any(title in heading for heading in headings) == (name == part), title


def test_a_booklet_with_every_part_is_sound(workshop: Workshop, tmp_path: Path) -> None:
    projet = replace(workshop.projet, livret=Livret(parties=get_args(Partie)))
    chosen = Workshop(workshop.referentiel, projet)
    content = chosen.get_merger(Edition("livret", "terminale", "B")).master.pdf
    contents = " ".join(word.text for word in read_words(content) if word.page == 1)

    assert find_faults(content, tmp_path) == []
    for title in (
        "L’année en un coup d’œil", "Objectifs de la période", "Mon entreprise et mon rapport",
        "Résultats sur toute la formation",
    ):  # fmt: skip
        assert title in contents
    text = read_text(content)
    assert "activité racontée" in text
    assert "l’élève écrit dans la colonne « élève » le niveau qu’il se donne" in text


def test_the_summary_says_what_the_school_pays_and_how_long_it_keeps(workshop: Workshop) -> None:
    livret = Livret(allocations={"seconde": "40 F"}, conservation=Conservation(presence="deux ans"))
    chosen = Workshop(workshop.referentiel, replace(workshop.projet, livret=livret))
    text = read_text(chosen.get_merger(Edition("livret", "terminale", "B")).master.pdf)

    assert "Seconde 6 40 F Première" in text
    assert "Feuilles de présence établissement deux ans" in text


def test_a_booklet_without_a_school_is_sound(workshop: Workshop, tmp_path: Path) -> None:
    bare = Workshop(workshop.referentiel, Projet())
    merger = bare.get_merger(Edition("livret", "terminale", "B"))

    assert find_faults(merger.master.pdf, tmp_path) == []


@pytest.mark.parametrize("text", NAMES)
def test_a_name_comes_out_right_in_every_field_that_shows_one(
    workshop: Workshop, text: str
) -> None:
    merger = workshop.get_merger(Edition("livret", "terminale", "B"))
    names = {
        slot.field for slot in merger.master.slots
        if slot.field.rpartition(".")[2] in (
            "nom", "nom_complet", "responsable_nom", "professeur_referent", "tuteur",
            "responsable", "entreprise",
        )
    }  # fmt: skip
    outcome = merger.merge(dict.fromkeys(names, text), text)
    places = sum(len(slot.places) for slot in merger.master.slots if slot.field in names)
    shown = read_text(merger.master.pdf + outcome.update)

    assert outcome.misfits == ()
    for word, times in Counter(text.split()).items():
        assert shown.count(word) >= times * places, word


@each(COVERING)
def test_the_pupil_is_named_on_every_page_and_pages_are_numbered(
    workshop: Workshop, edition: Edition
) -> None:
    merger = workshop.get_merger(edition)
    values = {"eleve.nom": "ZZZ", "eleve.nom_complet": "ZZZ"}
    words = read_words(merger.master.pdf + merger.merge(values, "T").update)

    for page in range(merger.master.pages):
        texts = [word.text for word in words if word.page == page]
        assert "ZZZ" in texts, page
        joined = " ".join(texts)
        assert f"{page + 1} / {merger.master.pages}" in joined or page == 0


@each(COVERING)
def test_every_task_and_result_of_the_edition_is_printed(
    workshop: Workshop, edition: Edition
) -> None:
    text = read_text(workshop.get_merger(edition).master.pdf)
    activites = workshop.referentiel.activites_of(edition.classe, edition.option)
    others = [activite for activite in workshop.referentiel.activites if activite not in activites]

    for activite in activites:
        for item in (*activite.taches, *activite.resultats):
            assert item.code in text
    for activite in others:
        assert f"{activite.code}.T1 " not in text


def test_what_the_school_says_of_itself_is_printed(workshop: Workshop) -> None:
    text = read_text(workshop.get_merger(Edition("livret", "terminale", "B")).master.pdf)
    school = workshop.projet.etablissement

    for said in (school.nom, school.uai, school.telephone, school.courriel, school.chef.nom):
        assert typeset(said or "?") in text


@pytest.mark.parametrize(("contacts", "pages"), [(3, (3, 3, 3)), (9, (3, 4, 4))])
def test_the_calendar_stays_with_the_team_however_large(
    workshop: Workshop, contacts: int, pages: tuple[int, ...]
) -> None:
    team = tuple(
        Contact(role="Bureau des stages", courriel="bureau.stages@trois-tilleuls.example")
        for _ in range(contacts)
    )
    other = Workshop(workshop.referentiel, replace(workshop.projet, contacts=team))
    words = read_words(other.get_merger(Edition("livret", "terminale", "B")).master.pdf)

    assert tuple(word.page for word in words if word.text in ("INE", "Qui", "Calendrier")) == pages


def test_a_booklet_has_bookmarks_and_contents(workshop: Workshop) -> None:
    merger = workshop.get_merger(Edition("livret", "terminale", "B"))
    with pikepdf.open(io.BytesIO(merger.master.pdf)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]

    assert len(titles) >= 6
    assert any("Période 1" in title for title in titles)

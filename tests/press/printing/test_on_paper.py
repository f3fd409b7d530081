"""What comes out of the copier is what each pupil's own document shows, forms to fill in too."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.printing.print_file import Copy, compose_print_file
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates

ZOE = {
    "eleve.nom_complet": "MARTIN Zoé",
    "eleve.division": "T1",
    "pfmp1.entreprise": "Chez Machin",
    "pfmp1.tuteur": "Ève Durand, 李",
}
PLAIN = {"/Filter", "/Length"}  # what the entries of a page's content are
LAN = {"eleve.nom_complet": "NGUYỄN Lan"}


@pytest.fixture(scope="module")
def grid(referentiel: Referentiel) -> Master:
    edition = Edition("grille", "terminale", "B", periode="1")
    context = build_context(edition, referentiel, Projet())
    return make_master(Templates().render("grille", context))


def draw(content: bytes, scale: float = 1.5) -> list[bytes]:
    """The pages as pictures."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    try:
        return [bytes(page.render(scale=scale, grayscale=True).buffer) for page in document]
    finally:
        document.close()


def count_differences(one: bytes, other: bytes) -> int:
    """Pixels of another grey; black for dark blue is none."""
    assert len(one) == len(other)
    return sum(abs(a - b) > 90 for a, b in zip(one, other, strict=True))


def test_a_page_of_the_print_file_looks_as_that_of_the_pupil(grid: Master) -> None:
    printed = draw(compose_print_file("T1", [Copy("Z", grid, ZOE), Copy("L", grid, LAN)]))
    own = [draw(grid.pdf + Merger(grid).merge(values, "T").update) for values in (ZOE, LAN)]

    even = grid.pages + grid.pages % 2
    for rank, pages in enumerate(own):
        for number, page in enumerate(pages):
            assert count_differences(printed[rank * even + number], page) == 0
    assert count_differences(printed[0], printed[even]) > 100


@pytest.mark.parametrize("livret_a5", [False, True])
def test_a_copier_gets_black_and_greys_alone(grid: Master, livret_a5: bool) -> None:
    content = compose_print_file("T1", [Copy("Z", grid, ZOE)], livret_a5=livret_a5)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        drawn = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and (set(one.keys()) <= PLAIN or "/BBox" in one)
        ]
        inks = [
            tuple(map(float, step.operands))
            for one in drawn
            for step in pikepdf.parse_content_stream(one)
            if str(step.operator) in ("g", "G", "rg", "RG", "k", "K", "sc", "scn", "SC", "SCN")
        ]

    assert {len(ink) for ink in inks} == {1}
    assert (0.0,) in inks
    assert not any(0 < ink[0] < 0.35 for ink in inks)


def test_a_folded_sheet_shows_what_the_pages_show(grid: Master) -> None:
    copies = [Copy("Z", grid, ZOE)]
    # So fine that a rule, which is a pixel wide at least, is one in both.
    pages = draw(compose_print_file("T1", copies), 3)
    sheets = draw(compose_print_file("T1", copies, livret_a5=True), 3 * 2**0.5)

    def ink(picture: bytes) -> float:
        return sum(255 - value for value in picture) / len(picture)

    assert len(sheets) == 2 * -(-grid.pages // 4)
    assert sum(map(ink, sheets)) == pytest.approx(sum(map(ink, pages)) / 2, rel=0.02)


def test_bookmarks_are_chains_that_can_be_followed_both_ways(grid: Master) -> None:
    content = compose_print_file("T1", [Copy(name, grid, {}) for name in ("Zoé", "Lan", "Malo")])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        outlines = pdf.Root.Outlines
        pupils = follow(outlines)
        titles = [title for title, _ in list_titles(pupils)]
        heights = [float(one.Dest[2]) for one in follow(pupils[0])]

        assert titles[:: len(titles) // 3] == ["Zoé", "Lan", "Malo"]
        assert list_titles(pupils)[1 : len(titles) // 3] == [
            ("Grille d’évaluation", 1),
            ("Évaluation des résultats attendus", 2),
            ("Appréciation et proposition de note", 2),
        ]
        assert outlines.Count == 3
        assert [str(one.Dest[1]) for one in pupils] == ["/Fit"] * 3
        assert 700 < heights[0] < 842


def follow(parent: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """The bookmarks right below one, checked against the links backwards and upwards."""
    found = [parent.First] if "/First" in parent else []
    while found and "/Next" in found[-1]:
        assert found[-1].Next.Prev.objgen == found[-1].objgen
        found.append(found[-1].Next)
    if found:
        assert "/Prev" not in found[0]
        assert parent.Last.objgen == found[-1].objgen
        assert abs(parent.Count) == len(found)
        assert {one.Parent.objgen for one in found} == {parent.objgen}
    return found


def list_titles(marks: list[pikepdf.Dictionary], depth: int = 0) -> list[tuple[str, int]]:
    return [
        told
        for one in marks
        for told in ((str(one.Title), depth), *list_titles(follow(one), depth + 1))
    ]

"""What comes out of the copier is what each pupil's own document shows, forms to fill in too."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from pfmp_cli.domain.projet import Livret, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import make_master
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
def grid(referentiel: Referentiel) -> Merger:
    edition = Edition("grille", "terminale", "B", periode="1")
    context = build_context(edition, referentiel, Projet())
    return Merger(make_master(Templates().render("grille", context)))


@pytest.fixture(scope="module")
def booklet(referentiel: Referentiel) -> Merger:
    projet = Projet(livret=Livret(format="a5"))
    context = build_context(Edition("livret", "terminale", "B"), referentiel, projet)
    return Merger(make_master(Templates().render("livret", context)))


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


def test_a_page_of_the_print_file_looks_as_that_of_the_pupil(grid: Merger) -> None:
    printed = draw(compose_print_file("T1", [Copy("Z", grid, ZOE), Copy("L", grid, LAN)]))
    own = [draw(grid.master.pdf + grid.merge(values, "T").update) for values in (ZOE, LAN)]

    even = grid.master.pages + grid.master.pages % 2
    for rank, pages in enumerate(own):
        for number, page in enumerate(pages):
            assert count_differences(printed[rank * even + number], page) == 0
    assert count_differences(printed[0], printed[even]) > 100


@pytest.mark.parametrize("kind", ["grid", "booklet"])
def test_a_copier_gets_black_and_greys_alone(request: pytest.FixtureRequest, kind: str) -> None:
    content = compose_print_file("T1", [Copy("Z", request.getfixturevalue(kind), ZOE)])
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


def test_a_folded_sheet_shows_what_the_pages_show(booklet: Merger) -> None:
    pages = draw(booklet.master.pdf + booklet.merge(ZOE, "T").update)
    sheets = draw(compose_print_file("T1", [Copy("Z", booklet, ZOE)]))

    def ink(picture: bytes) -> int:
        return sum(value < 160 for value in picture)  # black, or the blue that it stands for

    assert len(sheets) == 2 * -(-booklet.master.pages // 4)
    assert sum(map(ink, sheets)) == pytest.approx(sum(map(ink, pages)), rel=0.05)

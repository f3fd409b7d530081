"""The booklet of A5: what is on its pages can be read, ticked and written on."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from math import hypot
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from pypdfium2 import raw

from pfmp_cli.domain.projet import Livret, Partie, Projet
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import lay_out
from pfmp_cli.press.workshop import Workshop, load_workshop
from pfmp_cli.shipped import shipped
from tests.direct import set_values
from tests.documents.conftest import Make
from tests.documents.making import A5, DIPLOMES
from tests.documents.making import Edition as Known
from tests.pdf import find_faults, read_words

MM = 72 / 25.4
PAGE = (148 * MM, 210 * MM)
EDGE = 5 * MM  # which a copier leaves white
SMALLEST, BOX = 8.0, 4.5
LONG = "de La Tour d'Auvergne-Lauraguais de Montmorency-Laval et de Brissac"
BOOKLET = Edition("livret", "terminale", "B")


@pytest.fixture(scope="module")
def workshop(cache_dir: Path) -> Workshop:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFMP_CACHE", str(cache_dir))
        return make_workshop("mcv")


def make_workshop(diplome: str, *own_templates: Path) -> Workshop:
    made = load_workshop(Sources(*DIPLOMES[diplome]))
    return replace(made, projet=fold(made.projet), own_templates=own_templates, memory=None)


def fold(projet: Projet) -> Projet:
    return replace(projet, livret=replace(projet.livret, format="a5"))


@dataclass(frozen=True)
class Letter:
    """A letter: its page from 1, its size in points, its left, right, bottom and top."""

    page: int
    size: float
    text: str
    bounds: tuple[float, float, float, float]


def read_letters(content: bytes) -> Iterator[Letter]:
    matrix, bounds = raw.FS_MATRIX(), [ctypes.c_double() for _ in range(4)]
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            for index in range(text.count_chars()):
                letter = text.get_text_range(index, 1)
                if letter and not letter.isspace():
                    raw.FPDFText_GetMatrix(text.raw, index, matrix)
                    raw.FPDFText_GetCharBox(text.raw, index, *bounds)
                    size = raw.FPDFText_GetFontSize(text.raw, index) * hypot(matrix.c, matrix.d)
                    left, right, bottom, top = (one.value for one in bounds)
                    yield Letter(number, round(size, 2), letter, (left, right, bottom, top))


def find_smallest(content: bytes) -> Letter:
    return min(read_letters(content), key=lambda one: one.size)


def list_paths(content: bytes) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """The page, and left, right, bottom and top, of each rule and box that a page draws itself."""
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, 1):
            assert page.get_size() == pytest.approx(PAGE, abs=0.1)
            for one in page.get_objects(max_depth=1):
                if one.type == raw.FPDF_PAGEOBJ_PATH:
                    left, bottom, right, top = one.get_bounds()
                    yield number, (left, right, bottom, top)


def find_outside(content: bytes) -> list[int]:
    """The pages where something stands on what a copier leaves white."""
    letters = [(one.page, one.bounds) for one in read_letters(content)]
    paths = list(list_paths(content))
    assert min(len(letters), len(paths)) > 500
    return [
        number
        for number, (left, right, bottom, top) in letters + paths
        if min(left, bottom, PAGE[0] - right, PAGE[1] - top) < EDGE
    ]


@pytest.mark.parametrize("edition", A5, ids=str)
def test_nothing_is_smaller_than_eight_points(edition: Known, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents)
    for content in (made.blank["livret"], made.filled["livret"]):
        assert find_smallest(content).size >= SMALLEST, find_smallest(content)


def test_long_values_keep_eight_points_and_none_is_left_out(workshop: Workshop) -> None:
    merger = workshop.get_merger(BOOKLET)
    short = ("code_postal", "telephone", "tuteur_telephone", "professeur_telephone",
             "responsable_telephone", "duree", "numeros_semaines")  # fmt: skip
    values = {
        slot.field: LONG
        for slot in merger.master.slots
        if slot.field.rpartition(".")[2] not in short and not slot.style.row
    }
    merged = merger.merge(values, "T")

    assert len(values) > 30
    assert merged.misfits == ()
    assert find_smallest(merger.master.pdf + merged.update).size >= SMALLEST


@pytest.mark.parametrize("edition", A5, ids=str)
def test_boxes_can_be_ticked(edition: Known, make_edition: Make) -> None:
    content = make_edition(edition, edition.documents).blank["livret"]
    shapes = [
        (round((right - left) / MM, 1), round((top - bottom) / MM, 1))
        for _, (left, right, bottom, top) in list_paths(content)
    ]
    squares = [size for size in shapes if size[0] == size[1] and 2 < size[0] < 10]

    assert len(squares) > 200
    assert set(squares) == {(BOX, BOX)}


@pytest.mark.parametrize("edition", A5, ids=str)
def test_nothing_leaves_the_page(edition: Known, make_edition: Make) -> None:
    made = make_edition(edition, edition.documents)
    for content in (made.blank["livret"], made.filled["livret"]):
        assert find_outside(content) == []


def test_two_periods_take_twelve_sheets(workshop: Workshop) -> None:
    without_a_school = replace(workshop, projet=fold(Projet()))
    for one in (workshop, without_a_school):
        assert one.get_merger(BOOKLET).master.pages <= 48


def test_master_and_merge_equal_direct_rendering(workshop: Workshop) -> None:
    merger = workshop.get_merger(BOOKLET)
    # A space ends each, for pdfium takes the last of a page and the first of its foot for one word.
    values = {slot.field: f"x{number}y\u00a0" for number, slot in enumerate(merger.master.slots)}
    direct = read_words(lay_out(set_values(workshop.render(BOOKLET), values)))
    merged = read_words(merger.master.pdf + merger.merge(values, "T").update)

    assert [(one.text, one.page) for one in merged] == [(one.text, one.page) for one in direct]
    for one, other in zip(merged, direct, strict=True):
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.1), one.text


@pytest.mark.lent
@pytest.mark.parametrize("diplome", DIPLOMES)
def test_a_booklet_of_all_parts_to_fill_in_on_screen_is_sound(diplome: str, tmp_path: Path) -> None:
    text = (shipped("templates") / "livret.html").read_text(encoding="utf-8")
    asked = "{% set remplissable = true %}\n{% import"
    (tmp_path / "livret.html").write_text(text.replace("{% import", asked, 1), encoding="utf-8")
    made = make_workshop(diplome, tmp_path)
    whole = Livret(format="a5", parties=get_args(Partie))
    made = replace(made, projet=replace(made.projet, livret=whole))
    edition = BOOKLET if diplome == "mcv" else Edition("livret", "court", "toile")
    merger = made.get_merger(edition)

    assert len(merger.master.form.inputs) > 20
    for values in ({}, {"eleve.nom": "NGUYỄN", "pfmp1.entreprise": LONG}):
        filled = merger.master.pdf + merger.merge(values, "Livret").update
        assert find_faults(filled, tmp_path) == []
        assert find_smallest(filled).size >= SMALLEST
        assert find_outside(filled) == []


def test_other_documents_are_a4_and_a_booklet_of_a4_is_as_it_was(workshop: Workshop) -> None:
    a4 = replace(workshop, projet=replace(workshop.projet, livret=Livret()))
    grid = Edition("grille", "terminale", "B", periode="1")

    assert workshop.render(grid) == a4.render(grid)
    assert "size: A5" not in a4.render(BOOKLET)
    assert workshop.get_rendering(BOOKLET).key != a4.get_rendering(BOOKLET).key


def test_the_longest_day_stays_in_its_column(workshop: Workshop) -> None:
    merger = workshop.get_merger(BOOKLET)
    rows = [slot.field for slot in merger.master.slots if slot.style.row]
    values = dict(zip(rows, cycle(("Semaine 40", "mercredi 30 septembre")), strict=False))
    content = merger.master.pdf + merger.merge(values, "T").update
    letters: dict[int, list[Letter]] = {}
    for one in read_letters(content):
        letters.setdefault(one.page, []).append(one)
    sheets = {
        number: text
        for number, page in letters.items()
        if "mercredi30septembre" in (text := "".join(one.text for one in page))
    }

    assert len(sheets) == 2
    for number, text in sheets.items():
        first, day = text.index("arrivée"), text.index("mercredi30septembre")
        column = letters[number][first].bounds[0]
        assert letters[number][day + len("mercredi30septembr")].bounds[1] < column - 0.5 * MM
        assert letters[number][text.index("Semaine40") + 8].bounds[1] < (
            letters[number][day].bounds[0] - MM
        )

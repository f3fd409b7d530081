"""A class's print file: whose text is where, what is in it once, that it is sound."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.merging.checksum import is_sealed
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.printing.print_file import Copy, compose_print_file
from pfmp_cli.press.template import field_writer
from pfmp_cli.press.template.field_link import FieldName
from tests.pdf import Word, find_syntax_faults, read_words

FOLD = 420.945  # the middle of a sheet


def render(pages: int, size: str = "A4") -> str:
    def champ(name: str, **choices: object) -> str:
        return field_writer.champ(FieldName(name), "60mm", **choices)

    body = "".join(
        f'<h1 style="break-before: page">Feuille{number}</h1><p>Nom {champ("eleve.nom")}</p>'
        f"<p>Ville {champ('eleve.ville', aligne='droite')}</p>"
        for number in range(1, pages + 1)
    )
    return f"""<html lang="fr"><head><title>Essai</title><style>
    @font-face {{ font-family: S; src: url(police:romain) }}
    @page {{ size: {size}; margin: 20mm; @bottom-center {{ content: element(pied) }} }}
    body {{ font: 10pt/1.35 S }}
    .pied {{ position: running(pied) }}
    .champ {{ display: inline-block; position: relative }}
    </style></head><body>
    <div class="pied">Page de {champ("eleve.prenom", taille=8, pas=4, vide="rien")}</div>
    {body}</body></html>"""


@pytest.fixture(scope="module")
def three_pages() -> Merger:
    return Merger(make_master(render(3)))


Exemplaires = list[Copy]


def make_copies(three_pages: Merger, four_pages: Merger) -> Exemplaires:
    """Odd, even, odd: the third has no town."""
    return [
        Copy("DURAND Zoé", three_pages,
                   {"eleve.nom": "DURAND", "eleve.prenom": "Zoé", "eleve.ville": "Rodez"}),
        Copy("NGUYỄN Lan", four_pages,
                   {"eleve.nom": "NGUYỄN", "eleve.prenom": "Lan", "eleve.ville": "Olemps"}),
        Copy("ÖZGÜR Yiğit", three_pages, {"eleve.nom": "ÖZGÜR", "eleve.prenom": "Yiğit"}),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def pupils(three_pages: Merger) -> Exemplaires:
    return make_copies(three_pages, Merger(make_master(render(4))))


@pytest.fixture(scope="module")
def booklets(pupils: Exemplaires) -> Exemplaires:
    """The same on pages of A5."""
    return make_copies(*(Merger(make_master(render(pages, "A5"))) for pages in (3, 4)))


def pages_of(content: bytes, *texts: str) -> list[int]:
    return sorted({word.page for word in read_words(content) if word.text in texts})


def test_each_pupil_is_on_its_own_pages_and_starts_on_a_right_hand_one(
    pupils: Exemplaires,
) -> None:
    content = compose_print_file("Classe", pupils)

    assert pages_of(content, "DURAND", "Zoé", "Rodez") == [0, 1, 2]
    assert pages_of(content, "NGUYỄN", "Lan", "Olemps") == [4, 5, 6, 7]
    assert pages_of(content, "ÖZGÜR", "Yiğit") == [8, 9, 10]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 12


def test_a_booklet_has_the_words_and_places_of_the_pupils_own_document(
    pupils: Exemplaires,
) -> None:
    tirage = read_words(compose_print_file("Classe", pupils))
    for first, pupil in zip((0, 4, 8), pupils, strict=True):
        master = pupil.merger.master
        own = read_words(master.pdf + pupil.merger.merge(pupil.values, "T").update)
        last = first + master.pages

        assert own == [move(word, -first) for word in tirage if first <= word.page < last]


def move(word: Word, pages: int) -> Word:
    return Word(word.text, word.page + pages, word.x, word.y)


def test_a_page_of_a5_is_on_its_half_of_a_sheet_as_large_as_it_is(booklets: Exemplaires) -> None:
    sheets = read_words(compose_print_file("Classe", booklets))
    heads = {word.text: (word.page, word.x > FOLD) for word in sheets if word.page < 2
             and word.text.startswith("Feuille")}  # fmt: skip
    assert heads == {"Feuille1": (0, True), "Feuille2": (1, False), "Feuille3": (1, True)}

    pupil = booklets[0]
    own = read_words(pupil.merger.master.pdf + pupil.merger.merge(pupil.values, "T").update)
    halves = {1: (False, FOLD - 419.53), 2: (True, FOLD)}
    for number, (is_right, shift) in halves.items():
        half = [word for word in sheets if word.page == 1 and (word.x > FOLD) == is_right]
        page = [word for word in own if word.page == number]
        assert [word.text for word in half] == [word.text for word in page]
        for one, other in zip(half, page, strict=True):
            assert (one.x, one.y) == pytest.approx((other.x + shift, other.y), abs=0.01)


def test_nothing_on_a_sheet_is_made_smaller_or_larger(booklets: Exemplaires) -> None:
    with pikepdf.open(io.BytesIO(compose_print_file("Classe", booklets))) as pdf:
        sizes = {tuple(round(float(one)) for one in page.mediabox) for page in pdf.pages}
        steps = [step for page in pdf.pages for step in pikepdf.parse_content_stream(page)]
    matrices = [list(map(float, one.operands)) for one in steps if str(one.operator) == "cm"]

    assert sizes == {(0, 0, 842, 595)}
    assert {tuple(matrix[:4]) for matrix in matrices} == {(1, 0, 0, 1)}


def test_folded_booklets_are_one_after_another_on_sheets_of_their_own(
    booklets: Exemplaires,
) -> None:
    content = compose_print_file("Classe", booklets)

    assert pages_of(content, "DURAND", "Rodez") == [0, 1]
    assert pages_of(content, "NGUYỄN", "Olemps") == [2, 3]
    assert pages_of(content, "ÖZGÜR") == [4, 5]


@pytest.mark.parametrize(("kind", "edge"), [("pupils", "Long"), ("booklets", "Short")])
def test_the_file_is_sound_titled_ours_and_always_the_same(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, edge: str
) -> None:
    copies = request.getfixturevalue(kind)
    path = tmp_path / "classe.pdf"
    path.write_bytes(compose_print_file("Livrets – TMCV1", copies))

    assert path.read_bytes() == compose_print_file("Livrets – TMCV1", copies)
    assert find_syntax_faults(path) == []
    assert is_sealed(path.read_bytes())
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Livrets – TMCV1"
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.Root.ViewerPreferences.Duplex) == f"/DuplexFlip{edge}Edge"
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


@pytest.mark.parametrize(("kind", "firsts"), [("pupils", [0, 4, 8]), ("booklets", [0, 2, 4])])
def test_bookmarks_are_by_pupil(
    request: pytest.FixtureRequest, kind: str, firsts: list[int]
) -> None:
    content = compose_print_file("Classe", request.getfixturevalue(kind))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        outlines = pdf.Root.Outlines
        marks = [outlines.First]
        while "/Next" in marks[-1]:
            assert marks[-1].Next.Prev.objgen == marks[-1].objgen
            marks.append(marks[-1].Next)
        told = [(str(one.Title), numbers[one.Dest[0].objgen]) for one in marks]

        assert told == list(zip(["DURAND Zoé", "NGUYỄN Lan", "ÖZGÜR Yiğit"], firsts, strict=True))
        assert "/Prev" not in marks[0]
        assert outlines.Last.objgen == marks[-1].objgen
        assert outlines.Count == len(marks)
        assert {one.Parent.objgen for one in marks} == {outlines.objgen}


def test_pages_and_fonts_are_stored_once_for_all_pupils(three_pages: Merger) -> None:
    class_of = {
        number: compose_print_file("Classe", [
            Copy(f"É{n}", three_pages, {"eleve.nom": f"NOM{n}"}) for n in range(number)
        ])
        for number in (1, 30)
    }  # fmt: skip

    assert [count_fonts(content) for content in class_of.values()] == [2, 2]
    assert len(class_of[30]) < 1.5 * len(class_of[1])
    with pikepdf.open(io.BytesIO(class_of[30])) as pdf:
        assert len({page.obj.Contents[0].objgen for page in pdf.pages if page.obj.Contents}) == 3


def count_fonts(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len([o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o])


def test_what_all_pupils_have_is_drawn_once(three_pages: Merger) -> None:
    values = [{"eleve.nom": "NOM", "eleve.ville": f"VILLE{n}"} for n in (1, 2)]
    content = compose_print_file("Classe", [Copy("É", three_pages, one) for one in values])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        first, second = (pdf.pages[page].obj.Contents for page in (0, 4))
        common = {one.objgen for one in first} & {one.objgen for one in second}

    assert len(common) == len(first) - 1 == len(second) - 1
    assert pages_of(content, "NOM") == [0, 1, 2, 4, 5, 6]
    assert pages_of(content, "VILLE1") == [0, 1, 2]


def test_two_masters_of_a_class_share_the_font_of_the_values(pupils: Exemplaires) -> None:
    content = compose_print_file("Classe", pupils)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [page.obj.Resources.Font.V.objgen for page in pdf.pages if page.obj.Contents]

    assert len(set(fonts)) == 1


def test_a_value_that_cannot_be_shown_leaves_its_rule_to_write_on(three_pages: Merger) -> None:
    def calque(values: dict[str, str]) -> bytes:
        content = compose_print_file("C", [Copy("É", three_pages, values)])
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return b"".join(one.read_bytes() for one in pdf.pages[0].obj.Contents)

    assert calque({"eleve.nom": "李"}) == calque({"eleve.nom": "M" * 1900}) == calque({})
    assert calque({}) != calque({"eleve.nom": "M"})


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="aéÉMWi ’-Ł.Ễʻ()\\<>", min_size=1, max_size=40))
def test_whatever_is_typed_the_file_stays_sound(three_pages: Merger, text: str) -> None:
    content = compose_print_file(text, [Copy(text, three_pages, {"eleve.nom": text})])

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.docinfo["/Title"]) == text


def test_nothing_is_left_of_tags_and_links(pupils: Exemplaires) -> None:
    with pikepdf.open(io.BytesIO(compose_print_file("Classe", pupils))) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert not [page for page in pdf.pages if "/Annots" in page.obj]


def test_notes_are_printed_for_whoever_has_them(three_pages: Merger) -> None:
    town = " ".join(f"Saint{number}" for number in range(60))
    values = (
        {"eleve.nom": "M " * 60, "eleve.ville": town},
        {"eleve.nom": "LI", "eleve.ville": town},
    )
    content = compose_print_file("T", [Copy("T", three_pages, one) for one in values])
    words = [word.text.strip("…") for word in read_words(content)]

    assert all(words.count(name) == 2 * 3 for name in town.split())  # two pupils, three pages
    assert words.count("M") == 60 * 3

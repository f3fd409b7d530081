"""Master + merge against direct rendering, on a small document with every kind of field."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfmp_cli.press.layout.make_master import lay_out, make_master
from pfmp_cli.press.merging.drawing import Typesetter
from pfmp_cli.press.merging.fitting import NARROWEST, SMALLEST
from pfmp_cli.press.merging.master import ChoiceList, FormData, Master, Slot
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.merging.notes import Notes
from pfmp_cli.press.merging.packed_master import pack, unpack
from pfmp_cli.press.template import field_writer
from pfmp_cli.press.template.field_link import FieldName
from tests.direct import set_values
from tests.pdf import Word, read_words

VALUES = {
    "eleve.nom": "NGUYỄN Teriʻi",
    "eleve.date": "01/02/2009",
    "eleve.adresse": "Résidence des Trois Fontaines, bâtiment C, appartement 12, rue de la Paix",
    "eleve.siret": "123 456 789 00012",
}


def render() -> str:
    def champ(name: str, largeur: str, **choices: object) -> str:
        return field_writer.champ(FieldName(name), largeur, **choices)

    return f"""<html lang="fr"><head><title>Essai &amp; compagnie</title><style>
    @font-face {{ font-family: S; src: url(police:romain) }}
    @font-face {{ font-family: S; font-weight: 600; src: url(police:demi-gras) }}
    @page {{ size: A4; margin: 20mm; @bottom-center {{ content: element(pied) }} }}
    body {{ font: 10pt/1.35 S }}
    .pied {{ position: running(pied) }}
    .champ {{ display: inline-block; position: relative }}
    </style></head><body>
    <div class="pied">Page de {champ("eleve.nom", "80mm", taille=8, pas=4, vide="rien")}</div>
    <h1>Bonjour</h1>
    <p>Nom : {champ("eleve.nom", "60mm")} fin</p>
    <p>Né le {champ("eleve.date", "50mm", vide="date", aligne="centre")}
       SIRET {champ("eleve.siret", "60mm", vide="peigne:14", aligne="droite")}</p>
    <p>Adresse {champ("eleve.adresse", "70mm", lignes=3)}</p>
    <p style="break-before: page"><b></b>Suite, sans rien</p>
    <table><thead><tr><th>A</th><th>B</th></tr></thead>
           <tbody><tr><td>un</td><td><span></span></td></tr></tbody></table>
    </body></html>"""


@pytest.fixture(scope="module")
def master() -> Master:
    return make_master(render())


def merged(master: Master, values: dict[str, str], title: str = "Titre") -> bytes:
    return master.pdf + Merger(master).merge(values, title).update


def test_merge_shows_the_same_words_at_the_same_places_as_direct_rendering(master: Master) -> None:
    direct = read_words(lay_out(set_values(render(), VALUES)))
    by_merge = read_words(merged(master, VALUES))

    assert [word.text for word in by_merge] == [word.text for word in direct]
    for one, other in zip(by_merge, direct, strict=True):
        assert one.page == other.page
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.1)


def test_a_field_of_a_running_footer_shows_on_every_page(master: Master) -> None:
    pages = [word.page for word in read_words(merged(master, VALUES)) if word.text == "NGUYỄN"]

    assert pages == [0, 0, 1]


def test_a_blank_master_is_the_direct_rendering_without_values(master: Master) -> None:
    direct = read_words(lay_out(set_values(render(), {})))

    for one, other in zip(read_words(master.pdf), direct, strict=True):
        assert (one.text, one.page) == (other.text, other.page)
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.01)


def test_same_values_give_the_same_bytes(master: Master) -> None:
    assert merged(master, VALUES) == merged(master, VALUES)
    assert make_master(render()) == master


def test_a_master_comes_out_of_its_file_as_it_went_in(master: Master) -> None:
    assert unpack(pack(master)) == master


def test_title_is_the_same_in_info_and_xmp(master: Master) -> None:
    title = "Livret – D’HÉROUVILLE <b> & ) ("
    with pikepdf.open(io.BytesIO(merged(master, VALUES, title))) as pdf:
        assert str(pdf.docinfo["/Title"]) == title
        assert pdf.open_metadata()["dc:title"] == title


@pytest.mark.parametrize(
    "text", ["<b>gras</b>", "{{ 7*7 }}", "../../x", "=1+1", "un ) et ( \\ deux", 'l"un', "œ€ÖZGÜR"]
)
def test_a_value_comes_out_as_typed(master: Master, text: str) -> None:
    words = read_words(merged(master, {"eleve.adresse": text}))

    assert text in " ".join(word.text for word in words)


def test_a_character_that_the_font_lacks_is_told_and_its_place_left_blank(master: Master) -> None:
    outcome = Merger(master).merge({"eleve.nom": "Li 李"}, "T")

    assert {(m.field, m.missing) for m in outcome.misfits} == {("eleve.nom", "李")}


PAPER_WIDTH, TEXT_LEFT, TEXT_RIGHT = 595.3, 56.6, 538.6  # of A4, and the text of `render`


def read_notes(content: bytes) -> list[Word]:
    """The words of the outer margins, as a reader who turns the sheet has them."""
    words = read_words(content)
    noted = (w for w in words if (w.x > TEXT_RIGHT if w.page % 2 == 0 else w.x < TEXT_LEFT))
    return sorted(noted, key=lambda word: (word.page, round(word.x), word.y))


@pytest.mark.parametrize("field", ["eleve.siret", "eleve.adresse"])
def test_what_a_place_has_no_room_for_goes_on_in_the_margin(master: Master, field: str) -> None:
    given = [f"mot{number}" for number in range(120)]
    content = merged(master, {field: " ".join(given)})
    noted = [word.text for word in read_notes(content)]
    shown = [word.text for word in read_words(content) if word.x <= TEXT_RIGHT]

    first, *others = noted[1:]
    assert noted[0] == shown[shown.index("(1)")] == "(1)"
    assert [w.strip("…") for w in shown if w.startswith("mot")] + [first[1:], *others] == given


def test_notes_of_a_page_follow_each_other_on_the_paper(master: Master) -> None:
    """The name stands in the text and at the foot of both pages."""
    long = " ".join(["Marie-Christine"] * 12)
    notes = read_notes(merged(master, {"eleve.siret": "M" * 90, "eleve.nom": long}))
    marks = [(word.page, word.text) for word in notes if word.text.startswith("(")]
    places = [(word.page, round(word.x), round(word.y)) for word in notes]

    assert sorted(marks) == [(0, "(1)"), (0, "(2)"), (0, "(3)"), (1, "(4)")]
    assert len(places) == len(set(places))
    assert all(11 < word.x < PAPER_WIDTH - 11 and 58 < word.y < 742 for word in notes)


def test_a_note_of_several_pages_begins_where_the_widest_one_before_it_ends(
    master: Master,
) -> None:
    def on(slot: Slot, *pages: int) -> Slot:
        return replace(slot, places=tuple(replace(slot.places[0], page=page) for page in pages))

    setter = Typesetter(master.metrics)
    notes = Notes(setter)
    siret = next(slot for slot in master.slots if slot.field == "eleve.siret")
    wide, narrow = "M" * 80, "i" * 214
    starts = [
        float(found[1])
        for slot, text in (
            (on(siret, 0), wide),
            (on(siret, 2), narrow),
            (on(siret, 0, 2), wide),
        )
        if (found := re.search(r"0 1 -1 0 \S+ (\S+) Tm", notes.draw(slot, text) or ""))
    ]
    _, rest = setter.draw_start(siret, wide, "… (1)")
    _, longer = setter.draw_start(siret, narrow, "… (2)")

    assert len(rest) < len(longer)
    assert setter.measure(rest) > setter.measure(longer)
    assert starts[2] - siret.margin.y == pytest.approx(
        setter.measure(f"(1) …{rest}") * SMALLEST * NARROWEST / 1000, abs=0.01
    )


def test_a_text_that_the_margin_has_no_room_for_either_is_told_with_its_page(
    master: Master,
) -> None:
    outcome = Merger(master).merge({"eleve.siret": "M" * 1000}, "T")

    assert [(m.field, m.missing, m.page) for m in outcome.misfits] == [("eleve.siret", "", 1)]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aéÉMWi ’-Ł.Ễʻ()\\<>", min_size=1, max_size=70))
def test_whatever_is_typed_the_document_stays_sound(master: Master, text: str) -> None:
    content = merged(master, {"eleve.nom": text, "eleve.adresse": text}, text)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_running_footers_are_artifacts_and_fields_are_spans(master: Master) -> None:
    with pikepdf.open(io.BytesIO(master.pdf)) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")

    assert len(re.findall(r"/Artifact BMC\s+q 1 0 0 1 \S+ \S+ cm /F\d+ Do", content)) == 1
    assert len(re.findall(r"/Span <</MCID \d+>> BDC\s+q 1 0 0 1 \S+ \S+ cm /F\d+ Do", content)) == 4


def test_no_element_is_left_empty_but_cells(master: Master) -> None:
    with pikepdf.open(io.BytesIO(master.pdf)) as pdf:
        elements = [
            thing for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and {"/S", "/P"} <= set(thing.keys())
        ]  # fmt: skip
        reachable = [e for e in elements if "/K" in e and len(e.K) == 0 and _hangs(e)]

    assert {str(element.S) for element in reachable} == {"/TD"}


def _hangs(element: pikepdf.Dictionary) -> bool:
    return any(
        isinstance(kid, pikepdf.Dictionary) and kid.objgen == element.objgen
        for kid in element.P.get("/K", [])
    )


def test_header_cells_say_what_they_head(master: Master) -> None:
    with pikepdf.open(io.BytesIO(master.pdf)) as pdf:
        scopes = [
            str(thing.A.Scope) for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH"
        ]  # fmt: skip

    assert scopes == ["/Column", "/Column"]


def test_every_value_that_cannot_be_shown_is_told_and_the_others_are_there(master: Master) -> None:
    values = VALUES | {"eleve.nom": "Li 李茶", "eleve.siret": "M" * 1000, "eleve.adresse": "茶"}
    outcome = Merger(master).merge(values, "T")

    assert {(m.field, m.value, m.missing) for m in outcome.misfits} == {
        ("eleve.nom", "Li 李茶", "李茶"),
        ("eleve.siret", "M" * 1000, ""),
        ("eleve.adresse", "茶", "茶"),
    }
    assert "01/02/2009" in [word.text for word in read_words(master.pdf + outcome.update)]


def test_the_objects_of_an_update_are_listed_by_rising_numbers(master: Master) -> None:
    lists = tuple(ChoiceList(number, "<</Kids [", (8, 9), "]>>") for number in (40, 9, 30, 7))
    form = FormData({"eleve.nom": (8,)}, lists, identifier=45)
    update = Merger(replace(master, form=form)).merge({"eleve.nom": "Zoé"}, "T").update

    listed = re.findall(rb"/Index\[([^\]]*)\]", update)[-1].split()
    numbers = [int(number) for number in listed[::2]]
    assert {7, 9, 30, 40, 45} <= set(numbers)
    assert numbers == sorted(numbers)
    assert b"9 0 obj\n<</Kids [9 0 R]>>\nendobj\n" in update


def test_a_list_of_a_form_goes_with_its_last_field_where_it_only_holds_them(
    master: Master,
) -> None:
    lists = (ChoiceList(30, "a", (8,), "b", transient=True), ChoiceList(40, "c", (30, 9), "d"))
    form = FormData({"eleve.nom": (8,)}, lists, identifier=45)
    merger = Merger(replace(master, form=form))

    gone = merger.merge({"eleve.nom": "Zoé"}, "T").update
    assert b"40 0 obj\nc9 0 Rd\nendobj\n" in gone
    assert b"30 0 obj" not in gone
    for values in ({}, {"eleve.nom": "李"}, {"eleve.siret": "1"}):
        assert b"40 0 obj" not in merger.merge(values, "T").update

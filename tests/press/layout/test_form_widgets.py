"""Documents that are filled in on screen: the grid and the attestation, blank, filled, merged."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.merging.packed_master import pack, unpack
from pfmp_cli.press.printing.print_file import Copy, compose_print_file
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.field_link import format_href, parse_href
from pfmp_cli.press.template.field_writer import remplir
from pfmp_cli.press.template.form_inputs import FormInput
from pfmp_cli.press.template.render import Templates
from pfmp_cli.yaml_files.models import build
from tests.pdf import find_faults, read_text

DOCUMENTS = ["grille", "attestation"]
SCALE = 3  # pixels a point
TYPED = "Nguyễn Teriʻi, Iași ğ, Łukasz d’Œuvre"
HEAD = """<html lang="fr"><head><title>Essai</title><style>
@font-face { font-family: S; src: url(police:romain) }
body { font: 10pt S } a { display: inline-block; width: 40mm; height: 8mm }
.pied { position: running(pied) } @page { @bottom-left { content: element(pied) } }
</style></head><body><p>Avant</p>"""


def render(referentiel: Referentiel, document: str) -> str:
    edition = Edition(document, "terminale", "B", periode="1")
    return Templates().render(document, build_context(edition, referentiel, Projet()))


@pytest.fixture(scope="module")
def masters(referentiel: Referentiel) -> dict[str, Master]:
    return {document: make_master(render(referentiel, document)) for document in DOCUMENTS}


def open_pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def inherited(widget: pikepdf.Dictionary, key: str) -> Any:
    while key not in widget and "/Parent" in widget:
        widget = widget.Parent
    return widget.get(key)


def name_of(widget: pikepdf.Dictionary) -> str:
    parts = []
    while True:
        if "/T" in widget:
            parts.append(str(widget.T))
        if "/Parent" not in widget:
            return ".".join(reversed(parts))
        widget = widget.Parent


def widgets_of(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Dictionary]]:
    """The widgets, with their page, in the order that a reader goes through them."""
    for number, page in enumerate(pdf.pages):
        for annotation in page.get("/Annots", []):
            if annotation.Subtype == "/Widget":
                yield number, annotation


def names_in(content: bytes) -> set[str]:
    with open_pdf(content) as pdf:
        return {name_of(widget) for _, widget in widgets_of(pdf)}


def fill(content: bytes) -> bytes:
    """Every field filled in PDFium, Chromium's engine, as a person does it: the last but one box
    of each choice clicked, `TYPED` typed in each text; then saved."""
    raw = pypdfium2.raw
    boxes: dict[str, list[tuple[int, float, float]]] = {}
    places: list[tuple[tuple[int, float, float], str]] = []
    with open_pdf(content) as pdf:
        for number, widget in widgets_of(pdf):
            left, bottom, right, top = map(float, widget.Rect)
            place = number, (left + right) / 2, (bottom + top) / 2
            if inherited(widget, "/FT") == "/Btn":
                boxes.setdefault(name_of(widget), []).append(place)
            else:
                length = int(inherited(widget, "/MaxLen") or len(TYPED))
                places.append((place, TYPED[:length]))
    places += [(row[-2], "") for row in boxes.values()]

    document, saved = pypdfium2.PdfDocument(content), io.BytesIO()
    document.init_forms()
    form, pages = document.formenv.raw, list(document)
    for (number, x, y), keys in places:
        raw.FORM_OnMouseMove(form, pages[number].raw, 0, x, y)
        raw.FORM_OnLButtonDown(form, pages[number].raw, 0, x, y)
        raw.FORM_OnLButtonUp(form, pages[number].raw, 0, x, y)
        for key in keys:
            raw.FORM_OnChar(form, pages[number].raw, ord(key), 0)
    raw.FORM_ForceToKillFocus(form)
    document.save(saved)
    document.close()
    return saved.getvalue()


def drop_looks(content: bytes) -> bytes:
    """The same without what draws its texts: each reader sets them itself."""
    with open_pdf(content) as pdf:
        for _, widget in widgets_of(pdf):
            if inherited(widget, "/FT") == "/Tx":
                del widget.AP
        pdf.Root.AcroForm.NeedAppearances = True
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@dataclass(frozen=True)
class Picture:
    """A page in greys, a byte a pixel, rows from the top."""

    height: int
    stride: int
    pixels: bytes

    def count_dark(self, left: int, bottom: int, right: int, top: int, limit: int = 100) -> int:
        rows = range(self.height - top, self.height - bottom)
        cut = (self.pixels[y * self.stride + left : y * self.stride + right] for y in rows)
        return sum(value < limit for row in cut for value in row)


def draw_with_pdfium(content: bytes, _folder: Path) -> list[Picture]:
    """Chromium's engine."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    try:
        bitmaps = [page.render(scale=SCALE, grayscale=True) for page in document]
        return [Picture(one.height, one.stride, bytes(one.buffer)) for one in bitmaps]
    finally:
        document.close()


def draw_with_poppler(content: bytes, folder: Path) -> list[Picture]:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    for old in folder.glob("page-*.pgm"):
        old.unlink()
    command = ["pdftoppm", "-gray", "-r", str(72 * SCALE), "-", str(folder / "page")]
    subprocess.run(command, input=content, check=True, capture_output=True)
    pictures = []
    for path in sorted(folder.glob("page-*.pgm")):
        _, size, _, pixels = path.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        pictures.append(Picture(height, width, pixels))
    return pictures


def darkness(content: bytes, pictures: list[Picture]) -> list[int]:
    """How many dark pixels there are inside each widget, its border aside."""
    counts = []
    with open_pdf(content) as pdf:
        for number, widget in widgets_of(pdf):
            left, bottom, right, top = (round(float(value) * SCALE) for value in widget.Rect)
            counts.append(pictures[number].count_dark(left + 6, bottom + 6, right - 6, top - 6))
    return counts


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_fillable_document_is_sound_and_accessible_blank_and_filled(
    masters: dict[str, Master], document: str, tmp_path: Path
) -> None:
    content = masters[document].pdf

    assert find_faults(content, tmp_path) == []
    assert find_faults(fill(content), tmp_path) == []


def test_a_fillable_grid_is_small_and_the_same_twice(
    referentiel: Referentiel, masters: dict[str, Master]
) -> None:
    assert len(masters["grille"].pdf) < 150_000
    assert make_master(render(referentiel, "grille")) == masters["grille"]


def test_a_document_that_is_not_fillable_has_no_form(referentiel: Referentiel) -> None:
    with open_pdf(make_master(render(referentiel, "annexe-pedagogique")).pdf) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert ["/Annots" in page for page in pdf.pages] == [False, False]


def test_fields_are_named_by_the_codes(
    referentiel: Referentiel, masters: dict[str, Master]
) -> None:
    results = {
        f"p1.{resultat.code}.niveau"
        for activite in referentiel.activites_of("terminale", "B")
        for resultat in activite.resultats
    }
    names = names_in(masters["grille"].pdf)

    assert "p1.1.R3.niveau" in results
    assert results <= names
    assert {"p1.note", "p1.appreciation", "p1.visite.date", "pfmp1.tuteur"} <= names - results


def test_each_choice_has_a_box_and_an_accessible_name_in_french(
    referentiel: Referentiel, masters: dict[str, Master]
) -> None:
    labels = [niveau.libelle for niveau in referentiel.evaluation.niveaux]
    with open_pdf(masters["grille"].pdf) as pdf:
        boxes = [w for _, w in widgets_of(pdf) if name_of(w) == "p1.1.R3.niveau"]
        titles = [str(widget.TU) for widget in boxes]
        states = [(set(widget.AP.N) - {"/Off"}).pop() for widget in boxes]

    about = "Résultat 1.R3 – Les procédures d’information du client sont respectées"
    assert titles == [f"{about}\u00a0: {label}" for label in labels]
    assert len(set(states)) == len(labels)
    assert states == ["/NE", "/1", "/2", "/3", "/4"]  # their codes, whatever they are called


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_field_has_an_accessible_name_and_is_printed(
    masters: dict[str, Master], document: str
) -> None:
    with open_pdf(masters[document].pdf) as pdf:
        widgets = [widget for _, widget in widgets_of(pdf)]
        assert len(widgets) > 10
        for widget in widgets:
            assert str(inherited(widget, "/TU") or "")
            assert int(widget.F) == 4


def test_a_choice_can_be_undone_and_one_of_a_row_alone_is_ticked(
    masters: dict[str, Master],
) -> None:
    with open_pdf(fill(masters["grille"].pdf)) as pdf:
        row = [w for _, w in widgets_of(pdf) if name_of(w) == "p1.1.R3.niveau"]
        ticked = [str(widget.AS) for widget in row if widget.AS != "/Off"]
        no_toggle_to_off, radio = 1 << 14, 1 << 15

        assert ticked == [str(inherited(row[0], "/V"))]
        assert int(inherited(row[0], "/Ff")) & (radio | no_toggle_to_off) == radio


@pytest.mark.parametrize("document", DOCUMENTS)
def test_tab_order_follows_the_page_and_the_reading_order(
    masters: dict[str, Master], document: str
) -> None:
    with open_pdf(masters[document].pdf) as pdf:
        order = [(n, w.objgen, w.Rect) for n, w in widgets_of(pdf)]
        tags = list(walk_forms(pdf.Root.StructTreeRoot.K[0]))
        tabs = {str(page.Tabs) for page in pdf.pages}
    places = [(n, -round(float(r[3]) / 4), float(r[0])) for n, _, r in order]

    assert tabs == {"/S"}
    assert [objgen for _, objgen, _ in order] == tags != []
    assert places == sorted(places)


def walk_forms(element: pikepdf.Dictionary) -> Iterator[tuple[int, int]]:
    """The annotations of `Form` elements, in the order of the structure tree."""
    for kid in element.get("/K", []):
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        if kid.get("/Type") == "/OBJR":
            if element.S == "/Form":
                yield kid.Obj.objgen
        else:
            yield from walk_forms(kid)


@pytest.mark.parametrize("draw", [draw_with_pdfium, draw_with_poppler])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_filled_in_shows_and_what_is_not_does_not(
    masters: dict[str, Master],
    document: str,
    draw: Callable[[bytes, Path], list[Picture]],
    tmp_path: Path,
) -> None:
    content = masters[document].pdf
    done = fill(content)
    blank, filled = darkness(content, draw(content, tmp_path)), darkness(done, draw(done, tmp_path))
    with open_pdf(done) as pdf:
        off = [widget.get("/AS") == "/Off" for _, widget in widgets_of(pdf)]
        # What is typed takes the rules of a frame away.
        ruled = [int(inherited(widget, "/Ff")) & 1 << 12 for _, widget in widgets_of(pdf)]

    assert len(off) == len(filled)
    assert False in off
    for before, after, untouched, had in zip(blank, filled, off, ruled, strict=True):
        assert after == before if untouched else after > (0 if had else before) + 20


def test_every_letter_typed_in_chromium_is_set_in_the_embedded_font(
    masters: dict[str, Master],
) -> None:
    master = masters["grille"]
    with open_pdf(fill(master.pdf)) as pdf:
        typed = next(w for _, w in widgets_of(pdf) if name_of(w) == "eleve.nom_complet")
        content = pikepdf.parse_content_stream(typed.AP.N)
        used = {str(i.operands[0]) for i in content if str(i.operator) == "Tf"}
        shown = b"".join(bytes(i.operands[0]) for i in content if str(i.operator) == "Tj")

        assert str(typed.V) == TYPED
        assert used == {"/Wingdings"}
        assert typed.AP.N.Resources.Font["/Wingdings"].BaseFont == "/PFMP-Semibold"
        assert shown.hex() == "".join(master.metrics.glyphs[letter] for letter in TYPED)


def test_poppler_sets_every_letter_as_chromium_does(
    masters: dict[str, Master], tmp_path: Path
) -> None:
    done = fill(masters["grille"].pdf)
    own = drop_looks(done)
    saved, anew = (darkness(one, draw_with_poppler(one, tmp_path)) for one in (done, own))
    with open_pdf(done) as pdf:
        texts = [inherited(widget, "/FT") == "/Tx" for _, widget in widgets_of(pdf)]

    assert sum(texts) > 10
    assert list(compress(anew, texts)) == pytest.approx(
        list(compress(saved, texts)), rel=0.02, abs=16
    )


@pytest.mark.parametrize("some", [slice(0), slice(None, None, 2), slice(None)])
def test_what_the_class_file_says_is_text_and_the_rest_is_to_fill(
    masters: dict[str, Master], some: slice, tmp_path: Path
) -> None:
    master = masters["attestation"]
    every = {slot.field for slot in master.slots} & names_in(master.pdf)
    known = sorted(every)[some]
    update = Merger(master).merge(dict.fromkeys(known, "12345"), "Attestation").update
    content = master.pdf + update

    assert {"eleve.nom", "pfmp1.siret"} <= every
    assert names_in(content) & every == every - set(known)
    assert {"p1.attestation.jours", "p1.attestation.date"} <= names_in(content)
    assert read_text(content).count("12345") >= len(known)
    assert find_faults(content, tmp_path) == []


def test_in_a_print_file_blank_fields_are_there_to_be_written_on(
    masters: dict[str, Master], tmp_path: Path
) -> None:
    master = masters["grille"]
    printed = compose_print_file(
        "Classe", [Copy("Zoé", Merger(master), {"eleve.nom_complet": "Zoé"})]
    )
    with open_pdf(master.pdf) as pdf:
        named = {name_of(widget): (number, widget.Rect) for number, widget in widgets_of(pdf)}
        page, rect = named["p1.appreciation"]
        left, bottom, right, top = (round(float(value) * SCALE) for value in rect)
    row = (left, bottom + 6, right, top - 6)

    blank, paper = (draw_with_pdfium(one, tmp_path)[page] for one in (master.pdf, printed))
    assert blank.count_dark(*row, limit=220) == paper.count_dark(*row, limit=220) > 500
    with open_pdf(printed) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert list(widgets_of(pdf)) == []


def test_a_form_that_loses_all_its_fields_of_a_branch_loses_the_branch(
    masters: dict[str, Master],
) -> None:
    master = masters["attestation"]
    names = [slot.field for slot in master.slots]
    content = master.pdf + Merger(master).merge(dict.fromkeys(names, "1"), "T").update

    with open_pdf(content) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["p1", "identifiant"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_master_with_a_form_comes_out_of_its_file_as_it_went_in(
    masters: dict[str, Master], document: str
) -> None:
    assert unpack(pack(masters[document])) == masters[document]


def test_a_form_field_keeps_what_it_is_through_an_address() -> None:
    saisie = FormInput("p1.siret", "texte", "N° SIRET : 14 & plus", "à", "g", 9.5, 14, True)

    assert parse_href(format_href("", None, saisie)) == ("", None, saisie)


def test_fields_of_one_name_share_their_value() -> None:
    body = remplir("p1.lieu", "texte", "Fait à") + remplir("p1.lieu", "texte", "Fait à, bis")
    with open_pdf(make_master(f"{HEAD}<p>{body}</p>").pdf) as pdf:
        root, _ = pdf.Root.AcroForm.Fields
        (field,) = root.Kids

        assert [str(kid.TU) for kid in field.Kids] == ["Fait à", "Fait à, bis"]


def test_the_boxes_of_a_choice_have_different_states_whatever_they_are_called() -> None:
    labels = ["Off", "+", "++", "Acquis", "Acquis +", "évalué"]
    body = "".join(remplir("p1.R", "choix", label, valeur=label) for label in labels)
    with open_pdf(make_master(f"{HEAD}<p>{body}</p>").pdf) as pdf:
        states = [(set(widget.AP.N) - {"/Off"}).pop() for _, widget in widgets_of(pdf)]

    assert states == ["/Off-1", "/2", "/3", "/Acquis", "/Acquis-5", "/evalue"]


def test_attitudes_of_the_school_are_to_tick(referentiel: Referentiel) -> None:
    attitudes = {
        "niveaux": [{"libelle": "jamais"}, {"libelle": "toujours"}],
        "liste": [{"code": "AP1", "libelle": "Ponctuel"}],
    }
    edition = Edition("grille", "seconde", periode="1")
    context = build_context(edition, referentiel, build(Projet, {"attitudes": attitudes}))

    assert "p1.AP1.niveau" in names_in(make_master(Templates().render("grille", context)).pdf)


def test_a_box_alone_is_a_checkbox(tmp_path: Path) -> None:
    content = make_master(f"{HEAD}<p>{remplir('p1.lu', 'case', 'Lu')}</p>").pdf
    with open_pdf(content) as pdf:
        (field,) = (f for f in pdf.acroform.fields if f.is_checkbox)

        assert field.fully_qualified_name == "p1.lu"
    assert find_faults(content, tmp_path) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (remplir("p1", "texte", "A") + remplir("p1.b", "texte", "B"), "« p1 » est aussi le début"),
        (remplir("p1", "texte", "A") + remplir("p1", "case", "B"), "« p1 » a deux genres"),
        (f'<div class="pied">{remplir("p1", "texte", "A")}</div>', "est dans un en-tête"),
    ],
)  # fmt: skip
def test_fields_that_contradict_each_other_are_told(body: str, message: str) -> None:
    with pytest.raises(InputRefused) as caught:
        make_master(f"{HEAD}{body}<p>Texte</p>")

    assert message in caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"nom": "p 1"}, "n'est pas le nom d'une saisie"),
        ({"genre": "liste"}, "genre="),
        ({"titre": ""}, "n'a pas de titre"),
        ({"genre": "choix", "valeur": ""}, "choix sans valeur"),
    ],
)
def test_a_form_field_that_is_badly_written_is_told(choices: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        remplir(**{"nom": "p1.note", "genre": "note", "titre": "Note", **choices})

"""What pages draw, written shorter, and the same on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
import weasyprint.draw
from PIL import Image, ImageChops, ImageFilter
from weasyprint.draw.border import draw_border

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.images import image_address
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout import contents
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.workshop import load_workshop
from tests.documents.making import DIPLOMES

# A drawing of a template's own, finer than a pixel of its coordinates; edges of two colours and
# widths that meet, one that is transparent, half-transparent ink.
OWN = """<html lang="fr"><head><title>Essai</title><style>
@font-face { font-family: S; src: url(police:romain) } body { font: 10pt S }
td { border: 2pt solid #23506b; border-bottom: 6pt solid #999; border-left-color: transparent;
     padding: 3mm; background: #eee }
i { border: 2pt dashed #000; padding: 1mm } u { border: 2pt solid #000; border-radius: 2mm }
q { visibility: hidden; border: 2pt solid #000 } s { border-left: 3pt double #000 }
b { background: rgb(0 0 0 / 30%); border: 3pt solid rgb(0 0 0 / 50%) }
</style></head><body><table><tr><td>Où ?</td><td>(Là\\)</td></tr></table><p><b>Texte</b>
<i>tiré</i> <u>rond</u> <q>caché</q> <s>double</s></p>
<svg viewBox="0 0 .003 .003" width="300" height="300"><title>Trait</title>
<path d="M.0001234 .0001 L.0029 .0011 .00001 .0027z" fill="red"/></svg></body></html>"""


def draw(content: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield from [page.render(scale=4).to_pil().convert("L") for page in document]
    finally:
        document.close()


def htmls(referentiel: Referentiel) -> dict[str, str]:
    editions = [
        Edition("livret", "seconde"),
        Edition("grille", "terminale", "B", periode="1"),
        Edition("presence", "premiere", "A", periode="1"),
    ]
    shown = [build_context(edition, referentiel, Projet()) for edition in editions]
    rendered = map(Templates().render, [edition.document for edition in editions], shown)
    return {edition.document: html for edition, html in zip(editions, rendered, strict=True)} | {
        "own": OWN
    }


def test_a_number_is_the_same_however_a_python_adds_up() -> None:
    exact, nearly = b"-600 0 12.5 1200 re", b"-600. -0. 12.500000 1200. re"

    assert contents.shorten(nearly) == contents.shorten(exact) == exact


@pytest.mark.parametrize(
    "name", [pytest.param("livret", marks=pytest.mark.lent), "grille", "presence", "own"]
)
def test_pages_look_as_before_within_a_pixel_and_take_less(
    referentiel: Referentiel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    html = htmls(referentiel)[name]
    short = make_master(html).pdf
    monkeypatch.setattr(contents, "shorten", lambda content: content)
    monkeypatch.setattr(weasyprint.draw, "draw_border", draw_border)
    whole = make_master(html).pdf

    assert len(short) < len(whole)
    for before, after in zip(draw(whole), draw(short), strict=True):
        darkest, lightest = (
            before.filter(one(3)) for one in (ImageFilter.MinFilter, ImageFilter.MaxFilter)
        )
        lost = ImageChops.add(
            ImageChops.subtract(after, lightest), ImageChops.subtract(darkest, after)
        )
        assert lost.getextrema()[1] <= 70  # of 255, in a corner: WeasyPrint leaves a seam in it


def test_a_blank_booklet_is_light_and_its_periods_share_pages(referentiel: Referentiel) -> None:
    school = load_workshop(Sources(*DIPLOMES["mcv"]))  # with dates, which take more
    logo = image_address(school.logo) if school.logo else None
    edition = Edition("livret", "terminale", "B")
    context = build_context(edition, referentiel, school.projet, logo)
    master = make_master(Templates().render("livret", context))
    with pikepdf.open(io.BytesIO(master.pdf)) as pdf:
        drawn = [page.Contents for page in pdf.pages]
        bodies = [one[0].objgen for one in drawn if isinstance(one, pikepdf.Array)]

    assert len(master.pdf) <= 180_000
    assert len(bodies) >= 2 * len(set(bodies)) > 0


def test_a_box_of_blocks_is_no_tag_and_one_of_a_label_and_its_value_is_one() -> None:
    label = '<div><span style="display: block">Étiquette</span> valeur</div>'
    html = OWN.replace("<body>", f"<body><div>{label}<div><p>Texte</p></div></div>")
    with pikepdf.open(io.BytesIO(make_master(html).pdf)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        kids = [(str(kid.S), kid.P.objgen == document.objgen) for kid in document.K]
        parts = [str(kid.S) for kid in document.K[0].K]

    assert kids[:2] == [("/Div", True), ("/P", True)]
    assert parts == ["/Span", "/Span"]


def test_nothing_is_in_a_file_that_nothing_leads_to(referentiel: Referentiel) -> None:
    title = "Lot 99999 0 R, 7 0 R"  # which looks like references
    html = re.sub("<title>.*?</title>", f"<title>{title}</title>", htmls(referentiel)["grille"])
    with pikepdf.open(io.BytesIO(make_master(html).pdf)) as pdf:
        said, whole = str(pdf.docinfo.Title), len(pdf.objects)
        pdf.save(saved := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(saved) as pdf:
        needed = len(pdf.objects)

    assert said == title
    assert 0 <= whole - needed <= 3  # the cross-reference, the objects packed together


def test_tags_have_no_wrapper_and_tables_are_told_by_scope(referentiel: Referentiel) -> None:
    html = htmls(referentiel)["grille"]
    with pikepdf.open(io.BytesIO(make_master(html).pdf)) as pdf:
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/P" in one]
        cells = [one for one in tags if one.get("/S") in ("/TH", "/TD")]
        heads = [one for one in cells if one.S == "/TH"]

    assert len(cells) > 100
    assert not any("/Headers" in one.get("/A", {}) for one in cells)
    assert heads
    assert all(str(one.A.Scope) in ("/Row", "/Column") for one in heads)
    assert not any(one.get("/S") == "/NonStruct" for one in tags)

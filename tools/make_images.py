"""The pictures of the documentation: pages of a booklet made from the examples.

`make images` writes them; a page is found by its title, so that it stays the right one.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from pfmp_cli.batch import title_of
from pfmp_cli.loading import Sources, load_eleves, load_workshop
from pfmp_cli.plan import Choix, Document, compose_values, plan_documents
from pfmp_cli.shipped import shipped

ROOT = Path(__file__).resolve().parent.parent
TITLES = ("Évaluation des résultats attendus",)
SCALE = 1.6  # pixels a point
GAP = 16  # pixels between two pages


def make_booklet() -> bytes:
    """The booklet of the first pupil of the examples who is in terminale."""
    examples = shipped("examples")
    workshop = load_workshop(Sources(projet=examples / "pfmp.yaml"))
    lecture = load_eleves(examples / "eleves.csv", workshop.referentiel)
    divisions = workshop.projet.divisions
    plan = plan_documents(
        lecture, workshop.referentiel, divisions, [Document("livret")], Choix("terminale", "B")
    )
    commande = plan.commandes[0]
    merger = workshop.get_merger(commande.edition)
    values = compose_values(commande.eleve)
    return merger.master.pdf + merger.merge(values, title_of(merger, commande)).update


def main() -> None:
    """Write `docs/images/livret.png`: the cover, and the first page of each of `TITLES`."""
    from PIL import Image

    document = pypdfium2.PdfDocument(make_booklet())
    texts = [page.get_textpage().get_text_range() for page in document]
    chosen = [0, *(next(i for i, t in enumerate(texts) if i > 1 and x in t) for x in TITLES)]
    pages = [document[number].render(scale=SCALE).to_pil().convert("L") for number in chosen]
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("L", (width, pages[0].height + 2 * GAP), 200)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    target = ROOT / "docs" / "images" / "livret.png"
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(16).save(target, optimize=True)


if __name__ == "__main__":
    main()

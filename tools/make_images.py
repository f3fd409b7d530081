"""The pictures of the documentation: a page of each document, made from the examples.

`make images` writes them, with the hash of what each was made from, so that a test can
tell when they are out of date (`find_outdated`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pfmp_cli.domain.selection import Selection
from pfmp_cli.loading.class_files import load_classes
from pfmp_cli.loading.school import School
from pfmp_cli.loading.secret import LENGTH, Secret
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.plan import PlannedDocument, plan_documents
from pfmp_cli.press.pupil_document import merge_pupil
from pfmp_cli.press.workshop import Workshop, load_workshop
from pfmp_cli.shipped import shipped

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
DIGESTS = IMAGES / "empreintes.json"
CHOICE = Selection("terminale", "B", "1")
PAGES = {"livret": (0, 8)}  # the cover and a page of the grid; the others show their first page
SCALE = 1.3  # pixels a point
GAP = 16  # pixels between two pages


@dataclass(frozen=True)
class Example:
    """The examples' school, and the documents of its first pupil in terminale."""

    workshop: Workshop
    documents: tuple[PlannedDocument, ...]


def load_example() -> Example:
    """Everything in `examples/`, read."""
    folder = shipped("examples")
    workshop = load_workshop(Sources(projet=folder / "pfmp.yaml"))
    workshop = replace(workshop, secret=Secret(bytes(LENGTH)))  # the same in every picture
    school = School(workshop.referentiel, workshop.projet)
    (roster,) = load_classes(folder / "eleves.csv", None, [(school, CHOICE)])
    kinds = list(workshop.documents.values())
    planned = plan_documents(roster, workshop.referentiel, kinds, CHOICE.periode).documents
    return Example(workshop, tuple(one for one in planned if one.eleve is planned[0].eleve))


def digests(example: Example) -> Iterator[tuple[str, str]]:
    """Each document, and the hash of what its picture shows: the HTML and the values."""
    for document in example.documents:
        values = json.dumps(
            example.workshop.compose(document.edition, document.eleve), sort_keys=True
        )
        text = example.workshop.render(document.edition) + values
        yield document.edition.document, hashlib.sha256(text.encode()).hexdigest()


def find_outdated() -> list[str]:
    """The documents whose picture is missing or does not show what they are now."""
    recorded = json.loads(DIGESTS.read_text("utf-8")) if DIGESTS.exists() else {}
    return [
        name
        for name, digest in digests(load_example())
        if recorded.get(name) != digest or not (IMAGES / f"{name}.png").exists()
    ]


def draw(content: bytes, numbers: tuple[int, ...], target: Path) -> None:
    """Pages of a PDF, side by side on grey."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(content)
    pages = [document[number].render(scale=SCALE).to_pil().convert("L") for number in numbers]
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("L", (width, pages[0].height + 2 * GAP), 200)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    sheet.quantize(16).save(target, optimize=True)


def main() -> None:
    """Write `docs/images/<document>.png` for every document."""
    example = load_example()
    IMAGES.mkdir(exist_ok=True)
    for document in example.documents:
        name = document.edition.document
        master = example.workshop.get_merger(document.edition).master
        pdf = master.pdf + merge_pupil(document, example.workshop).update
        draw(pdf, PAGES.get(name, (0,)), IMAGES / f"{name}.png")
    text = json.dumps(dict(digests(example)), indent=2, sort_keys=True)
    DIGESTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

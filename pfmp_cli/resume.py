"""What a run comes to, in the lines that sum it up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pfmp_cli.console import count

if TYPE_CHECKING:
    from pfmp_cli.plan import Commande, Document
    from pfmp_cli.press.workshop import Workshop

Compte = Counter[tuple[str, str]]  # how many documents, by division and name of the document


def count_documents(commandes: Iterable[Commande]) -> Compte:
    return Counter((commande.dossier, commande.edition.document) for commande in commandes)


def format_divisions(compte: Compte) -> Iterator[str]:
    """A line a division; a table where there are several kinds of documents."""
    divisions = sorted({division for division, _ in compte})
    kinds = list(dict.fromkeys(kind for _, kind in compte))
    if len(kinds) == 1:
        yield from (f"  {division} : {compte[division, kinds[0]]}" for division in divisions)
        return
    rows = [["", *kinds]]
    rows += [[name, *(str(compte[name, kind]) for kind in kinds)] for name in divisions]
    if len(divisions) > 1:
        totals = (sum(compte[name, kind] for name in divisions) for kind in kinds)
        rows.append(["en tout", *map(str, totals)])
    yield from _align(rows)


def _align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their columns under one another: words to the left, numbers to the right."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    for name, *cells in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, others, strict=True))
        yield "  ".join((f"  {name.ljust(first)}", *padded))


def foresee(
    commandes: Sequence[Commande], workshop: Workshop, documents: Iterable[Document], said: str
) -> Iterator[str]:
    """« 62 livrets de 28 pages, 1 736 pages en tout, 3 avertissements »; `said`: the last part.

    A line a kind of document, and one for all where there are several.
    """
    pages: dict[str, list[int]] = defaultdict(list)
    for commande in commandes:
        master = workshop.get_merger(commande.edition).master
        pages[commande.edition.document].append(master.pages)
    total = [f"{count(sum(map(sum, pages.values())), 'page')} en tout", *filter(None, [said])]
    kinds = {document.nom: document.noms for document in documents}
    lines = [_measure(kinds[name], numbers) for name, numbers in pages.items()]
    if len(lines) > 1:
        yield from lines
        lines = [count(len(commandes), "document")]
    yield ", ".join([*lines, *total])


def _measure(noms: tuple[str, str], pages: Sequence[int]) -> str:
    """« 62 livrets de 26 à 28 pages »."""
    least, most = min(pages), max(pages)
    span = count(most, "page") if least == most else f"{least} à {count(most, 'page')}"
    return f"{count(len(pages), *noms)} de {span}"

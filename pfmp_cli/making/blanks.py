"""Blank documents in an output folder: one for each class, option, variant and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pfmp_cli.making.run import Outcome, tell_obstacle
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.interrupts import hold_interrupts
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.editions import Document, Edition, list_editions

if TYPE_CHECKING:
    from pfmp_cli.domain.fabrication import Vierges
    from pfmp_cli.press.workshop import Workshop

DOSSIER = "vierges"  # in the output folder
LISTE = opaque(DOSSIER)  # in the manifest, in place of a list's name


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank document: its place in the output folder, and how that stands."""

    edition: Edition
    path: str
    entry: Entry
    state: State


def choose_blanks(selection: Vierges, workshop: Workshop) -> list[Edition]:
    """The blank documents to make. A variant that leaves a document as it is has none.

    Raises InputRefused with what is wrong in a template.
    """
    known = workshop.templates.documents()
    kinds: list[Document] = [known[name] for name in selection.documents or ()]
    if selection.documents is None:
        kinds = list(known.values())
    editions = [
        edition
        for edition in list_editions(workshop.referentiel, kinds)
        if (selection.classes is None or edition.classe in selection.classes)
        and (selection.options is None or edition.option in (None, *selection.options))
    ]
    return [edition for edition in editions if not _is_plain(edition, editions, workshop)]


def _is_plain(edition: Edition, others: Sequence[Edition], workshop: Workshop) -> bool:
    plain = replace(edition, variantes=frozenset())
    if plain == edition or plain not in others:
        return False
    return workshop.get_rendering(plain).key == workshop.get_rendering(edition).key


def survey_blanks(
    editions: Iterable[Edition], workshop: Workshop, folder: OutputFolder
) -> list[Blank]:
    """How the place of each blank document stands."""
    return [_examine(edition, workshop, folder) for edition in editions]


def _examine(edition: Edition, workshop: Workshop, folder: OutputFolder) -> Blank:
    entry = Entry(
        document=edition.document,
        master=workshop.get_rendering(edition).key,
        valeurs=opaque(),
        liste=LISTE,
        classe=edition.classe,
        option=edition.option or "",
        periode=edition.periode or "",
    )
    path = place_of_blank(edition)
    return Blank(edition, path, entry, folder.examine(path, entry))


def place_of_blank(edition: Edition) -> str:
    """Its path from the output folder, with `/`."""
    return f"{DOSSIER}/{edition.file_name}"


def make_blanks(
    blanks: Sequence[Blank], workshop: Workshop, folder: OutputFolder, outcome: Outcome
) -> Iterator[None]:
    """Write the blank documents that have to be, one a step; the others are left alone."""
    for rank, vierge in enumerate(blanks):
        place = (DOSSIER, vierge.edition.document)
        if vierge.state is not State.TO_MAKE:
            folder.keep(vierge.path, vierge.entry)
            outcome.unchanged[place] += 1
            outcome.changed += vierge.state is State.CHANGED
            continue
        if outcome.stopped:
            folder.claim(vierge.path)
            continue
        merger = workshop.get_merger(vierge.edition)
        blank = merger.merge({}, merger.master.title)
        try:
            with hold_interrupts():
                folder.write(vierge.path, (merger.master.pdf, blank.update), vierge.entry)
                outcome.written[place] += 1
        except OSError as exception:
            left = sum(other.state is State.TO_MAKE for other in blanks[rank:])
            tell_obstacle(exception, folder.root / vierge.path, left, outcome)
        yield

"""Blank documents made again and again, each a little after what it is made from changes.

`make_previews` runs in a process of its own, kept warm: what goes wrong in it, even a crash of the
layout, leaves `pfmp watch` alive.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.workshop import Workshop, load_workshop
from pfmp_cli.rules.usage_rules import FAULT


@dataclass(frozen=True, slots=True)
class Request:
    """What to make, in the words of the command line."""

    sources: Sources
    documents: str
    classe: str | None = None
    option: str | None = None
    periode: str | None = None
    variantes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A document, ready to be written under `name`."""

    name: str
    pages: int
    pdf: bytes


def make_previews(request: Request) -> Iterator[Preview | InputRefused]:
    """The documents of a request, and what is wrong: of one, it stops no other."""
    try:
        workshop = load_workshop(request.sources, request.classe, request.option, request.periode)
        if workshop.doubts:
            yield InputRefused(workshop.doubts)
        for edition in choose_editions(request, workshop):
            try:
                yield _make(workshop, edition)
            except Exception as exception:
                yield _tell(exception)
    except Exception as exception:
        yield _tell(exception)


def _make(workshop: Workshop, edition: Edition) -> Preview:
    """One document. Its master is not kept: there would be one more with each letter typed."""
    from pfmp_cli.press.layout.make_master import make_master
    from pfmp_cli.press.merging.merge import Merger

    master = workshop.find_master(workshop.get_rendering(edition))
    master = master or make_master(workshop.get_rendering(edition, whole=True).html)
    update = Merger(master).merge(workshop.compose(edition)).update
    return Preview(edition.file_name, master.pages, master.pdf + update)


def _tell(exception: Exception) -> InputRefused:
    """A refusal, or what the command line would call a fault of ours; the watch goes on."""
    if isinstance(exception, InputRefused):
        return exception
    return InputRefused([FAULT.at(name=type(exception).__name__)])


def choose_editions(request: Request, workshop: Workshop) -> list[Edition]:
    """What is asked for; of what is left unsaid, the first that the référentiel has.

    Raises WrongUsage.
    """
    from pfmp_cli.planning.command_words import choose, choose_documents, choose_edition

    referentiel = workshop.referentiel
    asked = choose(referentiel, request.classe, request.option, request.periode)
    fitting = (
        classe
        for classe in referentiel.classes
        if asked.classe in (None, classe.code) and asked.option in (None, *classe.options)
    )
    classe = next(fitting, referentiel.classes[0])
    option = asked.option or next(iter(classe.options), None)
    selection = choose(referentiel, classe.code, option, request.periode)
    return [
        choose_edition(document, referentiel, selection, request.variantes)
        for document in choose_documents(workshop.documents, request.documents)
    ]

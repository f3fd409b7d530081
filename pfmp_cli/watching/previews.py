"""Blank documents made again and again, each a little after what it is made from changes.

`serve` runs in a process of its own, kept warm: what goes wrong in it, even a crash of the
layout, leaves `pfmp watch` alive.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, WrongUsage, error
from pfmp_cli.loading import Sources

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.planning.editions import Edition
    from pfmp_cli.press.workshop import Rendering, Workshop

# What a first layout has to load: the library, the fonts.
WARM_UP = """<html lang="fr"><head><title>pfmp</title><style>
@font-face { font-family: "S"; src: url(police:romain) }
@font-face { font-family: "S"; src: url(police:demi-gras); font-weight: 600 }
body { font-family: S }</style></head><body><p>a <strong>b</strong></p></body></html>"""


@dataclass(frozen=True, slots=True)
class Demande:
    """What to make, in the words of the command line."""

    sources: Sources
    documents: str
    classe: str | None = None
    option: str | None = None
    periode: str | None = None
    variantes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fait:
    """A document, ready to be written under `nom`."""

    nom: str
    pages: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is nothing; `usage`: the command line is at fault, whatever the files hold."""

    diagnostics: tuple[Diagnostic, ...]
    usage: bool = False


@dataclass(frozen=True, slots=True)
class Avis:
    """What there is to say, and stops nothing."""

    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Fin:
    """A demand is done with; `logo` is the file of the school's, where it is known."""

    logo: Path | None = None


Reponse = Fait | Refused | Avis | Fin


def serve(connection: Connection) -> None:
    """Answer demands until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    _warm_up()
    try:
        while True:
            request: Demande = connection.recv()
            for answer in make_previews(request):
                connection.send(answer)
    except (EOFError, OSError):
        return
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what comes now comes too late


def _leave(*_: object) -> None:
    """End as a program does that is done: no temporary file is left behind."""
    sys.exit()


def _warm_up() -> None:
    import pfmp_cli.domain.projet
    import pfmp_cli.press.workshop  # noqa: F401
    from pfmp_cli.press.layout.make_master import lay_out

    try:
        lay_out(WARM_UP)
    except InputRefused:  # said again, and shown, by the first document
        return


def make_previews(request: Demande) -> Iterator[Reponse]:
    """The documents of a demand, the quickest first; what is wrong with one stops no other."""
    logo = None
    for answer in _make_all(request):
        if isinstance(answer, Path):
            logo = answer
        else:
            yield answer
    yield Fin(logo)


def _make_all(request: Demande) -> Iterator[Fait | Refused | Avis | Path]:
    """The documents; before them, the path of the logo."""
    try:
        from pfmp_cli.loading import PROJET, load_workshop

        workshop = load_workshop(request.sources)
        if logo := workshop.projet.etablissement.logo:
            yield (request.sources.projet or Path(PROJET)).parent / logo
        if workshop.doubts:
            yield Avis(workshop.doubts)
        editions = choose_editions(request, workshop)
    except InputRefused as refusal:
        yield Refused(refusal.diagnostics, isinstance(refusal, WrongUsage))
        return
    except Exception as exception:
        yield _fault(exception)
        return
    pages: list[tuple[Rendering, Edition]] = []
    for edition in editions:
        try:
            pages.append((workshop.get_rendering(edition), edition))
        except InputRefused as refusal:
            yield Refused(refusal.diagnostics)
        except Exception as exception:
            yield _fault(exception)
    for rendering, edition in sorted(pages, key=lambda page: len(page[0].html)):
        yield _make(rendering, edition)


def _make(rendering: Rendering, edition: Edition) -> Fait | Refused:
    """One document. Its master is not kept: there would be one more with each letter typed."""
    from pfmp_cli.press.layout.make_master import make_master
    from pfmp_cli.press.master_cache import read_master
    from pfmp_cli.press.merging.merge import Merger

    try:
        master = read_master(rendering.key) or make_master(rendering.html)
        update = Merger(master).merge({}, master.title).update
        return Fait(edition.file_name, master.pages, master.pdf + update)
    except InputRefused as refusal:
        return Refused(refusal.diagnostics)
    except Exception as exception:
        return _fault(exception)


def _fault(exception: Exception) -> Refused:
    """What the command line would call a fault of ours; the watch goes on."""
    name = type(exception).__name__
    return Refused((error(f"défaut de pfmp ({name}) ; ce n'est pas votre faute",
                        help="annulez la dernière modification, enregistrez"),))  # fmt: skip


def choose_editions(request: Demande, workshop: Workshop) -> list[Edition]:
    """What is asked for; of what is left unsaid, the first that the référentiel has.

    Raises WrongUsage.
    """
    from pfmp_cli.planning.command_words import choose, choose_documents, choose_edition

    referentiel = workshop.referentiel
    selection = choose(referentiel, request.classe, request.option, request.periode)
    classe = selection.classe or _first_classe(referentiel, selection.option)
    options = referentiel.classe(classe).options
    option = selection.option or (options[0] if options else None)
    full = choose(referentiel, classe, option, request.periode)
    documents = choose_documents(workshop.templates.documents(), request.documents)
    return [
        choose_edition(document, referentiel, full, request.variantes) for document in documents
    ]


def _first_classe(referentiel: Referentiel, option: str | None) -> str:
    """The first class that has that option; the first of all where none is asked for."""
    fitting = (c for c in referentiel.classes if option is None or option in c.options)
    return next(fitting, referentiel.classes[0]).code

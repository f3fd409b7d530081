"""`index.html`: who has which documents in an output folder, and what there is to say of them.

It lists the pupils of this run's lists with all of their documents, those of earlier runs too,
then the other documents of the folder by their file name. Nothing in it says when or how a
document came there: the same folder gives the same page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.making.owners import share_out
from pfmp_cli.making.run import Outcome, tell_obstacle
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.press.merging.checksum import seal_html
from pfmp_cli.terminal.console import count, tally

if TYPE_CHECKING:
    from pfmp_cli.making.execution import Survey
    from pfmp_cli.making.jobs import Job
    from pfmp_cli.planning.editions import Document

NAME = "index.html"
MODELE = "_index"
INDEX = "index"  # the kind of file that it is, in the manifest


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a file of the folder; `note`: what has to be known of it."""

    texte: str
    adresse: Markup
    note: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A diagnostic without its excerpt, which is in the list itself."""

    severite: str
    message: str
    lieu: str
    aide: str


@dataclass(slots=True)
class IndexRow:
    """A pupil's line."""

    nom: Markup
    documents: list[Link] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A division's table; `fichiers` are those of the whole division."""

    nom: str
    eleves: list[IndexRow] = field(default_factory=list)
    fichiers: list[Link] = field(default_factory=list)

    @property
    def documents(self) -> int:
        return sum(len(eleve.documents) for eleve in self.eleves)

    @property
    def compte(self) -> str:
        return f"{count(len(self.eleves), 'élève')}, {count(self.documents, 'document')}"

    @property
    def a_savoir(self) -> bool:
        return any(eleve.messages for eleve in self.eleves)


def write_index(etudes: Sequence[Survey], dossier: OutputFolder, bilan: Outcome) -> None:
    """Write the page of the folder, or leave it alone; what keeps from it goes into `bilan`."""
    if bilan.stopped:
        return
    try:
        page = render_index(etudes, dossier, bilan)
        listes = {etude.batch.list_name for etude in etudes}
        liste = listes.pop() if len(listes) == 1 else ""
        entree = Entry("index", "", opaque(page), liste=liste, tirage=INDEX)
        if dossier.examine(NAME, entree) is State.TO_MAKE:
            dossier.write(NAME, [seal_html(page.encode("utf-8"))], entree)
        else:
            dossier.keep(NAME, entree)
        bilan.index = dossier.root / NAME
    except InputRefused as refusal:  # of a school's own `_index.html`: the documents are made
        bilan.diagnostics += refusal.diagnostics
    except OSError as exception:
        tell_obstacle(exception, dossier.root / NAME, 1, bilan)


def render_index(etudes: Sequence[Survey], dossier: OutputFolder, bilan: Outcome) -> str:
    """The page of these lists, one at least, of one school.

    Raises InputRefused where its template is at fault.
    """
    workshop = etudes[0].batch.workshop
    page = _Page(etudes, workshop.templates.documents())
    page.add_files(dossier, frozenset(bilan.orphans))
    page.add_messages(bilan.diagnostics)
    context = {
        "titre": "Documents de PFMP",
        "etablissement": workshop.projet.etablissement,
        "annee_scolaire": workshop.projet.annee_scolaire,
        "comptes": list(page.count(bilan.diagnostics)),
        "divisions": list(page.groups.values()),
        "messages": page.messages,
        "autres": page.others,
    }
    return workshop.templates.render(MODELE, context)


class _Page:
    """What the page shows: divisions with their pupils, and what is of none of them."""

    def __init__(self, etudes: Sequence[Survey], kinds: Mapping[str, Document]) -> None:
        self.kinds = kinds
        self.batches = {etude.batch.list_name: etude.batch for etude in etudes}
        self.groups: dict[str, Group] = {}
        self.rows: dict[tuple[str, int], IndexRow] = {}  # by the list, and the row in it
        self.others: dict[str, list[Link]] = {}  # by folder
        self.messages: list[Message] = []
        self.pupils: dict[str, IndexRow] = {}  # by the path of a document, and by opaque id
        for travail in (travail for etude in etudes for travail in etude.jobs):
            ligne = self._find_line(travail)
            self.pupils.setdefault(travail.entry.eleve, ligne)
            self.pupils[travail.document.path] = ligne

    def _find_line(self, travail: Job) -> IndexRow:
        eleve, nom = travail.document.eleve, travail.document.folder
        key = travail.entry.liste, eleve.line
        if key not in self.rows:
            ligne = IndexRow(Markup(escape(f"{eleve.nom} {eleve.prenom}")))
            self.rows[key] = ligne
            self.groups.setdefault(nom.lower(), Group(nom)).eleves.append(ligne)
        return self.rows[key]

    def add_files(self, dossier: OutputFolder, orphans: frozenset[str]) -> None:
        """The files of the folder, each at its pupil's, its division's, or with the others."""
        for chemin, entree in dossier.files():
            folder, _, name = chemin.rpartition("/")
            groupe = self.groups.get(folder.lower()) if entree.liste in self.batches else None
            if chemin == NAME:
                continue
            if chemin in orphans:
                self._add_other(folder, _link(name, chemin, "n'est plus à personne"))
            elif pupil := self.pupils.get(chemin) or self.pupils.get(entree.eleve):
                pupil.documents.append(_link(self._call(entree), chemin))
            elif entree.tirage and groupe:
                groupe.fichiers.append(_link(name, chemin))
            else:
                self._add_other(folder, _link(name, chemin))

    def _add_other(self, folder: str, lien: Link) -> None:
        self.others.setdefault(folder, []).append(lien)

    def _call(self, entree: Entry) -> str:
        """« livret », « grille, période 2 »."""
        kind = self.kinds.get(entree.document)
        name = kind.names[0] if kind else entree.document
        return f"{name}, période {entree.periode}" if entree.periode else name

    def add_messages(self, diagnostics: Sequence[Diagnostic]) -> None:
        rest = list(diagnostics)
        for liste, lot in self.batches.items():
            lignes = {ligne for of, ligne in self.rows if of == liste}
            shares, rest = share_out(rest, lot.roster, lignes)
            for ligne, share in shares.items():
                self.rows[liste, ligne].messages += map(_write, share)
        self.messages += map(_write, rest)

    def count(self, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
        yield count(len(self.rows), "élève")
        yield count(sum(groupe.documents for groupe in self.groups.values()), "document")
        yield from filter(None, [tally(diagnostics)])


def _link(text: str, chemin: str, note: str = "") -> Link:
    return Link(text, Markup(quote(chemin)), note)


def _write(diagnostic: Diagnostic) -> Message:
    position = diagnostic.position
    where = f"{position.file}" if position else ""
    if position and position.line:
        where += f", ligne {position.line}"
    if position and position.label:
        where += f", {position.label}"
    word = diagnostic.severity.value.capitalize()
    return Message(word, diagnostic.message, where, diagnostic.help or "")

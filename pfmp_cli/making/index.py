"""`index.html`: who has which documents in an output folder, and what there is to say of them.

It lists the pupils of this run's lists with all of their documents, those of earlier runs too,
then the other documents of the folder by their file name. Nothing in it says when or how a
document came there: the same folder gives the same page.
"""

from collections.abc import Collection, Iterable, Mapping

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.making.build_plan import INDEX
from pfmp_cli.making.jobs import Job, PupilJob
from pfmp_cli.making.stock import Stock
from pfmp_cli.output.folder import OutputFolder
from pfmp_cli.output.index_page import Group, IndexRow, write_index, write_link, write_message
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.owners import share_out
from pfmp_cli.terminal.console import tally
from pfmp_cli.text import count

NAME = "index.html"


def claim_index(
    stock: Stock,
    folder: OutputFolder,
    orphans: Mapping[str, str],
    outdated: Iterable[str],
    diagnostics: Collection[Diagnostic],
) -> tuple[Job, str]:
    """The page of these lists, once their documents are there, and how its place stands."""
    notes = {path: f"n'est plus à personne : {why}" for path, why in orphans.items()}
    outdated = (*outdated, *(job.path for job in stock.awaited))
    notes |= dict.fromkeys(outdated, "n'est plus à jour")
    shown = _Page(stock)
    shown.add_files(folder, notes)
    shown.add_messages(diagnostics)
    page = shown.write(diagnostics)
    lists = {batch.list_name for batch in stock.plan.batches}
    liste = lists.pop() if len(lists) == 1 else ""
    entry = Entry("index", "", opaque(page), liste=liste, tirage=INDEX)
    return Job(NAME, entry, folder.claim(NAME, entry)), page


class _Page:
    """What the page shows: divisions with their pupils, and what is of none of them."""

    def __init__(self, stock: Stock) -> None:
        self.workshop = stock.plan.workshops[0]
        self.rosters = {batch.list_name: batch.roster for batch in stock.plan.batches}
        self.groups: dict[str, Group] = {}
        self.rows: dict[tuple[str, int], IndexRow] = {}  # by the list, and the row in it
        self.others: dict[str, list[str]] = {}  # by folder
        self.messages: list[str] = []
        self.pupils: dict[str, IndexRow] = {}  # by the path of a document, and by opaque id
        for job in stock.pupils:
            row = self._find_row(job)
            self.pupils.setdefault(job.entry.eleve, row)
            self.pupils[job.path] = row

    def _find_row(self, job: PupilJob) -> IndexRow:
        eleve, division = job.document.eleve, job.document.folder
        key = job.entry.liste, eleve.line
        if key not in self.rows:
            self.rows[key] = IndexRow(eleve.name)
            group = self.groups.setdefault(division.lower(), Group(division))
            group.rows.append(self.rows[key])
        return self.rows[key]

    def add_files(self, output: OutputFolder, notes: Mapping[str, str]) -> None:
        """The files of the folder, each at its pupil's, its division's, or with the others."""
        for path, entry in output.files():
            folder, _, name = path.rpartition("/")
            group = self.groups.get(folder.lower()) if entry.liste in self.rosters else None
            note = notes.get(path, "")
            if path == NAME:
                continue
            if entry.tirage and group:
                group.files.append(write_link(name, path, note))
            elif row := self.pupils.get(path) or self.pupils.get("" if note else entry.eleve):
                row.documents.append(write_link(self._call(entry), path, note))
            else:
                self.others.setdefault(folder, []).append(write_link(name, path, note))

    def _call(self, entry: Entry) -> str:
        """« livret », « grille, période 2 »."""
        kind = self.workshop.documents.get(entry.document)
        name = kind.names[0] if kind else entry.document
        which = f", période {entry.periode}" if entry.periode else ""
        return f"{name}{which}{f', stage {entry.stage}' if entry.stage else ''}"

    def add_messages(self, diagnostics: Collection[Diagnostic]) -> None:
        rest = list(diagnostics)
        for liste, roster in self.rosters.items():
            lines = {line for of, line in self.rows if of == liste}
            shares, rest = share_out(rest, roster, lines)
            for line, share in shares.items():
                self.rows[liste, line].messages += map(write_message, share)
        self.messages += map(write_message, rest)

    def write(self, diagnostics: Collection[Diagnostic]) -> str:
        left_out = [line for one in self.rosters.values() for line in list_left_out(one)]
        groups = list(self.groups.values())
        documents = sum(group.documents for group in groups)
        counts = count(len(self.rows), "élève"), count(documents, "document"), tally(diagnostics)
        projet, others = self.workshop.projet, self.others
        return write_index(projet, filter(None, counts), groups, self.messages, left_out, others)

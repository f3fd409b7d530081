"""The files of earlier runs that are no longer anyone's, and why."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pfmp_cli.making.build_plan import identify_pupil
from pfmp_cli.making.stock import Stock
from pfmp_cli.output.folder import OutputFolder
from pfmp_cli.output.manifest import Entry
from pfmp_cli.planning.plan import name_file

GONE, UNWANTED, EMPTY = "parti", "plus demandé", "plus d'élève dans cette division"
# Without a birth date, nobody can tell.
GONE_OR_RENAMED = "parti ou renommé"

_HOMONYM = re.compile(r"(_\d{4}-\d\d-\d\d)?(_\d+)?$")  # what tells two files of a name apart


def find_orphans(stock: Stock, folder: OutputFolder) -> dict[str, str]:
    """{path: why}, in the order of the paths.

    While someone who is not chosen waits for a document, one of its kind may be theirs still.
    """
    whys = _Whys(stock)
    awaited = {_what(job.entry)[1:] for job in stock.awaited}
    return {
        path: whys.explain(path, entry)
        for path in folder.orphans(stock.plan.owns)
        if (entry := folder.find(path)) and not (entry.eleve and _what(entry)[1:] in awaited)
    }


def offer(orphans: Mapping[str, str], stock: Stock, folder: OutputFolder) -> dict[str, str]:
    """Those that may be removed: what a pupil has who is not chosen is left to another run."""
    others = {job.entry.eleve for job in stock.pupils if not job.is_chosen}
    return {
        path: why
        for path, why in orphans.items()
        if (entry := folder.find(path)) and entry.eleve not in others
    }


class _Whys:
    """What is known of those who have documents now."""

    def __init__(self, stock: Stock) -> None:
        self.places = {_what(job.entry): job.path for job in stock.pupils}
        self.divisions = {job.document.folder.lower() for job in stock.pupils}
        self.pupils: set[str] = set()
        self.namesakes: dict[str, dict[str, date | None]] = {}  # born when, by a part of the name
        for eleve in (one for batch in stock.plan.batches for one in batch.roster.eleves):
            name, born = name_file(eleve), eleve.date_naissance
            self.pupils.add(identify_pupil(name, born))
            for part in name.lower().split("_"):
                self.namesakes.setdefault(part, {})[identify_pupil(name, born)] = born

    def explain(self, path: str, entry: Entry) -> str:
        if not entry.eleve:
            division = path.rpartition("/")[0].lower()
            return EMPTY if entry.tirage and division not in self.divisions else UNWANTED
        stem = _stem(path, entry)
        if entry.eleve in self.pupils:
            now = entry.eleve
        elif entry.eleve == identify_pupil(stem, None):
            return GONE_OR_RENAMED
        else:
            now = next(self._find_renamed(stem, entry.eleve), "")
        if now and (place := self.places.get((now, *_what(entry)[1:]))):
            return f"renommé : {place}"
        return UNWANTED if now else GONE

    def _find_renamed(self, stem: str, eleve: str) -> Iterator[str]:
        """The pupils of the list born on the same day, who have a part of the name."""
        for part in stem.lower().split("_"):
            for identity, born in self.namesakes.get(part, {}).items():
                if eleve == identify_pupil(stem, born):
                    yield identity


def _what(entry: Entry) -> tuple[str, str, str, str]:
    return entry.eleve, entry.document, entry.periode, entry.stage


def _stem(path: str, entry: Entry) -> str:
    """The pupil's name, as the file of one of their documents has it."""
    label = f"{entry.document}-{entry.periode}{entry.stage}" if entry.periode else entry.document
    return _HOMONYM.sub("", path.rpartition("/")[2].removesuffix(f"_{label}.pdf"))

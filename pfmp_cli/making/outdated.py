"""Print files and zips of earlier runs that no longer hold what their division has."""

from collections.abc import Collection, Iterable, Iterator

from pfmp_cli.making.build_plan import ARCHIVE
from pfmp_cli.making.stock import Stock
from pfmp_cli.output.folder import OutputFolder
from pfmp_cli.output.manifest import Entry, key_of, stamp


def find_outdated(
    stock: Stock, folder: OutputFolder, orphans: Collection[str], to_make: Collection[str] = ()
) -> Iterator[str]:
    """Of the files that this run does not make: what they hold was made again, filled in, has gone
    or is no longer anyone's, or a document of the same kind has come. Those `to_make` are not
    what they were."""
    gone = {*orphans, *to_make}
    claimed = {job.path for job in (*stock.print_files, *stock.zips)} | {*orphans}
    files = dict(folder.files())
    for path, entry in files.items():
        if not entry.contenu or path in claimed:
            continue
        beside = (one for one in files if _division(one) == _division(path) and one not in gone)
        there = {_stamp(one, entry, folder): one for one in beside}
        held = {*entry.contenu}
        members = [files[there[one]] for one in held & there.keys()]
        expected = (_stamp(one, entry, folder) for one in _expect(path, entry, members, stock))
        if len(members) < len(held) or not held.issuperset(expected):
            yield path


def _stamp(path: str, holder: Entry, folder: OutputFolder) -> str:
    """A document as a zip copies it, filled in or not; in a print file, it is as it was made."""
    known = folder.find(path)
    digest = known.sha256 if known else ""
    if holder.tirage == ARCHIVE:
        try:
            digest = folder.digest(path)
        except OSError:
            digest = ""
    return stamp(key_of(path), digest)


def _expect(path: str, entry: Entry, members: Iterable[Entry], stock: Stock) -> Iterator[str]:
    """The documents of the same kinds that the division has now, of the same list."""
    kinds = {(one.document, one.periode) for one in members}
    for job in stock.pupils:
        same = job.entry.liste == entry.liste and _division(job.path) == _division(path)
        if same and (job.entry.document, job.entry.periode) in kinds:
            yield job.path


def _division(path: str) -> str:
    return path.rpartition("/")[0].lower()

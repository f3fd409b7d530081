"""Any file at all: refused in words, or read; no traceback, no hang, no path out of the folder.

A damage that a reader does not survive is told by its seed: `mutate(fixture, seed)`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from resource import RUSAGE_SELF, getrusage
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.placements.matching import attach_placements
from pfmp_cli.lists.placements.placement_rows import read_placements_file
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.editions import Document
from pfmp_cli.planning.plan import plan_documents
from pfmp_cli.review.doubts import find_projet_doubts
from pfmp_cli.shipped import shipped
from pfmp_cli.terminal.console import format_diagnostic
from tests.lists.formats.test_markup import PAGE, SHEET
from tests.mutations import limited, mutate
from tests.reading import load_referentiel, read_projet
from tests.workbooks import MAKERS, zipped

FICHIERS = Path(__file__).parent / "lists/formats/school_files"
GUARDIANS = FICHIERS.parent / "guardians" / "ResponsablesAvecAdresses.xml"
DOCUMENTS = [Document("livret"), Document("grille", by_periode=True)]
DIVISIONS = {"TMCV1": Division(classe="terminale", option="B")}
FEW, MANY = 50, 10_000
MOST_MEMORY = 300 * 1024  # kB of a process that reads nothing but these
ROWS = [
    ["Nom", "Prénom", "Né(e) le", "Sexe", "Division", "Code postal", "MEF"],
    ["BOISCÔTÉ", "Léa", "03/05/2008", "F", "TMCV1", 1200, "24731214334"],
    ["DE LA FONTAINE", "Marie-Claire", "2008-05-04", "Féminin", "../../x", "01200", ""],
    ["NGUYỄN", "Thị Lan", "", "", "CON", "", "TLEPRO MET.COM.VEN.OP.B"],
]
LINES = "\n".join(";".join(map(str, row)) for row in ROWS)
LISTS: dict[str, bytes] = {
    **{path.name: path.read_bytes() for path in sorted(FICHIERS.iterdir())},
    "eleves.csv": (shipped("examples") / "eleves.csv").read_bytes(),
    **{f"liste{suffix}": make(ROWS) for suffix, make in MAKERS.items()},
    "unicode.txt": LINES.replace(";", "\t").encode("utf-16"),
    "mac.csv": LINES.replace("\n", "\r").encode("mac_roman", "replace"),
    "dos.csv": LINES.encode("cp850", "replace"),
    "quoted.csv": "\n".join(f'"{line}"' for line in LINES.split("\n")).encode(),
    "page.xls": PAGE.format(charset="utf-8").encode(),
    "xml2003.xls": SHEET.encode("utf-8"),
    "liste.zip": zipped(**{"liste.csv": LINES.encode(), "__MACOSX/._liste.csv": b""}),
    "siecle.zip": zipped(Eleves_xml=(FICHIERS / "ElevesSansAdresses.xml").read_bytes()),
}
YAML = {
    "pfmp.yaml": shipped("examples") / "pfmp.yaml",
    "referentiel.yaml": shipped("referentiel.yaml"),
}


class Reader:
    """Reads as `pfmp batch` and the other commands do, up to what they print."""

    def __init__(self, referentiel: Referentiel, folder: Path) -> None:
        self.referentiel, self.folder = referentiel, folder
        self.schema: Vocabulary = make_schema(referentiel, Projet(divisions=DIVISIONS))

    def read_list(self, content: bytes, guardians: tuple[str, bytes] | None = None) -> int:
        """How many documents are planned."""
        with limited():
            try:
                lecture = read_eleves("c", content, self.schema, guardians)
            except InputRefused as refused:
                return self._say(refused.diagnostics)
            return self._plan(self._enrol(lecture))

    def _enrol(self, lecture: Roster) -> Roster:
        return enrol(lecture, self.referentiel, DIVISIONS, Selection())

    def _plan(self, lecture: Roster) -> int:
        plan = plan_documents(lecture, self.referentiel, DOCUMENTS)
        self._say((*lecture.diagnostics, *plan.diagnostics))
        for commande in plan.documents:
            self._stays_inside(commande.path)
        assert len({c.path.lower() for c in plan.documents}) == len(plan.documents)
        return len(plan.documents)

    def read_placements_file(self, content: bytes) -> int:
        """How many documents are planned for the example's pupils with these placements."""
        with limited():
            try:
                stages = read_placements_file("s", content, self.schema)
            except InputRefused as refused:
                return self._say(refused.diagnostics)
            return self._plan(attach_placements(self.example, stages, self.referentiel, Projet()))

    @cached_property
    def example(self) -> Roster:
        return self._enrol(read_eleves("e", LISTS["eleves.csv"], self.schema))

    def read_guardians(self, content: bytes) -> int:
        return self.read_list(LISTS["ElevesSansAdresses.xml"], ("g", content))

    def read_projet(self, content: bytes) -> None:
        def read(path: Path) -> None:
            self._say(find_projet_doubts(*read_projet(path, self.referentiel)))

        self._read_yaml(read, content)

    def read_referentiel(self, content: bytes) -> None:
        self._read_yaml(load_referentiel, content)

    def _read_yaml(self, load: Callable[[Path], object], content: bytes) -> None:
        path = self.folder / "essai.yaml"
        path.write_bytes(content)
        with limited():
            try:
                load(path)
            except InputRefused as refused:
                self._say(refused.diagnostics)

    def _say(self, diagnostics: Any) -> int:
        for diagnostic in diagnostics:
            assert format_diagnostic(diagnostic)
            assert "Traceback" not in diagnostic.message
        return 0

    def _stays_inside(self, chemin: str) -> None:
        path = PurePosixPath(chemin)
        assert len(path.parts) == 2
        assert not path.is_absolute()
        assert "\\" not in chemin
        assert (self.folder / path).resolve().is_relative_to(self.folder.resolve())
        assert all(part.isascii() and part.isprintable() and part != ".." for part in path.parts)


@pytest.fixture(scope="module")
def reader(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(referentiel, tmp_path_factory.mktemp("sortie"))


def mutilate(read: Callable[[bytes], object], name: str, content: bytes, count: int) -> None:
    for number in range(count):
        seed = f"{name} {number}"
        try:
            read(mutate(content, seed))
        except BaseException as fault:
            fault.add_note(f"mutate({name}, {seed!r})")
            raise


@pytest.fixture(scope="module", autouse=True)
def _memory() -> Iterator[None]:
    """No damage makes a reader take more memory than it may."""
    before = getrusage(RUSAGE_SELF).ru_maxrss
    yield
    assert getrusage(RUSAGE_SELF).ru_maxrss <= max(before, MOST_MEMORY)


def test_the_lists_that_are_damaged_are_read_when_they_are_not(reader: Reader) -> None:
    unread = [name for name, content in LISTS.items() if not reader.read_list(content)]

    assert unread == ["pronote_sans_titres.csv"]  # nothing in it says a class


@pytest.mark.parametrize("name", LISTS)
def test_a_damaged_list_is_read_or_refused(reader: Reader, name: str) -> None:
    mutilate(reader.read_list, name, LISTS[name], FEW)


@pytest.mark.lent
@pytest.mark.parametrize("name", LISTS)
def test_ten_thousand_damaged_lists_are_read_or_refused(reader: Reader, name: str) -> None:
    mutilate(reader.read_list, name, LISTS[name], MANY)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.lent)])
@pytest.mark.parametrize("name", ["stages.csv", "stages.xlsx", "stages.ods"])
def test_damaged_placements_are_read_or_refused(reader: Reader, name: str, count: int) -> None:
    content = (shipped("examples") / "stages.csv").read_bytes()
    if make := MAKERS.get(name.removeprefix("stages")):
        content = make(list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";")))

    assert reader.read_placements_file(content)
    mutilate(reader.read_placements_file, name, content, count)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.lent)])
def test_damaged_guardians_are_read_or_refused(reader: Reader, count: int) -> None:
    content = GUARDIANS.read_bytes()

    assert reader.read_guardians(content)
    mutilate(reader.read_guardians, GUARDIANS.name, content, count)


@pytest.mark.parametrize("name", YAML)
def test_a_damaged_yaml_is_read_or_refused(reader: Reader, name: str) -> None:
    read = reader.read_projet if name == "pfmp.yaml" else reader.read_referentiel
    mutilate(read, name, YAML[name].read_bytes(), FEW)


@pytest.mark.lent
@pytest.mark.parametrize("name", YAML)
def test_ten_thousand_damaged_yaml_files_are_read_or_refused(reader: Reader, name: str) -> None:
    read = reader.read_projet if name == "pfmp.yaml" else reader.read_referentiel
    mutilate(read, name, YAML[name].read_bytes(), MANY)


TITLES = st.sampled_from(
    ["nom", "prenom", "division", "sexe", "nom_prenom", "code_mef", "pfmp1_siret"]
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["../../etc", "/tmp/x", "C:\\x", "CON", "..", "\x00", "=1+1", "31/02/2009", "TMCV1"]
    ),
)


SCALARS: st.SearchStrategy[Any] = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=12))
)


def nest(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.text(max_size=8)
    return st.one_of(inner, st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"<?xml ", b"\xef\xbb\xbf", b"nom;prenom\n"]),
)
@settings(deadline=None)
def test_any_bytes_are_a_list_or_refused(reader: Reader, content: bytes, start: bytes) -> None:
    reader.read_list(start + content)


@given(
    st.lists(TITLES, max_size=6),
    st.lists(st.lists(CELLS, max_size=8), max_size=6),
    st.sampled_from(";,\t"),
)
@settings(deadline=None)
def test_any_table_is_a_list_or_refused(
    reader: Reader, titles: list[str], rows: list[list[str]], separator: str
) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator)
    writer.writerows([["nom", "prenom", *titles], *rows])
    reader.read_list(target.getvalue().encode("utf-8", "surrogatepass"))


@given(
    st.dictionaries(st.text(max_size=8), nest(nest(SCALARS)), max_size=4),
    st.sampled_from(["", "etablissement", "calendrier", "divisions", "lettre", "niveaux"]),
)
@settings(deadline=None)
def test_any_yaml_is_a_school_or_refused(reader: Reader, data: dict[str, Any], key: str) -> None:
    reader.read_projet(yaml.safe_dump({key: data} if key else data, allow_unicode=True).encode())


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_a_referentiel_or_refused(reader: Reader, text: str) -> None:
    reader.read_referentiel(text.encode("utf-8", "surrogatepass"))

"""SIECLE's XML of pupils (`ElevesSansAdresses.xml`), and of those who are responsible for them
(`ResponsablesAvecAdresses.xml`) → rows.

Read as a stream: a file is never a tree in memory, and no DTD is accepted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import check_size
from pfmp_cli.lists.formats.encoding import decode_markup
from pfmp_cli.lists.formats.table import MOST_PUPILS, Row, Table
from pfmp_cli.rules import file_rules as rules

# A column → whose it is, and the elements that give it, the first that is there. Division and
# school year stand elsewhere in the file.
COLUMNS = {
    "nom": ("ELEVE", ("NOM_DE_FAMILLE", "NOM", "NOM_USAGE")),
    "nom_usage": ("ELEVE", ("NOM_USAGE",)),
    "prenom": ("ELEVE", ("PRENOM",)),
    "date_naissance": ("ELEVE", ("DATE_NAISS",)),
    "sexe": ("ELEVE", ("CODE_SEXE",)),
    "code_mef": ("ELEVE", ("CODE_MEF",)),
    "division": ("ELEVE", ("CODE_STRUCTURE",)),
    "ine": ("ELEVE", ("ID_NATIONAL",)),
    "date_entree": ("ELEVE", ("DATE_ENTREE",)),
    "date_sortie": ("ELEVE", ("DATE_SORTIE",)),
    "annee_scolaire": ("ELEVE", ("ANNEE_SCOLAIRE",)),
    "telephone": ("ELEVE", ("TEL_PORTABLE", "TEL_PERSONNEL")),
    "courriel": ("ELEVE", ("MEL",)),
    **{f"adresse_{n}": ("ADRESSE", (f"LIGNE{n}_ADRESSE",)) for n in range(1, 5)},
    "code_postal": ("ADRESSE", ("CODE_POSTAL",)),
    "ville": ("ADRESSE", ("LIBELLE_POSTAL", "COMMUNE_ETRANGERE")),
    "responsable_nom": ("PERSONNE", ("NOM_USAGE", "NOM", "NOM_DE_FAMILLE")),
    "responsable_prenom": ("PERSONNE", ("PRENOM",)),
    "responsable_telephone": ("PERSONNE", ("TEL_PORTABLE", "TEL_PERSONNEL", "TEL_PROFESSIONNEL")),
    "responsable_courriel": ("PERSONNE", ("MEL",)),
}
# Where what is gathered stands, under the root.
PLACES = {
    "PARAMETRES",
    "DONNEES/ELEVES/ELEVE",
    "DONNEES/STRUCTURES/STRUCTURES_ELEVE",
    "DONNEES/STRUCTURES/STRUCTURES_ELEVE/STRUCTURE",
    "DONNEES/PERSONNES/PERSONNE",
    "DONNEES/ADRESSES/ADRESSE",
    "DONNEES/RESPONSABLES/RESPONSABLE_ELEVE",
    "DONNEES/RESPONSABLES/RESPONSABLE",
}
LEGAL = ("1", "2")  # legal representatives; others are there to be called
DIVISION = "D"
DEEPEST = 20  # beyond, it is no export, and costs more with each
MOST_RECORDS = 5 * MOST_PUPILS  # of those responsible, and of addresses


@dataclass(slots=True)
class _Record:
    """A pupil, a person, an address: their line in the file, and the line of each element."""

    kind: str
    file: str
    line: int
    texts: dict[str, str]
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.texts.get(f"{self.kind}_ID", "")

    def position(self, element: str = "") -> Position:
        label = ", ".join(filter(None, (f"{self.kind}_ID {self.number}", element)))
        return Position(self.file, self.lines.get(element, self.line), label=label)


class _Handler:
    """Gathers the records of a file; one in another has the texts of both."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.records: dict[str, list[_Record]] = defaultdict(list)
        self.parser = ParserCreate("utf-8")  # whatever the text says
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = lambda text: self._text.append(text)
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._path: list[str] = []
        self._text: list[str] = []

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        around = self._open_record()
        self._path.append(name)
        self._text.clear()
        if len(self._path) > DEEPEST:
            raise InputRefused([rules.NO_PUPIL_IN_XML.at(Position(self.file))])
        if "/".join(self._path[1:]) in PLACES:
            if len(self.records[name]) == (MOST_PUPILS if name == "ELEVE" else MOST_RECORDS):
                position = Position(self.file)
                raise InputRefused([rules.TOO_MANY_PUPILS.at(position, limit=MOST_PUPILS)])
            texts = {**(around.texts if around else {}), **attributes}
            line = self.parser.CurrentLineNumber
            self.records[name].append(_Record(name, self.file, line, texts))

    def _end(self, name: str) -> None:
        self._path.pop()
        text, record = "".join(self._text).strip(), self._open_record()
        self._text.clear()
        if text and record:
            record.texts.setdefault(name, text)
            record.lines.setdefault(name, self.parser.CurrentLineNumber)

    def _open_record(self) -> _Record | None:
        """The record that the current element is."""
        is_record = "/".join(self._path[1:]) in PLACES
        return self.records[self._path[-1]][-1] if is_record else None

    def _refuse_doctype(self, *_declared: object) -> None:
        raise InputRefused([rules.XML_WITH_ENTITIES.at(Position(self.file))])


@dataclass(frozen=True, slots=True)
class SiecleTable(Table):
    """The pupils of SIECLE's XML, each a row whose line is its rank."""

    pupils: Sequence[_Record] = ()
    addresses: Mapping[str, _Record] = field(default_factory=dict)


def open_siecle(file: str, text: str) -> SiecleTable:
    """The pupils of the file.

    Raises InputRefused for XML that is broken, that declares entities, or of other things.
    """
    records = _parse(file, text)
    pupils = records["ELEVE"]
    if not pupils:
        raise InputRefused([rules.NO_PUPIL_IN_XML.at(Position(file))])
    divisions = {
        one.texts.get("ELEVE_ID"): one.texts.get("CODE_STRUCTURE", "")
        for one in reversed(records["STRUCTURE"])
        if one.texts.get("TYPE_STRUCTURE") == DIVISION
    }
    years = [one.texts.get("ANNEE_SCOLAIRE", "") for one in records["PARAMETRES"]]
    for pupil in pupils:
        pupil.texts["CODE_STRUCTURE"] = divisions.get(pupil.number, "")
        pupil.texts["ANNEE_SCOLAIRE"] = "".join(years[:1])
    return _make_table(file, pupils, {}, _by_number(records["ADRESSE"]))


def add_guardians(table: Table, file: str, content: bytes) -> Table:
    """The same pupils with their first legal representative, and the address of the latter
    where they have none; a list that is not SIECLE's XML as it is. Raises InputRefused."""
    if not isinstance(table, SiecleTable):
        return table
    check_size(file, content)
    records = _parse(file, decode_markup(file, content).text)
    people = _by_number(records["PERSONNE"])
    guardians: dict[str, _Record] = {}
    links = [*records["RESPONSABLE_ELEVE"], *records["RESPONSABLE"]]
    for link in sorted(links, key=lambda link: link.texts.get("RESP_LEGAL", "")):
        person = people.get(link.texts.get("PERSONNE_ID", ""))
        if person and link.texts.get("RESP_LEGAL") in LEGAL:
            guardians.setdefault(link.texts.get("ELEVE_ID", ""), person)
    addresses = {**_by_number(records["ADRESSE"]), **table.addresses}
    return _make_table(table.file, table.pupils, guardians, addresses)


def _by_number(records: Iterable[_Record]) -> dict[str, _Record]:
    return {record.number: record for record in records}


def _make_table(
    file: str,
    pupils: Sequence[_Record],
    guardians: Mapping[str, _Record],
    addresses: Mapping[str, _Record],
) -> SiecleTable:
    """The rows of the pupils, and where their cells come from."""
    families: list[dict[str, _Record]] = []
    for pupil in pupils:
        family = {"ELEVE": pupil}
        if person := guardians.get(pupil.number):
            family["PERSONNE"] = person
        codes = [one.texts.get("ADRESSE_ID", "") for one in family.values()]
        if address := next(filter(None, map(addresses.get, codes)), None):
            family["ADRESSE"] = address
        families.append(family)

    def locate(rank: int, index: int | None, title: str) -> Position:
        family = families[max(rank, 1) - 1]
        if index is None:
            return family["ELEVE"].position()
        kind, names = COLUMNS[title]
        record = family.get(kind, family["ELEVE"])
        return record.position(next((name for name in names if name in record.lines), names[0]))

    rows = [
        Row(rank, [_read(family.get(kind), names) for kind, names in COLUMNS.values()])
        for rank, family in enumerate(families, 1)
    ]
    header = Row(0, list(COLUMNS))
    return SiecleTable(file, lambda: rows, locate, header, pupils=pupils, addresses=addresses)


def _read(record: _Record | None, names: Sequence[str]) -> str:
    return next(filter(None, map(record.texts.get, names)), "") if record else ""


def _parse(file: str, text: str) -> Mapping[str, list[_Record]]:
    handler = _Handler(file)
    try:
        handler.parser.Parse(text.encode(), True)
    except ExpatError as fault:
        position = Position(file, fault.lineno, fault.offset + 1)
        raise InputRefused([rules.BROKEN_XML.at(position)]) from None
    return handler.records

"""SIECLE's XML of pupils (`ElevesSansAdresses.xml`), and of those who are responsible for them
(`ResponsablesAvecAdresses.xml`) → rows.

Read as a stream: a file is never a tree in memory, and no part of a DTD is obeyed.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, InputSource, Locator

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import check_size
from pfmp_cli.lists.formats.encoding import decode_markup
from pfmp_cli.lists.formats.table import MOST_PUPILS, Row, Sheet, Table
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
# What is gathered, and the part of DONNEES where it stands.
PARTS = {
    "ELEVE": "ELEVES",
    "PERSONNE": "PERSONNES",
    "ADRESSE": "ADRESSES",
    "RESPONSABLE_ELEVE": "RESPONSABLES",
    "RESPONSABLE": "RESPONSABLES",
}
LEGAL = ("1", "2")  # legal representatives; others are there to be called
STRUCTURE_PATH = ["DONNEES", "STRUCTURES", "STRUCTURES_ELEVE"]
YEAR_PATH = ["PARAMETRES", "ANNEE_SCOLAIRE"]
DIVISION = "D"
DEEPEST = 20  # beyond, it is no export, and costs more with each
MOST_RECORDS = 5 * MOST_PUPILS  # of those responsible, and of addresses


@dataclass(slots=True)
class _Record:
    """A pupil, a person, an address: their line in the file, and the line of each element."""

    kind: str
    number: str
    file: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def position(self, element: str = "") -> Position:
        label = f"{self.kind}_ID {self.number}"
        return Position(
            self.file,
            self.lines.get(element, self.line),
            label=f"{label}, {element}" if element else label,
        )


class _Handler(ContentHandler):
    """Gathers the records of a file, and the division of each `ELEVE_ID`."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.records: dict[str, list[_Record]] = {kind: [] for kind in PARTS}
        self.divisions: dict[str, str] = {}
        self.year = ""
        self._file = file
        self._locator: Locator | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._eleve_id = ""
        self._structure: dict[str, str] = {}

    def setDocumentLocator(self, locator: Locator) -> None:
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise InputRefused([rules.NO_PUPIL_IN_XML.at(Position(self._file))])
        self._text.clear()
        path = self._path[1:]
        found = self._find_records(path)
        if found is not None:
            if len(found) == (MOST_PUPILS if name == "ELEVE" else MOST_RECORDS):
                position = Position(self._file)
                raise InputRefused([rules.TOO_MANY_PUPILS.at(position, limit=MOST_PUPILS)])
            found.append(_Record(name, attrs.get(f"{name}_ID", ""), self._file, self._line()))
        elif path == STRUCTURE_PATH:
            self._eleve_id = attrs.get("ELEVE_ID", "")
        elif path == [*STRUCTURE_PATH, "STRUCTURE"]:
            self._structure = {}

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:
        parent, text = self._path[1:-1], "".join(self._text).strip()
        if (found := self._find_records(parent)) and text:
            found[-1].texts.setdefault(name, text)
            found[-1].lines.setdefault(name, self._line())
        elif parent == STRUCTURE_PATH and name == "ELEVE_ID":
            self._eleve_id = text
        elif parent == [*STRUCTURE_PATH, "STRUCTURE"]:
            self._structure[name] = text
        elif parent == STRUCTURE_PATH and self._structure.get("TYPE_STRUCTURE") == DIVISION:
            self.divisions.setdefault(self._eleve_id, self._structure.get("CODE_STRUCTURE", ""))
        elif [*parent, name] == YEAR_PATH:
            self.year = text
        self._path.pop()
        self._text.clear()

    def _find_records(self, path: Sequence[str]) -> list[_Record] | None:
        """Those of the kind that this path is of."""
        if len(path) != 3 or path[0] != "DONNEES" or PARTS.get(path[2]) != path[1]:
            return None
        return self.records[path[2]]

    def _line(self) -> int:
        return (self._locator.getLineNumber() if self._locator else None) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SiecleSheet(Sheet):
    """The pupils of SIECLE's XML, each a row whose line is its rank."""

    pupils: Sequence[_Record]
    addresses: Mapping[str, _Record]


def open_siecle(file: str, text: str) -> SiecleSheet:
    """The pupils of the file.

    Raises InputRefused for XML that is broken, that declares entities, or of other things.
    """
    handler = _parse(file, text)
    pupils = handler.records["ELEVE"]
    if not pupils:
        raise InputRefused([rules.NO_PUPIL_IN_XML.at(Position(file))])
    for pupil in pupils:
        pupil.texts["CODE_STRUCTURE"] = handler.divisions.get(pupil.number, "")
        pupil.texts["ANNEE_SCOLAIRE"] = handler.year
    addresses = _by_number(handler.records["ADRESSE"])
    header = Row(0, 1, list(COLUMNS))
    sheet = SiecleSheet(
        file,
        header,
        lines=(),
        locate=lambda rank, index: Position(file),
        pupils=pupils,
        addresses=addresses,
    )
    return _fill(sheet, {}, addresses)


def add_guardians(table: Table, file: str, content: bytes) -> Table:
    """The same pupils with their first legal representative, and the address of the latter
    where they have none; a list that is not SIECLE's XML as it is. Raises InputRefused."""
    if not isinstance(table, SiecleSheet):
        return table
    check_size(file, content)
    records = _parse(file, decode_markup(file, content).text).records
    people = _by_number(records["PERSONNE"])
    guardians: dict[str, _Record] = {}
    links = [*records["RESPONSABLE_ELEVE"], *records["RESPONSABLE"]]
    for link in sorted(links, key=lambda link: link.texts.get("RESP_LEGAL", "")):
        person = people.get(link.texts.get("PERSONNE_ID", ""))
        if person and link.texts.get("RESP_LEGAL") in LEGAL:
            guardians.setdefault(link.texts.get("ELEVE_ID", ""), person)
    return _fill(table, guardians, _by_number(records["ADRESSE"]))


def _by_number(records: Sequence[_Record]) -> dict[str, _Record]:
    return {record.number: record for record in records}


def _fill(
    sheet: SiecleSheet, guardians: Mapping[str, _Record], addresses: Mapping[str, _Record]
) -> SiecleSheet:
    """The rows of the pupils, and where their cells come from."""
    known = {**addresses, **sheet.addresses}
    families: list[dict[str, _Record]] = []
    for pupil in sheet.pupils:
        family = {"ELEVE": pupil}
        if person := guardians.get(pupil.number):
            family["PERSONNE"] = person
        codes = [one.texts.get("ADRESSE_ID", "") for one in family.values()]
        if address := next(filter(None, map(known.get, codes)), None):
            family["ADRESSE"] = address
        families.append(family)

    def locate(rank: int, index: int | None) -> Position:
        if not 1 <= rank <= len(families):
            return Position(sheet.file)
        if index is None or index >= len(COLUMNS):
            return families[rank - 1]["ELEVE"].position()
        kind, names = list(COLUMNS.values())[index]
        record = families[rank - 1].get(kind, families[rank - 1]["ELEVE"])
        return record.position(next((name for name in names if name in record.lines), names[0]))

    lines = [
        Row(rank, rank + 1, [_read(family.get(kind), names) for kind, names in COLUMNS.values()])
        for rank, family in enumerate(families, 1)
    ]
    return replace(sheet, lines=lines, locate=locate)


def _read(record: _Record | None, names: Sequence[str]) -> str:
    return next(filter(None, map(record.texts.get, names)), "") if record else ""


def _parse(file: str, text: str) -> _Handler:
    from defusedxml import DefusedXmlException
    from defusedxml.sax import parse

    handler = _Handler(file)
    source = InputSource()
    source.setEncoding("utf-8")  # whatever the text says
    source.setByteStream(io.BytesIO(text.encode()))
    try:
        parse(source, handler, forbid_dtd=True)
    except SAXParseException as fault:
        position = Position(file, fault.getLineNumber(), (fault.getColumnNumber() or 0) + 1)
        raise InputRefused([rules.BROKEN_XML.at(position)]) from None
    except DefusedXmlException:
        raise InputRefused([rules.XML_WITH_ENTITIES.at(Position(file))]) from None
    return handler

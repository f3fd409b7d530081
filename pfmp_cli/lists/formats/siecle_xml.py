"""SIECLE's XML of pupils (`ElevesSansAdresses.xml`) → rows.

Read as a stream: the file is never a tree in memory, and no part of a DTD is obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.table import MOST_PUPILS, Row, Sheet
from pfmp_cli.rules.file_rules import (
    BROKEN_XML,
    NO_PUPIL_IN_XML,
    TOO_MANY_PUPILS,
    UNKNOWN_XML_ENCODING,
    XML_WITH_ENTITIES,
)

# A column → the elements of ELEVE that give it, the first that is there. The division stands
# elsewhere in the file.
ELEMENTS = {
    "nom": ("NOM", "NOM_DE_FAMILLE"),
    "prenom": ("PRENOM",),
    "date_naissance": ("DATE_NAISS",),
    "sexe": ("CODE_SEXE",),
    "code_mef": ("CODE_MEF",),
    "division": ("CODE_STRUCTURE",),
    "ine": ("ID_NATIONAL",),
    "date_sortie": ("DATE_SORTIE",),
}
PUPIL_PATH = ["DONNEES", "ELEVES", "ELEVE"]
STRUCTURE_PATH = ["DONNEES", "STRUCTURES", "STRUCTURES_ELEVE"]
DIVISION = "D"
DEEPEST = 20


@dataclass(slots=True)
class _XmlPupil:
    """A pupil as the file has them: the line of `<ELEVE>`, and the line of each element."""

    number: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class _TooDeep(Exception):
    """Elements in elements without end: no export, and a cost that grows with the depth."""


class _TooMany(Exception):
    """More pupils than any school has."""


class _Handler(ContentHandler):
    """Gathers the pupils, and the division of each `ELEVE_ID`."""

    def __init__(self) -> None:
        super().__init__()
        self.pupils: list[_XmlPupil] = []
        self.divisions: dict[str, str] = {}
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
            raise _TooDeep
        self._text.clear()
        path = self._path[1:]
        if path == PUPIL_PATH:
            if len(self.pupils) == MOST_PUPILS:
                raise _TooMany
            self.pupils.append(_XmlPupil(attrs.get("ELEVE_ID", ""), self._line()))
        elif path == STRUCTURE_PATH:
            self._eleve_id = attrs.get("ELEVE_ID", "")
        elif path == [*STRUCTURE_PATH, "STRUCTURE"]:
            self._structure = {}

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:
        parent, text = self._path[1:-1], "".join(self._text).strip()
        if parent == PUPIL_PATH and text:
            self.pupils[-1].texts.setdefault(name, text)
            self.pupils[-1].lines.setdefault(name, self._line())
        elif parent == STRUCTURE_PATH and name == "ELEVE_ID":
            self._eleve_id = text
        elif parent == [*STRUCTURE_PATH, "STRUCTURE"]:
            self._structure[name] = text
        elif parent == STRUCTURE_PATH and self._structure.get("TYPE_STRUCTURE") == DIVISION:
            self.divisions.setdefault(self._eleve_id, self._structure.get("CODE_STRUCTURE", ""))
        self._path.pop()
        self._text.clear()

    def _line(self) -> int:
        return (self._locator.getLineNumber() if self._locator else None) or 1


def open_siecle(file: str, content: bytes) -> Sheet:
    """The pupils of the file, each a row whose line is its rank.

    Raises InputRefused for XML that is broken, that declares entities, or of other things.
    """
    handler = _parse(file, content)
    if not handler.pupils:
        raise InputRefused([NO_PUPIL_IN_XML.at(Position(file))])
    rows = [
        Row(rank, rank + 1, _cells(pupil, handler.divisions.get(pupil.number, "")))
        for rank, pupil in enumerate(handler.pupils, 1)
    ]

    def locate(rank: int, index: int | None) -> Position:
        if not 1 <= rank <= len(handler.pupils):
            return Position(file)
        pupil = handler.pupils[rank - 1]
        label = f"ELEVE_ID {pupil.number}"
        if index is None or index >= len(ELEMENTS):
            return Position(file, pupil.line, label=label)
        names = list(ELEMENTS.values())[index]
        name = next((name for name in names if name in pupil.lines), names[0])
        return Position(file, pupil.lines.get(name, pupil.line), label=f"{label}, {name}")

    return Sheet(file, Row(0, 1, list(ELEMENTS)), lines=rows, locate=locate)


def _cells(pupil: _XmlPupil, division: str) -> list[str]:
    texts = {**pupil.texts, "CODE_STRUCTURE": division}
    return [next(filter(None, map(texts.get, names)), "") for names in ELEMENTS.values()]


def _parse(file: str, content: bytes) -> _Handler:
    from defusedxml import DefusedXmlException
    from defusedxml.sax import parseString

    handler, position = _Handler(), Position(file)
    try:
        parseString(content, handler, forbid_dtd=True)
    except SAXParseException as fault:
        position = Position(file, fault.getLineNumber(), (fault.getColumnNumber() or 0) + 1)
        raise InputRefused([BROKEN_XML.at(position)]) from None
    except _TooDeep:
        raise InputRefused([NO_PUPIL_IN_XML.at(position)]) from None
    except _TooMany:
        raise InputRefused([TOO_MANY_PUPILS.at(position, limit=MOST_PUPILS)]) from None
    except DefusedXmlException:
        raise InputRefused([XML_WITH_ENTITIES.at(position)]) from None
    except (ValueError, LookupError):
        raise InputRefused([UNKNOWN_XML_ENCODING.at(position)]) from None
    return handler

"""SIECLE's XML of pupils (`ElevesSansAdresses.xml`) → rows.

Read as a stream: the file is never a tree in memory, and no part of a DTD is obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from pfmp_cli.diagnostics import InputRefused, Position, error
from pfmp_cli.lists.formats.archive import AIDE_EXPORT, LIGNES_MAXIMUM
from pfmp_cli.lists.formats.csv import Row
from pfmp_cli.lists.formats.sheet import Sheet

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
CHEMIN_ELEVE = ["DONNEES", "ELEVES", "ELEVE"]
CHEMIN_STRUCTURE = ["DONNEES", "STRUCTURES", "STRUCTURES_ELEVE"]
DIVISION = "D"
PROFONDEUR_MAXIMALE = 20
AIDE_SIECLE = "donnez le fichier « ElevesSansAdresses.xml » de SIECLE, ou l'archive qui le contient"


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
        self.noeuds: list[_XmlPupil] = []
        self.divisions: dict[str, str] = {}
        self._locator: Locator | None = None
        self._chemin: list[str] = []
        self._texte: list[str] = []
        self._eleve_id = ""
        self._structure: dict[str, str] = {}

    def setDocumentLocator(self, locator: Locator) -> None:
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._chemin.append(name)
        if len(self._chemin) > PROFONDEUR_MAXIMALE:
            raise _TooDeep
        self._texte.clear()
        path = self._chemin[1:]
        if path == CHEMIN_ELEVE:
            if len(self.noeuds) == LIGNES_MAXIMUM:
                raise _TooMany
            self.noeuds.append(_XmlPupil(attrs.get("ELEVE_ID", ""), self._line()))
        elif path == CHEMIN_STRUCTURE:
            self._eleve_id = attrs.get("ELEVE_ID", "")
        elif path == [*CHEMIN_STRUCTURE, "STRUCTURE"]:
            self._structure = {}

    def characters(self, content: str) -> None:
        self._texte.append(content)

    def endElement(self, name: str) -> None:
        parent, text = self._chemin[1:-1], "".join(self._texte).strip()
        if parent == CHEMIN_ELEVE and text:
            self.noeuds[-1].texts.setdefault(name, text)
            self.noeuds[-1].lines.setdefault(name, self._line())
        elif parent == CHEMIN_STRUCTURE and name == "ELEVE_ID":
            self._eleve_id = text
        elif parent == [*CHEMIN_STRUCTURE, "STRUCTURE"]:
            self._structure[name] = text
        elif parent == CHEMIN_STRUCTURE and self._structure.get("TYPE_STRUCTURE") == DIVISION:
            self.divisions.setdefault(self._eleve_id, self._structure.get("CODE_STRUCTURE", ""))
        self._chemin.pop()
        self._texte.clear()

    def _line(self) -> int:
        return (self._locator.getLineNumber() if self._locator else None) or 1


def open_siecle(file: str, content: bytes) -> Sheet:
    """The pupils of the file, each a row whose `ligne` is its rank.

    Raises InputRefused for XML that is broken, that declares entities, or of other things.
    """
    handler = _parse(file, content)
    if not handler.noeuds:
        message = "ce fichier XML ne contient pas d'élèves"
        raise InputRefused([error(message, Position(file), AIDE_SIECLE)])
    rows = [
        Row(rank, rank + 1, _cells(node, handler.divisions.get(node.number, "")))
        for rank, node in enumerate(handler.noeuds, 1)
    ]

    def locate(rank: int, index: int | None) -> Position:
        if not 1 <= rank <= len(handler.noeuds):
            return Position(file)
        node = handler.noeuds[rank - 1]
        label = f"ELEVE_ID {node.number}"
        if index is None or index >= len(ELEMENTS):
            return Position(file, node.line, label=label)
        noms = list(ELEMENTS.values())[index]
        nom = next((nom for nom in noms if nom in node.lines), noms[0])
        line = node.lines.get(nom, node.line)
        return Position(file, line, label=f"{label}, {nom}")

    return Sheet(file, rows, Row(0, 1, list(ELEMENTS)), locate)


def _cells(node: _XmlPupil, division: str) -> list[str]:
    texts = {**node.texts, "CODE_STRUCTURE": division}
    return [next((texts[nom] for nom in noms if texts.get(nom)), "") for noms in ELEMENTS.values()]


def _parse(file: str, content: bytes) -> _Handler:
    from defusedxml import DefusedXmlException
    from defusedxml.sax import parseString

    handler = _Handler()
    try:
        parseString(content, handler, forbid_dtd=True)
    except SAXParseException as fault:
        position = Position(file, fault.getLineNumber(), (fault.getColumnNumber() or 0) + 1)
        message = "le XML s'arrête ou se contredit ici"
        raise InputRefused([error(message, position, AIDE_EXPORT)]) from None
    except _TooDeep:
        message = "ce fichier XML ne contient pas d'élèves"
        raise InputRefused([error(message, Position(file), AIDE_SIECLE)]) from None
    except _TooMany:
        message = f"le fichier XML a plus de {LIGNES_MAXIMUM} élèves"
        raise InputRefused([error(message, Position(file), AIDE_SIECLE)]) from None
    except DefusedXmlException:
        message = "le XML déclare un DTD ou des entités, ce que SIECLE ne fait pas : il est refusé"
        raise InputRefused([error(message, Position(file), AIDE_SIECLE)]) from None
    except (ValueError, LookupError):
        message = "le XML est dans un encodage inconnu"
        raise InputRefused([error(message, Position(file), AIDE_EXPORT)]) from None
    return handler

"""SIECLE's XML of pupils (`ElevesSansAdresses.xml`), and of those who are responsible for them
(`ResponsablesAvecAdresses.xml`) → rows.

Read as a stream: a file is never a tree in memory, and no DTD is accepted.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import check_size
from pfmp_cli.lists.formats.encoding import decode_markup
from pfmp_cli.lists.formats.table import MOST_PUPILS, Row, Table, leave_out_blank
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
# What is gathered, and where it stands under the root.
PLACES = {
    "PARAMETRES": "PARAMETRES",
    "ELEVE": "DONNEES/ELEVES/ELEVE",
    "STRUCTURES_ELEVE": "DONNEES/STRUCTURES/STRUCTURES_ELEVE",
    "STRUCTURE": "DONNEES/STRUCTURES/STRUCTURES_ELEVE/STRUCTURE",
    "PERSONNE": "DONNEES/PERSONNES/PERSONNE",
    "ADRESSE": "DONNEES/ADRESSES/ADRESSE",
    "RESPONSABLE_ELEVE": "DONNEES/RESPONSABLES/RESPONSABLE_ELEVE",
    "RESPONSABLE": "DONNEES/RESPONSABLES/RESPONSABLE",
}
LEGAL = ("1", "2")  # legal representatives; others are there to be called
DIVISION = "D"
DEEPEST = 20  # beyond, it is no export, and costs more with each
MOST_ENTRIES = 5 * MOST_PUPILS  # of those responsible, and of addresses


@dataclass(slots=True)
class _Entry:
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


_Entries: TypeAlias = Mapping[str, Sequence[_Entry]]  # by kind


class _Handler:
    """Gathers the entries of a file; one in another has the texts of both."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.entries: dict[str, list[_Entry]] = defaultdict(list)
        self._text: list[str] = []
        self.parser = ParserCreate("utf-8")  # whatever the text says
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._path: list[str] = []
        self._open: list[_Entry | None] = [None]  # of each element around, the entry it is

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._text.clear()
        if len(self._path) > DEEPEST:
            raise InputRefused([rules.NO_PUPIL_IN_XML.at(Position(self.file))])
        is_entry = name in PLACES and "/".join(self._path[1:]) == PLACES[name]
        self._open.append(self._begin(name, attributes) if is_entry else None)

    def _begin(self, kind: str, attributes: Mapping[str, str]) -> _Entry:
        entries, around = self.entries[kind], self._open[-1]
        if len(entries) == (MOST_PUPILS if kind == "ELEVE" else MOST_ENTRIES):
            raise InputRefused([rules.TOO_MANY_ROWS.at(Position(self.file), limit=MOST_PUPILS)])
        texts = {**(around.texts if around else {}), **attributes}
        entries.append(_Entry(kind, self.file, self.parser.CurrentLineNumber, texts))
        return entries[-1]

    def _end(self, name: str) -> None:
        self._path.pop()
        self._open.pop()
        text, entry = "".join(self._text).strip(), self._open[-1]
        self._text.clear()
        if text and entry and name not in entry.texts:
            entry.texts[name] = text
            entry.lines[name] = self.parser.CurrentLineNumber

    def _refuse_doctype(self, *_declared: object) -> None:
        raise InputRefused([rules.XML_WITH_ENTITIES.at(Position(self.file))])


def open_siecle(file: str, text: str, guardians: tuple[str, bytes] | None) -> Table:
    """The pupils of the file, each a row whose line is its rank; with their first legal
    representative, and the address of the latter where they have none, from the file of these.

    Raises InputRefused for XML that is broken, that declares entities, or of other things.
    """
    entries = _parse(file, text)
    if not entries["ELEVE"]:
        raise InputRefused([rules.NO_PUPIL_IN_XML.at(Position(file))])
    divisions = {
        one.texts.get("ELEVE_ID"): one.texts.get("CODE_STRUCTURE", "")
        for one in reversed(entries["STRUCTURE"])
        if one.texts.get("TYPE_STRUCTURE") == DIVISION
    }
    years = [one.texts.get("ANNEE_SCOLAIRE", "") for one in entries["PARAMETRES"]]
    for pupil in entries["ELEVE"]:
        pupil.texts["CODE_STRUCTURE"] = divisions.get(pupil.number, "")
        pupil.texts["ANNEE_SCOLAIRE"] = "".join(years[:1])
    families = _join_families(entries, _parse_guardians(*guardians) if guardians else {})

    def locate(rank: int, index: int | None, title: str) -> Position:
        family = families[max(rank, 1) - 1]
        if index is None:
            return family["ELEVE"].position()
        kind, names = COLUMNS[title]
        entry = family.get(kind, family["ELEVE"])
        return entry.position(next((name for name in names if name in entry.lines), names[0]))

    rows = (
        Row(rank, [_read(family.get(kind), names) for kind, names in COLUMNS.values()])
        for rank, family in enumerate(families, 1)
    )
    return Table(file, list(leave_out_blank(rows)), locate, Row(0, list(COLUMNS)))


def _parse_guardians(file: str, content: bytes) -> _Entries:
    check_size(file, content)
    return _parse(file, decode_markup(file, content).text)


def _parse(file: str, text: str) -> _Entries:
    handler = _Handler(file)
    try:
        handler.parser.Parse(text.encode(), True)
    except ExpatError as fault:
        position = Position(file, fault.lineno, fault.offset + 1)
        raise InputRefused([rules.BROKEN_XML.at(position)]) from None
    return handler.entries


def _join_families(entries: _Entries, others: _Entries) -> list[dict[str, _Entry]]:
    """Each pupil, with the first of those responsible and an address where there are some."""
    people = {one.number: one for one in others.get("PERSONNE", ())}
    addresses = {o.number: o for some in (others, entries) for o in some.get("ADRESSE", ())}
    guardians: dict[str, _Entry] = {}
    links = [*others.get("RESPONSABLE_ELEVE", ()), *others.get("RESPONSABLE", ())]
    for link in sorted(links, key=lambda link: link.texts.get("RESP_LEGAL", "")):
        person = people.get(link.texts.get("PERSONNE_ID", ""))
        if person and link.texts.get("RESP_LEGAL") in LEGAL:
            guardians.setdefault(link.texts.get("ELEVE_ID", ""), person)
    families = []
    for pupil in entries["ELEVE"]:
        family = {"ELEVE": pupil}
        if person := guardians.get(pupil.number):
            family["PERSONNE"] = person
        codes = [one.texts.get("ADRESSE_ID", "") for one in family.values()]
        if address := next(filter(None, map(addresses.get, codes)), None):
            family["ADRESSE"] = address
        families.append(family)
    return families


def _read(entry: _Entry | None, names: Sequence[str]) -> str:
    if entry:
        for name in names:
            if text := entry.texts.get(name):
                return text
    return ""

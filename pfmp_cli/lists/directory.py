"""Everyone in a class file, pupils left out too, and how another file finds them there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pfmp_cli.lists.cells import Refusal, cite, read_date, split_name
from pfmp_cli.lists.columns import IDENTITE, NOM_PRENOM
from pfmp_cli.lists.formats.table import Row, clean_cell
from pfmp_cli.lists.placement_columns import INE
from pfmp_cli.lists.placements import Identity
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.text import fold

CANDIDATS = 3
RESSEMBLANCE = 0.7
DEBUT = 2  # letters
# To look for those who are alike takes a while; a file with more strangers is another file.
RECHERCHES_MAXIMUM = 200
AIDE_INCONNU = "corrigez le nom, ou ajoutez l'élève à la liste"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Someone of the class file; `eleve` is None where the row is left out.

    `numero` is the line of the row as messages say it, `noms` what two spellings of the names
    have in common.
    """

    line: int
    number: int | None
    ine: str
    nom: str
    prenom: str
    date_naissance: date | None
    eleve: Eleve | None
    names: tuple[str, str]

    @property
    def full_name(self) -> str:
        return f"{self.nom} {self.prenom}"


class Directory:
    """Finds a person of the class file by INE, by names and birth date, by names alone."""

    def __init__(self, roster: Roster) -> None:
        self._lecture = roster
        self._by_ine: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._alike: dict[str, set[str]] = defaultdict(set)
        self._recherches = 0
        vus: set[tuple[object, ...]] = set()
        for person in self._read_everyone():
            if person.ine:
                self._by_ine[fold(person.ine)].append(person)
            identite = (*person.names, person.date_naissance)
            if any(person.names) and identite not in vus:
                vus.add(identite)
                for key in dict.fromkeys(_keys(*person.names)):
                    self._by_name[key].append(person)
                    for part in (key[:DEBUT], *person.names):
                        self._alike[part].add(key)

    def find(self, identity: Identity) -> tuple[str, Person | Refusal]:
        """The person, or why it is nobody; and the field that decides."""
        par_ine = self._by_ine.get(fold(identity.ine), []) if identity.ine else []
        if len(par_ine) == 1:
            return INE, self._check_against(identity, par_ine[0]) or par_ine[0]
        if not identity.full_name:
            return INE, self._unknown_ine(identity, par_ine)
        return self._find_by_name(identity)

    def _check_against(self, identity: Identity, person: Person) -> Refusal | None:
        """What contradicts the person that an INE means: the names, or the birth date.

        Names may be written otherwise (a second first name, a name of use), in part, where they
        are not somebody else's.
        """
        others = self._same_names(identity) if identity.full_name else []
        if others:
            same = any(other.names == person.names for other in others)
        else:
            same = _share_a_name(identity, person)
        if same:
            return _check_birth(identity, person)
        return Refusal(
            f"l'INE {cite(identity.ine)} est celui de {cite(person.full_name)} "
            f"(ligne {person.number} de la liste), pas de {cite(identity.full_name)}",
            "corrigez l'INE ou le nom",
        )

    def _find_by_name(self, identity: Identity) -> tuple[str, Person | Refusal]:
        trouves = self._same_names(identity)
        if not trouves:
            return "eleve.nom", self._unknown_name(identity)
        nes = [p for p in trouves if p.date_naissance == identity.date_naissance]
        if identity.date_naissance is not None and len(trouves) > 1:
            trouves = nes or [p for p in trouves if p.date_naissance is None] or trouves
        if len(trouves) > 1:
            return "eleve.nom", _homonyms(identity, trouves)
        if fault := _check_birth(identity, trouves[0]):
            return "eleve.date_naissance", fault
        if fault := _check_ine(identity, trouves[0]):
            return INE, fault
        return "eleve.nom", trouves[0]

    def _same_names(self, identity: Identity) -> list[Person]:
        if identity.nom_prenom:
            return self._by_name.get(fold(identity.nom_prenom), [])
        noms = (fold(identity.nom), fold(identity.prenom))
        return [p for p in self._by_name.get("".join(noms), []) if p.names == noms]

    def _unknown_ine(self, identity: Identity, par_ine: Sequence[Person]) -> Refusal:
        if par_ine:
            lines = _lines(par_ine)
            return Refusal(
                f"l'INE {cite(identity.ine)} est aux {lines} de la liste", "corrigez la liste"
            )
        if not identity.ine:
            return Refusal(
                "on ne sait pas de quel élève est ce stage", "donnez son INE, ou son nom"
            )
        return Refusal(
            f"l'INE {cite(identity.ine)} n'est pas dans la liste des élèves",
            "corrigez-le, ou donnez aussi le nom et le prénom",
        )

    def _unknown_name(self, identity: Identity) -> Refusal:
        message = f"{cite(identity.full_name)} n'est pas dans la liste des élèves"
        proches = list(self._nearest(identity))
        if not proches:
            return Refusal(message, AIDE_INCONNU)
        selection = " ou ".join(f"{cite(p.full_name)} (ligne {p.number})" for p in proches)
        return Refusal(message, f"vouliez-vous dire {selection} ?")

    def _nearest(self, identity: Identity) -> Iterator[Person]:
        """Those whose names look alike, of those who share one or its first letters."""
        self._recherches += 1
        if self._recherches > RECHERCHES_MAXIMUM:
            return
        word = fold(identity.full_name)
        parts = (word[:DEBUT], fold(identity.nom), fold(identity.prenom))
        keys = sorted(set().union(*(self._alike.get(part, ()) for part in parts)))
        vus: set[int] = set()
        for key in get_close_matches(word, keys, n=2 * CANDIDATS, cutoff=RESSEMBLANCE):
            for person in self._by_name[key]:
                if person.line not in vus and len(vus) < CANDIDATS:
                    vus.add(person.line)
                    yield person

    def _read_everyone(self) -> Iterator[Person]:
        eleves = {eleve.line: eleve for eleve in self._lecture.eleves}
        for row in self._lecture.table.rows():
            if not row.bad_quote:
                yield self._read_person(row, eleves.get(row.line))

    def _read_person(self, row: Row, eleve: Eleve | None) -> Person:
        number = self._lecture.table.row_position(row.line).line
        if eleve is not None:
            ine, nom, prenom = eleve.values.get(INE, ""), eleve.nom, eleve.prenom
            naissance = eleve.date_naissance
        else:
            ine, nom, prenom, text = (self._cell(row, field) for field in (INE, *IDENTITE))
            if not (nom and prenom):
                nom, prenom = split_name(self._cell(row, NOM_PRENOM)) or (nom, prenom)
            naissance = _read_naissance(text)
        noms = (fold(nom), fold(prenom))
        return Person(row.line, number, ine, nom, prenom, naissance, eleve, noms)

    def _cell(self, row: Row, field: str) -> str:
        index = self._lecture.columns.get(field)
        if index is None or index >= len(row.cells):
            return ""
        return clean_cell(row.cells[index])


def _read_naissance(text: str) -> date | None:
    with suppress(Refusal):
        return read_date(text)
    return None


def _keys(nom: str, prenom: str) -> tuple[str, str]:
    """The names in one, in both orders."""
    return nom + prenom, prenom + nom


def _share_a_name(identity: Identity, person: Person) -> bool:
    if identity.nom_prenom:
        return any(nom and nom in fold(identity.nom_prenom) for nom in person.names)
    nom, prenom = fold(identity.nom), fold(identity.prenom)
    return not nom or nom == person.names[0] or prenom == person.names[1]


def _check_birth(identity: Identity, person: Person) -> Refusal | None:
    ici, la_bas = identity.date_naissance, person.date_naissance
    if ici is None or la_bas is None or ici == la_bas:
        return None
    return Refusal(
        f"{cite(person.full_name)} est né(e) le {ici:%d/%m/%Y} ici, "
        f"le {la_bas:%d/%m/%Y} dans la liste (ligne {person.number})",
        "corrigez l'une des deux dates, si c'est le même élève",
    )


def _check_ine(identity: Identity, person: Person) -> Refusal | None:
    if not (identity.ine and person.ine) or fold(identity.ine) == fold(person.ine):
        return None
    return Refusal(
        f"l'INE de {cite(person.full_name)} est {cite(identity.ine)} ici, "
        f"{cite(person.ine)} dans la liste (ligne {person.number})",
        "corrigez l'un des deux, si c'est le même élève",
    )


def _homonyms(identity: Identity, people: Sequence[Person]) -> Refusal:
    how_many, ou = len(people), _lines(people)
    if identity.date_naissance is None:
        return Refusal(
            f"{how_many} élèves de la liste s'appellent {cite(identity.full_name)} ({ou})",
            "ajoutez à ce fichier la date de naissance, ou l'INE",
        )
    return Refusal(
        f"aucun des {how_many} élèves {cite(identity.full_name)} de la liste ({ou}) "
        f"n'est né le {identity.date_naissance:%d/%m/%Y}",
        "corrigez la date de naissance, ou donnez l'INE",
    )


def _lines(people: Sequence[Person]) -> str:
    numbers = [str(person.number) for person in people]
    return "lignes " + " et ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))

"""Everyone in a class file, pupils left out too, and how another file finds them there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import product
from typing import TypeAlias

from pfmp_cli.diagnostics import Rule
from pfmp_cli.lists.cells import Refusal, cite, read_date
from pfmp_cli.lists.columns import FULL_NAME, IDENTITY, INE
from pfmp_cli.lists.placements.placement_rows import Identity, read_identity
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.lists.rows import Record, read_records
from pfmp_cli.rules import placement_rules as rules
from pfmp_cli.text import fold, list_some

Names: TypeAlias = tuple[str, str]
Key: TypeAlias = str | Names

_USUAL = tuple(f"{field}_usage" for field in IDENTITY[:2])
_FIELDS = (INE, FULL_NAME, *IDENTITY, "eleve.division", *_USUAL)
_CANDIDATES = 3
_MOST_LINES = 10
_LIKENESS = 0.7
_BEGINNING = 2  # letters
# To compare names takes a while; a file that would take more is that of other pupils.
_MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Someone of the class file; `eleve` is None where the row is left out.

    `spellings` are what two spellings of the names have in common: first those of the register,
    then with the usual ones.
    """

    record: Record
    identity: Identity
    eleve: Eleve | None
    spellings: Sequence[Names]

    @property
    def line(self) -> int:
        return self.record.line

    @property
    def division(self) -> str:
        return self.record.get("eleve.division")

    @property
    def names(self) -> Names:
        """Those of the register."""
        return self.spellings[0]

    @property
    def full_name(self) -> str:
        return self.identity.full_name


class Directory:
    """Finds a person of the class file by INE, by names and birth date, by names alone."""

    def __init__(self, roster: Roster) -> None:
        self._by_ine: dict[str, list[Person]] = defaultdict(list)
        # By both names, or by what may be one after the other; and by those with the birth date.
        self._by_name: dict[Key, list[Person]] = defaultdict(list)
        self._by_birth: dict[tuple[Key, date | None], list[Person]] = defaultdict(list)
        self._compared = 0
        seen: set[tuple[object, ...]] = set()
        for person in read_everyone(roster):
            if person.identity.ine:
                self._by_ine[fold(person.identity.ine)].append(person)
            # Without a birth date, only the division tells namesakes apart.
            identity = (*person.names, person.identity.date_naissance or person.division)
            if any(person.names) and identity not in seen:
                seen.add(identity)
                for names in person.spellings:
                    self._add_names(names, person)

    def _add_names(self, names: Names, person: Person) -> None:
        nom, prenom = names
        self._add(names, person)
        for key in dict.fromkeys((nom + prenom, prenom + nom)):
            self._add(key, person)

    @cached_property
    def _alike(self) -> dict[str, set[str]]:
        """What names run together as, by each of them and by the first letters of all."""
        alike: dict[str, set[str]] = defaultdict(set)
        for nom, prenom in (key for key in self._by_name if isinstance(key, tuple)):
            for key in (nom + prenom, prenom + nom):
                for part in (key[:_BEGINNING], nom, prenom):
                    alike[part].add(key)
        return alike

    def _add(self, key: Key, person: Person) -> None:
        self._by_name[key].append(person)
        self._by_birth[key, person.identity.date_naissance].append(person)

    def find(self, identity: Identity) -> tuple[str, Person | Refusal]:
        """The person, or why it is nobody; and the field that decides."""
        by_ine = self._by_ine.get(fold(identity.ine), []) if identity.ine else []
        if len(by_ine) == 1:
            return INE, self._check_against(identity, by_ine[0]) or by_ine[0]
        if identity.full_name:
            return self._find_by_name(identity)
        if by_ine:
            lines = _list_lines(by_ine)
            return INE, Refusal(rules.INE_TWICE, ine=cite(identity.ine), lines=lines)
        rule = rules.UNKNOWN_INE if identity.ine else rules.NOBODY
        return INE, Refusal(rule, ine=cite(identity.ine))

    def _check_against(self, identity: Identity, person: Person) -> Refusal | None:
        """What contradicts the person that an INE means: the names, or the birth date.

        Names may be written otherwise (a second first name, a name of use), in part, where they
        are not somebody else's.
        """
        others = self._find_key(identity)[1] if identity.full_name else []
        same = any(one.names == person.names for one in others)
        if same or (not others and _share_a_name(identity, person)):
            return _check_birth(identity, person)
        name, owner = cite(identity.full_name), cite(person.full_name)
        said = {
            "ine": cite(identity.ine),
            "owner": owner,
            "line": person.record.number,
            "name": name,
        }
        return Refusal(rules.INE_OF_ANOTHER, **said)

    def _find_by_name(self, identity: Identity) -> tuple[str, Person | Refusal]:
        key, found = self._find_key(identity)
        if not found:
            return "eleve.nom", self._unknown_name(identity)
        if identity.date_naissance is not None and len(found) > 1:
            born_then = self._by_birth.get((key, identity.date_naissance))
            found = born_then or self._by_birth.get((key, None)) or found
        if len(found) > 1:
            return "eleve.nom", _homonyms(identity, found)
        if fault := _check_birth(identity, found[0]):
            return "eleve.date_naissance", fault
        if fault := _check_ine(identity, found[0]):
            return INE, fault
        return "eleve.nom", found[0]

    def _find_key(self, identity: Identity) -> tuple[Key, list[Person]]:
        """The first spelling of the names that somebody has, and all who have it."""
        keys = _spell(identity.nom, identity.prenom, identity.usual)
        wholes = [fold(identity.nom_prenom)] if identity.nom_prenom else keys
        found = ((key, people) for key in wholes if (people := self._by_name.get(key)))
        return next(found, (wholes[0], []))

    def _unknown_name(self, identity: Identity) -> Refusal:
        near = [f"{cite(p.full_name)} (ligne {p.record.number})" for p in self._nearest(identity)]
        advice = "corrigez le nom, ou ajoutez l'élève à la liste"
        if near:
            advice = f"vouliez-vous dire {' ou '.join(near)} ?"
        return Refusal(rules.UNKNOWN_NAME, name=cite(identity.full_name), advice=advice)

    def _nearest(self, identity: Identity) -> Iterator[Person]:
        """Those whose names look alike, of those who share one or its first letters."""
        word = fold(identity.full_name)
        parts = (word[:_BEGINNING], fold(identity.nom), fold(identity.prenom))
        alike = [self._alike.get(part, set()) for part in parts]
        self._compared += sum(map(len, alike))
        if self._compared > _MOST_COMPARED:
            return
        keys = sorted(set().union(*alike))
        seen: set[int] = set()
        for key in get_close_matches(word, keys, n=2 * _CANDIDATES, cutoff=_LIKENESS):
            for person in self._by_name[key]:
                if person.line not in seen and len(seen) < _CANDIDATES:
                    seen.add(person.line)
                    yield person


def read_everyone(roster: Roster) -> Iterator[Person]:
    """Those of a class file, each once."""
    eleves = {eleve.line: eleve for eleve in roster.eleves}
    columns = {field: roster.columns[field] for field in _FIELDS if field in roster.columns}
    for record in read_records(roster.table, columns):
        if not record.bad_quote and record.line not in roster.passed_over:
            yield _read_person(record, eleves.get(record.line))


def _read_person(record: Record, eleve: Eleve | None) -> Person:
    if eleve:
        record.values |= {INE: eleve.values.get(INE, ""), "eleve.division": eleve.division}
        record.values |= {"eleve.nom": eleve.nom, "eleve.prenom": eleve.prenom}
    born = eleve.date_naissance if eleve else record.read(IDENTITY[2], read_date)
    who = read_identity(record.values, born)
    return Person(record, who, eleve, _spell(who.nom, who.prenom, who.usual))


def _spell(nom: str, prenom: str, usual: Iterable[str]) -> list[Names]:
    """The names, and those with a usual one in the place of one of the register."""
    each = ((fold(name), fold(other)) for name, other in zip((nom, prenom), usual, strict=True))
    noms, prenoms = ((name, other) if other else (name,) for name, other in each)
    return list(dict.fromkeys(product(noms, prenoms)))


def _share_a_name(identity: Identity, person: Person) -> bool:
    if full := fold(identity.nom_prenom):
        names = (name for names in person.spellings for name in names if name)
        return any(full.startswith(name) or full.endswith(name) for name in names)
    here = fold(identity.nom), fold(identity.prenom)
    pairs = (pair for names in person.spellings for pair in zip(here, names, strict=True))
    return not identity.full_name or any(one and one == other for one, other in pairs)


def _check_birth(identity: Identity, person: Person) -> Refusal | None:
    here, there = identity.date_naissance, person.identity.date_naissance
    if here is None or there is None or here == there:
        return None
    return _differ(rules.BORN_OTHERWISE, person, f"{here:%d/%m/%Y}", f"{there:%d/%m/%Y}")


def _check_ine(identity: Identity, person: Person) -> Refusal | None:
    here, there = identity.ine, person.identity.ine
    if not (here and there) or fold(here) == fold(there):
        return None
    return _differ(rules.INE_OTHERWISE, person, cite(here), cite(there))


def _differ(rule: Rule, person: Person, here: str, there: str) -> Refusal:
    said = {"name": cite(person.full_name), "line": person.record.number}
    return Refusal(rule, **said, here=here, there=there)


def _homonyms(identity: Identity, people: Sequence[Person]) -> Refusal:
    count, lines, born = str(len(people)), _list_lines(people), identity.date_naissance
    said = {"count": count, "name": cite(identity.full_name), "lines": lines}
    if born is None:
        return Refusal(rules.HOMONYMS, **said)
    return Refusal(rules.NONE_BORN_THEN, **said, born=f"{born:%d/%m/%Y}")


def _list_lines(people: Sequence[Person]) -> str:
    """Not all where there are many."""
    return list_some(people, _MOST_LINES, lambda person: str(person.record.number))

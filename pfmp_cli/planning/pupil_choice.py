"""`--eleve` and `--division` → the pupils of the lists whom they mean, however they are written.

Everyone in a list can be meant: who gets nothing, or has a mistake in their row, is told why.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeAlias

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.domain.selection import PupilChoice
from pfmp_cli.lists.placements.directory import Person, read_everyone
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.lists.spellings import Names
from pfmp_cli.rules.selection_rules import EMPTY_DIVISION, UNKNOWN_PUPIL
from pfmp_cli.text import count, either, fold, list_some, suggest

Place: TypeAlias = tuple[str, int]  # the file, and the line in it

_PARTS = re.compile(r"[^\W_]+")
_LIKENESS = 0.7
_CANDIDATES = 3
_MOST = 20  # divisions, or pupils of one name, that are said


def choose_pupils(rosters: Sequence[Roster], choice: PupilChoice) -> tuple[list[Roster], list[str]]:
    """The lists with their pupils chosen, and what there is to say of names that several bear.

    Raises InputRefused for a name or a division that nobody has in any of them.
    """
    if not (choice and rosters):
        return list(rosters), []
    divisions = Names({fold(word): word for word in choice.divisions}.values())
    everyone: dict[Place, Person] = {}  # of a file once, where it is read for several diplomas
    for roster in rosters:
        for person in read_everyone(roster):
            row = roster.table.file, person.line
            everyone[row] = person if person.eleve else everyone.get(row, person)
    there = {
        key: person
        for key, person in everyone.items()
        if not choice.divisions or divisions.find(person.division)
    }
    named = {word: _find_named(word, there) for word in choice.names}
    problems = [*_find_empty(choice.divisions, everyone.values()), *_find_unknown(named, everyone)]
    if problems:
        file = Position(rosters[0].table.file)
        raise InputRefused([replace(problem, position=file) for problem in problems])
    chosen = {key for found in named.values() for key in found} if named else there.keys()
    # Who is in the division but for a slip of the hand gets nothing, but is heard of.
    near = set() if named else {k for k, p in everyone.items() if divisions.find_near(p.division)}
    silent = everyone.keys() - chosen - near
    return [_mark(roster, chosen, silent) for roster in rosters], [
        f"« {word} » : {count(len(found), 'élève')}, {list_some([*found.values()], _MOST, _label)}"
        for word, found in named.items()
        if len(found) > 1
    ]


def _mark(roster: Roster, chosen: Collection[Place], silent: Iterable[Place]) -> Roster:
    of_file = [
        frozenset(line for file, line in rows if file == roster.table.file)
        for rows in (chosen, silent)
    ]
    return replace(roster, chosen=of_file[0], silent=of_file[1])


def _find_named(word: str, people: Mapping[Place, Person]) -> dict[Place, Person]:
    """Those whose whole name it is, in any order; or else all those who have it in their name."""
    asked, parts = fold(word), _split(word)
    whole, having = {}, {}
    for row, person in people.items() if asked else ():
        nom, prenom = person.names
        has = _split(_name(person))
        if asked in (nom + prenom, prenom + nom) or parts == has:
            whole[row] = person
        elif asked in person.names or parts <= has:
            having[row] = person
    return whole or having


def _split(text: str) -> frozenset[str]:
    return frozenset(map(fold, _PARTS.findall(text)))


def _name(person: Person) -> str:
    """The names, with those that a pupil goes by."""
    if person.eleve is None:
        return person.full_name
    return " ".join(person.eleve.values.get(f"eleve.{one}", "") for one in ("nom", "prenom"))


def _label(person: Person) -> str:
    return f"{person.full_name} ({person.division})" if person.division else person.full_name


def _find_empty(words: Iterable[str], everyone: Collection[Person]) -> Iterator[Diagnostic]:
    """The divisions that nobody is in."""
    known = {fold(one.division): one.division for one in everyone if one.division}
    for word in words:
        if not (word and fold(word) in known):
            near = suggest(fold(word), known)
            advice = f"vouliez-vous dire « {known[near]} » ?" if near else "la liste n'en a pas"
            if known and not near:
                advice = f"divisions de la liste : {list_some(sorted(known.values()), _MOST)}"
            yield EMPTY_DIVISION.at(word=word, advice=advice)


def _find_unknown(
    named: Mapping[str, Collection[Place]], everyone: Mapping[Place, Person]
) -> Iterator[Diagnostic]:
    """The names that nobody bears, and who bears one like it, or bears it in another division."""
    spellings: dict[str, list[Person]] = {}
    for person in everyone.values():
        nom, prenom = person.names
        for word in {nom, prenom, nom + prenom, prenom + nom}:
            spellings.setdefault(word, []).append(person)
    for word in (word for word, found in named.items() if not found):
        close = get_close_matches(fold(word), spellings, n=_CANDIDATES, cutoff=_LIKENESS)
        near = [*_find_named(word, everyone).values()] or [p for c in close for p in spellings[c]]
        labels = list(dict.fromkeys(map(_label, near)))[:_CANDIDATES]
        advice = f"vouliez-vous dire {either(f'« {label} »' for label in labels)} ?"
        yield UNKNOWN_PUPIL.at(
            word=word, advice=advice if labels else "vérifiez le nom, et que c'est la bonne liste"
        )

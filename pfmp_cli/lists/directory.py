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
from pfmp_cli.lists.formats.csv import Row, clean_cell, fold
from pfmp_cli.lists.placement_columns import INE
from pfmp_cli.lists.placements import Identity
from pfmp_cli.lists.pupils import Eleve, Roster

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

    def __init__(self, lecture: Roster) -> None:
        self._lecture = lecture
        self._by_ine: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._alike: dict[str, set[str]] = defaultdict(set)
        self._recherches = 0
        vus: set[tuple[object, ...]] = set()
        for personne in self._read_everyone():
            if personne.ine:
                self._by_ine[fold(personne.ine)].append(personne)
            identite = (*personne.names, personne.date_naissance)
            if any(personne.names) and identite not in vus:
                vus.add(identite)
                for cle in dict.fromkeys(_keys(*personne.names)):
                    self._by_name[cle].append(personne)
                    for part in (cle[:DEBUT], *personne.names):
                        self._alike[part].add(cle)

    def find(self, qui: Identity) -> tuple[str, Person | Refusal]:
        """The person, or why it is nobody; and the field that decides."""
        par_ine = self._by_ine.get(fold(qui.ine), []) if qui.ine else []
        if len(par_ine) == 1:
            return INE, self._check_against(qui, par_ine[0]) or par_ine[0]
        if not qui.full_name:
            return INE, self._unknown_ine(qui, par_ine)
        return self._find_by_name(qui)

    def _check_against(self, qui: Identity, personne: Person) -> Refusal | None:
        """What contradicts the person that an INE means: the names, or the birth date.

        Names may be written otherwise (a second first name, a name of use), in part, where they
        are not somebody else's.
        """
        others = self._same_names(qui) if qui.full_name else []
        if others:
            same = any(other.names == personne.names for other in others)
        else:
            same = _share_a_name(qui, personne)
        if same:
            return _check_birth(qui, personne)
        return Refusal(
            f"l'INE {cite(qui.ine)} est celui de {cite(personne.full_name)} "
            f"(ligne {personne.number} de la liste), pas de {cite(qui.full_name)}",
            "corrigez l'INE ou le nom",
        )

    def _find_by_name(self, qui: Identity) -> tuple[str, Person | Refusal]:
        trouves = self._same_names(qui)
        if not trouves:
            return "eleve.nom", self._unknown_name(qui)
        nes = [p for p in trouves if p.date_naissance == qui.date_naissance]
        if qui.date_naissance is not None and len(trouves) > 1:
            trouves = nes or [p for p in trouves if p.date_naissance is None] or trouves
        if len(trouves) > 1:
            return "eleve.nom", _homonyms(qui, trouves)
        if faute := _check_birth(qui, trouves[0]):
            return "eleve.date_naissance", faute
        if faute := _check_ine(qui, trouves[0]):
            return INE, faute
        return "eleve.nom", trouves[0]

    def _same_names(self, qui: Identity) -> list[Person]:
        if qui.nom_prenom:
            return self._by_name.get(fold(qui.nom_prenom), [])
        noms = (fold(qui.nom), fold(qui.prenom))
        return [p for p in self._by_name.get("".join(noms), []) if p.names == noms]

    def _unknown_ine(self, qui: Identity, par_ine: Sequence[Person]) -> Refusal:
        if par_ine:
            lignes = _lines(par_ine)
            return Refusal(
                f"l'INE {cite(qui.ine)} est aux {lignes} de la liste", "corrigez la liste"
            )
        if not qui.ine:
            return Refusal(
                "on ne sait pas de quel élève est ce stage", "donnez son INE, ou son nom"
            )
        return Refusal(
            f"l'INE {cite(qui.ine)} n'est pas dans la liste des élèves",
            "corrigez-le, ou donnez aussi le nom et le prénom",
        )

    def _unknown_name(self, qui: Identity) -> Refusal:
        message = f"{cite(qui.full_name)} n'est pas dans la liste des élèves"
        proches = list(self._nearest(qui))
        if not proches:
            return Refusal(message, AIDE_INCONNU)
        choix = " ou ".join(f"{cite(p.full_name)} (ligne {p.number})" for p in proches)
        return Refusal(message, f"vouliez-vous dire {choix} ?")

    def _nearest(self, qui: Identity) -> Iterator[Person]:
        """Those whose names look alike, of those who share one or its first letters."""
        self._recherches += 1
        if self._recherches > RECHERCHES_MAXIMUM:
            return
        mot = fold(qui.full_name)
        parts = (mot[:DEBUT], fold(qui.nom), fold(qui.prenom))
        cles = sorted(set().union(*(self._alike.get(part, ()) for part in parts)))
        vus: set[int] = set()
        for cle in get_close_matches(mot, cles, n=2 * CANDIDATS, cutoff=RESSEMBLANCE):
            for personne in self._by_name[cle]:
                if personne.line not in vus and len(vus) < CANDIDATS:
                    vus.add(personne.line)
                    yield personne

    def _read_everyone(self) -> Iterator[Person]:
        eleves = {eleve.line: eleve for eleve in self._lecture.eleves}
        for rangee in self._lecture.table.rows():
            if not rangee.bad_quote:
                yield self._read_person(rangee, eleves.get(rangee.line))

    def _read_person(self, rangee: Row, eleve: Eleve | None) -> Person:
        numero = self._lecture.table.row_position(rangee.line).line
        if eleve is not None:
            ine, nom, prenom = eleve.values.get(INE, ""), eleve.nom, eleve.prenom
            naissance = eleve.date_naissance
        else:
            ine, nom, prenom, texte = (self._cell(rangee, champ) for champ in (INE, *IDENTITE))
            if not (nom and prenom):
                nom, prenom = split_name(self._cell(rangee, NOM_PRENOM)) or (nom, prenom)
            naissance = _read_naissance(texte)
        noms = (fold(nom), fold(prenom))
        return Person(rangee.line, numero, ine, nom, prenom, naissance, eleve, noms)

    def _cell(self, rangee: Row, champ: str) -> str:
        index = self._lecture.columns.get(champ)
        if index is None or index >= len(rangee.cells):
            return ""
        return clean_cell(rangee.cells[index])


def _read_naissance(texte: str) -> date | None:
    with suppress(Refusal):
        return read_date(texte)
    return None


def _keys(nom: str, prenom: str) -> tuple[str, str]:
    """The names in one, in both orders."""
    return nom + prenom, prenom + nom


def _share_a_name(qui: Identity, personne: Person) -> bool:
    if qui.nom_prenom:
        return any(nom and nom in fold(qui.nom_prenom) for nom in personne.names)
    nom, prenom = fold(qui.nom), fold(qui.prenom)
    return not nom or nom == personne.names[0] or prenom == personne.names[1]


def _check_birth(qui: Identity, personne: Person) -> Refusal | None:
    ici, la_bas = qui.date_naissance, personne.date_naissance
    if ici is None or la_bas is None or ici == la_bas:
        return None
    return Refusal(
        f"{cite(personne.full_name)} est né(e) le {ici:%d/%m/%Y} ici, "
        f"le {la_bas:%d/%m/%Y} dans la liste (ligne {personne.number})",
        "corrigez l'une des deux dates, si c'est le même élève",
    )


def _check_ine(qui: Identity, personne: Person) -> Refusal | None:
    if not (qui.ine and personne.ine) or fold(qui.ine) == fold(personne.ine):
        return None
    return Refusal(
        f"l'INE de {cite(personne.full_name)} est {cite(qui.ine)} ici, "
        f"{cite(personne.ine)} dans la liste (ligne {personne.number})",
        "corrigez l'un des deux, si c'est le même élève",
    )


def _homonyms(qui: Identity, personnes: Sequence[Person]) -> Refusal:
    combien, ou = len(personnes), _lines(personnes)
    if qui.date_naissance is None:
        return Refusal(
            f"{combien} élèves de la liste s'appellent {cite(qui.full_name)} ({ou})",
            "ajoutez à ce fichier la date de naissance, ou l'INE",
        )
    return Refusal(
        f"aucun des {combien} élèves {cite(qui.full_name)} de la liste ({ou}) "
        f"n'est né le {qui.date_naissance:%d/%m/%Y}",
        "corrigez la date de naissance, ou donnez l'INE",
    )


def _lines(personnes: Sequence[Person]) -> str:
    numeros = [str(personne.number) for personne in personnes]
    return "lignes " + " et ".join(filter(None, (", ".join(numeros[:-1]), numeros[-1])))

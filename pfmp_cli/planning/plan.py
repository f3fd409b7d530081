"""Which documents for whom, from which master, under which file name.

Nothing is read or written here: a plan is made of what `inputs` read, and `press` and
`output` carry it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, error
from pfmp_cli.domain.choices import name_age
from pfmp_cli.lists.left_out import find_doubtful
from pfmp_cli.lists.mef import Clue
from pfmp_cli.planning.editions import Document, Edition, Selection, editions_of, variants_of
from pfmp_cli.text import either, slug

if TYPE_CHECKING:
    from datetime import date

    from pfmp_cli.domain.projet import Division
    from pfmp_cli.domain.referentiel import Classe, Referentiel
    from pfmp_cli.lists.pupils import Eleve, Roster

# Fields of a pupil, and of a placement, that no column has: `compose_values` makes them.
COMPOSED = ("nom_complet",)
COMPOSED_STAGE = ("age",)


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """One document to make: `chemin` is relative to the output folder, with `/`."""

    edition: Edition
    eleve: Eleve
    path: str

    @property
    def folder(self) -> str:
        """The folder of the pupil's division."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make, what is wrong with it, and how many pupils were left out.

    `ecartes` by the choice, `autres` because they are of another course of study.
    """

    documents: tuple[PlannedDocument, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: int
    others: int = 0

    def editions(self) -> list[Edition]:
        """The masters that the plan needs, in the order of their first use."""
        return list(dict.fromkeys(document.edition for document in self.documents))


def plan_documents(
    roster: Roster,
    referentiel: Referentiel,
    divisions: Mapping[str, Division],
    documents: Sequence[Document],
    selection: Selection,
) -> Plan:
    """The documents of each kind for every pupil of the file that the choice keeps.

    A pupil whose class or option cannot be told, or is told two ways, gets a diagnostic
    instead of documents; the others are not held up.
    """
    placed: list[tuple[Eleve, Edition]] = []
    diagnostics = list(find_doubtful(roster, referentiel, divisions))
    left_out = 0
    for eleve in roster.eleves:
        found = find_edition(eleve, roster, referentiel, divisions, selection)
        if isinstance(found, Diagnostic):
            diagnostics.append(found)
        elif found is None:
            left_out += 1
        else:
            placed.append((eleve, replace(found, dates=eleve.dates)))
    stems = list(_name_pupils(placed))
    commandes = [
        PlannedDocument(made, eleve, f"{stem}_{made.label}.pdf")
        for (eleve, edition), stem in zip(placed, stems, strict=True)
        for made in editions_of(edition, documents, referentiel, selection)
    ]
    return Plan(tuple(commandes), tuple(diagnostics), left_out, len(roster.others))


def find_edition(
    eleve: Eleve,
    roster: Roster,
    referentiel: Referentiel,
    divisions: Mapping[str, Division],
    selection: Selection,
) -> Edition | Diagnostic | None:
    """The class, option and variants of a pupil, as an edition of no document yet.

    A diagnostic where they cannot be told; None for a pupil whom the choice leaves out.
    """
    return _Finder(roster, referentiel, divisions, selection).find(eleve)


def compose_values(eleve: Eleve, debuts: Mapping[int, date]) -> dict[str, str]:
    """A pupil's values by field name, with those that are made of others.

    `debuts` are the first days of the year's placements by their rank, as far as they are known.
    """
    values = {**eleve.values, "eleve.nom_complet": f"{eleve.nom} {eleve.prenom}"}
    if eleve.date_naissance:
        for rank, day in debuts.items():
            values[f"pfmp{rank}.age"] = name_age(eleve.date_naissance, day)
    return values


class _Finder:
    """Finds the edition of a pupil: from the MEF, the division, the row, the command line.

    They go down in trust. The first three must agree; the command line picks.
    """

    def __init__(
        self,
        roster: Roster,
        referentiel: Referentiel,
        divisions: Mapping[str, Division],
        selection: Selection,
    ) -> None:
        self.roster, self.referentiel = roster, referentiel
        self.divisions, self.selection = divisions, selection

    def find(self, eleve: Eleve) -> Edition | Diagnostic | None:
        """The edition; a diagnostic where it cannot be told; None for another class's pupil."""
        clues = self._indices(eleve)
        code = self._agree(eleve, "classe", clues)
        if isinstance(code, Diagnostic):
            return code
        code = code or self.selection.classe
        if code is None:
            return self._missing(eleve, "classe", [c.code for c in self.referentiel.classes])
        if self.selection.classe not in (None, code):
            return None
        return self._find_option(eleve, self.referentiel.classe(code), clues)

    def _indices(self, eleve: Eleve) -> list[Clue]:
        """What says the class and the option, the most trusted first."""
        clues = list(eleve.mef)
        if division := self.divisions.get(eleve.division):
            source = f"pour la division « {eleve.division} » dans pfmp.yaml"
            clues.append(Clue("eleve.division", source, division.classe, division.option or ""))
        return [*clues, Clue("", "dans le fichier", eleve.classe, eleve.option)]

    def _find_option(
        self, eleve: Eleve, classe: Classe, clues: Sequence[Clue]
    ) -> Edition | Diagnostic | None:
        variants = variants_of(classe, eleve.variantes)
        if not classe.options:
            kept = self.selection.option is None
            return Edition("", classe.code, None, variants) if kept else None
        option = self._agree(eleve, "option", clues)
        if isinstance(option, Diagnostic):
            return option
        option = option or self.selection.option
        if option is None:
            return self._missing(eleve, "option", classe.options)
        if option not in classe.options:
            return error(
                f"la classe « {classe.libelle} » n'a pas d'option « {option} »",
                self.roster.position(eleve, "eleve.option"),
                "écrivez " + either(classe.options),
            )
        if self.selection.option not in (None, option):
            return None
        return Edition("", classe.code, option, variants)

    def _agree(self, eleve: Eleve, what: str, clues: Sequence[Clue]) -> str | Diagnostic | None:
        """What the sources that say anything say; a diagnostic where two differ."""
        said = [(clue, code) for clue in clues if (code := getattr(clue, what))]
        if not said:
            return None
        trusted, known = said[0]
        for clue, code in said[1:]:
            if code != known:
                return error(
                    f"{what} « {code} » {clue.source}, « {known} » {trusted.source}",
                    self.roster.position(eleve, clue.field or f"eleve.{what}"),
                    "corrigez l'un des deux",
                )
        return str(known)

    def _missing(self, eleve: Eleve, what: str, codes: Sequence[str]) -> Diagnostic:
        field = "eleve.division" if eleve.division else "eleve.nom"
        flag = "--class" if what == "classe" else "--option"
        return error(
            f"on ne sait pas dans quelle {what} est cet élève",
            self.roster.position(eleve, field),
            f"ajoutez une colonne « {what} » au fichier, la division à pfmp.yaml, "
            f"ou {flag} {either(codes)} à la commande",
        )


def _name_pupils(placed: Sequence[tuple[Eleve, Edition]]) -> Iterator[str]:
    """`division/NOM_Prenom` for each pupil; no two the same, whatever the case."""
    taken: set[str] = set()
    for eleve, edition in placed:
        folder = slug(eleve.division) or "-".join(filter(None, (edition.classe, edition.option)))
        name = "_".join(filter(None, (slug(eleve.nom), slug(eleve.prenom))))
        stem = _first_free(taken, f"{folder}/{name or 'eleve'}", eleve)
        taken.add(stem.lower())
        yield stem


def _first_free(taken: set[str], stem: str, eleve: Eleve) -> str:
    """The first of the names by rank that is not taken: plain, with birth date, numbered."""
    born = eleve.date_naissance.isoformat() if eleve.date_naissance else ""
    stems = [stem, *([f"{stem}_{born}"] if born else [])]
    numbered = (f"{stems[-1]}_{number}" for number in count(2))
    return next(name for name in chain(stems, numbered) if name.lower() not in taken)

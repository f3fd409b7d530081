"""The class, option and variants of each pupil: from the MEF, the division, the row, the run."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Rule
from pfmp_cli.domain.projet import Division
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.pupils import Clue, Eleve, Enrolment, LeftOut, Roster
from pfmp_cli.lists.spellings import Names
from pfmp_cli.rules import list_rules as rules
from pfmp_cli.text import count, either, fold, list_some

# Labels of two courses of study differ by more than this, spellings of one by less.
_LIKENESS = 0.9
# More pupils than that in a division beside one of ours that has some too are a division.
_MOST_SLIPS = 5
_MOST_NAMES = 5  # that a warning about a MEF shows


def enrol(
    roster: Roster,
    referentiel: Referentiel,
    divisions: Mapping[str, Division],
    selection: Selection,
) -> Roster:
    """The list with the enrolment of each pupil whom the command line does not leave out.

    One whose class or option cannot be told, or is told two ways, has none either, and is told
    in `unclear`, after the courses of study that are set aside and may be ours.
    """
    finder = _Finder(roster, referentiel, divisions, selection)
    unclear = list(_find_doubtful(roster, referentiel, divisions))
    unclear += _find_misspelt(roster, divisions)
    eleves, not_chosen = [], 0
    for eleve in roster.eleves:
        try:
            enrolment = finder.find(eleve)
            not_chosen += enrolment is None
        except InputRefused as refused:
            enrolment = None
            unclear += refused.diagnostics
        eleves.append(eleve._replace(enrolment=enrolment))
    return replace(roster, eleves=tuple(eleves), unclear=tuple(unclear), not_chosen=not_chosen)


class _Finder(NamedTuple):
    """Finds the enrolment of a pupil: from the MEF, the division, the row, the command line.

    They go down in trust. The first three must agree; the command line picks.
    """

    roster: Roster
    referentiel: Referentiel
    divisions: Mapping[str, Division]
    selection: Selection

    def find(self, eleve: Eleve) -> Enrolment | None:
        """None for a pupil of another class or option. Raises InputRefused where it is unclear."""
        clues = self._clues(eleve)
        classes = [(clue, clue.classe) for clue in clues if clue.classe]
        code = self._agree(eleve, rules.CLASS_CONTRADICTED, "eleve.classe", classes)
        code = code or self.selection.classe
        if code is None:
            raise self._missing(eleve, rules.NO_CLASS, [c.code for c in self.referentiel.classes])
        if self.selection.classe not in (None, code):
            return None
        classe = self.referentiel.classe(code)
        option = self._find_option(eleve, classe, clues) if classe.options else None
        if self.selection.option not in (None, option):
            return None
        return Enrolment(code, option, eleve.variantes & classe.variantes)

    def _clues(self, eleve: Eleve) -> list[Clue]:
        """What says the class and the option, the most trusted first."""
        clues = list(eleve.mef)
        if division := self.divisions.get(eleve.division):
            source = f"pour la division « {eleve.division} » dans pfmp.yaml"
            clues.append(Clue("eleve.division", source, division.classe, division.option or ""))
        return [*clues, Clue("", "dans le fichier", eleve.classe, eleve.option)]

    def _find_option(self, eleve: Eleve, classe: Classe, clues: Sequence[Clue]) -> str:
        options = [(clue, clue.option) for clue in clues if clue.option]
        option = self._agree(eleve, rules.OPTION_CONTRADICTED, "eleve.option", options)
        option = option or self.selection.option
        if option is None:
            raise self._missing(eleve, rules.NO_OPTION, classe.options)
        if option not in classe.options:
            position = self.roster.position(eleve, "eleve.option")
            codes = either(classe.options)
            values = {"classe": classe.libelle, "option": option, "codes": codes}
            raise InputRefused([rules.OPTION_OF_ANOTHER_CLASS.at(position, **values)])
        return option

    def _agree(
        self, eleve: Eleve, rule: Rule, field: str, said: Sequence[tuple[Clue, str]]
    ) -> str | None:
        """The code that all sources say; `rule` is said where two differ."""
        for clue, code in said:
            trusted, known = said[0]
            if code != known:
                position = self.roster.position(eleve, clue.field or field)
                sources = {"source": clue.source, "trusted": trusted.source}
                raise InputRefused([rule.at(position, code=code, known=known, **sources)])
        return said[0][1] if said else None

    def _missing(self, eleve: Eleve, rule: Rule, codes: Sequence[str]) -> InputRefused:
        position = self.roster.position(eleve, "eleve.division" if eleve.division else "eleve.nom")
        return InputRefused([rule.at(position, codes=either(codes))])


def _find_doubtful(
    roster: Roster, referentiel: Referentiel, divisions: Mapping[str, Division]
) -> Iterator[Diagnostic]:
    """The MEFs left out, in divisions that are ours or with a label almost ours."""
    labels = {fold(label): label for label in referentiel.formations("mef_libelles")}
    groups: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
    for other in roster.others:
        if other.mef:
            division = other.division if other.division in divisions else ""
            groups[other.mef, division].append(other)
    near = {mef: _nearest(mef, labels) for mef, _ in groups}
    for (mef, division), others in groups.items():
        position = roster.position(others[0], others[0].field)
        pupils = count(len(others), "élève est laissé", "élèves sont laissés")
        names = list_some(others, _MOST_NAMES, lambda other: other.name)
        said = {"mef": mef, "pupils": pupils, "names": names}
        if division:
            yield rules.MEF_OF_OUR_DIVISION.at(position, division=division, **said)
        elif near[mef]:
            yield rules.MEF_ALMOST_OURS.at(position, near=near[mef], **said)


def _nearest(mef: str, labels: Mapping[str, str]) -> str:
    """The label that begins so, or that is written almost so as far as it goes."""
    word = fold(mef)
    if word.isdigit() or not word:
        return ""
    ratios = {
        label: label.startswith(word)
        or SequenceMatcher(None, label, word[: len(label) + 1]).ratio()
        for label in labels
    }
    best = max(ratios, key=ratios.__getitem__, default="")
    return labels[best] if best and ratios[best] >= _LIKENESS else ""


def _find_misspelt(roster: Roster, divisions: Mapping[str, Division]) -> Iterator[Diagnostic]:
    """The pupils whose division is one of ours but for a slip of the hand."""
    names = Names(divisions)
    pupils: list[Eleve | LeftOut] = [
        *roster.eleves,
        *(other for other in roster.others if not other.mef),
    ]
    sizes = Counter(pupil.division for pupil in pupils)
    for pupil in pupils:
        near = "" if pupil.division in divisions else names.find_near(pupil.division)
        if near and not (sizes[near] and sizes[pupil.division] > _MOST_SLIPS):
            said = {"name": cite(pupil.name), "division": pupil.division, "near": near}
            position = roster.position(pupil, "eleve.division")
            yield rules.DIVISION_ALMOST_OURS.at(position, **said)

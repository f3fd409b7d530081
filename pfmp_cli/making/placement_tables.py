"""A list of pupils → the tables of the office: who is where, whom to visit, what is missing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pfmp_cli.calendar.weeks import PeriodeDatee, build_periodes, format_intervalles, redate
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.output.spreadsheet import Sheet, Value
from pfmp_cli.text import count, fold

# Title → the field of the pupil, or of the placement (after a point).
_PUPIL = {"Division": "eleve.division", "Nom": "eleve.nom", "Prénom": "eleve.prenom"}
_COMPANY = {
    "Entreprise": ".entreprise",
    "Adresse": ".adresse",
    "Code postal": ".code_postal",
    "Ville": ".ville",
    "Téléphone": ".telephone",
    "Courriel": ".courriel",
}
_TUTOR = {
    "Tuteur": ".tuteur",
    "Fonction": ".tuteur_fonction",
    "Tél. du tuteur": ".tuteur_telephone",
    "Courriel du tuteur": ".tuteur_courriel",
}
_TEACHER = {"Professeur référent": "eleve.professeur_referent"}
_MISSING = "manque"  # what is missing, among the fields
_LACKING = {
    "Il manque": _MISSING,
    "Entreprise": ".entreprise",
    "Ville": ".ville",
    "Téléphone de l'élève": "eleve.telephone",
    **_TEACHER,
}
_PERIOD = ("Période", "Du", "Au", "En plusieurs fois", "Jours prévus")


@dataclass(frozen=True, slots=True)
class Placed:
    """A pupil of a file in a period of theirs, whether there is a company yet or not."""

    file: str
    eleve: Eleve
    periode: PeriodeDatee

    def get(self, field: str) -> str:
        """The value of a field of the pupil, or of this placement (`.ville`)."""
        if field == _MISSING:
            return self.missing()
        name = f"pfmp{self.periode.rank}{field}" if field.startswith(".") else field
        return self.eleve.values.get(name, "")

    def missing(self) -> str:
        """What is not known yet, said as one says it; '' where all is there."""
        if (self.periode.code, ()) in self.eleve.dates:
            return "stage en erreur dans le fichier"
        if not self.get(".entreprise"):
            return "entreprise"
        phone = self.get(".telephone") or self.get(".tuteur_telephone")
        known = {"tuteur": self.get(".tuteur"), "téléphone": phone}
        return ", ".join(name for name, value in known.items() if not value)


def list_placed(
    roster: Roster, referentiel: Referentiel, projet: Projet, chosen: str | None = None
) -> Iterator[Placed]:
    """Each enrolled pupil in each of their periods (`chosen` alone, where given)."""
    for eleve in roster.eleves:
        for periode, one in _place(eleve, referentiel, projet):
            if chosen in (None, periode.code):
                yield Placed(roster.table.file, one, periode)


def arrange(placed: Iterable[Placed]) -> list[Placed]:
    """Those of several lists, which may have the same pupils, by division and name."""
    once = {(one.file, one.eleve.line, one.periode.code, one.eleve.letter): one for one in placed}
    names = ("eleve.division", "eleve.nom", "eleve.prenom")
    return sorted(once.values(), key=lambda one: [fold(one.get(name)) for name in names])


def _place(
    eleve: Eleve, referentiel: Referentiel, projet: Projet
) -> Iterator[tuple[PeriodeDatee, Eleve]]:
    if eleve.enrolment is None:
        return
    classe = referentiel.classe(eleve.enrolment.classe)
    variantes = eleve.enrolment.variantes
    for periode in build_periodes(classe, projet.calendrier, variantes, eleve.dates):
        if (classe.code, periode.code) in eleve.absences:
            continue
        stages = [stage for stage in eleve.stages if stage.code == periode.code]
        for stage in stages:
            yield redate(periode, stage.intervalles), eleve.at(stage)
        if not stages:
            yield periode, eleve


def tabulate(placed: Sequence[Placed]) -> list[Sheet]:
    """One sheet for each division, one of the visits by teacher, one of what is missing."""
    divisions: dict[str, list[Placed]] = {}
    for one in placed:
        divisions.setdefault(one.get("eleve.division") or "sans division", []).append(one)
    visits = sorted((one for one in placed if one.get(".entreprise")), key=_round)
    lacking = [one for one in placed if one.missing()]
    return [
        *(
            _make_sheet(name, members, _PUPIL, _COMPANY | _TUTOR | _TEACHER)
            for name, members in divisions.items()
        ),
        _make_sheet("Visites", visits, _TEACHER | _PUPIL, _COMPANY | _TUTOR),
        _make_sheet("À compléter", lacking, _PUPIL, _LACKING),
    ]


def _round(one: Placed) -> tuple[bool, str, date, str, str]:
    """Where a visit stands: by teacher (last, those without), period and town."""
    teacher, town = fold(one.get("eleve.professeur_referent")), fold(one.get(".ville"))
    return not teacher, teacher, one.periode.du or date.max, town, fold(one.get(".entreprise"))


def _make_sheet(
    name: str, placed: Sequence[Placed], before: dict[str, str], after: dict[str, str]
) -> Sheet:
    def row(one: Placed) -> Iterator[Value]:
        yield from map(one.get, before.values())
        code, pieces = one.periode.code, one.periode.intervalles
        several = format_intervalles(pieces) if len(pieces) > 1 else ""
        yield from (code, one.periode.du, one.periode.au, several, len(one.periode.days) or None)
        yield from map(one.get, after.values())

    return Sheet(name, (*before, *_PERIOD, *after), [tuple(row(one)) for one in placed])


def sum_up_recap(placed: Sequence[Placed]) -> str:
    """What the workbook has."""
    pupils = len({(one.file, one.eleve.line) for one in placed})
    lacking = sum(bool(one.missing()) for one in placed)
    return f"{count(pupils, 'élève')}, {count(len(placed), 'stage')}, dont {lacking} à compléter"

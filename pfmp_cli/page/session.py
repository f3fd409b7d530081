"""What runs in the page: a teacher's lists → documents, on the masters of a bundle.

The page's worker calls it under Pyodide; what it asks and answers is JSON.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeAlias

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Severity
from pfmp_cli.domain.projet import Projet
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.class_files import load_classes
from pfmp_cli.loading.school import School
from pfmp_cli.page.school_form import SchoolForm, read_form
from pfmp_cli.planning.command_words import choose
from pfmp_cli.planning.document_values import Composer
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.left_out import find_nothing, list_left_out
from pfmp_cli.planning.plan import (
    Plan,
    PlannedDocument,
    group_by_folder,
    keep_possible,
    plan_documents,
)
from pfmp_cli.press.bundle import read_bundle
from pfmp_cli.press.merging.merge import Merged, Merger
from pfmp_cli.press.merging.packed_master import MasterKey, recipe_of
from pfmp_cli.press.printing.archive_file import fill_archive
from pfmp_cli.press.pupil_document import PRINTED, compose_class, diagnose_misfits, merge_pupil
from pfmp_cli.text import count

_SEVERITIES = list(Severity)
_NOTHING = Plan((), ())
Tell: TypeAlias = Callable[[int, int], None]
# What the page calls the options that the help of a diagnostic names.
_LABELS = {"--class": "« Classe »", "--option": "« Option »", "--period": "« Période »"}


class Session:
    """A page at work: `read` a list, then `make` its documents, as often as one likes."""

    def __init__(self, path: str) -> None:
        self.bundle = read_bundle(Path(path))
        # Without a school the page is everyone's: its key hides nothing, and need not.
        self._key = self.bundle.secret or b"page"
        self._composer = Composer(self.bundle.referentiel, self.bundle.projet)
        self._mergers: dict[MasterKey, Merger] = {}
        self._roster: Roster | None = None
        self._plan = _NOTHING
        self._form = SchoolForm(self.bundle.projet)
        self._done = 0
        self._tell: Tell = lambda done, total: None
        self._misfits: dict[Diagnostic, None] = {}

    def describe(self) -> str:
        """What the page offers, and asks for."""
        referentiel, projet = self.bundle.referentiel, self.bundle.projet
        labels = {one.code: one.libelle for one in referentiel.variantes}
        return json.dumps(
            {
                "school": projet.caption,
                "asks": projet == Projet(),
                "documents": [[one.name, one.names[1]] for one in self.bundle.documents.values()],
                "classes": [
                    {
                        "code": classe.code,
                        "libelle": classe.libelle,
                        "periodes": [
                            [one.code, one.semaines, labels.get(one.variante or "")]
                            for one in classe.periodes
                        ],
                    }
                    for classe in referentiel.classes
                ],
                "options": [[one.code, one.intitule] for one in referentiel.options],
            }
        )

    def read(self, liste: str, stages: str, asked: str) -> str:
        """What a list comes to, with the placements of a second file where there is one; `asked`
        are the words of the command line, and the school where the bundle has none."""
        words, referentiel = json.loads(asked), self.bundle.referentiel
        self._roster, self._plan, self._misfits = None, _NOTHING, {}
        try:
            projet, told = self.bundle.projet, words["school"]
            self._form = read_form(told, projet, referentiel) if told else SchoolForm(projet)
            doubts = list(self._form.doubt(referentiel))
            self._composer = Composer(referentiel, self._form.projet)
            selection = choose(referentiel, words["classe"], words["option"], words["periode"])
            second = Path(stages) if stages else None
            school = School(referentiel, self._form.projet)
            (roster,) = load_classes(Path(liste), second, [(school, selection)])
        except InputRefused as refusal:
            return json.dumps({"said": _tell_all(refusal.diagnostics), "left": [], "groups": []})
        eleves = (self._form.date(one, referentiel) for one in roster.eleves)
        roster = replace(roster, eleves=tuple(eleves))
        kinds = [self.bundle.documents[name] for name in words["documents"]]
        plan = plan_documents(roster, referentiel, kinds, selection.periode)
        plan = keep_possible(plan, lambda edition: bool(self.bundle.find(edition)), roster)
        self._roster, self._plan = roster, plan
        nothing = find_nothing([(plan, roster)], [referentiel.diplome.sigle])
        return json.dumps(
            {
                "said": _tell_all([*doubts, *roster.diagnostics, *plan.diagnostics, *nothing]),
                "left": list(_list_left(roster)),
                "groups": [[name, _list_pupils(group)] for name, group in self._groups.items()],
            }
        )

    @property
    def _groups(self) -> dict[str, list[PlannedDocument]]:
        return group_by_folder(self._plan.documents, lambda one: one.folder)

    def make(self, form: str, tell: Tell) -> Iterator[tuple[str, bytes]]:
        """The files of all that was read: a `zip` a division, or print files
        (`print`); `tell` is told how many documents are done, of how many."""
        self._done, self._tell = 0, tell
        for folder, group in self._groups.items():
            if form == "zip":
                file = io.BytesIO()
                ordered = sorted(group, key=lambda one: one.path)
                fill_archive(file, ((one.path, self._merge(one)) for one in ordered))
                yield f"{folder}.zip", file.getvalue()
            for name in dict.fromkeys(one.edition.document for one in group if form == "print"):
                members = [one for one in group if one.edition.document == name]
                for one in members:
                    self._note(merge_pupil(one, self), one)
                content = compose_class(folder, members, self)
                yield f"{folder}_{name}_{PRINTED}.pdf", content

    def make_one(self, path: str) -> tuple[str, bytes]:
        """One pupil's document."""
        self._tell = lambda done, total: None
        one = next(one for one in self._plan.documents if one.path == path)
        return path.rpartition("/")[2], self._merge(one)

    def tell_misfits(self) -> str:
        """What there is to say of values that did not fit."""
        return json.dumps({"said": _tell_all(self._misfits)})

    def _merge(self, one: PlannedDocument) -> bytes:
        merged = merge_pupil(one, self)
        self._note(merged, one)
        return self.get_merger(one.edition).master.pdf + merged.update

    def _note(self, merged: Merged, one: PlannedDocument) -> None:
        """What there is to say of a document that is merged, and that it is."""
        self._done += 1
        self._tell(self._done, len(self._plan.documents))
        assert self._roster
        self._misfits |= dict.fromkeys(diagnose_misfits(merged.misfits, one, self._roster))

    def get_merger(self, edition: Edition) -> Merger:
        """What merges pupils into an edition that the bundle has."""
        known = self.bundle.find(edition)
        assert known
        key = known.key
        if key not in self._mergers:
            self._mergers[key] = Merger(self.bundle.read(key))
        return self._mergers[key]

    def compose_for(self, document: PlannedDocument) -> dict[str, str]:
        """The values of a document, its identifier, and those of the page's school."""
        known = self.bundle.find(document.edition)
        assert known
        recipe = recipe_of(known.key)
        return self._composer.identify(document, self._key, recipe) | self._form.values


def _list_left(roster: Roster) -> Iterator[str]:
    """Who was read, who gets nothing, and why."""
    yield count(roster.rows_read, "élève lu", "élèves lus")
    yield from list_left_out(roster)
    if wrong := roster.rows_refused + sum(one.is_error for one in roster.unclear):
        yield count(wrong, "élève", "élèves") + " sans document : voyez les erreurs"
    if roster.not_chosen:
        left = count(roster.not_chosen, "élève laissé", "élèves laissés")
        yield f"{left} de côté par votre choix"
    if stages := roster.placements:
        yield f"{count(stages.read, 'stage lu', 'stages lus')} dans {Path(stages.file).name}"


def _list_pupils(group: Iterable[PlannedDocument]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each pupil, and the documents, with the words of their links."""
    pupils: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for one in group:
        eleve = one.eleve
        _, documents = pupils.setdefault(eleve.line, (eleve.name, []))
        documents.append((one.edition.label + eleve.letter, one.path))
    return [*pupils.values()]


def _name_fields(text: str) -> str:
    for option, label in _LABELS.items():
        text = text.replace(option, label)
    return text


def _tell_all(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Diagnostics as the page shows them, the gravest first."""
    ordered = sorted(diagnostics, key=lambda one: _SEVERITIES.index(one.severity))
    return [
        {
            "severity": one.severity.value,
            "message": _name_fields(one.message),
            "help": one.help and _name_fields(one.help),
            "place": one.position and str(one.position),
            **(asdict(one.position) if one.position else {}),
        }
        for one in ordered
    ]

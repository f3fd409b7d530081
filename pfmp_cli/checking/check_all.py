"""A whole check: every file, then the lists against the school, then the templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.targets import Targets, shorten
from pfmp_cli.checking.template_trial import pick_editions, try_editions
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.selection import EVERYONE, PupilChoice, Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.loader import Loader, School
from pfmp_cli.loading.sources import (
    Sources,
    find_projet,
    find_referentiel,
    find_templates,
    tell_projet,
)
from pfmp_cli.planning.command_words import choose
from pfmp_cli.planning.editions import Document, list_editions
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.plan import Plan, plan_documents
from pfmp_cli.planning.pupil_choice import choose_pupils

NOT_TRIED = "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs."
WITHOUT_SCHOOL = (
    "L'établissement est refusé : les modèles et les listes ont été relus sans lui ; corrigez ses "
    "erreurs, puis recommencez."
)
LISTS_NOT_READ = "Les listes n'ont pas été relues : corrigez d'abord les erreurs."


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list to read, the file of its placements, and what is said of its pupils."""

    path: Path
    stages: Path | None
    selection: Selection


def check_all(
    targets: Targets,
    sources: Sources,
    with_trial: bool = True,
    classe: str | None = None,
    option: str | None = None,
    pupils: PupilChoice = EVERYONE,
) -> Findings:
    """All that can be said of the files; `with_trial`, of what they make as well.

    `pupils` are those of the lists that it is asked of, `classe` and `option` what the command line
    says of its lists. Raises WrongUsage where
    these do not exist.
    """
    check = _Check(targets, sources, pupils)
    check.loader.add(targets.refused)
    if not targets.is_empty():
        check.run(with_trial, classe, option)
    return Findings(
        check.files,
        list(check.loader.problems),
        check.remarks,
        check.left_out,
        check.loader.kinds,
        check.schools,
    )


class _Check:
    def __init__(self, targets: Targets, sources: Sources, pupils: PupilChoice) -> None:
        self.targets, self.sources, self.pupils = targets, sources, pupils
        self.loader = Loader(closely=[*targets.referentiels, *targets.projets])
        self.files: list[tuple[str, Path]] = []
        self.remarks: list[str] = []
        self.left_out: list[str] = []
        self.schools: list[str] = []

    def run(self, with_trial: bool, classe: str | None, option: str | None) -> None:
        schools = self._load_schools()
        if not schools:
            self.remarks += [NOT_TRIED] if with_trial else []
            self.remarks += [LISTS_NOT_READ] if self.targets.lists else []
            return
        self.schools += filter(None, (school.projet.caption for school in schools))
        if not all(school.certain for school in schools) and (with_trial or self.targets.lists):
            self.remarks.append(WITHOUT_SCHOOL)
        said = choose(schools[0].referentiel, classe, option)
        given = [GivenList(path, self.targets.stages, said) for path in self.targets.lists]
        loaded: list[tuple[School, GivenList, Roster]] = []
        for school in schools:
            lists = [*given, *self._find_declared(school)]
            loaded += [(school, *one) for one in self._load_lists(lists, school)]
            given = []  # they are the first school's
        try:
            rosters, names = choose_pupils([roster for _, _, roster in loaded], self.pupils)
        except InputRefused as exception:
            self.loader.add(exception.diagnostics)
            return
        self.left_out += names
        for roster in rosters:
            self.loader.add(drop_silent(roster.diagnostics, roster))
            self.left_out += list_left_out(roster.of_chosen())
        for school in schools:
            certain = [
                (roster, liste.selection)
                for (of, liste, _), roster in zip(loaded, rosters, strict=True)
                if of is school and school.certain
            ]
            self._try(school, certain, with_trial)

    def _load_schools(self) -> list[School]:
        """The schools that can be tried, each under the first of the référentiels."""
        targets, loader = self.targets, self.loader
        usual = find_projet(self.sources.projet, *targets.lists)
        paths = targets.projets or ([usual] if usual else [])
        if not targets.projets and (told := tell_projet(self.sources.projet, usual)):
            self.remarks.append(told)
        beside = find_referentiel(self.sources.referentiel, next(iter(paths), None))
        read = [loader.read_referentiel(path) for path in targets.referentiels or [shorten(beside)]]
        self.files += [("referentiel", path) for path in targets.referentiels]
        projets = [loader.read_projet(path) for path in paths]
        self.files += [("projet", path) for path in targets.projets]
        for referentiel in read:
            loader.doubt(referentiel, [one.model for one in projets if one.model])
        opened = [
            loader.open_school(one, read[0], self._templates(one.path if one else None))
            for one in (projets or (None,))
        ]
        schools = [school for school in opened if school is not None]
        used = dict.fromkeys(path for school in schools for path in school.templates)
        self.files += [("modele", path) for path in used or targets.templates]
        return schools

    def _templates(self, projet: Path | None) -> tuple[Path, ...]:
        return tuple(self.targets.templates) or find_templates(self.sources.templates, projet)

    def _find_declared(self, school: School) -> Iterator[GivenList]:
        """The lists that a school's file declares. They may well not be there: a repository
        does not hold pupils."""
        if school.source is None or school.source.path not in self.targets.projets:
            return
        for liste in school.projet.fabrication.listes:
            path = school.folder / liste.fichier
            stages = school.folder / liste.stages if liste.stages else None
            for absent in [one for one in (path, stages) if one and not one.exists()]:
                self.remarks.append(f"« {absent} » n'est pas là, et n'a pas été relu.")
            if path.exists() and path not in self.targets.lists:
                there = stages if stages and stages.exists() else None
                selection = choose(school.referentiel, liste.classe, liste.option)
                yield GivenList(path, there, selection)

    def _load_lists(
        self, lists: Sequence[GivenList], school: School
    ) -> Iterator[tuple[GivenList, Roster]]:
        """The lists that can be read; placements not without the school, by whose divisions pupils
        are told a class."""
        for liste in lists:
            self.files += [("liste", path) for path in (liste.path, liste.stages) if path]
            stages = liste.stages if school.certain else None
            roster = self.loader.load_list(liste.path, school, liste.selection, stages)
            if roster is not None:
                yield liste, roster

    def _plan(
        self, rosters: Sequence[tuple[Roster, Selection]], school: School, documents: list[Document]
    ) -> list[Plan]:
        """These documents of every pupil of the lists, and what cannot be told of them."""
        plans = [
            plan_documents(roster.of_chosen(), school.referentiel, documents, selection.periode)
            for roster, selection in rosters
        ]
        for plan, (roster, _) in zip(plans, rosters, strict=True):
            self.loader.add(drop_silent(plan.diagnostics, roster))
        return plans

    def _try(
        self, school: School, rosters: Sequence[tuple[Roster, Selection]], with_trial: bool
    ) -> None:
        """The templates, then what of the pupils does not fit in the documents.

        Where the lists alone are in question, only the documents that they need are tried.
        """
        if not with_trial:
            self._plan(rosters, school, [])
            return
        from pfmp_cli.press.pupil_document import find_misfits
        from pfmp_cli.press.workshop import open_workshop
        from pfmp_cli.review.school_contradictions import find_unknown_documents

        workshop = open_workshop(school)
        known = workshop.templates.documents()
        if school.source and school.source.path in self.targets.projets:
            fabrication = school.projet.fabrication
            self.loader.add(find_unknown_documents(fabrication, known, school.source))
        documents = list(known.values())
        plans = self._plan(rosters, school, documents)
        needed = dict.fromkeys(edition for plan in plans for edition in plan.editions())
        every = [] if self.targets.only_lists() else list_editions(school.referentiel, documents)
        editions = dict.fromkeys(every)
        self.loader.add(workshop.templates.find_syntax_errors())
        trial = try_editions(workshop, editions | needed, {*needed, *pick_editions(editions)})
        self.loader.add(trial.diagnostics)
        for plan, (roster, _) in zip(plans, rosters, strict=True):
            made = [one for one in plan.documents if one.edition in trial.laid_out]
            self.loader.add(find_misfits(made, workshop, roster))

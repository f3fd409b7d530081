"""A whole check: every file, then the lists against the school, then the templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.targets import Targets, shorten
from pfmp_cli.checking.template_trial import pick_editions, try_editions
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.selection import EVERYONE, PupilChoice, Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.loading.sources import (
    Sources,
    find_projet,
    find_referentiel,
    find_templates,
    tell_projet,
)
from pfmp_cli.planning.command_words import choose_among
from pfmp_cli.planning.editions import Document, list_editions
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.plan import Plan, plan_documents
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.review.copy_damage import find_damage
from pfmp_cli.review.doubts import find_projet_scales, find_referentiel_doubts
from pfmp_cli.yaml_files.diplomas import split_diplomas
from pfmp_cli.yaml_files.source import YamlSource

NOT_TRIED = "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs."
WITHOUT_SCHOOL = (
    "L'établissement est refusé : les modèles et les listes ont été relus sans lui ; corrigez ses "
    "erreurs, puis recommencez."
)
LISTS_NOT_READ = "Les listes n'ont pas été relues : corrigez d'abord les erreurs."


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list to read, the file of its placements, and the words that say what it does not."""

    path: Path
    stages: Path | None
    classe: str | None
    option: str | None


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
        self.loader = Loader()
        self.files: list[tuple[str, Path]] = []
        self.remarks: list[str] = []
        self.left_out: list[str] = []
        self.schools: list[str] = []

    def run(self, with_trial: bool, classe: str | None, option: str | None) -> None:
        schools = self._open_schools()
        every = [school for some in schools for school in some]
        self._look_closely(every)
        if not schools:
            self.remarks += [NOT_TRIED] if with_trial else []
            self.remarks += [LISTS_NOT_READ] if self.targets.lists else []
            return
        self.schools += dict.fromkeys(filter(None, (one.projet.caption for one in every)))
        if not all(school.certain for school in every) and (with_trial or self.targets.lists):
            self.remarks.append(WITHOUT_SCHOOL)
        given = [GivenList(p, self.targets.stages, classe, option) for p in self.targets.lists]
        loaded: list[tuple[School, Selection, Roster]] = []
        for some in schools:
            for liste in [*given, *self._find_declared(some[0])]:
                loaded += self._load_list(liste, some)
            given = []  # they are the first school's
        try:
            rosters, names = choose_pupils([roster for *_, roster in loaded], self.pupils)
        except InputRefused as exception:
            self.loader.add(exception.diagnostics)
            return
        self.left_out += names
        for roster in rosters:
            self.loader.add(drop_silent(roster.diagnostics, roster))
            self.left_out += list_left_out(roster.of_chosen())
        for school in every:
            certain = [
                (roster, selection)
                for (of, selection, _), roster in zip(loaded, rosters, strict=True)
                if of is school and school.certain
            ]
            self._try(school, certain, with_trial)

    def _open_schools(self) -> list[list[School]]:
        """The schools that can be tried, each for all its diplomas, or under the first of the
        référentiels."""
        targets, sources, loader = self.targets, self.sources, self.loader
        usual = find_projet(sources.projet, *targets.lists)
        if not targets.projets and (told := tell_projet(sources.projet, usual)):
            self.remarks.append(told)
        for path in targets.referentiels:
            loader.read_referentiel(path)
        opened = []
        for projet in targets.projets or (usual,):
            read = loader.read_projet(projet) if projet else None
            if read and read.source and split_diplomas(read.source):
                under = sources.referentiel
            else:
                usual_one = shorten(find_referentiel(sources.referentiel, projet))
                under = next(iter(targets.referentiels), usual_one)
            templates = tuple(targets.templates) or find_templates(sources.templates, projet)
            opened.append(loader.open_schools(read, under, templates))
        schools = [some for some in opened if some]
        used = dict.fromkeys(path for some in schools for one in some for path in one.templates)
        asked = loader.referentiels if targets.is_whole else targets.referentiels
        self.files += [("referentiel", path) for path in asked]
        self.files += [("projet", path) for path in targets.projets]
        self.files += [("modele", path) for path in used or targets.templates]
        return schools

    def _look_closely(self, schools: Sequence[School]) -> None:
        """What copying did to the files in question, and what is right in form and doubtful."""
        loader = self.loader
        for source in filter(self._is_asked, loader.sources):
            loader.add(find_damage(source))
        for read in loader.referentiels.values():
            if read.source and read.model and self._is_asked(read.source):
                of_it = [one.projet for one in schools if one.referentiel == read.model]
                loader.add(find_referentiel_doubts(read.model, read.source, of_it))
        for school in schools:
            if school.source and self._is_asked(school.source):
                loader.add(find_projet_scales(school.projet, school.source))

    def _is_asked(self, source: YamlSource) -> bool:
        targets = self.targets
        return targets.is_whole or source.path in (*targets.referentiels, *targets.projets)

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
                yield GivenList(path, there, liste.classe, liste.option)

    def _load_list(
        self, liste: GivenList, schools: Sequence[School]
    ) -> Iterator[tuple[School, Selection, Roster]]:
        """The pupils of each diploma, where the list can be read; placements not without the
        school, by whose divisions pupils are told a class."""
        self.files += [("liste", path) for path in (liste.path, liste.stages) if path]
        stages = liste.stages if all(school.certain for school in schools) else None
        referentiels = (school.referentiel for school in schools)
        choices = choose_among(referentiels, liste.classe, liste.option)
        for rank, choice, roster in self.loader.load_list(liste.path, schools, choices, stages):
            yield schools[rank], choice, roster

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

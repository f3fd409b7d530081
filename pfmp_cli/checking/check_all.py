"""A whole check: every file, then the lists against the school, then the templates."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.targets import Targets
from pfmp_cli.checking.template_trial import pick_editions, try_editions
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.fabrication import Liste
from pfmp_cli.domain.selection import EVERYONE, PupilChoice, Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.loading.school import School
from pfmp_cli.loading.school_files import SchoolLoader
from pfmp_cli.loading.sources import find_projet, find_templates, tell_projet
from pfmp_cli.planning.command_words import choose_among
from pfmp_cli.planning.editions import Document, list_editions
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.owners import drop_silent
from pfmp_cli.planning.plan import Plan, plan_documents
from pfmp_cli.planning.pupil_choice import choose_pupils
from pfmp_cli.review.copy_damage import find_damage
from pfmp_cli.review.doubts import find_projet_scales, find_referentiel_doubts
from pfmp_cli.yaml_files.source import read_yaml

NOT_TRIED = "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs."
LISTS_NOT_READ = "Les listes n'ont pas été relues : corrigez d'abord les erreurs."


def check_all(
    targets: Targets,
    lists: Sequence[Liste],
    with_trial: bool = True,
    pupils: PupilChoice = EVERYONE,
) -> Findings:
    """All that can be said of the files; `with_trial`, of what they make as well.

    `pupils` are those of the lists that it is asked of. Raises WrongUsage where a list's class or
    option does not exist.
    """
    check = _Check(targets, pupils)
    check.loader.add(targets.refused)
    if targets.asked or lists:
        check.run(lists, with_trial)
    return replace(check.found, diagnostics=list(check.loader.problems), kinds=check.loader.kinds)


class _Check:
    def __init__(self, targets: Targets, pupils: PupilChoice) -> None:
        self.targets, self.pupils = targets, pupils
        self.loader = SchoolLoader()
        self.found = Findings()

    def run(self, lists: Sequence[Liste], with_trial: bool) -> None:
        schools = self._load_schools([Path(liste.fichier) for liste in lists])
        self._look_closely(schools)
        if not schools:
            self.found.remarks += [NOT_TRIED] if with_trial else []
            self.found.remarks += [LISTS_NOT_READ] if lists else []
            return
        captions = (one.projet.caption for one in schools)
        self.found.schools += dict.fromkeys(filter(None, captions))
        loaded: list[tuple[int, Selection, Roster]] = []
        for liste in [*lists, *self._find_declared(schools[0], lists)]:
            files = [Path(name) for name in (liste.fichier, liste.stages) if name]
            self.found.files += [("liste", path) for path in files]
            referentiels = (school.referentiel for school in schools)
            choices = choose_among(referentiels, liste.classe, liste.option)
            loaded += self.loader.load_list(files[0], schools, choices, *files[1:])
        try:
            rosters, names = choose_pupils([roster for *_, roster in loaded], self.pupils)
        except InputRefused as exception:
            self.loader.add(exception.diagnostics)
            return
        self.found.left_out += names
        for roster in rosters:
            self.loader.add(drop_silent(roster.diagnostics, roster))
            self.found.left_out += list_left_out(roster.of_chosen())
        for rank, school in enumerate(schools):
            read = zip(loaded, rosters, strict=True)
            chosen = [(roster, selection) for (of, selection, _), roster in read if of == rank]
            self._try(school, chosen, with_trial)

    def _load_schools(self, lists: Sequence[Path]) -> list[School]:
        sources, asked = self.targets.sources, self.targets.asked
        path = find_projet(sources.projet, *lists)
        if "projet" not in asked and (told := tell_projet(sources.projet, path)):
            self.found.remarks.append(told)
        schools = self.loader.load_schools(replace(sources, projet=path))
        templates = find_templates(sources.templates, path)
        files = {"referentiel": self.loader.referentiels, "modele": templates}
        files["projet"] = [path] if path else []
        self.found.files += [(kind, one) for kind in asked for one in files[kind]]
        return schools

    def _look_closely(self, schools: Sequence[School]) -> None:
        """What copying did to the files in question, and what is right in form and doubtful."""
        loader, asked = self.loader, self.targets.asked
        for source in loader.sources:
            if loader.kinds[str(source.path)] in asked:
                loader.add(find_damage(source))
        for read in loader.referentiels.values() if "referentiel" in asked else ():
            if read.source and read.model:
                of_it = [one.projet for one in schools if one.referentiel == read.model]
                loader.add(find_referentiel_doubts(read.model, read.source, of_it))
        for school in loader.projets if "projet" in asked else ():
            if school.source and school.model in [one.projet for one in schools]:
                loader.add(find_projet_scales(school.model, school.source))

    def _find_declared(self, school: School, given: Sequence[Liste]) -> Iterator[Liste]:
        """The lists that the school's file declares, and that are there: a repository does not hold
        pupils."""
        if "projet" not in self.targets.asked:
            return
        for liste in school.projet.fabrication.listes:
            path = school.folder / liste.fichier
            stages = school.folder / liste.stages if liste.stages else None
            for absent in [one for one in (path, stages) if one and not one.exists()]:
                self.found.remarks.append(f"« {absent} » n'est pas là, et n'a pas été relu.")
            if path.exists() and path not in [Path(one.fichier) for one in given]:
                there = str(stages) if stages and stages.exists() else None
                yield replace(liste, fichier=str(path), stages=there)

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
        from pfmp_cli.press.template.references import find_citations
        from pfmp_cli.press.workshop import open_workshop
        from pfmp_cli.review.school_contradictions import find_unknown_documents

        workshop = open_workshop(school)
        known = workshop.documents
        if school.path and "projet" in self.targets.asked:
            fabrication, source = school.projet.fabrication, read_yaml(school.path)
            self.loader.add(find_unknown_documents(fabrication, known, source))
        documents = list(known.values())
        plans = self._plan(rosters, school, documents)
        needed = dict.fromkeys(edition for plan in plans for edition in plan.editions())
        every = list_editions(school.referentiel, documents) if self.targets.asked else ()
        editions = dict.fromkeys(every)
        self.loader.add(workshop.templates.find_syntax_errors())
        self.loader.add(find_citations(workshop.templates.folders))
        paged = {*needed, *pick_editions(editions)}
        laid_out, problems = try_editions(workshop, editions | needed, paged)
        self.loader.add(problems)
        for plan, (roster, _) in zip(plans, rosters, strict=True):
            made = [one for one in plan.documents if one.edition in laid_out]
            self.loader.add(find_misfits(made, workshop, roster))

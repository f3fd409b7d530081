"""A whole check: every file, then the lists against the school, then the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.reading import School, read_again, read_list, read_placements
from pfmp_cli.checking.targets import Targets
from pfmp_cli.loading import Sources
from pfmp_cli.planning.command_words import choose

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Roster
    from pfmp_cli.planning.editions import Document
    from pfmp_cli.planning.plan import Plan
    from pfmp_cli.press.workshop import Workshop

Words = tuple[str | None, str | None]
"""A class and an option, as they are typed."""


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list to read, what is said of it, and the file of its placements."""

    path: Path
    words: Words
    stages: Path | None


SANS_ESSAI = "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs."
SANS_ECOLE = (
    "L'établissement est refusé : les modèles et les listes ont été relus sans lui ; corrigez ses "
    "erreurs, puis recommencez."
)
SANS_LISTE = "Les listes n'ont pas été relues : corrigez d'abord les erreurs."


def check_all(
    targets: Targets,
    sources: Sources,
    rendu: bool = True,
    classe: str | None = None,
    option: str | None = None,
) -> Findings:
    """All that can be said of the files; with `rendu`, of what they make as well.

    `classe` and `option` are what the command line says of its lists. Raises WrongUsage where
    these do not exist.
    """
    findings = Findings()
    findings.add("", "fichier", targets.refused)
    if targets.is_empty():
        return findings
    schools = read_again(targets, sources, findings)
    if not schools:
        findings.remarks += [SANS_ESSAI] if rendu else []
        findings.remarks += [SANS_LISTE] if targets.lists else []
        return findings
    if not all(school.certain for school in schools) and (rendu or targets.lists):
        findings.remarks.append(SANS_ECOLE)
    given = [GivenList(path, (classe, option), targets.stages) for path in targets.lists]
    for school in schools:
        lists = [*given, *_find_declared(school, targets, findings)]
        lectures = list(_read_all(lists, school, findings))
        given = []  # they are the first school's
        if rendu:
            _try(school, targets.only_lists(), lectures, findings)
        else:
            for roster in lectures:
                _plan(roster, school, (), findings)
    return findings


def _find_declared(school: School, targets: Targets, findings: Findings) -> Iterator[GivenList]:
    """The lists that a school's file declares. They may well not be there: a repository does
    not hold pupils."""
    if school.source is None:
        return
    folder = school.source.path.parent
    for liste in school.projet.fabrication.listes:
        path = folder / liste.fichier
        stages = folder / liste.stages if liste.stages else None
        for absent in [one for one in (path, stages) if one and not one.exists()]:
            findings.remarks.append(f"« {absent} » n'est pas là, et n'a pas été relu.")
        if path.exists() and path not in targets.lists:
            there = stages if stages and stages.exists() else None
            yield GivenList(path, (liste.classe, liste.option), there)


def _read_all(lists: Iterable[GivenList], school: School, findings: Findings) -> Iterator[Roster]:
    """The lists that can be used; none without their school, by whose divisions pupils are
    told a class."""
    from pfmp_cli.lists.enrolment import enrol

    for liste in lists:
        roster = read_list(liste.path, school, findings)
        if roster is not None and school.certain:
            said = choose(school.referentiel, *liste.words)
            roster = enrol(roster, school.referentiel, school.projet.divisions, said)
            if liste.stages is not None:
                roster = read_placements(liste.stages, roster, school, said, findings)
            yield roster


def _open_workshop(school: School) -> Workshop:
    from pfmp_cli.press.template.render import Templates, image_address
    from pfmp_cli.press.workshop import Workshop

    logo = image_address(school.logo) if school.logo else None
    return Workshop(school.referentiel, school.projet, Templates(school.templates), logo)


def _plan(
    roster: Roster, school: School, documents: Sequence[Document], findings: Findings
) -> Plan:
    """These documents of every pupil of a list, and what cannot be told of them."""
    from pfmp_cli.planning.plan import plan_documents

    plan = plan_documents(roster, school.referentiel, documents)
    findings.add("liste", "liste", plan.diagnostics)
    return plan


def _try(school: School, only_lists: bool, lectures: Sequence[Roster], findings: Findings) -> None:
    """The templates, then what of the pupils does not fit in the documents.

    Where the lists alone are in question, only the documents that they need are tried.
    """
    from pfmp_cli.checking.template_trial import pick_editions, try_editions, try_templates
    from pfmp_cli.making.run import find_misfits
    from pfmp_cli.planning.editions import list_editions
    from pfmp_cli.review.school_contradictions import find_unknown_documents

    workshop = _open_workshop(school)
    known = workshop.templates.documents()
    if school.source is not None:
        unknown = find_unknown_documents(school.projet.fabrication, known, school.source)
        findings.add("projet", "reference", unknown)
    documents = list(known.values())
    plans = [(_plan(one, school, documents, findings), one) for one in lectures]
    needed = {edition for plan, _ in plans for edition in plan.editions()}
    editions = dict.fromkeys([] if only_lists else list_editions(school.referentiel, documents))
    try_templates(workshop, findings)
    paged = needed | pick_editions(editions)
    made = try_editions(workshop, editions | dict.fromkeys(needed), paged, findings)
    for plan, roster in plans:
        commandes = [document for document in plan.documents if document.edition in made]
        findings.add("liste", "debordement", find_misfits(commandes, workshop, roster))

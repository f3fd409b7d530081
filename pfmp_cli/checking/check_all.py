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
    cibles: Targets,
    sources: Sources,
    rendu: bool = True,
    classe: str | None = None,
    option: str | None = None,
) -> Findings:
    """All that can be said of the files; with `rendu`, of what they make as well.

    `classe` and `option` are what the command line says of its lists. Raises WrongUsage where
    these do not exist.
    """
    controle = Findings()
    controle.add("", "fichier", cibles.refused)
    if cibles.is_empty():
        return controle
    ecoles = read_again(cibles, sources, controle)
    if not ecoles:
        controle.remarks += [SANS_ESSAI] if rendu else []
        controle.remarks += [SANS_LISTE] if cibles.lists else []
        return controle
    if not all(ecole.certain for ecole in ecoles) and (rendu or cibles.lists):
        controle.remarks.append(SANS_ECOLE)
    given = [GivenList(path, (classe, option), cibles.stages) for path in cibles.lists]
    for ecole in ecoles:
        lists = [*given, *_find_declared(ecole, cibles, controle)]
        lectures = list(_read_all(lists, ecole, controle))
        given = []  # they are the first school's
        if rendu:
            _try(ecole, cibles.only_lists(), lectures, controle)
        else:
            for lecture, choix in lectures:
                _plan(lecture, ecole, (), choix, controle)
    return controle


def _find_declared(ecole: School, cibles: Targets, controle: Findings) -> Iterator[GivenList]:
    """The lists that a school's file declares. They may well not be there: a repository does
    not hold pupils."""
    if ecole.source is None:
        return
    folder = ecole.source.path.parent
    for liste in ecole.projet.fabrication.listes:
        path = folder / liste.fichier
        stages = folder / liste.stages if liste.stages else None
        for absent in [one for one in (path, stages) if one and not one.exists()]:
            controle.remarks.append(f"« {absent} » n'est pas là, et n'a pas été relu.")
        if path.exists() and path not in cibles.lists:
            there = stages if stages and stages.exists() else None
            yield GivenList(path, (liste.classe, liste.option), there)


def _read_all(
    lists: Iterable[GivenList], ecole: School, controle: Findings
) -> Iterator[tuple[Roster, Words]]:
    """The lists that can be used; none without their school, by whose divisions pupils are
    told a class."""
    for liste in lists:
        lecture = read_list(liste.path, ecole, controle)
        if lecture is not None and ecole.certain:
            if liste.stages is not None:
                said = choose(ecole.referentiel, *liste.words)
                lecture = read_placements(liste.stages, lecture, ecole, said, controle)
            yield lecture, liste.words


def _open_workshop(ecole: School) -> Workshop:
    from pfmp_cli.press.template.render import Templates, image_address
    from pfmp_cli.press.workshop import Workshop

    logo = image_address(ecole.logo) if ecole.logo else None
    return Workshop(ecole.referentiel, ecole.projet, Templates(ecole.templates), logo)


def _plan(
    lecture: Roster,
    ecole: School,
    documents: Sequence[Document],
    choix: Words,
    controle: Findings,
) -> Plan:
    """These documents of every pupil of a list, and what cannot be told of them."""
    from pfmp_cli.planning.plan import plan_documents

    referentiel, divisions = ecole.referentiel, ecole.projet.divisions
    plan = plan_documents(lecture, referentiel, divisions, documents, choose(referentiel, *choix))
    controle.add("liste", "liste", plan.diagnostics)
    return plan


def _try(
    ecole: School, only_lists: bool, lectures: Sequence[tuple[Roster, Words]], controle: Findings
) -> None:
    """The templates, then what of the pupils does not fit in the documents.

    Where the lists alone are in question, only the documents that they need are tried.
    """
    from pfmp_cli.checking.template_trial import pick_editions, try_editions, try_templates
    from pfmp_cli.domain.fabrication import find_unknown_documents
    from pfmp_cli.making.run import find_misfits
    from pfmp_cli.planning.editions import list_editions

    workshop = _open_workshop(ecole)
    known = workshop.templates.documents()
    if ecole.source is not None:
        unknown = find_unknown_documents(ecole.projet.fabrication, known, ecole.source)
        controle.add("projet", "reference", unknown)
    documents = list(known.values())
    plans = [(_plan(one, ecole, documents, choix, controle), one) for one, choix in lectures]
    needed = {edition for plan, _ in plans for edition in plan.editions()}
    editions = dict.fromkeys([] if only_lists else list_editions(ecole.referentiel, documents))
    try_templates(workshop, controle)
    paged = needed | pick_editions(editions)
    made = try_editions(workshop, editions | dict.fromkeys(needed), paged, controle)
    for plan, lecture in plans:
        commandes = [commande for commande in plan.documents if commande.edition in made]
        controle.add("liste", "debordement", find_misfits(commandes, workshop, lecture))

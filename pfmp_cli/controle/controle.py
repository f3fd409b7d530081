"""A whole check: every file, then the lists against the school, then the templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pfmp_cli.choix import choose
from pfmp_cli.controle.cibles import Cibles
from pfmp_cli.controle.constat import Controle
from pfmp_cli.controle.relecture import Ecole, read_again, read_list, read_placements
from pfmp_cli.loading import Sources

if TYPE_CHECKING:
    from pfmp_cli.inputs.eleves import Lecture
    from pfmp_cli.plan import Document, Plan
    from pfmp_cli.press.workshop import Workshop

SANS_ESSAI = "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs."
SANS_ECOLE = (
    "L'établissement est refusé : les modèles et les listes ont été relus sans lui ; corrigez ses "
    "erreurs, puis recommencez."
)
SANS_LISTE = "Les listes n'ont pas été relues : corrigez d'abord les erreurs."


def run_check(
    cibles: Cibles,
    sources: Sources,
    rendu: bool = True,
    classe: str | None = None,
    option: str | None = None,
) -> Controle:
    """All that can be said of the files; with `rendu`, of what they make as well.

    `classe` and `option` are what the command line says of the lists. Raises WrongUsage where
    these do not exist.
    """
    controle = Controle()
    controle.add("", "fichier", cibles.refus)
    if cibles.is_empty():
        return controle
    ecoles = read_again(cibles, sources, controle)
    if not ecoles:
        controle.remarques += [SANS_ESSAI] if rendu else []
        controle.remarques += [SANS_LISTE] if cibles.listes else []
        return controle
    if not all(ecole.sure for ecole in ecoles) and (rendu or cibles.listes):
        controle.remarques.append(SANS_ECOLE)
    read = [read_list(path, ecoles[0], controle) for path in cibles.listes]
    lectures = [lecture for lecture in read if lecture is not None]
    if not ecoles[0].sure:
        lectures = []  # without its divisions, no pupil can be told a class
    choix = (classe, option)
    if cibles.stages:
        said = choose(ecoles[0].referentiel, *choix)
        lectures = [
            read_placements(cibles.stages, one, ecoles[0], said, controle) for one in lectures
        ]
    if rendu:
        _try(ecoles, cibles.only_lists(), lectures, choix, controle)
    else:
        for lecture in lectures:
            _plan(lecture, ecoles[0], (), choix, controle)
    return controle


def _open_workshop(ecole: Ecole) -> Workshop:
    from pfmp_cli.press.template import Templates, image_address
    from pfmp_cli.press.workshop import Workshop

    logo = image_address(ecole.logo) if ecole.logo else None
    return Workshop(ecole.referentiel, ecole.projet, Templates(ecole.modeles), logo)


def _plan(
    lecture: Lecture,
    ecole: Ecole,
    documents: Sequence[Document],
    choix: tuple[str | None, str | None],
    controle: Controle,
) -> Plan:
    """These documents of every pupil of a list, and what cannot be told of them."""
    from pfmp_cli.plan import plan_documents

    referentiel, divisions = ecole.referentiel, ecole.projet.divisions
    plan = plan_documents(lecture, referentiel, divisions, documents, choose(referentiel, *choix))
    controle.add("liste", "liste", plan.diagnostics)
    return plan


def _try(
    ecoles: Sequence[Ecole],
    only_lists: bool,
    lectures: Sequence[Lecture],
    choix: tuple[str | None, str | None],
    controle: Controle,
) -> None:
    """The templates, then what of the pupils does not fit in the documents.

    Where the lists alone are in question, only the documents that they need are tried.
    """
    from pfmp_cli.batch import find_misfits
    from pfmp_cli.controle.essai import list_editions, pick_editions, try_editions, try_templates

    for rank, ecole in enumerate(ecoles):
        workshop = _open_workshop(ecole)
        documents = list(workshop.templates.documents().values())
        mine = lectures if rank == 0 else ()
        plans = [(_plan(one, ecole, documents, choix, controle), one) for one in mine]
        needed = {edition for plan, _ in plans for edition in plan.editions()}
        editions = dict.fromkeys([] if only_lists else list_editions(workshop))
        try_templates(workshop, controle)
        paged = needed | pick_editions(editions)
        made = try_editions(workshop, editions | dict.fromkeys(needed), paged, controle)
        for plan, lecture in plans:
            commandes = [commande for commande in plan.commandes if commande.edition in made]
            controle.add("liste", "debordement", find_misfits(commandes, workshop, lecture))

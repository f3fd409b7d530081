"""A whole check: every file, then the lists against the school, then the templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pfmp_cli.controle.cibles import Cibles
from pfmp_cli.controle.constat import Controle
from pfmp_cli.controle.relecture import Ecole, read_again, read_list
from pfmp_cli.loading import Sources

if TYPE_CHECKING:
    from pfmp_cli.inputs.eleves import Lecture
    from pfmp_cli.plan import Plan
    from pfmp_cli.press.workshop import Workshop

SANS_ESSAI = "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs."
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
    ecoles = read_again(cibles, sources, controle)
    if not ecoles:
        controle.remarques += [SANS_ESSAI] if rendu else []
        controle.remarques += [SANS_LISTE] if cibles.listes else []
        return controle
    read = [read_list(path, ecoles[0], controle) for path in cibles.listes]
    lectures = [lecture for lecture in read if lecture is not None]
    if not rendu and not lectures:
        return controle
    workshops = [_open_workshop(ecole) for ecole in ecoles]
    plans = [_plan(lecture, workshops[0], classe, option, controle) for lecture in lectures]
    if rendu:
        _try(workshops, cibles.only_lists(), list(zip(plans, lectures, strict=True)), controle)
    return controle


def _open_workshop(ecole: Ecole) -> Workshop:
    from pfmp_cli.press.template import Templates, image_address
    from pfmp_cli.press.workshop import Workshop

    logo = image_address(ecole.logo) if ecole.logo else None
    return Workshop(ecole.referentiel, ecole.projet, Templates(ecole.modeles), logo)


def _plan(
    lecture: Lecture,
    workshop: Workshop,
    classe: str | None,
    option: str | None,
    controle: Controle,
) -> Plan:
    """Every document of every pupil of a list, and what cannot be told of them."""
    from pfmp_cli.choix import choose
    from pfmp_cli.plan import plan_documents

    referentiel, divisions = workshop.referentiel, workshop.projet.divisions
    documents = list(workshop.templates.documents().values())
    choix = choose(referentiel, classe, option)
    plan = plan_documents(lecture, referentiel, divisions, documents, choix)
    controle.add("liste", "liste", plan.diagnostics)
    return plan


def _try(
    workshops: list[Workshop],
    only_lists: bool,
    plans: Iterable[tuple[Plan, Lecture]],
    controle: Controle,
) -> None:
    """The templates, then what of the pupils does not fit in the documents.

    Where the lists alone are in question, only the documents that they need are tried.
    """
    from pfmp_cli.batch import find_misfits
    from pfmp_cli.controle.essai import list_editions, try_editions, try_templates

    plans = list(plans)
    first, *others = workshops
    if only_lists:
        editions = dict.fromkeys(edition for plan, _ in plans for edition in plan.editions())
    else:
        editions = dict.fromkeys(list_editions(first))
        try_templates(first, controle)
    made = try_editions(first, list(editions), controle)
    for workshop in others:
        try_templates(workshop, controle)
        try_editions(workshop, list(list_editions(workshop)), controle)
    for plan, lecture in plans:
        commandes = [commande for commande in plan.commandes if commande.edition in made]
        controle.add("liste", "debordement", find_misfits(commandes, first, lecture))

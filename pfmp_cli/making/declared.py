"""What the school's file declares under `fabrication`, planned: its lists, and blank documents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.domain.fabrication import Liste, Vierges
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import PupilChoice
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.making.build_plan import (
    BLANKS,
    Batch,
    Blank,
    BuildPlan,
    identify,
    plan_all,
    plan_list,
)
from pfmp_cli.planning.command_words import choose_among
from pfmp_cli.planning.editions import Edition, list_editions
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.rules import output_rules as rules
from pfmp_cli.text import slug

if TYPE_CHECKING:
    from pfmp_cli.yaml_files.source import YamlSource


def plan_declared(
    loader: Loader,
    workshops: Sequence[Workshop],
    without_lists: bool,
    choice: PupilChoice,
) -> BuildPlan:
    """What the pupils of all lists that the school's file declares get, and the blank documents,
    which are nobody's where pupils are chosen.

    Raises InputRefused with what is wrong in all of them.
    """
    school = workshops[0]  # of one of its diplomas: what is declared is of all
    file, fabrication = str(school.path), school.projet.fabrication
    loader.add(_find_unknown(school))
    loader.refuse()
    batches: list[Batch] = []
    for rank, liste in enumerate(() if without_lists else fabrication.listes):
        if not loader.add(_find_absent(liste, rank, school)):
            folder, words = school.folder, (liste.classe, liste.option, liste.periode)
            stages = folder / liste.stages if liste.stages else None
            choices = choose_among((one.referentiel for one in workshops), *words)
            read = loader.load_list(folder / liste.fichier, workshops, choices, stages)
            batches += (plan_list(liste, one, workshops[of], rank) for of, _, one in read)
    plan = plan_all(loader, workshops, batches, choice, file)
    plan = replace(plan, lists=frozenset(batch.list_name for batch in batches))
    if choice:
        return plan
    blanks = tuple(_list_blanks(fabrication.vierges, workshops, school.diplomas))
    if not batches and not blanks:
        place = Position(file, label="fabrication")
        raise InputRefused([rules.NOTHING_DECLARED.at(place)])
    blank_lists = {identify(BLANKS, shop.referentiel) for shop in workshops}
    return replace(plan, blanks=blanks, lists=plan.lists | blank_lists)


def _list_blanks(
    vierges: Vierges, workshops: Iterable[Workshop], diplomas: Sequence[Referentiel]
) -> list[Blank]:
    """The blank documents; those of one of several diplomas in a folder of its own."""
    return [
        Blank(shop, edition, "/".join(filter(None, (BLANKS, sigle, edition.file_name))))
        for shop in workshops
        for sigle in [slug(shop.referentiel.diplome.sigle) if diplomas else ""]
        for edition in choose_blanks(vierges, shop)
    ]


def choose_blanks(selection: Vierges, workshop: Workshop) -> list[Edition]:
    """The blank documents to make. A variant that leaves a document as it is has none.

    Raises InputRefused with what is wrong in a template.
    """
    known = workshop.documents
    names = known if selection.documents is None else selection.documents
    editions = [
        edition
        for edition in list_editions(workshop.referentiel, [known[name] for name in names])
        if (selection.classes is None or edition.classe in selection.classes)
        and (selection.options is None or edition.option in (None, *selection.options))
    ]
    return [edition for edition in editions if not _is_plain(edition, editions, workshop)]


def _is_plain(edition: Edition, others: Sequence[Edition], workshop: Workshop) -> bool:
    plain = replace(edition, variantes=frozenset())
    if plain == edition or plain not in others:
        return False
    return workshop.get_rendering(plain).key == workshop.get_rendering(edition).key


def _find_unknown(school: Workshop) -> Iterator[Diagnostic]:
    """Documents that the school's file declares, and that have no template."""
    known, fabrication = school.documents, school.projet.fabrication
    lists = [liste.documents for liste in fabrication.listes]
    if not known.keys() >= {*chain(fabrication.vierges.documents or (), *lists)}:
        from pfmp_cli.review.school_contradictions import find_unknown_documents

        yield from find_unknown_documents(fabrication, known, _read_file(school))


def _read_file(school: School) -> "YamlSource":
    """What is in the school's file, which may only be remembered."""
    from pfmp_cli.yaml_files.source import read_yaml

    return read_yaml(school.path or Path())


def _find_absent(liste: Liste, rank: int, school: School) -> Iterator[Diagnostic]:
    """A list, or its placements, that are not where the school's file says."""
    for key, name in (("fichier", liste.fichier), ("stages", liste.stages)):
        if name and not (school.folder / name).exists():
            place = _read_file(school).position(("fabrication", "listes", rank, key))
            yield rules.NO_DECLARED_FILE.at(place, name=name)

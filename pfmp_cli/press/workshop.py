"""The press at work: from an edition to what merges pupils into it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, WrongUsage
from pfmp_cli.domain.projet import Projet
from pfmp_cli.lists.pupils import Eleve
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.loading.secret import Secret
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.command_words import choose_among
from pfmp_cli.planning.document_values import Composer
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.planning.plan import PlannedDocument
from pfmp_cli.press.laying_out import lay_out_all, read_master
from pfmp_cli.press.memory import Memory
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.merge import Merger
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering, recipe_of
from pfmp_cli.press.template.render import Templates, open_templates
from pfmp_cli.press.template.template_files import list_documents
from pfmp_cli.rules.selection_rules import SEVERAL_DIPLOMAS
from pfmp_cli.shipped import shipped

if TYPE_CHECKING:
    from pfmp_cli.press.bundle import Bundle

READY = "pret.lot"  # the bundle of what ships, which a wheel has


@dataclass(frozen=True)
class Workshop(School):
    """A school at work: its templates rendered, its mergers made, once each.

    `doubts` are the warnings about the school's file. Editions of the same HTML have one merger.
    With a `memory`, what the last run rendered is not rendered again; with a `bundle`, nothing is.
    Without a `secret`, documents have no identifier.
    """

    doubts: tuple[Diagnostic, ...] = ()
    memory: Memory | None = None
    bundle: Bundle | None = None
    secret: Secret | None = None
    _renderings: dict[Edition, Rendering] = field(default_factory=dict, init=False)
    _mergers: dict[str, Merger] = field(default_factory=dict, init=False)

    @cached_property
    def _composer(self) -> Composer:
        return Composer(self.referentiel, self.projet)

    @cached_property
    def templates(self) -> Templates:
        return open_templates(self.own_templates)

    def render(self, edition: Edition) -> str:
        """The HTML of an edition, with places for the values."""
        from pfmp_cli.loading.images import image_address
        from pfmp_cli.press.template.context import build_context

        logo = image_address(self.logo) if self.logo else None
        context = build_context(edition, self.referentiel, self.projet, logo)
        return self.templates.render(edition.document, context)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents that can be made, by name."""
        return self.bundle.documents if self.bundle else list_documents(self.templates.folders)

    def get_rendering(self, edition: Edition, whole: bool = False) -> Rendering:
        """What tells whether a document of `edition` has changed, without laying it out; `whole`
        with its HTML, which is not needed where the rest is remembered.

        Raises InputRefused with what is wrong in a template.
        """
        rendering = self._renderings.get(edition) or self._recall(edition)
        if not rendering or (whole and not rendering.html):
            rendering = self._render(edition)
        self._renderings[edition] = rendering
        return rendering

    def _render(self, edition: Edition) -> Rendering:
        from pfmp_cli.press.master_key import master_key
        from pfmp_cli.press.template.field_link import find_names

        html = self.render(edition)
        rendering = Rendering(master_key(html), find_names(html), html)
        if self.memory:
            self.memory.add(self.referentiel.diplome.sigle, edition, rendering)
        return rendering

    def remember(self) -> None:
        """Keep what is known of the school for the next run."""
        if self.memory:
            self.memory.save()

    def _recall(self, edition: Edition) -> Rendering | None:
        if self.bundle:
            return self.bundle.find(edition)
        return self.memory.find(self.referentiel.diplome.sigle, edition) if self.memory else None

    def compose(self, edition: Edition, eleve: Eleve | None = None) -> dict[str, str]:
        """The values of a pupil's document, or of a blank one, by field name."""
        return self._composer.compose(edition, eleve)

    def compose_for(self, document: PlannedDocument) -> dict[str, str]:
        """The values of a pupil's document, and its identifier. Raises as `get_rendering`."""
        if not self.secret:
            return self.compose(document.edition, document.eleve)
        recipe = recipe_of(self.get_rendering(document.edition).key)
        return self._composer.identify(document, self.secret.key, recipe)

    def find_master(self, rendering: Rendering) -> Master | None:
        """The master that is kept, or that the bundle has."""
        recipe = MasterKey(recipe_of(rendering.key))
        if self.bundle and (not rendering.html or recipe in self.bundle.masters):
            return self.bundle.read(recipe)
        return read_master(rendering.key)

    def get_merger(self, edition: Edition) -> Merger:
        """What merges pupils into `edition`; lays it out where no run has before.

        Raises InputRefused with what is wrong in a template.
        """
        key = self.get_rendering(edition).key
        if key not in self._mergers:
            self.lay_out([edition])
        return self._mergers[key]

    def lay_out(self, editions: Iterable[Edition]) -> None:
        """Have the mergers of `editions` at hand, of masters that are kept or are laid out now.

        Raises InputRefused with what is wrong in a template.
        """
        missing: dict[MasterKey, tuple[Edition, Rendering]] = {}
        for edition in editions:
            rendering = self.get_rendering(edition)
            if rendering.key in self._mergers or rendering.key in missing:
                continue
            if master := self.find_master(rendering):
                self._mergers[rendering.key] = Merger(master)
            else:
                missing[rendering.key] = edition, self.get_rendering(edition, whole=True)
        with closing(lay_out_all(list(missing.values()))) as masters:
            for key, made in zip(missing, masters, strict=True):
                if isinstance(made, InputRefused):
                    raise made
                self._mergers[key] = Merger(made)


def open_bundle(path: Path) -> Workshop:
    """What the documents of a bundle are made with. Raises InputRefused."""
    from pfmp_cli.press.bundle import read_bundle

    bundle = read_bundle(path)
    secret = Secret(bundle.secret) if bundle.secret else None
    return Workshop(bundle.referentiel, bundle.projet, bundle=bundle, secret=secret)


def load_workshop(
    sources: Sources,
    classe: str | None = None,
    option: str | None = None,
    periode: str | None = None,
) -> Workshop:
    """The school's files, ready to work with: for the one of its diplomas that has such a class,
    option and period. Raises InputRefused with all that is wrong, WrongUsage where several have.
    """
    loader = Loader()
    workshops = open_workshops(sources, loader)
    loader.refuse()
    if len(workshops) > 1:
        choices = choose_among((one.referentiel for one in workshops), classe, option, periode)
        workshops = [one for one, choice in zip(workshops, choices, strict=True) if choice]
    if len(workshops) > 1:
        sigles = ", ".join(one.referentiel.diplome.sigle for one in workshops)
        raise WrongUsage([SEVERAL_DIPLOMAS.at(sigles=sigles)])
    return replace(workshops[0], doubts=tuple(loader.problems))


def open_workshops(sources: Sources, loader: Loader) -> list[Workshop]:
    """What a school's documents are made with, once for each of its diplomas.

    What is wrong with its files is in `loader`. Raises InputRefused with all of it where they
    cannot be used, WrongUsage as SchoolLoader.
    """
    memory = Memory(sources)
    schools = memory.load_schools(loader)
    if not schools:
        raise InputRefused(loader.problems)
    return [open_workshop(school, memory) for school in schools]


def open_workshop(school: School, memory: Memory | None = None) -> Workshop:
    """What a school's documents are made with.

    Where there is no school and no template of its own, what was laid out for the wheel will do.
    """
    ready = shipped(READY)
    if school.projet == Projet() and not school.own_templates and ready.is_file():
        workshop = open_bundle(ready)
        if workshop.referentiel == school.referentiel:
            return replace(workshop, path=school.path)
    return Workshop(**vars(school), memory=memory)

"""The press at work: from an edition to what merges pupils into it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.plan import compose_values
from pfmp_cli.press.cache import keep_master, master_key, read_master
from pfmp_cli.press.context import build_context
from pfmp_cli.press.fields import Master, find_names
from pfmp_cli.press.merge import Merger

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from pfmp_cli.inputs.projet import Projet
    from pfmp_cli.inputs.referentiel import Referentiel
    from pfmp_cli.plan import Commande, Edition
    from pfmp_cli.press.memoire import Memoire
    from pfmp_cli.press.template import Templates


@dataclass(frozen=True, slots=True)
class Modele:
    """What a master is laid out from: its HTML, its key, and the fields that it places.

    `html` is '' where the key is remembered, and nothing has been rendered yet.
    """

    html: str
    cle: str
    champs: tuple[str, ...]


@dataclass(frozen=True)
class Workshop:
    """The référentiel, the school and the templates of a run; its mergers, made once each.

    `logo` is the address of an image (`data:…`), None without one; `doutes` are the warnings
    about the school's file. Editions of the same HTML, of pupils with other dates say, have one
    merger. With a `memoire`, what the last run rendered is not rendered again.
    """

    referentiel: Referentiel
    projet: Projet
    templates: Templates
    logo: str | None = None
    doutes: tuple[Diagnostic, ...] = ()
    memoire: Memoire | None = None
    _modeles: dict[Edition, Modele] = field(default_factory=dict, init=False)
    _mergers: dict[str, Merger] = field(default_factory=dict, init=False)

    def render(self, edition: Edition) -> str:
        """The HTML of an edition, with places for the values."""
        context = build_context(edition, self.referentiel, self.projet, self.logo)
        return self.templates.render(edition.document, context)

    def get_modele(self, edition: Edition) -> Modele:
        """What tells whether a document of `edition` has changed, without laying it out.

        Raises InputRefused with what is wrong in a template.
        """
        if edition not in self._modeles:
            known = self.memoire.find(edition) if self.memoire else None
            self._modeles[edition] = Modele("", *known) if known else self._render(edition)
        return self._modeles[edition]

    def get_whole(self, edition: Edition) -> Modele:
        """The same with its HTML. Raises as `get_modele`."""
        if not self.get_modele(edition).html:
            self._modeles[edition] = self._render(edition)
        return self._modeles[edition]

    def _render(self, edition: Edition) -> Modele:
        html = self.render(edition)
        modele = Modele(html, master_key(html), find_names(html))
        if self.memoire:
            self.memoire.add(edition, modele.cle, modele.champs)
        return modele

    def compose(self, commande: Commande) -> dict[str, str]:
        """The values of a pupil's document, by field name."""
        return compose_values(commande.eleve, self._first_days(commande.edition))

    def _first_days(self, edition: Edition) -> dict[int, date]:
        """The day that each of the year's periods begins, by its rank, as far as it is known."""
        dates = self.projet.calendrier.periodes.get(edition.classe, ())
        days = {rank: given.du for rank, given in enumerate(dates, start=1)}
        if edition.dates:
            own = {code: du for code, du, _ in edition.dates}
            periodes = enumerate(self.referentiel.classe(edition.classe).periodes, start=1)
            days |= {rank: own[p.code] for rank, p in periodes if p.code in own}
        return days

    def get_merger(self, edition: Edition) -> Merger:
        """What merges pupils into `edition`; lays it out where no run has before.

        Raises InputRefused with what is wrong in a template.
        """
        cle = self.get_modele(edition).cle
        if cle not in self._mergers:
            self._mergers[cle] = Merger(read_master(cle) or _make(self.get_whole(edition)))
        return self._mergers[cle]

    def prepare(self, editions: Sequence[Edition]) -> list[tuple[Edition, Modele]]:
        """Get the mergers of `editions` ready, of those masters that are kept; the others.

        Raises as `get_merger`.
        """
        missing: dict[str, tuple[Edition, Modele]] = {}
        for edition in editions:
            cle = self.get_modele(edition).cle
            if cle in self._mergers or cle in missing:
                continue
            if master := read_master(cle):
                self._mergers[cle] = Merger(master)
            else:
                missing[cle] = edition, self.get_whole(edition)
        return list(missing.values())

    def lay_out(self, missing: Sequence[tuple[Edition, Modele]]) -> Iterator[Edition]:
        """Get those ready that `prepare` found no master of, each told as it is.

        They are laid out by as many processes as there are processors; the memory that takes
        goes with them. Raises as `get_merger`.
        """
        if not missing:
            return
        with open_pool(len(missing)) as pool:
            try:
                modeles = [modele for _, modele in missing]
                for (edition, modele), master in zip(
                    missing, pool.map(_make, modeles), strict=True
                ):
                    self._mergers[modele.cle] = Merger(master)
                    yield edition
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def open_pool(jobs: int) -> ProcessPoolExecutor:
    """As many processes as there are processors, and jobs for them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = min(jobs, os.cpu_count() or 1)
    return ProcessPoolExecutor(workers, get_context("spawn"), _end_at_once)


def _make(modele: Modele) -> Master:
    """Lay out, and keep; only here is WeasyPrint loaded, where a master is not at hand."""
    from pfmp_cli.press.master import make_master

    master = make_master(modele.html)
    keep_master(modele.cle, master)
    return master


def lay_out_or_explain(modele: Modele) -> tuple[Diagnostic, ...]:
    """Lay out and keep, as a run would; what the layout refuses, instead of raising it."""
    try:
        _make(modele)
    except InputRefused as exception:
        return exception.diagnostics
    return ()


def _end_at_once() -> None:
    """A worker that is interrupted says nothing: its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)

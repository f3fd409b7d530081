"""The press at work: from an edition to what merges pupils into it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.plan import compose_values
from pfmp_cli.press.cache import keep_master, master_key, read_master
from pfmp_cli.press.context import build_context
from pfmp_cli.press.fields import Master, find_names
from pfmp_cli.press.merge import Merger

if TYPE_CHECKING:
    from pfmp_cli.diagnostics import Diagnostic
    from pfmp_cli.inputs.projet import Projet
    from pfmp_cli.inputs.referentiel import Referentiel
    from pfmp_cli.plan import Commande, Edition
    from pfmp_cli.press.template import Templates


@dataclass(frozen=True, slots=True)
class Modele:
    """What a master is laid out from: its HTML, its key, and the fields that it places."""

    html: str
    cle: str
    champs: tuple[str, ...]


@dataclass(frozen=True)
class Workshop:
    """The référentiel, the school and the templates of a run; its mergers, made once each.

    `logo` is the address of an image (`data:…`), None without one; `doutes` are the warnings
    about the school's file.
    """

    referentiel: Referentiel
    projet: Projet
    templates: Templates
    logo: str | None = None
    doutes: tuple[Diagnostic, ...] = ()
    _modeles: dict[Edition, Modele] = field(default_factory=dict, init=False)
    _mergers: dict[Edition, Merger] = field(default_factory=dict, init=False)

    def render(self, edition: Edition) -> str:
        """The HTML of an edition, with places for the values."""
        context = build_context(edition, self.referentiel, self.projet, self.logo)
        return self.templates.render(edition.document, context)

    def get_modele(self, edition: Edition) -> Modele:
        """What tells whether a document of `edition` has changed, without laying it out.

        Raises InputRefused with what is wrong in a template.
        """
        if edition not in self._modeles:
            html = self.render(edition)
            self._modeles[edition] = Modele(html, master_key(html), find_names(html))
        return self._modeles[edition]

    def compose(self, commande: Commande) -> dict[str, str]:
        """The values of a pupil's document, by field name."""
        dates = self.projet.calendrier.periodes.get(commande.edition.classe, ())
        return compose_values(commande.eleve, [given.du for given in dates])

    def get_merger(self, edition: Edition) -> Merger:
        """What merges pupils into `edition`; lays it out where no run has before.

        Raises InputRefused with what is wrong in a template.
        """
        if edition not in self._mergers:
            modele = self.get_modele(edition)
            self._mergers[edition] = Merger(read_master(modele.cle) or _make(modele))
        return self._mergers[edition]

    def prepare(self, editions: Sequence[Edition]) -> list[tuple[Edition, Modele]]:
        """Get the mergers of `editions` ready, of those masters that are kept; the others.

        Raises as `get_merger`.
        """
        missing: list[tuple[Edition, Modele]] = []
        for edition in editions:
            modele = self.get_modele(edition)
            if master := read_master(modele.cle):
                self._mergers[edition] = Merger(master)
            else:
                missing.append((edition, modele))
        return missing

    def lay_out(self, missing: Sequence[tuple[Edition, Modele]]) -> Iterator[Edition]:
        """Get those ready that `prepare` found no master of, each told as it is.

        They are laid out by as many processes as there are processors; the memory that takes
        goes with them. Raises as `get_merger`.
        """
        if not missing:
            return
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        workers = min(len(missing), os.cpu_count() or 1)
        with ProcessPoolExecutor(workers, get_context("spawn"), _end_at_once) as pool:
            try:
                modeles = [modele for _, modele in missing]
                for (edition, _), master in zip(missing, pool.map(_make, modeles), strict=True):
                    self._mergers[edition] = Merger(master)
                    yield edition
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


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

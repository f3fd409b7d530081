"""The press at work: from an edition to what merges pupils into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pfmp_cli.press.cache import get_master
from pfmp_cli.press.context import build_context
from pfmp_cli.press.fields import Master
from pfmp_cli.press.merge import Merger

if TYPE_CHECKING:
    from pfmp_cli.inputs.projet import Projet
    from pfmp_cli.inputs.referentiel import Referentiel
    from pfmp_cli.plan import Edition
    from pfmp_cli.press.template import Templates


@dataclass(frozen=True)
class Workshop:
    """The référentiel, the school and the templates of a run; its mergers, made once each.

    `logo` is the address of an image (`data:…`), None without one.
    """

    referentiel: Referentiel
    projet: Projet
    templates: Templates
    logo: str | None = None
    _mergers: dict[Edition, Merger] = field(default_factory=dict, init=False)

    def render(self, edition: Edition) -> str:
        """The HTML of an edition, with places for the values."""
        context = build_context(edition, self.referentiel, self.projet, self.logo)
        return self.templates.render(edition.document, context)

    def get_merger(self, edition: Edition) -> Merger:
        """What merges pupils into `edition`; lays it out where no run has before.

        Raises InputRefused with what is wrong in a template.
        """
        if edition not in self._mergers:
            self._mergers[edition] = Merger(get_master(self.render(edition), _make))
        return self._mergers[edition]


def _make(html: str) -> Master:
    """Lay out; only here, so that a run with all its masters at hand never loads WeasyPrint."""
    from pfmp_cli.press.master import make_master

    return make_master(html)

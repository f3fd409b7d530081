"""Référentiel + school + edition → HTML, by Jinja.

A template sees the domain's own names (`classe`, `activites`, `periodes`, `eleve.nom`…).
It is rendered once for all pupils: `champ(eleve.nom)` leaves a place, not a value.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.planning.editions import Document
from pfmp_cli.press.template.template_files import list_documents
from pfmp_cli.shipped import shipped

if TYPE_CHECKING:
    from pfmp_cli.press.template.renderer import Renderer


class Templates:
    """The templates of a run: a school's folder first, file by file, then the shipped ones.

    Jinja is loaded where one is rendered: a run that knows its masters renders none.
    """

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = [*folders, shipped("templates")]

    def documents(self) -> dict[str, Document]:
        """The documents that can be made, by name."""
        return list_documents(self.folders)

    def render(self, document: str, context: Mapping[str, Any]) -> str:
        """The HTML of a document (`livret`, …).

        Raises InputRefused, with the file and line of the template, for what a school's
        template has wrong.
        """
        return self._renderer.render(document, context)

    def find_syntax_errors(self) -> list[Diagnostic]:
        """The broken templates of the school's folders, whether a document uses them or not."""
        return self._renderer.find_syntax_errors()

    @cached_property
    def _renderer(self) -> "Renderer":
        from pfmp_cli.press.template.renderer import Renderer

        return Renderer(self.folders)

"""Référentiel + school + edition → HTML, by Jinja.

A template sees the domain's own names (`classe`, `activites`, `periodes`, `eleve.nom`…).
It is rendered once for all pupils: `champ(eleve.nom)` leaves a place, not a value.
"""

import weakref
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.press.template.template_files import list_templates
from pfmp_cli.press.workers import Stopped, Worker, call, is_worker
from pfmp_cli.shipped import shipped

if TYPE_CHECKING:
    from pfmp_cli.press.template.renderer import Renderer


class Templates:
    """The templates of a run: a school's folder first, file by file, then the shipped ones.

    Jinja is loaded where one is rendered: a run that knows its masters renders none. Where they
    are `guarded`, a worker renders them.
    """

    def __init__(self, folders: Iterable[Path] = (), guarded: bool = False) -> None:
        self.folders = [*folders, shipped("templates")]
        self.worker = Worker() if guarded else None
        if self.worker:
            weakref.finalize(self, self.worker.stop)

    def render(self, document: str, context: Mapping[str, Any]) -> str:
        """The HTML of a document (`livret`, …).

        Raises InputRefused, with the file and line of the template, for what a school's
        template has wrong.
        """
        html: str = self._ask(document, "render", document, context)
        return html

    def find_syntax_errors(self) -> list[Diagnostic]:
        """The broken templates of the school's folders, whether a document uses them or not."""
        found: list[Diagnostic] = self._ask("modèles", "find_syntax_errors")
        return found

    def _ask(self, name: str, method: str, *arguments: Any) -> Any:
        """What the renderer answers; `name` is what it is asked about."""
        if not self.worker:
            return getattr(self._renderer, method)(*arguments)
        own = tuple(self.folders[:-1])
        try:
            return call(self.worker, _answer, own, method, *arguments)
        except Stopped as end:
            paths = (folder / f"{name}.html" for folder in own)
            path = next((path for path in paths if path.exists()), own[0])
            raise InputRefused([end.explain(name, Position(str(path)))]) from None

    @cached_property
    def _renderer(self) -> "Renderer":
        from pfmp_cli.press.template.renderer import Renderer

        return Renderer(self.folders)


def open_templates(folders: Sequence[Path]) -> Templates:
    """The templates of a run. A school's own may never be done, so that they are guarded; what
    ships with us needs no guard, nor what a worker renders."""
    own = any([*list_templates(folder), *folder.glob("*.css")] for folder in folders)
    return Templates(folders, guarded=own and not is_worker())


_open = cache(Templates)


def _answer(folders: tuple[Path, ...], method: str, *arguments: Any) -> Any:
    return getattr(_open(folders), method)(*arguments)

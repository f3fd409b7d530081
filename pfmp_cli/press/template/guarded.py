"""A school's own templates, rendered where they can be ended: one may never be done."""

import weakref
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_templates
from pfmp_cli.press.workers import Stopped, Worker, call, is_worker


def open_templates(folders: Sequence[Path]) -> Templates:
    """The templates of a run. What ships with us needs no guard, nor what a worker renders."""
    own = any([*list_templates(folder), *folder.glob("*.css")] for folder in folders)
    return GuardedTemplates(folders) if own and not is_worker() else Templates(folders)


class GuardedTemplates(Templates):
    """Templates that a worker renders."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(folders)
        self._worker = Worker()
        weakref.finalize(self, self._worker.stop)

    def render(self, document: str, context: Mapping[str, Any]) -> str:
        html: str = self._ask(document, "render", document, context)
        return html

    def find_syntax_errors(self) -> list[Diagnostic]:
        found: list[Diagnostic] = self._ask("modèles", "find_syntax_errors")
        return found

    def _ask(self, name: str, method: str, *arguments: Any) -> Any:
        own = tuple(self.folders[:-1])
        try:
            return call(self._worker, _answer, own, method, *arguments)
        except Stopped as end:
            paths = (folder / f"{name}.html" for folder in own)
            path = next((path for path in paths if path.exists()), own[0])
            raise InputRefused([end.explain(name, Position(str(path)))]) from None


@cache
def _open(folders: tuple[Path, ...]) -> Templates:
    return Templates(folders)


def _answer(folders: tuple[Path, ...], method: str, *arguments: Any) -> Any:
    return getattr(_open(folders), method)(*arguments)

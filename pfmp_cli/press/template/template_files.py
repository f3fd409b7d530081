"""Where Jinja finds templates: files that lie in their folders, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, TemplateNotFound
from jinja2.loaders import split_template_path

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.loading.sources import is_inside
from pfmp_cli.rules.template_rules import NOT_A_TEMPLATE
from pfmp_cli.shipped import shipped


class TemplateLoader(BaseLoader):
    """Reads what `locate` finds."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        path = locate(template, self.folders)
        return path.read_text(encoding="utf-8"), str(path), None


def locate(name: str, folders: Sequence[Path]) -> Path:
    """The first file of that name. Raises TemplateNotFound, or InputRefused for what is no file
    of its folder: a FIFO, or a link out of it."""
    for folder in folders:
        path = folder.joinpath(*split_template_path(name))
        if is_template(path, folder):
            return path
        if path.exists():
            raise InputRefused([NOT_A_TEMPLATE.at(Position(str(path)), name=name)])
    raise TemplateNotFound(name)


def is_template(path: Path, folder: Path) -> bool:
    """Whether it is a file of that folder; what ships with us may be links to anywhere."""
    return path.is_file() and (folder == shipped("templates") or is_inside(path, folder))

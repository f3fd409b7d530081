"""Where Jinja finds templates: files that lie in their folders, and nothing else."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, TemplateNotFound
from jinja2.loaders import split_template_path

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.press.template.template_files import MARKDOWN, is_template, read_head
from pfmp_cli.rules.template_rules import NOT_A_TEMPLATE


class TemplateLoader(BaseLoader):
    """Reads what `locate` finds; a school's own text in Markdown as the template that it is."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        path = locate(template, self.folders)
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == MARKDOWN:
            from pfmp_cli.press.template.markdown import translate

            partials = {one.stem for folder in self.folders for one in folder.glob("_*.html")}
            text = translate(text, path, len(read_head(path, path.parent)), partials)
        return text, str(path), None


def locate(name: str, folders: Sequence[Path]) -> Path:
    """The first file of that name. Raises TemplateNotFound, or InputRefused for what is no file
    of its folder: a FIFO, or a link out of it."""
    for folder in folders:
        whole = folder.joinpath(*split_template_path(name))
        for path in dict.fromkeys((whole, _as_markdown(whole))):
            if path.suffix == MARKDOWN and not read_head(path, folder):
                continue
            if is_template(path, folder):
                return path
            if path.exists():
                raise InputRefused([NOT_A_TEMPLATE.at(Position(str(path)), name=path.name)])
    raise TemplateNotFound(name)


def _as_markdown(path: Path) -> Path:
    """The text that stands for a document, where there is no template of it."""
    document = path.suffix == ".html" and not path.name.startswith("_")
    return path.with_suffix(MARKDOWN) if document else path

"""Templates rendered by Jinja, and what it complains of in French."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.loading.images import image_address
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.master_key import master_key
from pfmp_cli.press.template.field_link import FieldMisused, FieldName
from pfmp_cli.press.template.field_writer import champ, place, remplir, selon
from pfmp_cli.press.template.sandbox import Sandbox, declared_names
from pfmp_cli.press.template.template_files import list_documents, list_templates
from pfmp_cli.press.template.template_loader import TemplateLoader, locate
from pfmp_cli.press.template.typography import bind_quotes, end_item, print_date, typeset
from pfmp_cli.rules import template_rules as rules
from pfmp_cli.text import propose, suggest

# What a template can run into: it is not a fault of ours.
_FAULTS = (
    TemplateError, FieldMisused, TypeError, ValueError, AttributeError, ArithmeticError,
    LookupError, RecursionError, MemoryError,
)  # fmt: skip


def _finalize(value: Any) -> Any:
    if isinstance(value, FieldName):
        raise FieldMisused(str.__str__(value))
    if value is None:
        return ""  # a template that forgot to ask prints nothing, and not « None »
    return typeset(value) if type(value) is str else value


class Bytecode(BytecodeCache):
    """Compiled templates, kept beside the masters: compiling takes longer than running. What Jinja
    makes of a template depends on our press too: typography is compiled in."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := recall(f"{master_key(bucket.key)}.jinja"):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep(f"{master_key(bucket.key)}.jinja", bucket.bytecode_to_string())


class Renderer:
    """Templates at work; `folders` are a school's first, file by file, then the shipped one."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders

    def render(self, document: str, context: Mapping[str, Any]) -> str:
        """As `Templates.render`."""
        try:
            html = self._environment.get_template(f"{document}.html").render(context)
            return bind_quotes(html)
        except TemplateNotFound as exception:
            raise InputRefused([self._not_found(str(exception.name))]) from exception
        except _FAULTS as exception:
            raise InputRefused([self._diagnose(exception, context)]) from exception

    def find_syntax_errors(self) -> list[Diagnostic]:
        """The broken templates of the school's folders, whether a document uses them or not."""
        found: list[Diagnostic] = []
        for path in (path for folder in self.folders[:-1] for path in list_templates(folder)):
            try:
                self._environment.get_template(f"{path.stem}.html")
            except InputRefused as refusal:
                found += refusal.diagnostics
            except (TemplateError, UnicodeDecodeError) as exception:
                found.append(self._diagnose(exception, {}))
        return found

    def read_image(self, name: str) -> str:
        """An image beside the templates, as a `data:` address (so that it counts in the key)."""
        return image_address(locate(name, self.folders))

    @cached_property
    def _environment(self) -> Sandbox:
        """Each template is loaded once a run."""
        environment = Sandbox(
            loader=TemplateLoader(self.folders),
            autoescape=lambda name: name is None or name.endswith(".html"),
            undefined=StrictUndefined,
            bytecode_cache=Bytecode(),
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            champ=champ, selon=selon, place=place, remplir=remplir, image=self.read_image
        )
        # A document to fill on screen says so in its context.
        environment.globals.update(remplissable=False)
        environment.filters.update(date=print_date, fin=end_item, typo=typeset)
        return environment

    def _not_found(self, name: str) -> Diagnostic:
        """A document without a template, or a template that includes a file that is not there."""
        files = {path.name for folder in self.folders for path in folder.iterdir()}
        known = ", ".join(list_documents(self.folders))
        help = propose(name, files, f"documents disponibles : {known}")
        return rules.UNKNOWN_TEMPLATE.at(name=name, advice=help)

    def _diagnose(self, exception: Exception, context: Mapping[str, Any]) -> Diagnostic:
        position = self._position(exception)
        if isinstance(exception, FieldMisused):
            return rules.VALUE_ASKED.at(position, field=exception.field)
        if isinstance(exception, UndefinedError):
            return _diagnose_unknown(exception, position, context)
        return rules.TEMPLATE_FAULT.at(position, complaint=_translate(exception))

    def _position(self, exception: Exception) -> Position | None:
        if isinstance(exception, TemplateSyntaxError):
            return self._line(exception.filename, exception.lineno)
        place, traceback = None, exception.__traceback__
        while traceback is not None:
            filename = traceback.tb_frame.f_code.co_filename
            if any(Path(filename).is_relative_to(folder) for folder in self.folders):
                place = self._line(filename, traceback.tb_lineno)
            traceback = traceback.tb_next
        return place

    def _line(self, filename: str | None, number: int) -> Position | None:
        if filename is None:
            return None
        lines = Path(filename).read_text(encoding="utf-8").splitlines()
        excerpt = lines[number - 1] if 0 < number <= len(lines) else None
        indent = len(excerpt) - len(excerpt.lstrip()) if excerpt else 0
        length = len(excerpt.strip()) if excerpt else 1
        return Position(filename, number, indent + 1, excerpt, length)


def _diagnose_unknown(
    exception: UndefinedError, position: Position | None, context: Mapping[str, Any]
) -> Diagnostic:
    """The name as the template writes it, the nearest, and all that there is instead."""
    message = str(exception)
    name = (re.findall(r"'([^']+)'", message) or [message])[-1]
    written = _find_written(position, name, context)
    before = f"{written[1]}." if written and written[1] else ""
    owner = context[written[1]] if written and written[1] else context
    names = owner if isinstance(owner, Mapping) else declared_names(owner)
    known = [f"{before}{one}" for one in sorted(names)]
    help = f"existent : {', '.join(known)}"
    if near := suggest(before + name, known):
        help = f"vouliez-vous dire « {near} » ? {help}"
    if position and written:
        position = replace(
            position, column=written.start() + 1, length=written.end() - written.start()
        )
    return rules.UNKNOWN_NAME.at(position, name=before + name, advice=help)


def _find_written(
    position: Position | None, name: str, context: Mapping[str, Any]
) -> re.Match[str] | None:
    """Where the line at fault has `name`; its first group is what of the context is before it."""
    owners = "|".join(map(re.escape, context))
    shape = rf"(?<![\w.])(?:({owners})\.)?{re.escape(name)}\b"
    return re.search(shape, (position and position.excerpt) or "")


# Jinja's frequent complaints, in French.
_JINJA = {
    r"unexpected 'end of template'": "le modèle finit au milieu d'une balise",
    r"unexpected '([^']+)'(?:, expected '.+')?": "« {} » n'est pas attendu ici",
    r"expected token 'end of print statement', got '(.+)'": "« }}}} » est attendu, et non « {} »",
    r"expected token 'end of statement block', got '(.+)'": "« %}} » est attendu, et non « {} »",
    r"Expected an expression, got 'end of .+'": "la balise est incomplète",
    r"Encountered unknown tag '(\w+)'.*": "la balise « {} » n'existe pas, ou pas ici",
    r"Unexpected end of template.*needs to be closed is '(\w+)'.*": "« {} » n'est pas fermé",
    r"No filter named '(\w+)'.*": "le filtre « {} » n'existe pas",
    r"Range too big.*": "range(…) va jusqu'à 100 000 au plus",
    r".+ is not safely callable": "ce qui n'est ni une macro ni champ(…) ne s'appelle pas",
    r"No test named '(\w+)'.*": "le test « {} » n'existe pas",
}


def _translate(exception: Exception) -> str:
    """What went wrong, in French where it is known; Jinja's other complaints are quoted."""
    if isinstance(exception, UnicodeDecodeError):
        return "il n'est pas en UTF-8 : enregistrez-le dans cet encodage"
    if isinstance(exception, MemoryError):
        return "il demande plus de mémoire qu'il n'y en a"
    if isinstance(exception, RecursionError):
        return "il s'appelle lui-même sans fin"
    text = str(exception).splitlines()[0]
    for shape, french in _JINJA.items():
        if found := re.fullmatch(shape, text):
            return french.format(*found.groups())
    return f"Jinja dit : “{text}”" if isinstance(exception, TemplateError) else text

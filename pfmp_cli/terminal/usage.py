"""The French face of the command line: help, and what is wrong with what was typed.

Typer has its own words in English; here they are said in French, through its classes.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, get_args

from typer import TyperException, _coercion, core

# Typer took Click in, and names its errors in a private module alone: `pyproject.toml` holds it
# to a version that has it. Where they move, `typer.TyperException` is the base of them all, and
# `click.exceptions` has the same classes.
from typer._click import exceptions

from pfmp_cli.diagnostics import Diagnostic, WrongUsage
from pfmp_cli.rules import usage_rules as rules
from pfmp_cli.text import fold, suggest

# The options that Typer adds.
_TYPER_OPTIONS = {
    "--help": "Afficher cette aide.",
    "--install-completion": "Compléter les commandes avec la touche Tab, dans ce terminal.",
    "--show-completion": "Afficher ce qui les complète, pour le copier.",
}
# What a French word, without its accents, is called here.
_FRENCH = {
    "aide": "help",
    "apercu": "watch",
    "classe": "batch",
    "comparer": "diff",
    "controler": "check",
    "creer": "new",
    "dossier": "output",
    "eleves": "batch",
    "fabriquer": "build",
    "grille": "grid",
    "imprimer": "print",
    "livret": "booklet",
    "liste": "batch",
    "lot": "bundle",
    "modeles": "templates",
    "nettoyer": "prune",
    "nouveau": "new",
    "relire": "check",
    "simuler": "dry-run",
    "sortie": "output",
    "surveiller": "watch",
    "verifier": "check",
}

# What an option that takes one file is shown with.
_FILES = ("FICHIER", "DOSSIER")


class _French:
    """Usage and headings in French."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        arguments = [_name(param) for param in self.params if param.param_type_name == "argument"]
        pieces = [*arguments, self.options_metavar]
        if isinstance(self, core.TyperGroup):
            pieces.append(self.subcommand_metavar)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Usage : ")

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        parts: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for param in self.get_params(ctx):
            usual = "Arguments" if param.param_type_name == "argument" else "Options"
            text = _TYPER_OPTIONS.get(max(param.opts, key=len), param.help or "")
            heading = getattr(param, "rich_help_panel", None) or usual
            parts.setdefault(heading, []).append((_name(param), text))
        for heading, rows in parts.items():
            if rows:
                with formatter.section(f"{heading} "):
                    formatter.write_dl(rows)


def _name(param: Any) -> str:
    """An argument's name, or how an option is written: `-o, --output DOSSIER`."""
    metavar = param.metavar or ""
    if param.param_type_name == "argument":
        return metavar or param.name.upper()
    return " ".join(filter(None, (", ".join(sorted(param.opts, key=len)), metavar)))


class _AsTyped(_coercion.RuntimeParam):
    """A value as it was typed, or paths of it: to check that, Typer would load pydantic."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        if Path not in (self.annotation, *get_args(self.annotation)):
            return value
        return list(map(Path, value)) if isinstance(value, list | tuple) else Path(value)


def _take_as_typed(params: Sequence[Any]) -> None:
    for param in params:
        kind = param.type_descriptor
        param._runtime_param = _AsTyped(kind.parameter_info, kind.annotation)


class FrenchCommand(_French, core.TyperCommand):
    """A command whose help is in French. Of two files for one option, neither is the one meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_typed(self.get_params(ctx))
        _, _, order = self.make_parser(ctx).parse_args(args=[*args])
        for param in () if ctx.resilient_parsing else order:
            if order.count(param) > 1 and getattr(param, "metavar", "") in _FILES:
                raise WrongUsage([rules.GIVEN_TWICE.at(option=max(param.opts, key=len))])
        return super().parse_args(ctx, args)


class FrenchGroup(_French, core.TyperGroup):
    """The commands, whose help is in French; `help batch` is `batch --help`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_typed(self.get_params(ctx))
        return super().parse_args(ctx, [*args[1:2], "--help"] if args[:1] == ["help"] else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        word = args[0]
        if word not in self.commands and not word.startswith("-") and not ctx.resilient_parsing:
            known = [*self.commands, "help"]
            advice = _advise(word, known, "commandes : " + ", ".join(self.commands))
            raise WrongUsage([rules.UNKNOWN_COMMAND.at(word=word, advice=advice)])
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        names = self.list_commands(ctx)
        rows = [(name, self.commands[name].get_short_help_str(90)) for name in names]
        with formatter.section("Commandes "):
            formatter.write_dl(rows)


def help_instead(exception: TyperException) -> str:
    """The help that is shown where nothing at all was typed; otherwise nothing."""
    return exception.message if isinstance(exception, exceptions.NoArgsIsHelpError) else ""


def explain_usage(exception: TyperException) -> Diagnostic:
    """What is wrong with the command line."""
    ctx: Any = getattr(exception, "ctx", None)
    path = ctx.command_path if ctx else "pfmp"
    if isinstance(exception, exceptions.NoSuchOption):
        known = [name for param in ctx.command.get_params(ctx) for name in param.opts]
        otherwise = f"« {path} --help » montre ce qui peut s'écrire"
        word = exception.option_name
        return rules.UNKNOWN_OPTION.at(word=word, advice=_advise(word, known, otherwise))
    if isinstance(exception, exceptions.MissingParameter):
        return rules.MISSING_WORD.at(name=_name(exception.param), path=path)
    if isinstance(exception, exceptions.BadOptionUsage):
        return rules.MISSING_VALUE.at(option=exception.option_name, path=path)
    if isinstance(exception, exceptions.BadParameter):
        return rules.UNUSABLE_VALUE.at(name=_name(exception.param), path=path)
    if isinstance(ctx and ctx.command, core.TyperGroup):
        return rules.NO_COMMAND.at(path=path)
    return rules.WORD_TOO_MANY.at(path=path)


def _advise(word: str, known: Collection[str], otherwise: str) -> str:
    """The nearest of the known words, or of those that their French names are near to."""
    dashes = word[: len(word) - len(word.lstrip("-"))]
    french = suggest(fold(word), _FRENCH)
    english = dashes + _FRENCH[french] if french else ""
    near = suggest(word, known) or (english if english in known else "")
    return f"vouliez-vous dire « {near} » ?" if near else otherwise

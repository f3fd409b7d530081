"""The French face of the command line: help, and what is wrong with what was typed.

Typer has its own words in English; here they are said in French, through its classes.
"""

from __future__ import annotations

from typing import Any

from typer import core
from typer._click import exceptions

from pfmp_cli.diagnostics import Diagnostic, error
from pfmp_cli.text import propose


class _French:
    """Usage, headings and the `--help` option, in French."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        arguments = [_name(param) for param in self.params if param.param_type_name == "argument"]
        pieces = [*arguments, self.options_metavar]
        if isinstance(self, core.TyperGroup):
            pieces.append(self.subcommand_metavar)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Usage : ")

    def get_help_option(self: Any, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = "Afficher cette aide."
        return option

    def format_options(self: Any, ctx: Any, formatter: Any) -> None:
        parts: dict[str, list[Any]] = {"Arguments": [], "Options": []}
        for param in self.get_params(ctx):
            usual = "Arguments" if param.param_type_name == "argument" else "Options"
            parts.setdefault(getattr(param, "rich_help_panel", None) or usual, []).append(param)
        for heading, params in parts.items():
            if params:
                with formatter.section(f"{heading} "):
                    formatter.write_dl([(_name(param), param.help or "") for param in params])


def _name(param: Any) -> str:
    """An argument's name, or how an option is written: `-o, --output DOSSIER`."""
    metavar = param.metavar or ""
    if param.param_type_name == "argument":
        return metavar or param.name.upper()
    return " ".join(filter(None, (", ".join(param.opts), metavar)))


class FrenchCommand(_French, core.TyperCommand):
    """A command whose help is in French."""


class FrenchGroup(_French, core.TyperGroup):
    """The commands, whose help is in French."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise UnknownCommand(args[0], ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        names = self.list_commands(ctx)
        rows = [(name, self.commands[name].get_short_help_str(90)) for name in names]
        with formatter.section("Commandes "):
            formatter.write_dl(rows)


class UnknownCommand(exceptions.UsageError):
    """The first word is no command."""


def explain_usage(exception: exceptions.UsageError) -> Diagnostic:
    """What is wrong with the command line."""
    ctx = exception.ctx
    path = ctx.command_path if ctx else "pfmp"
    help = f"« {path} --help » montre ce qui peut s'écrire"
    if isinstance(exception, exceptions.NoSuchOption):
        near = next(iter(exception.possibilities or ()), None)
        return error(
            f"option « {exception.option_name} » inconnue",
            help=f"vouliez-vous dire « {near} » ?" if near else help,
        )
    if isinstance(exception, exceptions.MissingParameter):
        return error(f"il manque « {_name(exception.param)} »", help=help)
    if isinstance(exception, exceptions.BadOptionUsage):
        return error(f"il manque une valeur après « {exception.option_name} »", help=help)
    if isinstance(exception, exceptions.BadParameter):
        return error(f"valeur inutilisable pour « {_name(exception.param)} »", help=help)
    if isinstance(exception, UnknownCommand) and isinstance(ctx and ctx.command, core.TyperGroup):
        commands = ctx.command.commands  # type: ignore[union-attr]
        known = propose(exception.message, commands, "commandes : " + ", ".join(commands))
        return error(f"commande « {exception.message} » inconnue", help=known)
    if isinstance(ctx and ctx.command, core.TyperGroup):
        return error("il manque une commande", help=help)
    return error("la commande a un mot de trop", help=help)

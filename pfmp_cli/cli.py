"""The command line: its commands, and what happens around each of them."""

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pfmp_cli import __version__
from pfmp_cli.commands.batch import batch
from pfmp_cli.commands.blank import booklet, grid
from pfmp_cli.commands.build import build
from pfmp_cli.commands.check import check
from pfmp_cli.commands.diff import diff
from pfmp_cli.commands.make_bundle import bundle
from pfmp_cli.commands.make_page import page
from pfmp_cli.commands.new import new
from pfmp_cli.commands.new_year import new_year
from pfmp_cli.commands.options import DONE, INTERRUPTED, PARTIAL, REFUSED, USAGE, flag
from pfmp_cli.commands.recap import recap
from pfmp_cli.commands.schema import schema
from pfmp_cli.commands.watch import watch
from pfmp_cli.diagnostics import InputRefused, OutputRefused, WrongUsage
from pfmp_cli.rules.usage_rules import NO_ACCESS, NOTHING_SHOWN, SYSTEM_REFUSES
from pfmp_cli.terminal import console
from pfmp_cli.terminal.usage import FrenchCommand, FrenchGroup, explain_usage, help_instead

_CODES = (
    "Codes de retour : 0 fait ; 1 fichiers refusés, rien n'est écrit ; 2 commande mal "
    "écrite ; 3 des documents n'ont pas pu être faits ou écrits, les autres le sont."
)

COMMANDS = (
    *(booklet, grid, batch, build, recap, check, diff, watch),
    *(bundle, page, new, new_year, schema),
)


def make_app(typed: Sequence[str] = ()) -> typer.Typer:
    """The commands; where the first word of what was `typed` is one, that one alone: the others
    are not made for nothing."""
    app = typer.Typer(
        name="pfmp",
        cls=FrenchGroup,
        help="Les documents des périodes de formation en milieu professionnel (PFMP).",
        epilog=_CODES,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        no_args_is_help=True,
        options_metavar="[OPTIONS]",
        subcommand_metavar="COMMANDE …",
    )
    app.callback(invoke_without_command=True)(_root)
    named = [one for one in COMMANDS if [one.__name__.replace("_", "-")] == [*typed[:1]]]
    for command in named or COMMANDS:
        app.command(cls=FrenchCommand)(command)
    return app


def _root(
    version: Annotated[bool, flag("--version", text="Afficher la version.")] = False,
) -> None:
    if version:
        from pfmp_cli.press.master_key import describe_engine, list_packages

        console.put(f"pfmp {__version__}")
        console.put(f"met en page avec {describe_engine()} : {', '.join(list_packages())}")
        raise typer.Exit


def run(arguments: list[str] | None = None) -> int:
    """Run the command line (`sys.argv` where there are no `arguments`); the exit code."""
    console.open_streams()
    try:
        typed = sys.argv[1:] if arguments is None else arguments
        code = make_app(typed)(typed, prog_name="pfmp", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as exception:
        if help_text := help_instead(exception):
            console.put(help_text)
        else:
            console.show([explain_usage(exception)])
        return USAGE
    except InputRefused as exception:
        console.show(exception.diagnostics)
        return _code_of(exception)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        console.silence(sys.stdout)
        return DONE
    except PermissionError as exception:
        console.show([NO_ACCESS.at(file=exception.filename or "un fichier")])
        return REFUSED
    except OSError as exception:
        return _explain_refusal(exception)
    except Exception as exception:  # a fault of ours: say so, and never show a pupil's data
        console.say(_describe_fault(exception))
        return REFUSED
    if code == INTERRUPTED:
        console.say("Interrompu : ce qui est écrit est entier ; relancez pour avoir le reste.")
    return code or DONE


def _code_of(exception: InputRefused) -> int:
    if isinstance(exception, WrongUsage):
        return USAGE
    return PARTIAL if isinstance(exception, OutputRefused) else REFUSED


def _explain_refusal(exception: OSError) -> int:
    """What the system refuses, where no command says it in its own words."""
    from pfmp_cli.output.obstacles import explain

    reason = explain(exception)
    if exception.filename:
        console.show([SYSTEM_REFUSES.at(file=exception.filename, reason=reason)])
        return REFUSED
    console.silence(sys.stdout)  # what has no name is what was to be shown
    console.show([NOTHING_SHOWN.at(reason=reason)])
    return PARTIAL


def _describe_fault(exception: Exception) -> str:
    """An unexpected error: where in our code, which versions, how to report; no values."""
    frames = traceback.extract_tb(exception.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-5:]]
    python = ".".join(map(str, sys.version_info[:3]))
    return "\n".join([
        f"erreur : défaut de pfmp ({type(exception).__name__}) ; ce n'est pas votre faute",
        *places,
        f"pfmp {__version__}, Python {python}, {sys.platform}",
        "aide : envoyez ces lignes aux auteurs de pfmp ; elles n'ont aucune donnée d'élève",
    ])  # fmt: skip

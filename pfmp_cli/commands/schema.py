"""`pfmp schema`: what editors need to complete and check the YAML files."""

from pathlib import Path
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument, flag
from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.terminal import console


def schema(
    what: Annotated[
        str | None,
        argument("[QUOI]", "referentiel ou projet (pfmp.yaml) ; avec -o, les deux sans lui."),
    ] = None,
    output: Annotated[
        Path | None, flag("-o, --output DOSSIER", "Où écrire, au lieu de l'écran.")
    ] = None,
) -> int:
    """Le schéma JSON des fichiers YAML, pour que l'éditeur complète et vérifie la saisie."""
    from pfmp_cli.output.single_file import write_marked
    from pfmp_cli.planning.command_words import choose_word
    from pfmp_cli.rules.selection_rules import UNKNOWN_SCHEMA, WHICH_SCHEMA
    from pfmp_cli.text import either
    from pfmp_cli.yaml_files.json_schema import FILES, SIGNATURE, format_schema

    if what is None and output is None:
        raise WrongUsage([WHICH_SCHEMA.at(names=either(FILES))])
    for name in FILES if what is None else [choose_word(what, FILES, UNKNOWN_SCHEMA)]:
        text = format_schema(name)
        if output is None:
            console.put(text, end="")
        else:
            console.put(write_marked(output / FILES[name], text.encode(), SIGNATURE.encode()))
    return options.DONE

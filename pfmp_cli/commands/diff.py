"""`pfmp diff`: what changes from one référentiel to another, and which documents it touches."""

from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument, flag
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console

FORMATS = ("text", "markdown")


def diff(
    old: Annotated[str, argument("ANCIEN", "Un fichier, ou HEAD~1:referentiel.yaml pour git.")],
    new: Annotated[str, argument("NOUVEAU", "De même.")],
    form: Annotated[
        str, flag("--format FORMAT", "text, ou markdown pour une demande de fusion.")
    ] = "text",
    projet: options.Projet = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Ce qui change d'un référentiel à l'autre, et les documents que cela touche.

    Deux fichiers différents ne sont pas une erreur : le code de retour est 0, sauf si un
    fichier est refusé.
    """
    from pfmp_cli.comparing.compare import compare_referentiels
    from pfmp_cli.comparing.telling import MARKDOWN, TEXT, tell
    from pfmp_cli.comparing.touched_editions import find_touched
    from pfmp_cli.comparing.versions import load_versions
    from pfmp_cli.planning.command_words import choose_word
    from pfmp_cli.rules.selection_rules import UNKNOWN_FORMAT

    markup = MARKDOWN if choose_word(form, FORMATS, UNKNOWN_FORMAT) == "markdown" else TEXT
    before, after = load_versions(old, new, Sources(projet, templates=templates))
    changes = compare_referentiels(before.referentiel, after.referentiel)
    if changes:
        console.put(tell(changes, find_touched(before, after), markup))
    return options.DONE

"""`pfmp check`: all that can be said of the files without writing any."""

from pathlib import Path
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument, choose_words, flag
from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console


def check(
    files: Annotated[
        list[Path] | None,
        argument(
            "[FICHIER …]", "Référentiel, pfmp.yaml, modèles, listes ; sans eux, le dossier courant."
        ),
    ] = None,
    stages: options.Stages = None,
    form: Annotated[str, flag("--format FORMAT", "text, json, github ou gitlab.")] = "text",
    sans_rendu: Annotated[
        bool, flag("--sans-rendu", "Lire les fichiers sans essayer les modèles : tout de suite.")
    ] = False,
    strict: Annotated[bool, flag("--strict", "Un avertissement compte comme une erreur.")] = False,
    eleve: options.Eleves = None,
    division: options.Divisions = None,
    classe: options.Classe = None,
    option: options.Option = None,
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Relire tous les fichiers, et dire tout ce qui n'y va pas, sans rien écrire.

    La première fois, mettre les modèles en page prend une minute ; les livrets en sont faits
    d'avance. Le code de retour est 1 s'il y a une erreur. --class et --option disent ce que les
    listes ne disent pas.
    """
    from pfmp_cli.checking.check_all import check_all
    from pfmp_cli.checking.report import FORMATS
    from pfmp_cli.checking.targets import find_targets
    from pfmp_cli.domain.fabrication import Liste
    from pfmp_cli.planning.command_words import choose_word
    from pfmp_cli.rules.loading_rules import STAGES_ALONE
    from pfmp_cli.rules.selection_rules import UNKNOWN_FORMAT

    choose_word(form, ["text", *FORMATS], UNKNOWN_FORMAT)
    pupils = choose_words(eleve, division)
    sources = Sources(projet, referentiel, templates)
    targets = find_targets(files or [], sources)
    if stages and len(targets.lists) != 1:
        raise WrongUsage([STAGES_ALONE.at()])
    placements = str(stages) if stages else None
    given = [
        Liste(fichier=str(path), stages=placements, classe=classe, option=option)
        for path in targets.lists
    ]
    findings = check_all(targets, given, not sans_rendu, pupils)
    if form == "text":
        console.put_diagnostics(findings.ordered())
    elif text := FORMATS[form](findings):
        console.put(text)
    console.say(findings.sum_up(with_pupils=form == "text"))
    refused = findings.has_errors() or (strict and findings.has_warnings())
    return options.REFUSED if refused else options.DONE

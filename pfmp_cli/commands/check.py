"""`pfmp check`: all that can be said of the files without writing any."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pfmp_cli.checking.findings import KINDS, Findings
from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument, choose_words, flag
from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console
from pfmp_cli.text import count

FORMATS = ("text", "json", "github", "gitlab")


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
        bool,
        flag("--sans-rendu", "Lire les fichiers sans essayer les modèles : tout de suite."),
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
    from pfmp_cli.checking.targets import find_targets
    from pfmp_cli.domain.fabrication import Liste
    from pfmp_cli.planning.command_words import choose_word
    from pfmp_cli.rules.loading_rules import STAGES_ALONE
    from pfmp_cli.rules.selection_rules import UNKNOWN_FORMAT

    choose_word(form, FORMATS, UNKNOWN_FORMAT)
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
    _tell(findings, form)
    refused = findings.has_errors() or (strict and findings.has_warnings())
    return options.REFUSED if refused else options.DONE


def _tell(findings: Findings, form: str) -> None:
    from pfmp_cli.checking import report

    if form == "text":
        console.put_diagnostics(findings.ordered())
    elif text := report.FORMATS[form](findings):
        console.put(text)
    console.say(_summarize(findings, findings.left_out if form == "text" else ()))


def _summarize(findings: Findings, left_out: Sequence[str]) -> str:
    """What was read, who would get nothing, and what came of it."""
    kinds = [kind for kind, _ in findings.files]
    read = [count(kinds.count(kind), *names) for kind, names in KINDS.items() if kind in kinds]
    said = console.tally(findings.diagnostics) or "rien à signaler"
    schools = (f"Établissement : {caption}" for caption in findings.schools)
    files = f"{', '.join(read) or 'aucun fichier relu'} : {said}"
    return "\n".join([*findings.remarks, *left_out, *schools, files])

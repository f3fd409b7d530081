"""`pfmp batch`: the documents of every pupil of a list."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import PARTAGE, PRUDENCE, argument, choose_words, flag
from pfmp_cli.commands.run_plan import carry_out, refuse_among_sources, show
from pfmp_cli.diagnostics import InputRefused, WrongUsage
from pfmp_cli.loading.sources import Sources, find_projet, tell_projet
from pfmp_cli.rules.loading_rules import BUNDLE_SAYS_ALL
from pfmp_cli.terminal import console


def batch(
    file: Annotated[Path, argument("FICHIER", "La liste des élèves.")],
    classe: options.Classe = None,
    option: options.Option = None,
    periode: options.Periode = None,
    eleve: options.Eleves = None,
    division: options.Divisions = None,
    stages: options.Stages = None,
    documents: options.Documents = "livret",
    output: Annotated[
        Path | None,
        flag("-o, --output DOSSIER", "Où écrire (« documents », ou ce que dit pfmp.yaml)."),
    ] = None,
    with_print_files: Annotated[
        bool, flag("--print", "Aussi un PDF par division, pour le copieur.", PARTAGE)
    ] = False,
    with_zips: Annotated[bool, flag("--zip", "Aussi un zip par division.", PARTAGE)] = False,
    dry_run: Annotated[
        bool, flag("--dry-run", "Dire ce qui serait fait, sans rien écrire.", PRUDENCE)
    ] = False,
    prune: Annotated[
        bool, flag("--prune", "Enlever les fichiers d'avant, plus à personne.", PRUDENCE)
    ] = False,
    strict: options.Strict = False,
    bundle: options.Lot = None,
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Le livret, ou d'autres documents, de chaque élève d'une liste.

    --class et --option disent ce que la liste ne dit pas, et y choisissent ce qu'elle dit.

    Par exemple : pfmp batch eleves.csv --documents grille --period 1
    """
    from pfmp_cli.domain.fabrication import Liste
    from pfmp_cli.loading.loader import Loader
    from pfmp_cli.loading.secret import find_secret
    from pfmp_cli.making.build_plan import plan_all, plan_list
    from pfmp_cli.making.summary import sum_up_dry_run
    from pfmp_cli.planning.command_words import choose_among, choose_documents
    from pfmp_cli.press.workshop import open_bundle, open_workshops

    if bundle and (projet or referentiel or templates):
        raise WrongUsage([BUNDLE_SAYS_ALL.at()])
    pupils = choose_words(eleve, division)
    loader = Loader()
    path = None if bundle else find_projet(projet, file)
    if told := tell_projet(projet, path):
        console.say(told)
    sources = Sources(path, referentiel, templates)
    workshops = [open_bundle(bundle)] if bundle else open_workshops(sources, loader)
    root = output or Path(workshops[0].projet.fabrication.dossier)
    refuse_among_sources(root, sources)
    choices = choose_among((one.referentiel for one in workshops), classe, option, periode)
    if not workshops[0].secret:
        secret = find_secret(*([path.parent] if path else []), root)
        workshops = [replace(workshop, secret=secret) for workshop in workshops]
    kinds = choose_documents(workshops[0].documents, documents)
    liste = Liste(
        fichier=str(file),
        documents=tuple(kind.name for kind in kinds),
        impression=with_print_files,
        archives=with_zips,
    )
    read = loader.load_list(file, workshops, choices, stages)
    loader.refuse()
    batches = [
        plan_list(replace(liste, **asdict(choice)), roster, workshops[rank])
        for rank, choice, roster in read
    ]
    plan = plan_all(loader, workshops, batches, pupils)
    if strict or dry_run:
        from pfmp_cli.making.forecast import try_values

        plan = try_values(plan)
    said = plan.heard(plan.diagnostics)
    if strict and not all(diagnostic.is_remark for diagnostic in said):
        raise InputRefused(said)
    if not dry_run:
        return carry_out(plan, root, prune)
    from pfmp_cli.making.forecast import foresee

    forecast = foresee(plan, root)
    return show(forecast.diagnostics, sum_up_dry_run(forecast))

"""`pfmp watch`: blank documents, made again after each save."""

from pathlib import Path
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import flag
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console


def watch(
    classe: options.Classe = None,
    option: options.Option = None,
    periode: options.Periode = None,
    variante: options.Variante = None,
    documents: options.Documents = "livret",
    output: Annotated[
        Path, flag("-o, --output DOSSIER", "Où écrire (le dossier courant).")
    ] = Path(),
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Refaire un document vierge à chaque enregistrement d'un modèle ou d'un fichier YAML.

    Sans --class ni --option : la première classe du référentiel, et sa première option.
    """
    from pfmp_cli.watching.previews import Request
    from pfmp_cli.watching.watch_loop import WatchLoop

    sources = Sources(projet, referentiel, templates)
    variantes = tuple(variante or ())
    try:
        request = Request(sources, documents, classe, option, periode, variantes)
        WatchLoop(request, output).run()
    except KeyboardInterrupt:
        console.say("\nArrêté.")
    return options.DONE

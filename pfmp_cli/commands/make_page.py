"""`pfmp page`: the page in the browser, in one file."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pfmp_cli.commands.options import DONE, Lot, Projet, ReferentielPath, TemplatesPath, flag
from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.loading.sources import Sources, find_projet
from pfmp_cli.rules.loading_rules import BUNDLE_SAYS_ALL
from pfmp_cli.terminal import console


def page(
    output: Annotated[
        Path, flag("-o, --output FICHIER", "La page (« pfmp.html » sans elle).")
    ] = Path("pfmp.html"),
    bundle: Lot = None,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """La page à ouvrir dans un navigateur : une liste y devient des documents, sans rien installer.

    Un seul fichier, à donner ou à copier ; à publier, s'il est fait là où il n'y a pas de clé
    (pfmp.cle), qu'il emporte. Ce qu'on y lit ne quitte pas l'ordinateur.
    """
    from pfmp_cli.loading.secret import find_secret
    from pfmp_cli.making.bundling import bundle_up
    from pfmp_cli.output.single_file import write_marked
    from pfmp_cli.page.assembly import MARK, find_pyodide, write_page
    from pfmp_cli.press.workshop import load_workshop, open_bundle

    if bundle and (projet or referentiel or templates):
        raise WrongUsage([BUNDLE_SAYS_ALL.at()])
    pyodide = find_pyodide()
    if bundle:
        workshop = open_bundle(bundle)
    else:
        workshop = load_workshop(Sources(projet, referentiel, templates))
    console.show(workshop.doubts)
    if workshop.bundle:
        lot = workshop.bundle.path.read_bytes()
    else:
        school = find_projet(projet)
        secret = find_secret(school.parent) if school else None
        kept = secret if secret and not secret.places else None  # what is published has none
        lot = bundle_up(replace(workshop, secret=kept), workshop.documents)
    content = write_page(pyodide, workshop.referentiel, workshop.projet, lot)
    path = write_marked(output, content, MARK)
    console.say(f"{len(content) / 1_000_000:.1f} Mo".replace(".", ","))
    console.put(str(path))
    return DONE

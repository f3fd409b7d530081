"""`pfmp bundle`: all that a school's documents are made with, for machines that cannot lay out."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import flag
from pfmp_cli.loading.sources import Sources, find_projet
from pfmp_cli.terminal import console
from pfmp_cli.text import count


def bundle(
    output: Annotated[
        Path, flag("-o, --output FICHIER", "Le lot (« pfmp.lot » sans elle).")
    ] = Path("pfmp.lot"),
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Un lot : les documents d'un établissement, mis en page, pour un ordinateur sans Pango.

    Il ne contient rien d'un élève, mais la clé de l'établissement : il ne se publie pas.
    Ailleurs : pfmp batch eleves.csv --bundle pfmp.lot
    """
    from pfmp_cli.loading.secret import find_secret, keep
    from pfmp_cli.making.bundling import bundle_up
    from pfmp_cli.output.obstacles import told
    from pfmp_cli.output.single_file import write_marked
    from pfmp_cli.press.bundle import MARK
    from pfmp_cli.press.workshop import load_workshop

    workshop = load_workshop(Sources(projet, referentiel, templates))
    school = find_projet(projet)
    secret = find_secret(school.parent) if school else None
    console.show(workshop.doubts)
    documents = workshop.documents
    content = bundle_up(replace(workshop, secret=secret), documents)
    if secret and secret.places:
        with told(secret.places[0]):
            keep(secret)
    path = write_marked(output, content, MARK)
    console.say(f"{count(len(documents), 'document')}, {len(content) // 1000} ko")
    console.say(f"Sur un autre ordinateur : pfmp batch eleves.csv --bundle {path.name}")
    console.put(str(path))
    return options.DONE

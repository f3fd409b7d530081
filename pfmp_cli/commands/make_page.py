"""`pfmp page`: the page in the browser, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pfmp_cli.commands.options import DONE, flag
from pfmp_cli.shipped import shipped
from pfmp_cli.terminal import console


def page(
    output: Annotated[
        Path, flag("-o", "--output", metavar="FICHIER", text="La page (« pfmp.html » sans elle).")
    ] = Path("pfmp.html"),
    bundle: Annotated[
        Path | None,
        flag("--bundle", metavar="LOT", text="Le lot d'un établissement ; celui fourni sans lui."),
    ] = None,
) -> int:
    """La page à ouvrir dans un navigateur : une liste y devient des documents, sans rien installer.

    Un seul fichier, à donner, à copier ou à publier. Ce qu'on y lit ne quitte pas l'ordinateur.

    Par exemple : pfmp bundle -o lycee.lot, puis pfmp page --bundle lycee.lot
    """
    from pfmp_cli.output.single_file import write_marked
    from pfmp_cli.page.assembly import MARK, write_page
    from pfmp_cli.press.bundle import read_bundle
    from pfmp_cli.press.workshop import READY

    source = bundle or shipped(READY)
    content = write_page(read_bundle(source), source.read_bytes())
    path = write_marked(output, content, MARK)
    console.say(f"{len(content) / 1_000_000:.1f} Mo".replace(".", ","))
    console.put(str(path))
    return DONE

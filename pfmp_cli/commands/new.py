"""`pfmp new`: a school's folder that works at once."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument
from pfmp_cli.terminal import console
from pfmp_cli.text import count


def new(
    folder: Annotated[Path, argument("DOSSIER", "Le dossier à créer, ou un dossier vide.")],
) -> int:
    """Le dossier d'un établissement, qui marche tel quel, à compléter avec le vôtre.

    Dans un dossier vide, ou qui n'existe pas encore ; rien n'est jamais écrasé.
    """
    from pfmp_cli.making.school_folder import create_folder
    from pfmp_cli.review.contradictions import check_referentiel
    from pfmp_cli.shipped import shipped
    from pfmp_cli.yaml_files.source import read_yaml

    referentiel = check_referentiel(read_yaml(shipped("referentiel.yaml")))
    files = create_folder(folder)
    console.say(f"{count(len(files), 'fichier')} dans {folder}{os.sep}")
    console.say("Complétez pfmp.yaml ; eleves.csv est une liste d'exemple. Essayez :\n")
    classe = referentiel.classes[-1]
    option = f" --option {classe.options[-1]}" if classe.options else ""
    for line in _next(folder, f"--class {classe.code}{option}"):
        console.put(f"    {line}")
    return options.DONE


def _next(folder: Path, choice: str) -> list[str]:
    """What to type now, as it can be typed."""
    lines = [] if folder.resolve() == Path.cwd() else [f"cd {_quote(str(folder))}"]
    words = (
        *("batch eleves.csv", f"booklet {choice}", "build", "check"),
        "watch --documents presence",
    )
    return [*lines, *(f"{_command()} {word}" for word in words)]


def _command() -> str:
    """How this very `pfmp` is called, from any folder."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{_quote(sys.executable)} -m pfmp_cli"
    found = shutil.which("pfmp")  # on Windows « pfmp.EXE », which is called without its suffix
    if found and Path(found).with_suffix("").resolve() == called.with_suffix("").resolve():
        return "pfmp"
    return _quote(str(called.resolve()))


def _quote(word: str) -> str:
    if os.name == "nt":  # it knows double quotes alone
        return f'"{word}"' if " " in word else word
    return shlex.quote(word)

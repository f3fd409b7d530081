"""`HEAD~1:referentiel.yaml`: a file as git has it at a revision."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused, error
from pfmp_cli.yaml_files.source import YamlSource, decode, parse_yaml, read_yaml

HERE = Path()


def read_version(name: str) -> YamlSource:
    """A YAML file, or a file at a git revision (`REVISION:CHEMIN`); a file that exists wins.

    Raises InputRefused.
    """
    path = Path(name)
    found = split_revision(name)
    if found is None or path.exists():
        return _read_file(path)
    return parse_yaml(decode(read_blob(*found), path), path)


def read_past(revision: str, path: Path) -> YamlSource:
    """The file at `path` as it was at a revision of its own repository. Raises InputRefused."""
    name = Path(f"{revision}:{path.name}")
    content = read_blob(revision, f"./{path.name}", path.resolve().parent)
    return parse_yaml(decode(content, name), name)


def split_revision(name: str) -> tuple[str, str] | None:
    """`HEAD~1:a.yaml` → its two parts; None for a plain path, of Windows too (`C:\\a.yaml`)."""
    if re.match(r"[A-Za-z]:[\\/]", name):
        return None
    revision, colon, path = name.partition(":")
    return (revision, path) if colon and revision and path else None


def read_blob(revision: str, path: str, folder: Path = HERE) -> bytes:
    """The bytes of a file at a revision of the repository that `folder` is in; `path` starts at
    its root, or with `./` at `folder`.

    Raises InputRefused.
    """
    if not _is_revision(revision, folder):
        raise InputRefused([_explain_revision(revision, folder)])
    done = _git("cat-file", "blob", f"{revision}:{path}", folder=folder)
    if done.returncode:
        raise InputRefused([_explain_path(revision, path, folder)])
    return done.stdout


def _git(*arguments: str, folder: Path = HERE) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError as exception:
        raise InputRefused([
            error("git n'est pas installé : une révision ne peut pas être lue",
                  help="installez git, ou donnez deux fichiers")
        ]) from exception  # fmt: skip


def _explain_revision(revision: str, folder: Path) -> Diagnostic:
    here = _git("rev-parse", "--is-shallow-repository", folder=folder)
    if b"dubious ownership" in here.stderr:
        return error("git refuse ce dépôt, qui est à un autre utilisateur",
                     help="tapez : git config --global --add safe.directory \"$PWD\"")  # fmt: skip
    if here.returncode:
        if folder != HERE:
            return error(f"le référentiel n'est pas dans un dépôt git : « {folder} »",
                         help="--since veut un référentiel suivi par git")  # fmt: skip
        return error(f"le dossier courant n'est pas un dépôt git : « {revision} » n'y est rien",
                     help="allez dans le dossier du dépôt, ou donnez deux fichiers")  # fmt: skip
    help = "« git log --oneline » montre celles qui existent"
    if here.stdout.strip() == b"true":
        help = "ce dépôt n'a que les dernières : « git fetch --unshallow » apporte les autres"
    return error(f"la révision « {revision} » n'existe pas", help=help)


def _explain_path(revision: str, path: str, folder: Path) -> Diagnostic:
    if _git("cat-file", "-t", f"{revision}:./{path}", folder=folder).stdout.strip() == b"blob":
        help = f"vouliez-vous dire « {revision}:./{path} » ?"
    else:
        help = ("le chemin part de la racine du dépôt ; "
                f"« git ls-tree -r --name-only {revision} » montre ceux qui existent")  # fmt: skip
    return error(f"« {path} » n'est pas un fichier de la révision « {revision} »", help=help)


def _read_file(path: Path) -> YamlSource:
    """A file; where there is none and the word is a revision, what to write after it."""
    word = str(path)
    if path.exists() or ":" in word or len(path.parts) > 1 or not _is_known(word):
        return read_yaml(path)
    raise InputRefused([
        error(f"« {word} » est une révision, et non un fichier",
              help=f"ajoutez le chemin du référentiel : « {word}:referentiel.yaml »")
    ])  # fmt: skip


def _is_known(word: str) -> bool:
    try:
        return _is_revision(word, HERE)
    except InputRefused:  # there is no git: it is a file, and there is none
        return False


def _is_revision(word: str, folder: Path) -> bool:
    if word.startswith("-"):
        return False
    return not _git(
        "rev-parse", "--verify", "--quiet", f"{word}^{{commit}}", folder=folder
    ).returncode

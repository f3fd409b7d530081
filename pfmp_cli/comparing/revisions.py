"""`HEAD~1:referentiel.yaml`: a file as git has it at a revision."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.rules.usage_rules import (
    NO_FILE,
    NO_GIT,
    NO_PATH,
    NO_REPOSITORY,
    NO_REVISION,
    NOT_FETCHED,
    NOT_YOURS,
    PATH_IS_HERE,
)
from pfmp_cli.yaml_files.source import YamlSource, decode, parse_yaml, read_yaml


def read_version(name: str) -> YamlSource:
    """A YAML file, or a file at a git revision (`REVISION:CHEMIN`); a file that exists wins.

    Raises InputRefused.
    """
    path = Path(name)
    found = split_revision(name)
    if found is None or path.exists():
        return _read_file(path)
    return parse_yaml(decode(read_blob(*found), path), path)


def split_revision(name: str) -> tuple[str, str] | None:
    """`HEAD~1:a.yaml` → its two parts; None for a plain path, of Windows too (`C:\\a.yaml`)."""
    if re.match(r"[A-Za-z]:[\\/]", name):
        return None
    revision, colon, path = name.partition(":")
    return (revision, path) if colon and revision and path else None


def read_blob(revision: str, path: str) -> bytes:
    """The bytes of a file at a revision of this folder's repository; `path` starts at its root,
    or with `./` here.

    Raises InputRefused.
    """
    if not _is_revision(revision):
        raise InputRefused([_explain_revision(revision)])
    done = _git("cat-file", "blob", f"{revision}:{path}")
    if done.returncode:
        raise InputRefused([_explain_path(revision, path)])
    return done.stdout


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError as exception:
        raise InputRefused([NO_GIT.at()]) from exception


def _explain_revision(revision: str) -> Diagnostic:
    here = _git("rev-parse", "--is-shallow-repository")
    if b"dubious ownership" in here.stderr:
        return NOT_YOURS.at()
    if here.returncode:
        return NO_REPOSITORY.at(revision=revision)
    shallow = here.stdout.strip() == b"true"
    return (NOT_FETCHED if shallow else NO_REVISION).at(revision=revision)


def _explain_path(revision: str, path: str) -> Diagnostic:
    here = _git("cat-file", "-t", f"{revision}:./{path}").stdout.strip() == b"blob"
    return (PATH_IS_HERE if here else NO_PATH).at(path=path, revision=revision)


def _read_file(path: Path) -> YamlSource:
    """A file; where there is none and the word is a revision, what to write after it."""
    word = str(path)
    if path.exists() or ":" in word or len(path.parts) > 1 or not _is_known(word):
        return read_yaml(path)
    raise InputRefused([NO_FILE.at(word=word)])


def _is_known(word: str) -> bool:
    try:
        return _is_revision(word)
    except InputRefused:  # there is no git: it is a file, and there is none
        return False


def _is_revision(word: str) -> bool:
    if word.startswith("-"):
        return False
    return not _git("rev-parse", "--verify", "--quiet", f"{word}^{{commit}}").returncode

"""`HEAD~1:referentiel.yaml`: a file as git has it at a revision."""

from __future__ import annotations

import os
import re
import shutil
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
    """A YAML file, or a file at a git revision (`REVISION:CHEMIN`; `CHEMIN` starts at the
    repository's root, or with `./` here); a file that exists wins.

    Raises InputRefused.
    """
    path = Path(name)
    revision, colon, inside = name.partition(":")
    if path.exists() or re.match(r"[A-Za-z]:[\\/]", name):  # a drive of Windows
        return read_yaml(path)
    if revision and inside:
        return parse_yaml(decode(_read_blob(revision, inside), path), path)
    if not colon and len(path.parts) == 1 and shutil.which("git") and _is_revision(name):
        raise InputRefused([NO_FILE.at(word=name)])
    return read_yaml(path)


def _read_blob(revision: str, path: str) -> bytes:
    """The bytes of a file at a revision of this folder's repository."""
    if not _is_revision(revision):
        raise InputRefused([_explain_revision(revision)])
    done = _git("cat-file", "blob", f"{revision}:{path}")
    if done.returncode:
        raise InputRefused([_explain_path(revision, path)])
    return done.stdout


def _is_revision(word: str) -> bool:
    if word.startswith("-"):
        return False
    return not _git("rev-parse", "--verify", "--quiet", f"{word}^{{commit}}").returncode


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

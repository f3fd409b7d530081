"""`pfmp` run in a folder of its own, in this process, and git beside it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from pfmp_cli.loading.secret import NAME
from pfmp_cli.shipped import shipped

Say = Callable[..., tuple[int, str, str]]

TITLES = "nom;prenom;sexe;date_naissance;division;classe;option;ine;telephone;pfmp1_entreprise\n"
ZOE = "MARTIN;Zoé;F;01/03/2009;T1;terminale;B;123456789ZZ;02 61 91 00 01;Chez Machin\n"
LAN = "NGUYỄN;Lan;;02/04/2009;T1;terminale;B;;;\n"
MALO = "HOUDOIS;Malo;M;03/05/2010;P1;premiere;A;;;\n"
FAUTIF = "DUPUIS;Éva;F;31/02/2010;P1;premiere;A;;;\n"


@dataclass(frozen=True)
class Fin:
    """What a command came to."""

    code: int
    out: str
    err: str


@dataclass
class CommandLine:
    path: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, *rows: str, name: str = "eleves.csv", titles: str = TITLES) -> None:
        (self.path / name).write_text(titles + "".join(rows), encoding="utf-8")

    def batch(self, *arguments: str, name: str = "eleves.csv") -> Fin:
        code = run(["batch", name, *arguments])
        said = self.capsys.readouterr()
        return Fin(code, said.out, said.err)

    def files(self, folder: str = ".") -> list[str]:
        root = self.path / folder
        return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())

    def read(self, name: str) -> str:
        return (self.path / name).read_text(encoding="utf-8")


def give_key(folder: Path) -> None:
    """A school's key, so that documents of two folders have the same identifiers."""
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(f"{'0f' * 16}\n", encoding="utf-8")


def git(*arguments: str) -> None:
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@lycee.example")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def task_of_option_b() -> tuple[str, str]:
    """A wording that only option B's activity has, and another."""
    text = shipped("referentiel.yaml").read_text(encoding="utf-8")
    found = re.search(r'code: 4B\.T2\n +libelle: "(.+)"', text)
    assert found
    return found[1], f"{found[1]} (en équipe)"

"""Every document of an edition, made through the command line: filled for a pupil, and blank."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
# All that ship: a template each. The booklet first, which has the others' blocks.
DOCUMENTS = ("livret", *sorted({p.stem for p in ROOT.glob("templates/[!_]*.html")} - {"livret"}))
# A diploma's folder of goldens → its `pfmp.yaml`, and its référentiel.
DIPLOMES = {
    "mcv": (ROOT / "examples/pfmp.yaml", ROOT / "referentiel.yaml"),
    "acv": (ROOT / "tests/autre_diplome/pfmp.yaml", ROOT / "tests/autre_diplome/referentiel.yaml"),
}
BORN, SEX = "14/03/2009", "F"


@dataclass(frozen=True)
class Edition:
    """A diploma, a class, an option ('' where there is none), a variant ('' for none), and the
    format of the booklet, which alone has another than A4 (the usual one, '')."""

    diplome: str
    classe: str
    option: str = ""
    variante: str = ""
    format: str = ""

    @property
    def code(self) -> str:
        return "-".join(filter(None, (self.classe, self.option, self.variante, self.format)))

    @property
    def documents(self) -> tuple[str, ...]:
        return ("livret",) if self.format else DOCUMENTS

    def __str__(self) -> str:
        return f"{self.diplome}-{self.code}"


@dataclass(frozen=True)
class Made:
    """The documents of an edition by name (`livret`, `grille-1`…)."""

    filled: dict[str, bytes]
    blank: dict[str, bytes]
    values: dict[str, str]  # of each field: `eleve.nom`, `pfmp1.entreprise`…


# Both diplomas, with and without option and variant: made whole in every run of the tests. The
# slow tests make the others.
COVERING = (
    Edition("mcv", "seconde"),
    Edition("mcv", "premiere", "A", "primo_entrant"),
    Edition("mcv", "terminale", "B", "insertion"),
    Edition("acv", "court", "toile"),
)
FOLDED = Edition("acv", "court", "toile", format="a5")
FOLDED_OTHER = Edition("mcv", "terminale", "B", "insertion", "a5")
A5 = (FOLDED, pytest.param(FOLDED_OTHER, marks=pytest.mark.lent))


def list_editions() -> list[Edition]:
    """The whole matrix, as the référentiels have it."""
    return [
        Edition(diplome, classe["code"], option, variante)
        for diplome, (_, referentiel) in DIPLOMES.items()
        for classe in _read(referentiel)["classes"]
        for option in classe.get("options") or [""]
        for variante in ["", *_variants_of(classe)]
    ]


def list_periods(edition: Edition) -> list[str]:
    """The codes of the periods of an edition, in the order of the year."""
    return [
        periode["code"]
        for periode in _class_of(edition)["periodes"]
        if periode.get("variante") in (None, edition.variante)
    ]


def list_uncounted(edition: Edition) -> list[str]:
    """The codes of the periods that do not count for the exam."""
    periodes = _class_of(edition)["periodes"]
    return [periode["code"] for periode in periodes if not periode.get("certificative", True)]


def make(edition: Edition, documents: tuple[str, ...], folder: Path, cache_dir: Path) -> Made:
    """The filled and the blank documents of an edition, in a folder that is empty."""
    projet, referentiel = DIPLOMES[edition.diplome]
    school = {key: value for key, value in _read(projet).items() if key != "fabrication"}
    choice: dict[str, Any] = {"documents": list(documents), "classes": [edition.classe]}
    if edition.option:
        choice["options"] = [edition.option]
    if edition.format:
        school["livret"] = {"format": edition.format}
    school["fabrication"] = {"dossier": "made", "vierges": choice}
    for number, path in enumerate((referentiel, *projet.parent.glob("logo.*"))):
        shutil.copy(path, folder / ("referentiel.yaml" if number == 0 else path.name))
    (folder / "pfmp.yaml").write_text(yaml.safe_dump(school, allow_unicode=True), encoding="utf-8")
    values = _write_pupil(edition, folder / "eleves.csv")
    option = ["--option", edition.option] if edition.option else []
    words = ["--class", edition.classe, *option, "--documents", ",".join(documents)]

    _run(folder, cache_dir, "batch", "eleves.csv", *words, "-o", "filled")
    _run(folder, cache_dir, "build")

    filled = {
        path.stem.rpartition("_")[2]: path.read_bytes()
        for path in sorted((folder / "filled").glob("*/*.pdf"))
    }
    return Made(filled, {name: _find_blank(folder, name, edition) for name in filled}, values)


def _find_blank(folder: Path, name: str, edition: Edition) -> bytes:
    """The blank of the variant; that of the plain edition where the variant changes nothing."""
    plain = "-".join(filter(None, (name, edition.classe, edition.option)))
    variante = edition.variante.replace("_", "-")
    named = folder / "made/vierges" / f"{plain}-{variante}.pdf"
    return (named if named.exists() else named.with_name(f"{plain}.pdf")).read_bytes()


def _run(folder: Path, cache_dir: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pfmp_cli", *arguments], cwd=folder, capture_output=True, text=True,
        env={**os.environ, "PFMP_CACHE": str(cache_dir)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "ne tient pas" not in done.stderr, done.stderr


def _write_pupil(edition: Edition, path: Path) -> dict[str, str]:
    """A class file of one pupil, with a value of its own in every column; these by field."""
    values = {f"eleve.{name}": _value(name, 0) for name in _columns("")}
    for rank in range(1, len(list_periods(edition)) + 1):
        values |= {f"pfmp{rank}.{name}": _value(name, rank) for name in _columns("pfmp1_")}
    assert len(set(values.values())) == len(values)
    row = {field.removeprefix("eleve.").replace(".", "_"): text for field, text in values.items()}
    row |= {"date_naissance": BORN, "sexe": SEX}
    if variante := edition.variante:
        row[variante] = "oui"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row, delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    return {**values, "eleve.date_naissance": BORN}


def _columns(prefix: str) -> list[str]:
    """The printed columns of the example: of the pupil, or of the first placement."""
    titles = (ROOT / "examples/eleves.csv").read_text(encoding="utf-8").splitlines()[0].split(";")
    said = {"date_naissance", "sexe", "classe", "option", "primo_entrant"}
    if prefix:
        return [title.removeprefix(prefix) for title in titles if title.startswith(prefix)]
    return [title for title in titles if not title.startswith("pfmp") and title not in said]


def _value(name: str, rank: int) -> str:
    """Its own name where there is room, `rank` telling the placement (0: the pupil)."""
    if name == "code_postal":
        return f"1{rank:04}"
    if name.endswith("telephone"):
        owners = ("telephone", "tuteur_", "responsable_", "professeur_")
        owner = owners.index(name.removesuffix("telephone") or "telephone")
        return f"05 36 51 {rank:02} {owner:02}"
    return f"«{rank or 'e'}.{name}»"


@cache
def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _class_of(edition: Edition) -> dict[str, Any]:
    classes: list[dict[str, Any]] = _read(DIPLOMES[edition.diplome][1])["classes"]
    return next(classe for classe in classes if classe["code"] == edition.classe)


def _variants_of(classe: dict[str, Any]) -> list[str]:
    found = (periode.get("variante") for periode in classe["periodes"])
    return [code for code in dict.fromkeys(found) if code]

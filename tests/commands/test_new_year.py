"""`pfmp new-year`: next year's file beside this year's, with nothing of this year lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pfmp_cli.cli import run
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.shipped import shipped
from tests.reading import read_projet

EXAMPLE = shipped("examples/pfmp.yaml").read_text("utf-8")
BLOCK = """\
# Le lycée
annee_scolaire: 2025-2026
calendrier:
  periodes:
    terminale: # la mienne
    - du: 2025-11-24
      au: 2025-12-13   # trois
    # la seconde
    - du: 2026-01-12
      au: 2026-01-31
    premiere:
  zone: A
fabrication:
  listes:
    - fichier: listes/2025-2026/eleves.csv
"""
FLOW = """\
{annee_scolaire: 2025-2026, lettre: {date: 2025-06-24},
 calendrier: {periodes: {terminale: [{du: 2025-11-24, au: 2025-12-13}]}},
 fabrication: {listes: []}}
"""
INLINE = """\
calendrier:
  periodes:
    terminale: [{du: 2025-11-24, au: 2025-12-13}]   # une
    seconde: []
etablissement: {nom: "Lycée"}
"""


def next_year(folder: Path, text: str, *options: str) -> str:
    (folder / "logo.svg").write_bytes(shipped("examples/logo.svg").read_bytes())
    (folder / "pfmp.yaml").write_bytes(text.encode())
    assert run(["new-year", "2026-2027", "--projet", str(folder / "pfmp.yaml"), *options]) == 0
    assert (folder / "pfmp.yaml").read_bytes() == text.encode()
    return (folder / "pfmp-2026-2027.yaml").read_bytes().decode()


@pytest.mark.parametrize(
    "text", [EXAMPLE, BLOCK, FLOW, INLINE, "", "# rien\n", "{}", "{contacts: []}"]
)
def test_the_new_file_is_sound_and_has_no_date(
    tmp_path: Path, text: str, referentiel: Referentiel
) -> None:
    next_year(tmp_path, text)
    projet, _ = read_projet(tmp_path / "pfmp-2026-2027.yaml", referentiel)

    assert projet.annee_scolaire == "2026-2027"
    assert projet.fabrication.dossier == "documents-2026-2027"
    assert projet.lettre.date is None
    assert not any(projet.calendrier.periodes.values())


def test_comments_and_all_that_is_no_date_are_kept(tmp_path: Path) -> None:
    made = next_year(tmp_path, EXAMPLE)
    lines = set(made.splitlines())
    changed = [line for line in EXAMPLE.splitlines() if line not in lines]

    assert changed
    assert all("202" in line or line.strip().startswith("dossier: documents") for line in changed)
    assert "  date:               # année-mois-jour" in lines
    assert "# 3 semaines, du lundi au samedi" in made


def test_the_dates_are_lines_to_fill_in(tmp_path: Path, referentiel: Referentiel) -> None:
    made = next_year(tmp_path, BLOCK)

    assert "listes/2026-2027/eleves.csv" in made
    assert "    # 3 + 3 + 6 semaines" in made
    filled = made.replace("    # - du", "    - du").replace("    #   au", "      au")
    for day in ("2026-11-23", "2026-12-12", "2027-01-11", "2027-01-30"):
        filled = filled.replace("AAAA-MM-JJ", day, 1)
    (tmp_path / "filled.yaml").write_text(filled, "utf-8")
    projet, _ = read_projet(tmp_path / "filled.yaml", referentiel)

    assert [str(dates.au) for dates in projet.calendrier.periodes["terminale"]] == [
        "2026-12-12",
        "2027-01-30",
    ]


def test_dates_on_the_line_of_their_class_go_to_lines_of_their_own(tmp_path: Path) -> None:
    made = next_year(tmp_path, INLINE)

    assert yaml.safe_load(made)["calendrier"]["periodes"] == {"terminale": None, "seconde": []}
    assert made.count("      # - {du: AAAA-MM-JJ, au: AAAA-MM-JJ}\n") == 3


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    made = next_year(tmp_path, BLOCK.replace("\n", "\r\n"))

    assert made.count("\n") == made.count("\r\n") > 10


def test_a_file_that_is_there_is_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next_year(tmp_path, BLOCK)
    mine = tmp_path / "pfmp-2026-2027.yaml"
    mine.write_text("a: moi\n")

    assert run(["new-year", "2026-2027", "--projet", str(tmp_path / "pfmp.yaml")]) == 1
    assert mine.read_text() == "a: moi\n"
    assert "est déjà là" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["2025-2026", "2026", "2026-2028"])
def test_a_year_that_is_none_or_the_same_is_told(
    tmp_path: Path, year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pfmp.yaml").write_text(BLOCK, "utf-8")

    assert run(["new-year", year, "--projet", str(tmp_path / "pfmp.yaml")]) == 2
    assert "aide :" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["pfmp.yaml"]

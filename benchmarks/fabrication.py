"""`pfmp build` of a school: `python -m benchmarks.fabrication`.

300 pupils in one SIECLE list, a booklet, two grids and two attestations each, and every blank
document. What is timed is the whole command, Python's start included: the first, the one after
a word of option A has changed, and those that have nothing to do.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.processes import PROJET, ROOT, Run, run_python
from benchmarks.pupils import write_siecle_file
from benchmarks.report import describe_machine, format_table, format_time

PUPILS = 300
FABRICATION = """
fabrication:
  listes:
    - fichier: EXP_Liste.csv
      documents: [livret, grille, attestation]
"""


class Ecole:
    """A school's folder, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_siecle_file(folder / "EXP_Liste.csv", PUPILS)
        school = PROJET.read_text(encoding="utf-8").partition("\nfabrication:")[0]
        (folder / "pfmp.yaml").write_text(school + FABRICATION, encoding="utf-8")
        (folder / "logo.svg").write_bytes((PROJET.parent / "logo.svg").read_bytes())
        self.referentiel = folder / "referentiel.yaml"
        self.referentiel.write_bytes((ROOT / "referentiel.yaml").read_bytes())

    def build(self) -> Run:
        options = ["--projet", self.folder / "pfmp.yaml", "--referentiel", self.referentiel]
        return run_python(["pfmp_cli", "build", *options], self.folder / "cache")

    def reword(self) -> None:
        """Another word in an activity of option A."""
        text = self.referentiel.read_text(encoding="utf-8")
        changed = re.sub(r'(code: 4A\.T1\n +libelle: "?)', r"\1Nouvelle ", text, count=1)
        if changed == text:
            raise RuntimeError("the task 4A.T1 was not found")
        self.referentiel.write_text(changed, encoding="utf-8")

    def documents(self) -> dict[Path, int]:
        found = self.folder.rglob("*.pdf")
        return {path: path.stat().st_mtime_ns for path in found}


def measure(ecole: Ecole, rounds: int) -> list[tuple[str, int, Sequence[Run]]]:
    """What was run, how many documents it wrote, and what it took."""
    first = ecole.build()
    before = ecole.documents()
    idle = [ecole.build() for _ in range(rounds)]
    if ecole.documents() != before:
        raise RuntimeError("a run with nothing to do wrote something")
    ecole.reword()
    again = ecole.build()
    after = ecole.documents()
    touched = sum(after[path] != before[path] for path in before)
    return [
        ("first, no master at hand", len(before), [first]),
        ("nothing to do", 0, idle),
        ("a word of an activity of option A", touched, [again]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fabrication", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to write to (500 MB)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pfmp-bench-", dir=options.folder) as scratch:
        found = measure(Ecole(Path(scratch)), options.rounds)
    print(describe_machine() + "\n")
    rows = (
        (name, f"{written:,}", format_time(median(run.seconds for run in runs)),
         f"{max(run.peak_mb for run in runs):.0f} MB")
        for name, written, runs in found
    )  # fmt: skip
    print(format_table(("`pfmp build`", "documents written", "time", "peak memory"), rows))


if __name__ == "__main__":
    main()

"""Reading lists: `python -m benchmarks.lists`.

A school in SIECLE's list, then placements of as many pupils by INE, by name, of strangers of one
family name, and of homonyms: the time of reading and matching alone, the best of some rounds.

With `--against FOLDER`, another checkout with a `.venv` of its own in it: the whole of a `pfmp
batch` with nothing to make for a school, which reads its list, in turn with that checkout.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.processes import PROJET, ROOT, run_python
from benchmarks.pupils import make_pupils, write_class_file, write_siecle_file
from benchmarks.report import format_ratio, format_table, format_time
from pfmp_cli.domain.selection import Selection
from pfmp_cli.loading.class_files import load_classes
from pfmp_cli.loading.school_files import SchoolLoader
from pfmp_cli.loading.sources import Sources

Pupil = dict[str, str]
# Of a pupil and their rank: INE, names in the list, names in the file of placements.
KINDS: dict[str, Callable[[Pupil, int], tuple[str, str, str]]] = {
    "by INE": lambda p, n: (p["ine"], f"{p['nom']};{p['prenom']}", ";"),
    "by name": lambda p, n: ("", f"{p['nom']};{p['prenom']}", f"{p['nom']};{p['prenom']}"),
    "strangers": lambda p, n: ("", f"MARTIN;Lou{n}", f"MARTIN;Zoé{n}"),
    "homonyms": lambda p, n: ("", "MARTIN;Lou", "MARTIN;Lou"),
}


def write_lists(folder: Path, kind: str, count: int) -> tuple[Path, Path]:
    """The class file, and the placements of its pupils."""
    pupils, stages = folder / "eleves.csv", folder / "stages.csv"
    rows = [(p, *KINDS[kind](p, n)) for n, p in enumerate(make_pupils(count))]
    born = [f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/{1990 + n // 336}" for n in range(count)]
    pupils.write_text(
        "nom;prenom;date_naissance;division;ine\n"
        + "".join(
            f"{a};{day};TMCV1;{ine}\n" for (_, ine, a, _), day in zip(rows, born, strict=True)
        )
    )
    stages.write_text(
        "ine;nom;prenom;période;entreprise\n"
        + "".join(f"{ine};{b};1;{p['pfmp1_entreprise']}\n" for p, ine, _, b in rows)
    )
    return pupils, stages


def compare(other: Path, count: int, rounds: int, scratch: Path) -> str:
    """Processor time of both checkouts, for each kind of list."""
    write_siecle_file(scratch / "siecle.csv", count)
    write_class_file(scratch / "full.csv", count)
    lists: dict[str, list[Path | str]] = {
        "SIECLE's list": [scratch / "siecle.csv"],
        "47 columns, all filled in": [scratch / "full.csv"],
    }
    for kind in ("by INE", "by name"):
        folder = scratch / kind
        folder.mkdir()
        pupils, stages = write_lists(folder, kind, count)
        lists[f"placements {kind}"] = [pupils, "--stages", stages]
    rows = []
    for name, arguments in lists.items():
        both = [partial(_batch, root, arguments, scratch / name) for root in (other, ROOT)]
        for batch in (*both, *both):
            batch()  # lays out, makes, and remembers
        pairs = [[batch() for batch in both] for _ in range(rounds)]
        before, now = map(median, zip(*pairs, strict=True))
        rows.append((name, format_time(before), format_time(now), format_ratio(now / before)))
    return format_table((f"{count} pupils", "the other checkout", "this one", "ratio"), rows)


def _batch(root: Path, arguments: list[Path | str], scratch: Path) -> float:
    folder = scratch / str(root == ROOT)
    options = ["--documents", "attestation", "--period", "1", "--projet", "examples/pfmp.yaml"]
    (scratch / "cache").mkdir(0o700, parents=True, exist_ok=True)
    command = ["pfmp_cli", "batch", *arguments, *options, "-o", folder]
    return run_python(command, scratch / "cache", root).processor_seconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lists", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--school", type=int, default=2000)
    parser.add_argument("--placements", type=int, default=10_000)
    parser.add_argument("--against", type=Path, help="the folder of another checkout")
    options = parser.parse_args()
    if options.against:
        with tempfile.TemporaryDirectory(prefix="pfmp-bench-") as scratch:
            other, folder = options.against.resolve(), Path(scratch)
            print(compare(other, options.school, options.rounds, folder))
        return
    (school,) = SchoolLoader().load_schools(Sources(Path(PROJET)))

    def measure(pupils: Path, stages: Path | None) -> str:
        times = []
        for _ in range(options.rounds):
            start = time.process_time()
            load_classes(pupils, stages, [(school, Selection())])
            times.append(time.process_time() - start)
        return format_time(min(times))

    with tempfile.TemporaryDirectory(prefix="pfmp-bench-") as scratch:
        siecle = Path(scratch) / "EXP_Liste.csv"
        write_siecle_file(siecle, options.school)
        found = [(f"SIECLE's list, {options.school}", measure(siecle, None))]
        for kind in KINDS:
            name = f"placements {kind}, {options.placements}"
            found.append((name, measure(*write_lists(Path(scratch), kind, options.placements))))
    print(format_table(("what", "processor time"), found))


if __name__ == "__main__":
    main()

"""A booklet that nothing is laid out of yet: `python -m benchmarks.first_layout`.

Seconds of the processor, the least of several rounds: of the layout alone, from HTML to master, and
of the whole command with an empty cache; in turn with another checkout (`--against`, with a `.venv`
of its own in it).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks.processes import ROOT, run_python
from benchmarks.report import format_ratio, format_table, format_time

EDITIONS = (("terminale", "B"), ("premiere", "A"), ("seconde", ""))
# Says how long each of several layouts takes, after one that loads what they need.
LAY_OUT = """
import sys, time
from pathlib import Path
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.workshop import load_workshop
shop = load_workshop(Sources(projet=Path("examples/pfmp.yaml")))
html = shop.render(Edition("livret", sys.argv[1], sys.argv[2] or None))
make_master(html)
start = time.process_time()
make_master(html)
print(time.process_time() - start)
"""


def lay_out(root: Path, classe: str, option: str) -> float:
    with tempfile.TemporaryDirectory(prefix="pfmp-bench-") as cache:
        command = [root / ".venv/bin/python", "-c", LAY_OUT, classe, option]
        environment = {**os.environ, "PFMP_CACHE": cache}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True)
    return float(done.stdout)


def run_command(root: Path, classe: str, option: str) -> float:
    with tempfile.TemporaryDirectory(prefix="pfmp-bench-") as folder:
        command = ["pfmp_cli", "booklet", "--class", classe]
        command += ["--option", option] if option else []
        command += ["--projet", "examples/pfmp.yaml", "-o", f"{folder}/livret.pdf"]
        return run_python(command, Path(folder, "cache"), root).processor_seconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_layout", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path, help="the folder of another checkout")
    options = parser.parse_args()
    roots = {"this": ROOT} | ({"the other": options.against.resolve()} if options.against else {})
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for _ in range(options.rounds):
        for edition in EDITIONS:
            for way in (lay_out, run_command):
                for checkout, root in roots.items():
                    best = found[" ".join(edition).strip(), way.__name__]
                    best[checkout] = min(way(root, *edition), best.get(checkout, 1e9))
    rows = []
    for (edition, way), best in found.items():
        ratio = format_ratio(best["this"] / best["the other"]) if options.against else ""
        rows.append((f"{edition}, {way}", *map(format_time, best.values()), ratio))
    print(format_table(("booklet", *roots, "against the other" if options.against else ""), rows))


if __name__ == "__main__":
    main()

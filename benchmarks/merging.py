"""Merging alone: `python -m benchmarks.merging`.

A booklet of terminale B in memory, from a pupil's values to the bytes that go behind the master:
the least time of the processor in some rounds over a class, by how much its pupils share.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.processes import PROJET
from benchmarks.report import format_table, format_time
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.workshop import load_workshop

PUPILS = 200
# Of the fields, what a class shares: days and weeks of attendance, dates, the teacher.
SHARED = ("jour_", "semaine_", "numeros_semaines", "dates", "duree", "division", "professeur_")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merging", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    merger = load_workshop(Sources(projet=PROJET)).get_merger(Edition("livret", "terminale", "B"))
    fields = {slot.field for slot in merger.master.slots}
    common = {field for field in fields if any(part in field for part in SHARED)}

    def measure(shared: set[str]) -> str:
        best = 1e9
        for number in range(options.rounds):
            values = [
                {field: f"Valeur {number} {0 if field in shared else pupil}" for field in fields}
                for pupil in range(PUPILS)
            ]
            start = time.process_time()
            for pupil in values:
                merger.merge(pupil, "Livret")
            best = min(best, (time.process_time() - start) / PUPILS)
        return format_time(best)

    rows = [
        (f"a class, which shares {len(common)} of {len(fields)} values", measure(common)),
        ("pupils who share nothing", measure(set())),
    ]
    print(format_table(("every field filled in", "a booklet"), rows))


if __name__ == "__main__":
    main()

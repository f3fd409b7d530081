"""`python -m benchmarks.watch`: from a save to the document, and to what is wrong with it."""

from __future__ import annotations

import argparse
import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.processes import ROOT

# A partial of each, to be saved.
PARTIALS = {"presence": "_qui.html", "grille": "_qui.html", "livret": "_stage.html"}


class Watch:
    """`pfmp watch` on a document, in a folder of its own."""

    def __init__(self, folder: Path, document: str) -> None:
        self.modele = folder / "modeles" / PARTIALS[document]
        self.modele.parent.mkdir()
        shutil.copy(ROOT / "templates" / self.modele.name, self.modele)
        for name in ("pfmp.yaml", "logo.svg"):
            shutil.copy(ROOT / "examples" / name, folder)
        choice = ["--class", "terminale", "--option", "B", "--documents", document]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pfmp_cli", "watch", *choice],
            cwd=folder, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PFMP_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line)

    def wait_for(self, text: str) -> None:
        while text not in self.lines.get(timeout=120):
            pass

    def save(self, text: str, then: str) -> float:
        """Seconds from a save of the template to a line that holds `then`."""
        start = time.perf_counter()
        self.modele.write_text(text, encoding="utf-8")
        self.wait_for(then)
        return time.perf_counter() - start


def measure(document: str, rounds: int) -> tuple[float, float]:
    """Medians: to the document, to the message of an error."""
    with tempfile.TemporaryDirectory() as folder:
        watch = Watch(Path(folder), document)
        try:
            watch.wait_for("en ")
            time.sleep(3)  # the spare is warm, as it is when somebody edits
            text, made, told = watch.modele.read_text(encoding="utf-8"), [], []
            for number in range(rounds):
                told.append(watch.save(text + "{{ inconnu }}", "erreur"))
                watch.wait_for("Corrigez")
                made.append(watch.save(f"{text}<!-- {number} -->", " s\n"))
        finally:
            watch.process.kill()
            watch.process.wait()
    return statistics.median(made), statistics.median(told)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("| document | from a save to the PDF | to the message of an error |\n|---|---:|---:|")
    for document in PARTIALS:
        made, told = measure(document, rounds)
        print(f"| `{document}` | {made:.2f} s | {told:.2f} s |", flush=True)


if __name__ == "__main__":
    main()

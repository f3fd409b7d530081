"""Saves → documents: what `pfmp watch` does for as long as it runs."""

import time
from collections.abc import Sequence
from pathlib import Path

from pfmp_cli.diagnostics import InputRefused, WrongUsage
from pfmp_cli.output.single_file import write_blank
from pfmp_cli.press.workers import Stopped, Worker
from pfmp_cli.terminal import console
from pfmp_cli.text import count
from pfmp_cli.watching.file_watch import FileWatch
from pfmp_cli.watching.previews import Preview, Request, make_previews

STOP = "Ctrl-C pour arrêter."
TICK = 0.1  # seconds: how long a change may go unnoticed


class WatchLoop:
    """The files, the worker, and where a run of it stands."""

    def __init__(self, request: Request, output: Path) -> None:
        self.request, self.output = request, output
        self.files = FileWatch(request.sources)
        self.worker = Worker()
        self.saved = 0.0
        self.first = True
        self.refused = False

    def run(self) -> None:
        """Make the documents, and again after each save, until interrupted.

        Raises WrongUsage where the command line makes no sense from the start.
        """
        try:
            self._start(f"Mise en page. {STOP}")
            while True:
                self._listen()
                if changed := self.files.changed():
                    self._start(_name(changed))
        finally:
            self.worker.stop()

    def _start(self, why: str) -> None:
        """Begin again: on a terminal, on a screen wiped clean."""
        self.saved, self.refused = time.monotonic(), False
        console.wipe()
        console.say(f"{time.strftime('%H:%M:%S')} {why}")
        self.worker.start(make_previews, self.request)

    def _listen(self) -> None:
        was_busy = self.worker.busy
        try:
            for answer in self.worker.read(TICK):
                if isinstance(answer, Preview):
                    self._write(answer)
                else:
                    self._say(answer)
        except Stopped as end:
            console.show([end.explain(self.request.documents)])
            return
        if was_busy and not self.worker.busy:
            self.first = False
            if self.refused:
                console.say(f"Corrigez, enregistrez : tout sera refait. {STOP}")

    def _say(self, told: InputRefused) -> None:
        if isinstance(told, WrongUsage) and self.first:
            raise told
        self.refused |= any(diagnostic.is_error for diagnostic in told.diagnostics)
        console.show(told.diagnostics)

    def _write(self, preview: Preview) -> None:
        try:
            path = write_blank(self.output / preview.name, preview.name, [preview.pdf])
        except InputRefused as refusal:
            self._say(refusal)
            return
        seconds = f"{time.monotonic() - self.saved:.1f}".replace(".", ",")
        console.say(f"  {path} : {count(preview.pages, 'page')}, en {seconds} s")


def _name(changed: Sequence[Path]) -> str:
    """« modeles/_stage.html a changé », « pfmp.yaml et 2 autres fichiers ont changé »."""
    first, others = changed[0], len(changed) - 1
    if not others:
        return f"{first} a changé"
    return f"{first} et {count(others, 'autre fichier', 'autres fichiers')} ont changé"

"""Saves → documents: what `pfmp watch` does for as long as it runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused, WrongUsage, error
from pfmp_cli.output.single_file import write_blank
from pfmp_cli.terminal import console
from pfmp_cli.text import count
from pfmp_cli.watching.file_watch import Veille
from pfmp_cli.watching.previews import Avis, Demande, Fait, Refused, Reponse, serve
from pfmp_cli.watching.worker import Equipe, Stopped

STOP = "Ctrl-C pour arrêter."


def follow(request: Demande, output: Path) -> None:
    """Make the documents, and again after each save, until interrupted.

    Raises WrongUsage where the command line makes no sense from the start.
    """
    suivi = _Suivi(request, output)
    try:
        suivi.run()
    finally:
        suivi.equipe.dismiss()


class _Suivi:
    """The watch, the workers, and where a run of them stands."""

    def __init__(self, request: Demande, output: Path) -> None:
        self.demande, self.sortie = request, output
        self.veille = Veille(request.sources)
        self.equipe = Equipe(serve)
        self.saved = 0.0
        self.first = True
        self.refused = False

    def run(self) -> None:
        self._start(f"Mise en page. {STOP}")
        for _ in self.veille.ticks():
            if changed := self.veille.changed():
                self._start(_name(changed))
            self._listen()
            self.equipe.tidy()

    def _start(self, why: str) -> None:
        """Begin again: on a terminal, on a screen wiped clean."""
        self.saved, self.refused = time.monotonic(), False
        console.wipe()
        console.say(f"{time.strftime('%H:%M:%S')} {why}")
        self.equipe.start(self.demande)

    def _listen(self) -> None:
        try:
            for answer in self.equipe.read():
                self._tell(answer)
        except Stopped as end:
            console.show([_diagnose_end(end)])
            self.equipe.rest()

    def _tell(self, answer: Reponse) -> None:
        if isinstance(answer, Refused):
            if answer.usage and self.first:
                raise WrongUsage(answer.diagnostics)
            self._refuse(answer)
        elif isinstance(answer, Fait):
            self.first = False
            self._write(answer)
        elif isinstance(answer, Avis):
            console.show(answer.diagnostics)
        else:
            self.first = False
            self.veille.note_logo(answer.logo)
            self.equipe.rest()
            if self.refused:
                console.say(f"Corrigez, enregistrez : tout sera refait. {STOP}")

    def _write(self, fait: Fait) -> None:
        try:
            path = write_blank(self.sortie / fait.nom, fait.nom, [fait.pdf])
        except InputRefused as refusal:
            self._refuse(Refused(refusal.diagnostics))
            return
        seconds = f"{time.monotonic() - self.saved:.1f}".replace(".", ",")
        console.say(f"  {path} : {count(fait.pages, 'page')}, en {seconds} s")

    def _refuse(self, refusal: Refused) -> None:
        self.refused = True
        console.show(refusal.diagnostics)


def _name(changed: Sequence[Path]) -> str:
    """« modeles/_stage.html a changé », « pfmp.yaml et 2 autres fichiers ont changé »."""
    first, others = changed[0], len(changed) - 1
    if not others:
        return f"{first} a changé"
    return f"{first} et {count(others, 'autre fichier', 'autres fichiers')} ont changé"


def _diagnose_end(end: Stopped) -> Diagnostic:
    return error(
        f"la mise en page s'est arrêtée d'elle-même (code {end.code})",
        help="annulez la dernière modification, enregistrez ; sinon, relancez pfmp watch",
    )

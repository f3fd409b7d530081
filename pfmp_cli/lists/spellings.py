"""How a class and an option are written in a class file → their codes in the référentiel."""

from __future__ import annotations

from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.rules.list_rules import UNKNOWN_CLASS, UNKNOWN_OPTION
from pfmp_cli.text import either, fold, suggest


class Spellings:
    """The words of a référentiel for its classes and options."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._options = {fold(code): code for code in vocabulary.options}
        self._classes = {
            fold(spelling): code
            for code, others in vocabulary.classes.items()
            for spelling in (code, *others)
        }

    def find_classe(self, text: str) -> str | None:
        """The class written so, or the only one that begins so, from three letters on."""
        word = fold(text)
        if word in self._classes or len(word) < 3:
            return self._classes.get(word)
        codes = {code for spelling, code in self._classes.items() if spelling.startswith(word)}
        return codes.pop() if len(codes) == 1 else None

    def read_classe(self, text: str) -> str:
        """Raises Refusal."""
        code = self.find_classe(text)
        if code is None:
            near = suggest(fold(text), self._classes)
            codes = [self._classes[near]] if near else dict.fromkeys(self._classes.values())
            raise Refusal(UNKNOWN_CLASS, text=cite(text), codes=either(codes))
        return code

    def read_option(self, text: str) -> str:
        """Raises Refusal."""
        code = self._options.get(fold(text).removeprefix("option"))
        if code is None:
            codes = either(self._options.values())
            advice = f"écrivez {codes}" if codes else "laissez la cellule vide"
            raise Refusal(UNKNOWN_OPTION, text=cite(text), advice=advice)
        return code

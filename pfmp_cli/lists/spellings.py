"""How a class and an option are written in a class file → their codes in the référentiel."""

from __future__ import annotations

from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.text import either, fold, suggest


class Spellings:
    """The words of a référentiel for its classes and options."""

    def __init__(self, schema: Vocabulary) -> None:
        self._classes = schema.classes
        self._texts = _spellings(schema)
        self._options = {fold(code): code for code in schema.options}

    def find_classe(self, text: str) -> str | None:
        """The class written so, or the only one that begins so, from three letters on."""
        word = fold(text)
        if word in self._texts or len(word) < 3:
            return self._texts.get(word)
        codes = {code for graphie, code in self._texts.items() if graphie.startswith(word)}
        return codes.pop() if len(codes) == 1 else None

    def read_classe(self, text: str) -> str:
        """Raises Refus."""
        code = self.find_classe(text)
        if code is None:
            near = suggest(fold(text), self._texts)
            selection = [self._texts[near]] if near else self._classes
            raise Refusal(f"classe {cite(text)} inconnue", "écrivez " + either(selection))
        return code

    def read_option(self, text: str) -> str:
        """Raises Refus."""
        code = self._options.get(fold(text).removeprefix("option"))
        if code is None:
            selection = self._options.values()
            raise Refusal(
                f"option {cite(text)} inconnue",
                "écrivez " + either(selection) if selection else "laissez la cellule vide",
            )
        return code


def _spellings(schema: Vocabulary) -> dict[str, str]:
    """Every spelling of a class, folded → its code."""
    return {
        fold(graphie): code
        for code, others in schema.classes.items()
        for graphie in (code, *others)
    }

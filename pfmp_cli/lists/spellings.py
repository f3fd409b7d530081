"""How a class and an option are written in a class file → their codes in the référentiel."""

from __future__ import annotations

from pfmp_cli.diagnostics import either, suggest
from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.formats.csv import fold


class Spellings:
    """The words of a référentiel for its classes and options."""

    def __init__(self, schema: Vocabulary) -> None:
        self._classes = schema.classes
        self._texts = _spellings(schema)
        self._options = {fold(code): code for code in schema.options}

    def find_classe(self, texte: str) -> str | None:
        """The class written so, or the only one that begins so, from three letters on."""
        mot = fold(texte)
        if mot in self._texts or len(mot) < 3:
            return self._texts.get(mot)
        codes = {code for graphie, code in self._texts.items() if graphie.startswith(mot)}
        return codes.pop() if len(codes) == 1 else None

    def read_classe(self, texte: str) -> str:
        """Raises Refus."""
        code = self.find_classe(texte)
        if code is None:
            proche = suggest(fold(texte), self._texts)
            choix = [self._texts[proche]] if proche else self._classes
            raise Refusal(f"classe {cite(texte)} inconnue", "écrivez " + either(choix))
        return code

    def read_option(self, texte: str) -> str:
        """Raises Refus."""
        code = self._options.get(fold(texte).removeprefix("option"))
        if code is None:
            choix = self._options.values()
            raise Refusal(
                f"option {cite(texte)} inconnue",
                "écrivez " + either(choix) if choix else "laissez la cellule vide",
            )
        return code


def _spellings(schema: Vocabulary) -> dict[str, str]:
    """Every spelling of a class, folded → its code."""
    return {
        fold(graphie): code
        for code, autres in schema.classes.items()
        for graphie in (code, *autres)
    }

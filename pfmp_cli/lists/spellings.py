"""How what is known is written in a class file: classes and options, divisions, labels of MEF."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate

from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.rules.list_rules import UNKNOWN_CLASS, UNKNOWN_OPTION
from pfmp_cli.text import either, fold, suggest

_WORDS = re.compile(r"[^\W_]+")
_LEAST_OF_A_LABEL = 12  # letters, and half of it: what is shorter may be another course of study
_LEAST_OF_A_NAME = 4  # letters that a slip of the hand leaves recognizable
_LEVELS = frozenset("123456789tps")  # what names of divisions begin with


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


class Names:
    """Names of divisions, known whatever their case, accents, spaces and punctuation."""

    def __init__(self, names: Iterable[str]) -> None:
        self._found = {name: name for name in names}
        folded: dict[str, list[str]] = defaultdict(list)
        for name in self._found:
            folded[fold(name)].append(name)
        self._folded = {word: same[0] for word, same in folded.items() if word and len(same) == 1}
        self._near: dict[str, str] = {}

    def find(self, text: str) -> str:
        """The name that is written so, '' where it is none, or may be several."""
        if text not in self._found:
            self._found[text] = self._folded.get(fold(text), "")
        return self._found[text]

    def find_near(self, text: str) -> str:
        """The only name that is one slip of the hand away, '' where there is none."""
        if text not in self._near:
            word = fold(text)
            near = [name for known, name in self._folded.items() if _is_slip(word, known)]
            self._near[text] = near[0] if len(near) == 1 else ""
        return self._near[text]


def find_label(labels: Mapping[str, tuple[str, str]], text: str) -> tuple[str, str]:
    """The class and the option that a label of MEF means, of those known (folded): exports cut
    them, or have more. An option is '' where it is not told, a class where it is unknown."""
    words = list(accumulate(map(fold, _WORDS.findall(text))))
    known = next((word for word in reversed(words) if word in labels), None)
    return labels[known] if known else _find_cut_label(labels, fold(text))


def _find_cut_label(labels: Mapping[str, tuple[str, str]], word: str) -> tuple[str, str]:
    """What all labels that begin so say of the class, and of the option."""
    whole = {label: said for label, said in labels.items() if label.startswith(word)}
    if len(word) < _LEAST_OF_A_LABEL or any(len(label) > 2 * len(word) for label in whole):
        return "", ""
    classes, options = ({said[part] for said in whole.values()} for part in (0, 1))
    if len(classes) != 1:
        return "", ""
    return classes.pop(), options.pop() if len(options) == 1 else ""


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter is too many, missing or wrong, or two neighbours are exchanged.

    A digit for another, or a level for another, is another division.
    """
    pairs = enumerate(zip(word, known, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), min(len(word), len(known)))
    here, there = word[start:], known[start:]
    if min(len(word), len(known)) < _LEAST_OF_A_NAME:
        return False
    if len(here) != len(there):
        return here == there[1:] or here[1:] == there
    if here[2:] == there[2:] and here[:2] == there[1::-1]:
        return not here[:2].isdigit()
    levels = not start and {here[:1], there[:1]} <= _LEVELS
    return here[1:] == there[1:] and not levels and not (here[:1] + there[:1]).isdigit()

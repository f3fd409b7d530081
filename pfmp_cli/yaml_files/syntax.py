"""What PyYAML says of a broken file, in a teacher's words.

Its two parsers, the one in C and the one in Python, word the same fault differently: a rule
holds a piece of each.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class _Complaint(NamedTuple):
    """If one of `pieces` is in what PyYAML says: the message, and what to do."""

    pieces: tuple[str, ...]
    message: str
    help: str
    at_start: bool = False
    """The fault is shown where the faulty thing begins, not where the parser gave up."""


_REGLES = (
    _Complaint(
        ("quoted scalar found unexpected",),
        "un guillemet n'est pas refermé",
        "ajoutez le même guillemet à la fin du texte",
        at_start=True,
    ),
    _Complaint(
        ("unknown escape character",),
        "la barre « \\ » n'a pas de sens ici",
        "entourez le texte de guillemets simples '…'",
    ),
    _Complaint(
        ("could not find expected ':'",),
        "il manque « : » après la clé",
        "écrivez « clé: valeur », avec une espace après le « : »",
        at_start=True,
    ),
    _Complaint(
        ("while parsing a flow sequence", "while parsing a flow mapping"),
        "il manque une virgule, ou la fin de cette liste entre crochets ou accolades",
        "vérifiez ses virgules et ce qui la referme",
        at_start=True,
    ),
    _Complaint(
        ("while parsing a flow node",),
        "il manque une valeur entre deux virgules, ou après un crochet",
        "complétez-la, ou enlevez ce qui est en trop",
    ),
    _Complaint(
        ("sequence entries are not allowed",),
        "un tiret de liste n'est pas à sa place",
        "mettez-le au début de la ligne suivante ; s'il fait partie du texte, "
        "mettez ce texte entre guillemets",
    ),
    _Complaint(
        ("while parsing a block collection",),
        "cette ligne n'est pas alignée avec la liste",
        "donnez-lui le même retrait que les tirets de la liste, ou qu'une clé d'au-dessus",
    ),
    _Complaint(
        ("while parsing a block mapping",),
        "cette ligne n'est pas alignée avec les clés qui l'entourent",
        "donnez-lui le même retrait qu'elles, avec des espaces",
    ),
    _Complaint(
        ("while scanning an alias", "while scanning an anchor", "undefined tag handle"),
        "un texte ne peut pas commencer ainsi sans guillemets",
        "mettez la valeur entre guillemets",
        at_start=True,
    ),
    _Complaint(
        ("found unexpected ':'",),
        "il manque une espace après « : »",
        "écrivez « clé: valeur », ou mettez entre guillemets un texte qui contient « : »",
    ),
    _Complaint(
        ("while scanning a block scalar",),
        "il y a du texte derrière « | » ou « > »",
        "commencez ce texte à la ligne suivante, en retrait",
    ),
    _Complaint(
        ("cannot start any token",),
        "un texte ne peut pas commencer ainsi sans guillemets",
        "mettez la valeur entre guillemets",
    ),
    _Complaint(
        ("<document start>", "directive"),
        "cette ligne n'est pas à sa place",
        "donnez-lui le même retrait que les lignes qui l'entourent",
    ),
)
_TABULATION = ("une tabulation sert de retrait", "remplacez-la par des espaces")
_DEUX_POINTS = (
    "« : » n'est pas à sa place",
    "mettez entre guillemets un texte qui contient « : »",
)
_RETRAIT = (
    "cette clé n'est pas à sa place",
    "donnez-lui le même retrait que ses voisines ; "
    "vérifiez l'espace après le « : » de la ligne précédente",
)
_EN_TROP = (
    "il y a du texte en trop après la valeur",
    'entourez de guillemets droits "…" toute la valeur, jusqu\'au bout de la ligne',
)


def explain(exception: Any, text: str) -> tuple[Any, str, str]:
    """A MarkedYAMLError → the mark at fault (or None), the message, what to do."""
    said = f"{exception.context or ''} {exception.problem or ''}"
    mark = exception.problem_mark or exception.context_mark
    around = _explain_around(said, mark, text) if mark is not None else None
    if around is not None:
        return mark, *around
    for rule in _REGLES:
        if any(piece in said for piece in rule.pieces):
            shown = exception.context_mark if rule.at_start else None
            return shown or mark, rule.message, rule.help
    return mark, "le fichier n'est pas du YAML bien formé", "vérifiez cette ligne et la précédente"


def _explain_around(said: str, mark: Any, text: str) -> tuple[str, str] | None:
    """What only the text of the line tells apart."""
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    before, after = line[: mark.column], line[mark.column :]
    if after.startswith("\t") or " tab character" in said:
        return _TABULATION
    if "mapping values are not allowed" in said:
        return _DEUX_POINTS if ": " in before else _RETRAIT
    if "while parsing a block mapping" in said and before.strip(" -"):
        return _EN_TROP
    return None

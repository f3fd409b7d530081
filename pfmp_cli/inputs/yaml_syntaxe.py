"""What PyYAML says of a broken file, in a teacher's words."""

from __future__ import annotations

from typing import Any

# A piece of PyYAML's problem or context → what it means, what to do.
_EXPLANATIONS: tuple[tuple[str, str, str], ...] = (
    (
        "found character '\\t'",
        "une tabulation sert de retrait",
        "remplacez-la par des espaces",
    ),
    (
        "mapping values are not allowed",
        "deux-points inattendus",
        "mettez le texte qui contient « : » entre guillemets, ou vérifiez le retrait de la ligne",
    ),
    (
        "quoted scalar",
        "un guillemet n'est pas refermé",
        'ajoutez le " qui manque à la fin du texte',
    ),
    (
        "did not find expected ',' or",
        "il manque une virgule, ou la fermeture de [ ] ou de { }",
        "vérifiez les virgules et les crochets de cette ligne et de la précédente",
    ),
    (
        "did not find expected '-' indicator",
        "cette ligne n'est pas alignée avec la liste",
        "donnez-lui le même retrait que les autres lignes de la liste",
    ),
    (
        "could not find expected ':'",
        "il manque les deux-points après la clé",
        "écrivez « clé: valeur », avec une espace après les deux-points",
    ),
    (
        "did not find expected key",
        "cette ligne n'est pas à sa place",
        "donnez-lui le même retrait que ses voisines ; "
        "mettez entre guillemets un texte qui contient « : » ou des guillemets",
    ),
    (
        "did not find expected",
        "cette ligne n'est pas à sa place",
        "vérifiez son retrait et ses guillemets",
    ),
    (
        "cannot start any token",
        "ce caractère ne peut pas commencer une valeur",
        "mettez la valeur entre guillemets",
    ),
    (
        "block sequence entries are not allowed",
        "un tiret de liste n'est pas à sa place",
        "mettez-le à la ligne suivante, en retrait",
    ),
    (
        "unknown escape character",
        "une barre oblique inverse n'a pas de sens ici",
        "entourez le texte de guillemets simples '…'",
    ),
)


def explain(exception: Any, text: str) -> tuple[Any, str, str]:
    """A MarkedYAMLError → the mark at fault (or None), the message, what to do."""
    said = f"{exception.problem or ''} {exception.context or ''}"
    mark = exception.problem_mark or exception.context_mark
    if "quoted scalar" in (exception.context or ""):
        mark = exception.context_mark or mark
    for piece, message, aide in _EXPLANATIONS:
        if piece in said:
            return mark, message, aide
    return mark, "le fichier n'est pas du YAML bien formé", "vérifiez cette ligne et la précédente"

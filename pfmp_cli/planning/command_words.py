"""Words of the command line → what they choose: class, option, period, documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, WrongUsage, error
from pfmp_cli.planning.editions import Document, Edition, Selection, variants_of
from pfmp_cli.text import either, fold, propose, suggest

if TYPE_CHECKING:
    from pfmp_cli.domain.referentiel import Classe, Referentiel


def choose(
    referentiel: Referentiel, classe: str | None, option: str | None, periode: str | None = None
) -> Selection:
    """The choice that the command line's words make (labels do as well as codes).

    Raises WrongUsage for a class, an option or a period that does not exist, or that do not go
    together.
    """
    spellings = {text: c.code for c in referentiel.classes for text in c.graphies}
    code = _match(classe, {c.code: c.libelle for c in referentiel.classes}, "classe", spellings)
    letter = _match(option, {o.code: o.intitule for o in referentiel.options}, "option")
    if code is not None and letter is not None:
        _refuse(_check_option(referentiel.classe(code), letter))
    classes = [referentiel.classe(code)] if code else referentiel.classes
    periodes = {p.code: f"période {p.code}" for c in classes for p in c.periodes}
    return Selection(code, letter, _match(periode, periodes, "période"))


def choose_documents(known: Mapping[str, Document], words: str) -> list[Document]:
    """The documents that `livret,grille` names, among those that have a template.

    Raises WrongUsage for one that has none.
    """
    labels = {name: name for name in known}
    given = [word.strip() for word in words.split(",")]
    names = [
        _match(word, labels, "document", e="") for word in (list(filter(None, given)) or given)
    ]
    return [known[name] for name in dict.fromkeys(names) if name]


def choose_edition(
    document: Document,
    referentiel: Referentiel,
    selection: Selection,
    variantes: Iterable[str] = (),
) -> Edition:
    """The edition that the command line alone names (a blank document).

    Raises WrongUsage where it does not name one.
    """
    if selection.classe is None:
        known_classes = [classe.code for classe in referentiel.classes]
        help = "ajoutez --class " + either(known_classes)
        raise WrongUsage([error("la classe manque", help=help)])
    classe = referentiel.classe(selection.classe)
    _refuse(_check_option(classe, selection.option))
    known = {variante.code: variante.libelle for variante in referentiel.variantes}
    codes = frozenset(str(_match(variante, known, "variante")) for variante in variantes)
    kept = variants_of(classe, codes)
    periode = selection.periode or classe.periodes[0].code if document.by_periode else None
    return Edition(document.name, classe.code, selection.option, kept, periode)


def choose_format(word: str, known: Collection[str]) -> str:
    """The form of an output that the command line names. Raises WrongUsage for another."""
    if word in known:
        return word
    help = propose(word, known, f"écrivez {either(known)}")
    raise WrongUsage([error(f"format « {word} » inconnu", help=help)])


def choose_schemas(word: str | None, known: Iterable[str], alone: bool) -> list[str]:
    """The schemas that the command line names, all where it names none and they need not stand
    `alone`. Raises WrongUsage.
    """
    names = list(known)
    if word in names:
        return [word]
    if word is not None:
        help = propose(word, names, f"écrivez {either(names)}")
        raise WrongUsage([error(f"schéma « {word} » inconnu", help=help)])
    if alone:
        help = f"écrivez {either(names)}, ou -o DOSSIER pour les deux"
        raise WrongUsage([error("on ne sait pas quel schéma montrer", help=help)])
    return names


def _match(
    word: str | None,
    known: Mapping[str, str],
    what: str,
    others: Mapping[str, str] | None = None,
    e: str = "e",
) -> str | None:
    """The code that `word` means: a code or its label, whatever the case and the accents.

    `others` are more spellings → the code that they mean; `e` is empty where `what` is masculine.
    """
    if word is None:
        return None
    spellings = {fold(text): code for text, code in (others or {}).items()}
    spellings |= {fold(text): code for code, label in known.items() for text in (label, code)}
    if fold(word) in spellings:
        return spellings[fold(word)]
    near = suggest(fold(word), spellings)
    help = f"vouliez-vous dire « {spellings[near]} » ?" if near else f"écrivez {either(known)}"
    raise WrongUsage([error(f"{what} « {word} » inconnu{e}", help=help)])


def _refuse(diagnostic: Diagnostic | None) -> None:
    if diagnostic is not None:
        raise WrongUsage([diagnostic])


def _check_option(classe: Classe, option: str | None) -> Diagnostic | None:
    if option is None and classe.options:
        return error(
            f"la classe « {classe.libelle} » se fait avec une option",
            help="ajoutez --option " + either(classe.options),
        )
    if option is not None and not classe.options:
        return error(
            f"la classe « {classe.libelle} » est commune à toutes les options : "
            f"« --option {option} » n'y a pas de sens",
            help="enlevez --option",
        )
    if option is not None and option not in classe.options:
        return error(
            f"la classe « {classe.libelle} » n'a pas d'option « {option} »",
            help="écrivez --option " + either(classe.options),
        )
    return None

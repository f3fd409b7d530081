"""Words of the command line → what they choose: class, option, period, documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Rule, WrongUsage
from pfmp_cli.planning.editions import Document, Edition, Selection, variants_of
from pfmp_cli.rules import usage_rules as rules
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
    labels = {c.code: c.libelle for c in referentiel.classes}
    code = _match(classe, labels, rules.UNKNOWN_CLASSE, spellings)
    intitules = {o.code: o.intitule for o in referentiel.options}
    letter = _match(option, intitules, rules.UNKNOWN_CHOICE)
    if code is not None and letter is not None:
        _check_option(referentiel.classe(code), letter)
    classes = [referentiel.classe(code)] if code else referentiel.classes
    periodes = {p.code: f"période {p.code}" for c in classes for p in c.periodes}
    return Selection(code, letter, _match(periode, periodes, rules.UNKNOWN_PERIODE))


def choose_documents(known: Mapping[str, Document], words: str) -> list[Document]:
    """The documents that `livret,grille` names, among those that have a template.

    Raises WrongUsage for one that has none.
    """
    labels = {name: name for name in known}
    given = [word.strip() for word in words.split(",")]
    words_given = list(filter(None, given)) or given
    names = [_match(word, labels, rules.UNKNOWN_DOCUMENT) for word in words_given]
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
        codes = [classe.code for classe in referentiel.classes]
        raise WrongUsage([rules.NO_CLASSE.at(known=either(codes))])
    classe = referentiel.classe(selection.classe)
    _check_option(classe, selection.option)
    known = {variante.code: variante.libelle for variante in referentiel.variantes}
    asked = frozenset(str(_match(word, known, rules.UNKNOWN_VARIANTE)) for word in variantes)
    kept = variants_of(classe, asked)
    periode = selection.periode or classe.periodes[0].code if document.by_periode else None
    return Edition(document.name, classe.code, selection.option, kept, periode)


def choose_format(word: str, known: Collection[str]) -> str:
    """The form of an output that the command line names. Raises WrongUsage for another."""
    if word in known:
        return word
    advice = propose(word, known, f"écrivez {either(known)}")
    raise WrongUsage([rules.UNKNOWN_FORMAT.at(word=word, advice=advice)])


def choose_schemas(word: str | None, known: Iterable[str], alone: bool) -> list[str]:
    """The schemas that the command line names, all where it names none and they need not stand
    `alone`. Raises WrongUsage.
    """
    names = list(known)
    if word in names:
        return [word]
    if word is not None:
        advice = propose(word, names, f"écrivez {either(names)}")
        raise WrongUsage([rules.UNKNOWN_SCHEMA.at(word=word, advice=advice)])
    if alone:
        raise WrongUsage([rules.NO_SCHEMA.at(known=either(names))])
    return names


def _match(
    word: str | None,
    known: Mapping[str, str],
    unknown: Rule,
    others: Mapping[str, str] | None = None,
) -> str | None:
    """The code that `word` means: a code or its label, whatever the case and the accents.

    `others` are more spellings → the code that they mean; `unknown` is said of any other word.
    """
    if word is None:
        return None
    spellings = {fold(text): code for text, code in (others or {}).items()}
    spellings |= {fold(text): code for code, label in known.items() for text in (label, code)}
    if fold(word) in spellings:
        return spellings[fold(word)]
    near = suggest(fold(word), spellings)
    advice = f"vouliez-vous dire « {spellings[near]} » ?" if near else f"écrivez {either(known)}"
    raise WrongUsage([unknown.at(word=word, advice=advice)])


def _check_option(classe: Classe, option: str | None) -> None:
    """Raise WrongUsage where the class does not go with that option, or goes with one only."""
    known = either(classe.options)
    if option is None and classe.options:
        raise WrongUsage([rules.NEEDS_OPTION.at(classe=classe.libelle, known=known)])
    if option is not None and not classe.options:
        raise WrongUsage([rules.NO_OPTION_THERE.at(classe=classe.libelle, option=option)])
    if option is not None and option not in classe.options:
        told = rules.NOT_ITS_OPTION.at(classe=classe.libelle, option=option, known=known)
        raise WrongUsage([told])

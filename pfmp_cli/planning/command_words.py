"""Words of the command line → what they choose: class, option, period, documents."""

from collections.abc import Collection, Iterable, Mapping

from pfmp_cli.diagnostics import Diagnostic, Rule, WrongUsage
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.planning.editions import Document, Edition, editions_of
from pfmp_cli.rules import selection_rules as rules
from pfmp_cli.text import either, fold, propose, suggest


def choose(
    referentiel: Referentiel, classe: str | None, option: str | None, periode: str | None = None
) -> Selection:
    """The choice that the command line's words make (labels do as well as codes).

    Raises WrongUsage for a class, an option or a period that does not exist, or that do not go
    together.
    """
    known = {c.code: (*c.graphies, c.libelle) for c in referentiel.classes}
    code = _match(classe, known, rules.UNKNOWN_CLASS)
    options = {o.code: [o.intitule] for o in referentiel.options}
    letter = _match(option, options, rules.UNKNOWN_OPTION)
    if code is not None and letter is not None:
        _check_option(referentiel.classe(code), letter)
    classes = [referentiel.classe(code)] if code else referentiel.classes
    periodes = {p.code: [f"période {p.code}"] for c in classes for p in c.periodes}
    return Selection(code, letter, _match(periode, periodes, rules.UNKNOWN_PERIOD))


def choose_among(
    referentiels: Iterable[Referentiel],
    classe: str | None,
    option: str | None,
    periode: str | None = None,
) -> list[Selection | None]:
    """The choice of each of a school's diplomas, None where it has no such class, option or period.

    Raises WrongUsage where none has.
    """
    choices: list[Selection | None] = []
    refused: dict[Diagnostic, None] = {}
    for referentiel in referentiels:
        try:
            choices.append(choose(referentiel, classe, option, periode))
        except WrongUsage as exception:
            choices.append(None)
            refused |= dict.fromkeys(exception.diagnostics)
    if not any(choices):
        raise WrongUsage(refused)
    return choices


def choose_documents(known: Mapping[str, Document], words: str) -> list[Document]:
    """The documents that `livret,grille` names, among those that have a template.

    Raises WrongUsage for one that has none.
    """
    given = [word.strip() for word in words.split(",")]
    given = [*filter(None, given)] or given
    names = [_match(word, dict.fromkeys(known, ()), rules.UNKNOWN_DOCUMENT) for word in given]
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
        raise WrongUsage([rules.NO_CLASS.at(codes=either(c.code for c in referentiel.classes))])
    classe = referentiel.classe(selection.classe)
    _check_option(classe, selection.option)
    known = {variante.code: [variante.libelle] for variante in referentiel.variantes}
    codes = frozenset(str(_match(word, known, rules.UNKNOWN_VARIANT)) for word in variantes)
    edition = Edition("", classe.code, selection.option, codes & classe.variantes)
    made = [*editions_of(edition, [document], referentiel, selection.periode)]
    if not made:
        others = editions_of(edition, [document], referentiel, None)
        periodes = either(str(one.periode) for one in others)
        periode = next(one for one in classe.periodes if one.code == selection.periode)
        said, code = {"word": periode.code, "periodes": periodes}, periode.variante
        if code and (periode.certificative or not document.certificative):
            of = rules.PERIOD_OF_A_VARIANT.at(None, code=code, variante=known[code][0], **said)
            raise WrongUsage([of])
        raise WrongUsage([rules.PERIOD_WITHOUT.at(None, document=document.name, **said)])
    return made[0]


def choose_word(word: str, known: Collection[str], unknown: Rule) -> str:
    """A word that must be written as it is. Raises WrongUsage for one that is not `known`."""
    if word not in known:
        advice = propose(word, known, f"écrivez {either(known)}")
        raise WrongUsage([unknown.at(word=word, advice=advice)])
    return word


def _match(word: str | None, known: Mapping[str, Collection[str]], unknown: Rule) -> str | None:
    """The code of `known` that `word` means: by itself or one of its labels, whatever the case and
    the accents."""
    if word is None:
        return None
    spellings = {fold(text): code for code, labels in known.items() for text in labels}
    spellings |= {fold(code): code for code in known}
    if fold(word) in spellings:
        return spellings[fold(word)]
    near = suggest(fold(word), spellings)
    advice = f"vouliez-vous dire « {spellings[near]} » ?" if near else f"écrivez {either(known)}"
    raise WrongUsage([unknown.at(word=word, advice=advice)])


def _check_option(classe: Classe, option: str | None) -> None:
    """Raises WrongUsage where the class is not made with this option, or without one."""
    codes = either(classe.options)
    if option is None and classe.options:
        raise WrongUsage([rules.NO_OPTION.at(classe=classe.libelle, codes=codes)])
    if option is not None and option not in classe.options:
        rule = rules.OPTION_OF_ANOTHER_CLASS if classe.options else rules.NEEDLESS_OPTION
        raise WrongUsage([rule.at(classe=classe.libelle, option=option, codes=codes)])

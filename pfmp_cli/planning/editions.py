"""What there is to lay out: a document for a class, an option, variants and a period.

An edition knows no pupil; a plan gives each pupil editions, and a blank document is one alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.text import slug


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document, named after its template.

    `by_periode`: one for each period, of those alone that count for the exam where it is
    `certificative`; `by_stage`: and for each company in it.
    `singular` and `plural` are what people call it, where the template says.
    """

    name: str
    by_periode: bool = False
    by_stage: bool = False
    singular: str = ""
    plural: str = ""
    certificative: bool = False

    @property
    def names(self) -> tuple[str, str]:
        """What to say of one, and of several: the name of a file has no plural."""
        if self.singular:
            return self.singular, self.plural
        return f"document « {self.name} »", f"documents « {self.name} »"


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells one master of a document from another: never a pupil.

    `option` is None where the class has none, `periode` where the document is of the whole
    year; `variantes` are codes of the référentiel. `weeks` are those that periods have room for
    where pupils have dates of their own, by the period's code: never which dates. `without` are
    the periods that a document of the whole year leaves out.
    """

    document: str
    classe: str
    option: str | None = None
    variantes: frozenset[str] = frozenset()
    periode: str | None = None
    weeks: tuple[tuple[str, int], ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def file_name(self) -> str:
        """The name of the blank document: the document, the class, the option."""
        parts = (self.label, self.classe, self.option, *sorted(self.variantes))
        return "-".join(slug(part) for part in parts if part) + ".pdf"

    @property
    def label(self) -> str:
        """The document, and its period where it has one: `livret`, `grille-2`."""
        return f"{self.document}-{self.periode}" if self.periode else self.document


def name_edition(edition: Edition) -> str:
    """What stands for an edition in a file."""
    parts = [getattr(edition, name) for name in edition.__slots__]
    return repr([sorted(part) if isinstance(part, frozenset) else part for part in parts])


def editions_of(
    edition: Edition, documents: Sequence[Document], referentiel: Referentiel, chosen: str | None
) -> Iterator[Edition]:
    """What a pupil of `edition` gets: each document, each period for those that go by period.

    `chosen` is the only period that is asked for.
    """
    periodes = [
        periode
        for periode in referentiel.classe(edition.classe).periodes
        if (periode.variante is None or periode.variante in edition.variantes)
        and chosen in (None, periode.code)
    ]
    for document in documents:
        if not document.by_periode:
            yield replace(edition, document=document.name)
        for periode in periodes if document.by_periode else ():
            if periode.certificative or not document.certificative:
                weeks = tuple(one for one in edition.weeks if one[0] == periode.code)
                one = replace(edition, document=document.name, periode=periode.code)
                yield replace(one, weeks=weeks, without=frozenset())


def list_editions(referentiel: Referentiel, documents: Sequence[Document]) -> Iterator[Edition]:
    """All the editions of these documents: each class, option, set of variants and period."""
    for classe in referentiel.classes:
        for option in classe.options or (None,):
            for variantes in _sets_of_variants(classe):
                edition = Edition("", classe.code, option, variantes)
                yield from editions_of(edition, documents, referentiel, None)


def _sets_of_variants(classe: Classe) -> Iterator[frozenset[str]]:
    """Every set of variants that a pupil of the class can have."""
    codes = list(dict.fromkeys(p.variante for p in classe.periodes if p.variante))
    for number in range(len(codes) + 1):
        yield from map(frozenset, combinations(codes, number))

"""What contradicts what in a référentiel whose keys and values are right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from pfmp_cli.diagnostics import Diagnostic, error, in_order
from pfmp_cli.domain.referentiel import COMMUNE, Activite, Classe, Niveau, Referentiel
from pfmp_cli.review.codes import find_ambiguous_classes, find_odd_codes
from pfmp_cli.text import fold
from pfmp_cli.yaml_files.model_errors import proposal
from pfmp_cli.yaml_files.source import Loc, YamlSource

# A list of an activity → what its codes have between the activity's code and the number.
LISTES = {"taches": "T", "ressources": "RS", "resultats": "R"}
MEF = ("mef", "mef_apprentis", "mef_libelles")
_PLACES = ("secteur", "convention")


def find_contradictions(referentiel: Referentiel, source: YamlSource) -> list[Diagnostic]:
    """Codes twice or misplaced, references to nothing, weeks that do not add up, empty lists."""
    check = _Check(referentiel, source)
    found = chain(
        find_odd_codes(referentiel, source),
        check.duplicate_codes(),
        find_ambiguous_classes(referentiel, source),
        check.classes(),
        check.mefs(),
        check.activites(),
        check.contexte(),
        check.lettre(),
        check.weeks(),
    )
    return in_order(found)


def find_unknown_places(text: str, source: YamlSource, loc: Loc) -> Iterator[Diagnostic]:
    """The `{…}` of a letter's text that nothing fills."""
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in _PLACES:
            help = proposal(name, _PLACES, "entre accolades, existent")
            message = f"« {{{name}}} » ne sera pas rempli"
            yield error(message, source.position(loc), help, "accolades")


def find_same(
    words: Iterable[tuple[str, Loc]], source: YamlSource, help: str, rule: str
) -> Iterator[Diagnostic]:
    """The words that stand twice among those that must differ."""
    seen: dict[str, Loc] = {}
    for word, loc in words:
        if (first := seen.setdefault(word, loc)) != loc:
            line = source.position(first).line
            position = source.position(loc)
            yield error(f"« {word} » est déjà à la ligne {line}", position, help, rule)


def find_same_niveaux(
    niveaux: Iterable[Niveau], source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    """The levels of a scale that bear the same name."""
    words = ((niveau.libelle, (*loc, i, "libelle")) for i, niveau in enumerate(niveaux))
    return find_same(words, source, "donnez-lui un autre nom", "echelle")


def unknown(
    what: str, code: str, known: Iterable[str], source: YamlSource, loc: Loc, key: bool = False
) -> Diagnostic:
    """A code (or, with `key`, a key) that refers to nothing. `what` is feminine."""
    position = source.key_position(loc) if key else source.position(loc)
    help = proposal(code, known, "existent")
    return error(f"{what} inconnue « {code} »", position, help, "reference")


class _Check:
    """The référentiel and where each of its values stands in the file."""

    def __init__(self, referentiel: Referentiel, source: YamlSource) -> None:
        self.referentiel, self.source = referentiel, source
        self.options = [option.code for option in referentiel.options]
        self.codes = [activite.code for activite in referentiel.activites]
        self.variantes = [variante.code for variante in referentiel.variantes]

    def duplicate_codes(self) -> Iterator[Diagnostic]:
        for place in ("options", "classes", "variantes", "activites"):
            things = getattr(self.referentiel, place)
            yield from self._unique(
                (thing.code, (place, i, "code")) for i, thing in enumerate(things)
            )
        yield from self._unique(
            (item.code, ("activites", a, name, i, "code"))
            for a, activite in enumerate(self.referentiel.activites)
            for name in LISTES
            for i, item in enumerate(getattr(activite, name))
        )
        for c, classe in enumerate(self.referentiel.classes):
            periodes = enumerate(classe.periodes)
            yield from self._unique(
                (p.code, ("classes", c, "periodes", i, "code")) for i, p in periodes
            )
        evaluation = self.referentiel.evaluation
        yield from find_same_niveaux(evaluation.niveaux, self.source, ("evaluation", "niveaux"))
        if evaluation.attitudes is not None:
            loc: Loc = ("evaluation", "attitudes", "niveaux")
            yield from find_same_niveaux(evaluation.attitudes.niveaux, self.source, loc)

    def classes(self) -> Iterator[Diagnostic]:
        for c, classe in enumerate(self.referentiel.classes):
            yield from self._known(
                classe.options, self.options, "option", ("classes", c, "options")
            )
            yield from self._known(
                classe.activites, self.codes, "activité", ("classes", c, "activites")
            )
            for key in ("options", "activites"):
                words = (
                    (code, ("classes", c, key, i)) for i, code in enumerate(getattr(classe, key))
                )
                help = "une fois suffit : enlevez l'un des deux"
                yield from find_same(words, self.source, help, "code-double")
            yield from self._variants(c, classe)
            yield from self._options_absent(c, classe)
            for key in MEF:
                known = [COMMUNE, *self.options]
                yield from self._known(getattr(classe, key), known, "option", ("classes", c, key))

    def mefs(self) -> Iterator[Diagnostic]:
        """Codes of another shape, and codes or labels that would mean two things."""
        seen: dict[str, Loc] = {}
        for c, classe in enumerate(self.referentiel.classes):
            for key in MEF:
                for option, mefs in getattr(classe, key).items():
                    for i, mef in enumerate(mefs):
                        loc: Loc = ("classes", c, key, option, i)
                        yield from self._mef(mef, loc, seen)

    def _mef(self, mef: str, loc: Loc, seen: dict[str, Loc]) -> Iterator[Diagnostic]:
        position = self.source.position(loc)
        if loc[2] != "mef_libelles" and not re.fullmatch("[0-9]{10}", mef):
            help = "écrivez les dix premiers chiffres, entre guillemets"
            yield error(f"« {mef} » n'est pas un code MEF", position, help, "code")
        elif (first := seen.setdefault(fold(mef), loc)) != loc:
            line = self.source.position(first).line
            help = "un MEF ne désigne qu'une classe et une option : enlevez l'un des deux"
            message = f"le MEF « {mef} » est déjà à la ligne {line}"
            yield error(message, position, help, "code-double")

    def _variants(self, c: int, classe: Classe) -> Iterator[Diagnostic]:
        for p, periode in enumerate(classe.periodes):
            if periode.variante is not None:
                loc = ("classes", c, "periodes", p, "variante")
                yield from self._known_one(periode.variante, self.variantes, "variante", loc)

    def _options_absent(self, c: int, classe: Classe) -> Iterator[Diagnostic]:
        option_of = {activite.code: activite.option for activite in self.referentiel.activites}
        for i, code in enumerate(classe.activites):
            option = option_of.get(code)
            if option in self.options and option not in classe.options:
                yield error(
                    f"l'activité « {code} » est de l'option « {option} », que la classe n'a pas",
                    self.source.position(("classes", c, "activites", i)),
                    "enlevez cette activité, ou donnez l'option à la classe",
                    "option",
                )

    def activites(self) -> Iterator[Diagnostic]:
        for a, activite in enumerate(self.referentiel.activites):
            loc: Loc = ("activites", a)
            if activite.option is not None:
                yield from self._known_one(
                    activite.option, self.options, "option", (*loc, "option")
                )
            yield from self._prefixes(activite, loc)
            yield from self._gaps(activite, loc)

    def _prefixes(self, activite: Activite, loc: Loc) -> Iterator[Diagnostic]:
        for name, kind in LISTES.items():
            start = f"{activite.code}.{kind}"
            for i, item in enumerate(getattr(activite, name)):
                if not re.fullmatch(re.escape(start) + "[0-9]+", item.code):
                    yield error(
                        f"le code « {item.code} » n'est pas « {start} » suivi d'un numéro",
                        self.source.position((*loc, name, i, "code")),
                        f"écrivez par exemple « {start}{i + 1} »",
                        "code",
                    )

    def _gaps(self, activite: Activite, loc: Loc) -> Iterator[Diagnostic]:
        for name in LISTES:
            empty, declared = not getattr(activite, name), name in activite.lacunes
            if empty and not declared:
                yield error(
                    f"« {name} » est vide",
                    self.source.position((*loc, name)),
                    f"complétez la liste, ou dites pourquoi elle manque : lacunes: {{{name}: …}}",
                    "lacune",
                )
            if declared and not empty:
                yield error(
                    f"« {name} » est déclaré manquant et n'est pas vide",
                    self.source.position((*loc, "lacunes", name)),
                    "enlevez cette lacune",
                    "lacune",
                )
        yield from self._known(activite.lacunes, LISTES, "liste", (*loc, "lacunes"))

    def contexte(self) -> Iterator[Diagnostic]:
        if self.referentiel.contexte is None:
            return
        places: list[tuple[Loc, object]] = [(("contexte",), self.referentiel.contexte)]
        while places:
            loc, section = places.pop()
            for b, bloc in enumerate(getattr(section, "blocs", ())):
                here: Loc = (*loc, "blocs", b)
                if bloc.option is not None:
                    yield from self._known_one(
                        bloc.option, self.options, "option", (*here, "option")
                    )
                if not (bloc.titre or bloc.texte or bloc.liste):
                    yield error("ce bloc est vide", self.source.position(here),
                                "donnez-lui un titre, un texte ou une liste",
                                "bloc-vide")  # fmt: skip
            for s, inner in enumerate(getattr(section, "sections", ())):
                places.append(((*loc, "sections", s), inner))

    def lettre(self) -> Iterator[Diagnostic]:
        if (lettre := self.referentiel.lettre) is None:
            return
        yield from find_unknown_places(lettre.objet or "", self.source, ("lettre", "objet"))
        for name in ("introduction", "corps"):
            for i, paragraphe in enumerate(getattr(lettre, name)):
                yield from find_unknown_places(paragraphe, self.source, ("lettre", name, i))

    def weeks(self) -> Iterator[Diagnostic]:
        given = sum(
            periode.semaines
            for classe in self.referentiel.classes
            for periode in classe.periodes
            if periode.variante is None
        )
        asked = self.referentiel.diplome.semaines
        if asked is not None and given != asked:
            yield error(
                f"les périodes des classes font {given} semaines, le diplôme en demande {asked}",
                self.source.position(("diplome", "semaines")),
                "corrigez les semaines d'une période, ou celles du diplôme",
                "semaines",
            )

    def _unique(self, codes: Iterable[tuple[str, Loc]]) -> Iterator[Diagnostic]:
        help = "donnez-lui un code qui n'a jamais servi"
        return find_same(codes, self.source, help, "code-double")

    def _known(
        self, codes: Iterable[str], known: Collection[str], what: str, loc: Loc
    ) -> Iterator[Diagnostic]:
        for i, code in enumerate(codes):
            is_key = (*loc, code) in self.source
            if code not in known:
                yield unknown(
                    what, code, known, self.source, (*loc, code if is_key else i), key=is_key
                )

    def _known_one(
        self, code: str, known: Collection[str], what: str, loc: Loc
    ) -> Iterator[Diagnostic]:
        if code not in known:
            yield unknown(what, code, known, self.source, loc)

"""`referentiel.yaml` against the document it was taken from, sentence by sentence.

Both are read into blocks: a place (`activites.1.taches`) and the text printed there, one
paragraph a line, « • » before each item of a list. The errata repair the source's blocks;
then every sentence and item of one side must be at the same place on the other.

Two rules do without an erratum: the punctuation that ends an item, or the colon that ends a
line, does not count; a title in capitals is read as a sentence.
"""

from __future__ import annotations

import operator
import pickle
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

Blocs: TypeAlias = dict[str, str]
Donnees: TypeAlias = dict[str, Any]
Chemin: TypeAlias = tuple[str | int, ...]

RACINE = Path(__file__).parent.parent
SOURCE = (RACINE / "tests" / "source" / "annexe.md").read_text(encoding="utf-8")
REFERENTIEL = yaml.safe_load((RACINE / "referentiel.yaml").read_text(encoding="utf-8"))
PROJET = yaml.safe_load((RACINE / "examples" / "pfmp.yaml").read_text(encoding="utf-8"))

# What the source has and the YAML need not: labels that the templates print.
ANNEXE, DESCRIPTION = "## ANNEXE I a", "## II. DESCRIPTION DES ACTIVITÉS"
COUVERTURE = ("NOM : .....", "PRENOM : .....", "CLASSE : .....")
TABLEAU = ("Conditions d'exercice", "Contexte professionnel", "Tâches", "Ressources", "Relations")
INTERNES, EXTERNES, RESULTATS = "Relations internes", "Relations externes", "Résultats attendus"

# What the YAML has and the source does not.
HORS_SOURCE = re.compile(
    r"classes\.(mef|mef_apprentis|mef_libelles|options|activites|periodes|graphies)\b"
    r"|diplome\.annexe$|activites\.(bloc|lacunes)\b"
    r"|(variantes|evaluation|errata|vocabulaire)\b|.*\b(code|option)$"
)
MOIS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
LISTES = {"taches": "T", "ressources": "RS", "resultats": "R"}


# Reading the source


@cache
def clean(texte: str) -> str:
    """The words alone: no HTML, no Markdown, single spaces."""
    words = re.sub(r"<[^>]+>|\*|^#+ |^-+$", "", texte.strip())
    return re.sub(r"\s+", " ", words).strip()


@cache
def line(texte: str) -> str:
    return re.sub(r"\s*:$", "", clean(texte))


@cache
def read_item(texte: str) -> str:
    """One bullet less, and no comma, semicolon or full stop at the end (« etc. », « ... » stay)."""
    item = re.sub(r"^[•-] ", "", clean(texte))
    return "• " + re.sub(r"(?<!\.\.)(?<!\betc)\s*[,;.]$", "", item, flags=re.IGNORECASE)


def read_title(texte: str) -> str:
    return texte.capitalize() if texte.isupper() else texte


def collect(pieces: Iterable[tuple[str, str]]) -> Blocs:
    """Pieces at the same place make one block: an item goes on with its line."""
    blocs: Blocs = {}
    for place, piece in pieces:
        join = " " if piece.startswith("•") else "\n"
        blocs[place] = f"{blocs[place]}{join}{piece}" if place in blocs else piece
    return blocs


def read_paragraphs(markdown: str) -> Iterator[str]:
    for chunk in re.split(r"\n\s*\n", markdown.strip()):
        if chunk.startswith("- "):
            yield from map(read_item, chunk.splitlines())
        else:
            yield line(chunk)


def read_letter(markdown: str) -> Iterator[tuple[str, str]]:
    place = "lettre.entete"
    *paragraphs, signataire = read_paragraphs(markdown)
    for texte in paragraphs:
        if texte in COUVERTURE:
            continue
        if texte.startswith("Objet : "):
            place = "lettre.objet"
        elif place == "lettre.objet":
            place = "lettre.introduction"
        elif place != "lettre.entete" and texte.startswith("•"):
            place = "classes"
        elif place == "classes":
            place = "lettre.corps"
        yield place, texte.removeprefix("Objet : ")
    yield "lettre.signataire", signataire


def read_contexte(markdown: str) -> Iterator[tuple[str, str]]:
    place = "annexe"
    for texte in read_paragraphs(markdown):
        if title := re.match(r"I((?:\.\d)*)\. (.*)", texte):
            place = f"contexte.I{title[1]}" if title[1] else "contexte"
            texte = read_title(title[2])
        yield place, texte


def read_activity(code: str, intitule: str, markdown: str) -> Iterator[tuple[str, str]]:
    """The columns in a fixed order, whatever order the tables were left in.

    A list is known by the title of its relations, the others by their rank: tasks,
    resources where there are any, results next to their title.
    """
    place, loose, relations, title = f"activites.{code}", [], {INTERNES: "", EXTERNES: ""}, ""
    yield f"{place}.intitule", clean(intitule)
    for piece in split_table(markdown):
        if piece.startswith("•") and title:
            relations[title], title = piece, ""
        elif piece in relations:
            title = piece
        elif piece.startswith("•") or piece == RESULTATS:
            loose.append(piece)
        elif piece not in TABLEAU:
            yield f"{place}.conditions", piece
    yield f"{place}.taches", loose[0]
    for piece in loose[1:-2]:
        yield f"{place}.ressources", piece
    hierarchiques, _, fonctionnelles = relations[INTERNES].partition("• Fonctionnelles")
    yield f"{place}.relations.hierarchiques", hierarchiques.removeprefix("• ").strip()
    yield f"{place}.relations.fonctionnelles", "Fonctionnelles" + fonctionnelles
    yield f"{place}.relations.externes", relations[EXTERNES]
    yield f"{place}.resultats", " ".join(loose[-2:])


def split_table(markdown: str) -> Iterator[str]:
    """The texts between lists one by one, each list as one text."""
    for piece in re.split(r"(<ul.*?</ul>)", markdown):
        if piece.startswith("<ul"):
            yield clean(re.sub(r"<li>(.*?)</li>", lambda found: read_item(found[1]), piece))
        else:
            yield from filter(None, map(line, re.split(r"[|\n]|</?p>", piece)))


@cache
def read_source(markdown: str) -> Blocs:
    letter, _, rest = markdown.partition(ANNEXE)
    contexte, _, rest = rest.partition(DESCRIPTION)
    _, *activites = re.split(r"^#+ Activité (\w+) : (.*)$", rest, flags=re.MULTILINE)
    pieces = [*read_letter(letter), *read_contexte(contexte)]
    for code, intitule, table in zip(*[iter(activites)] * 3, strict=True):
        pieces += read_activity(code, intitule, table)
    return collect(pieces)


# Reading the YAML


def bullets(items: Iterable[str]) -> str:
    return " ".join(f"• {item}" for item in items)


def fill(texte: str, projet: Donnees) -> str:
    lettre = projet["lettre"]
    return texte.format(secteur=lettre["secteur"], convention=lettre["convention"])


def letter_blocks(donnees: Donnees, projet: Donnees) -> Iterator[tuple[str, str]]:
    diplome, lettre, ecole = donnees["diplome"], donnees["lettre"], projet["lettre"]
    date = ecole["date"]
    quand = f"Le {date.day} {MOIS.split()[date.month - 1]} {date.year}"
    haut = (diplome["type_court"], diplome["mention"], ecole["reference"], ecole["numero"], quand)
    yield "lettre.entete", "\n".join(haut)
    yield "lettre.objet", fill(lettre["objet"], projet)
    yield "lettre.introduction", "\n".join(map(line, lettre["introduction"]))
    yield "classes", bullets(c["repartition"] for c in donnees["classes"])
    yield "lettre.corps", "\n".join(fill(line(texte), projet) for texte in lettre["corps"])
    yield "lettre.signataire", f"{ecole['signataire']['nom']} {ecole['signataire']['titre']}"
    annexe = f"Référentiel des activités professionnelles {diplome['type']} {diplome['intitule']}"
    options = " ".join(f"Option {o['code']} - {o['intitule']}" for o in donnees["options"])
    yield "annexe", f"{annexe}\n{options}"


def section_blocks(section: Donnees, place: str) -> Iterator[tuple[str, str]]:
    yield place, section["titre"]
    for bloc in section.get("blocs", ()):
        yield from ((place, line(bloc[key])) for key in ("titre", "texte") if key in bloc)
        yield from ((place, f"• {item}") for item in bloc.get("liste", ()))
    for child in section.get("sections", ()):
        yield from section_blocks(child, f"contexte.{child['code']}")


def activity_blocks(activite: Donnees) -> Iterator[tuple[str, str]]:
    place, relations = f"activites.{activite['code']}", activite["relations"]
    listes = {key: bullets(item["libelle"] for item in activite[key]) for key in LISTES}
    yield f"{place}.intitule", activite["intitule"]
    yield f"{place}.conditions", activite["conditions"]
    yield f"{place}.taches", listes["taches"]
    if listes["ressources"]:
        yield f"{place}.ressources", listes["ressources"]
    yield f"{place}.relations.hierarchiques", f"Hiérarchiques : {relations['hierarchiques']}"
    yield f"{place}.relations.fonctionnelles", f"Fonctionnelles : {relations['fonctionnelles']}"
    yield f"{place}.relations.externes", bullets(relations["externes"])
    yield f"{place}.resultats", f"{RESULTATS} {listes['resultats']}"


def read_referentiel(donnees: Donnees, projet: Donnees) -> Blocs:
    pieces = [*letter_blocks(donnees, projet), *section_blocks(donnees["contexte"], "contexte")]
    for activite in donnees["activites"]:
        pieces += activity_blocks(activite)
    return collect(pieces)


# Comparing


def pattern(texte: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, texte.split("[…]"))))


def mend(texte: str, erratum: Donnees) -> str:
    """`[…]` of the repair is what `[…]` of the source stood for."""
    found = pattern(erratum["source"]).search(texte)
    if erratum["certitude"] == "a_confirmer" or not found:
        return texte
    mended = erratum["corrige"].replace("[…]", "".join(found.groups()))
    return texte.replace(found[0], mended)


def repair(source: Blocs, errata: Iterable[Donnees]) -> Blocs:
    blocs = dict(source)
    for erratum in errata:
        if erratum["ou"] in blocs:
            blocs[erratum["ou"]] = mend(blocs[erratum["ou"]], erratum)
    return blocs


def fragments(bloc: str) -> Counter[str]:
    pieces = re.split(r"\n|\s*•\s*|(?<=[.!?])\s+(?=[A-ZÀ-Ý])", bloc)
    return Counter(filter(None, pieces))


def list_excess(left: Blocs, right: Blocs) -> list[str]:
    """The sentences and items of `left` that `right` does not have at that place."""
    return [
        f"{place} : « {fragment} »"
        for place, bloc in left.items()
        if bloc != right.get(place)
        for fragment in (fragments(bloc) - fragments(right.get(place, ""))).elements()
    ]


def list_misplaced(source: Blocs, yaml_blocs: Blocs) -> list[str]:
    """The places that hold the same sentences otherwise ordered or cut."""
    places = [p for p in source if source[p] != yaml_blocs.get(p)]
    same = [p for p in places if fragments(source[p]) == fragments(yaml_blocs.get(p, ""))]
    return same if list(source) == list(yaml_blocs) else [*same, "ordre des parties"]


def list_leaves(node: Any, chemin: Chemin = ()) -> Iterator[tuple[Chemin, str]]:
    if isinstance(node, str):
        yield chemin, node
    elif isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from list_leaves(child, (*chemin, key))


def list_claims(donnees: Donnees) -> list[tuple[Chemin, str]]:
    """The texts that claim to come from the source."""

    def name(chemin: Chemin) -> str:
        return ".".join(step for step in chemin if isinstance(step, str))

    return [(c, texte) for c, texte in list_leaves(donnees) if not HORS_SOURCE.match(name(c))]


def list_unknown(source: Blocs, donnees: Donnees, projet: Donnees) -> list[str]:
    """Texts that are nowhere in the source, whatever key holds them."""
    whole = "\n".join(source.values())
    claims = ((chemin, line(fill(texte, projet))) for chemin, texte in list_claims(donnees))
    return [f"{chemin} : « {texte} »" for chemin, texte in claims if texte not in whole]


def list_ecarts(markdown: str, donnees: Donnees, projet: Donnees) -> list[str]:
    source = repair(read_source(markdown), donnees["errata"])
    yaml_blocs = read_referentiel(donnees, projet)
    return [
        *(f"absent de la source : {e}" for e in list_excess(yaml_blocs, source)),
        *(f"absent du référentiel : {e}" for e in list_excess(source, yaml_blocs)),
        *(f"déplacé : {e}" for e in list_misplaced(source, yaml_blocs)),
        *(f"inconnu de la source : {e}" for e in list_unknown(source, donnees, projet)),
    ]


def list_bad_errata(markdown: str, donnees: Donnees, projet: Donnees) -> list[str]:
    source, yaml_blocs = read_source(markdown), read_referentiel(donnees, projet)
    bad = []
    for n, erratum in enumerate(donnees["errata"]):
        others = [e for m, e in enumerate(donnees["errata"]) if m != n]
        before, after = pattern(erratum["source"]), pattern(erratum["corrige"])
        bloc = yaml_blocs.get(erratum["ou"], "")
        doubt = erratum["certitude"] == "a_confirmer"
        checks = {
            "certitude inconnue": erratum["certitude"] in ("sure", "forte", "a_confirmer"),
            "texte absent de la source": before.search(source.get(erratum["ou"], "")),
            "texte absent du référentiel": (before if doubt else after).search(bloc),
            "doute déjà tranché": not doubt or not after.search(bloc),
            "inutile": doubt or list_ecarts(markdown, {**donnees, "errata": others}, projet),
        }
        bad += [f"errata[{n}], {erratum['ou']} : {why}" for why, good in checks.items() if not good]
    return bad


def list_bad_codes(donnees: Donnees) -> list[str]:
    """Codes of another activity or list, repeated, or out of order; an option not the code's."""
    bad = []
    for activite in donnees["activites"]:
        if activite.get("option", "") != activite["code"][1:]:
            bad.append(activite["code"])
        for key, prefix in LISTES.items():
            codes = [item["code"] for item in activite[key]]
            numbers = [re.fullmatch(rf"{activite['code']}\.{prefix}([1-9]\d*)", c) for c in codes]
            bad += [code for code, number in zip(codes, numbers, strict=True) if not number]
            ranks = [int(number[1]) for number in numbers if number]
            bad += [codes[n] for n in range(1, len(ranks)) if ranks[n] <= ranks[n - 1]]
    counts = Counter(activite["code"] for activite in donnees["activites"])
    return bad + [code for code, count in counts.items() if count > 1]


def list_bad_options(section: Donnees) -> list[str]:
    """Blocks of the context whose text names an option that is not theirs, or the reverse."""
    bad = []
    last = None
    for bloc in section.get("blocs", ()):
        texte, option = " ".join((bloc.get("titre", ""), bloc.get("texte", ""))), bloc.get("option")
        named = re.search(r"[Ll]'option ([AB])\b", texte)
        if (named and named[1] != option) or (option and not named and option != last):
            bad.append(texte)
        last = option
    return bad + [e for child in section.get("sections", ()) for e in list_bad_options(child)]


# The tests


def test_the_annex_bears_the_title_of_the_source() -> None:
    assert f"## {REFERENTIEL['diplome']['annexe']}".upper() == ANNEXE.upper()


def test_the_words_of_the_annex_are_the_source_s() -> None:
    text = re.sub(r"[\s*]+", " ", SOURCE).casefold()

    assert [w for w in REFERENTIEL["vocabulaire"].values() if w.casefold() not in text] == []


def test_nothing_is_added_lost_or_moved() -> None:
    assert not list_ecarts(SOURCE, REFERENTIEL, PROJET)


def test_every_erratum_is_exact_and_needed() -> None:
    assert not list_bad_errata(SOURCE, REFERENTIEL, PROJET)


def test_codes_are_unique_and_in_order() -> None:
    assert not list_bad_codes(REFERENTIEL)


def test_blocks_of_the_context_go_to_their_option() -> None:
    assert not list_bad_options(REFERENTIEL["contexte"])


def test_counts() -> None:
    expected = {
        "1": (9, 15, 10),
        "2": (8, 10, 7),
        "3": (8, 16, 9),
        "4A": (13, 10, 11),
        "4B": (7, 0, 11),
    }
    found = {a["code"]: tuple(len(a[key]) for key in LISTES) for a in REFERENTIEL["activites"]}
    assert expected == found


def test_the_gap_is_declared() -> None:
    gaps = {a["code"]: list(a["lacunes"]) for a in REFERENTIEL["activites"] if "lacunes" in a}
    expected = {"4B": ["ressources"]}
    assert expected == gaps


# These tests can fail


def at(donnees: Donnees, chemin: Chemin) -> Any:
    node: Any = donnees
    for step in chemin:
        node = node[step]
    return node


ORIGINAL = pickle.dumps(REFERENTIEL)


def mutate(change: Callable[[Donnees], object]) -> Donnees:
    mutant: Donnees = pickle.loads(ORIGINAL)
    change(mutant)
    return mutant


def reword(chemin: Chemin, texte: str) -> Donnees:
    return mutate(lambda d: operator.setitem(at(d, chemin[:-1]), chemin[-1], texte))


def lose(chemin: Chemin, n: int) -> Donnees:
    return mutate(lambda d: at(d, chemin).pop(n))


def move(chemin: Chemin, n: int) -> Donnees:
    return mutate(lambda d: at(d, chemin).insert(0, at(d, chemin).pop(n)))


def list_sequences(node: Any, chemin: Chemin = ()) -> Iterator[tuple[Chemin, int]]:
    """The lists of the YAML that the source is the authority for, and their lengths."""
    if isinstance(node, list):
        yield chemin, len(node)
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from list_sequences(child, (*chemin, key))


SEQUENCES = [
    (chemin, size)
    for chemin, size in list_sequences(REFERENTIEL)
    if chemin[0] in ("contexte", "lettre", "activites") or chemin == ("classes",)
]


def test_a_changed_word_is_found_wherever_it_is() -> None:
    for chemin, texte in list_claims(REFERENTIEL):
        assert list_ecarts(SOURCE, reword(chemin, texte + "x"), PROJET), chemin


def test_a_lost_or_moved_item_is_found_wherever_it_is() -> None:
    for chemin, size in SEQUENCES:
        for n in range(size):
            assert list_ecarts(SOURCE, lose(chemin, n), PROJET), (chemin, n)
            assert n == 0 or list_ecarts(SOURCE, move(chemin, n), PROJET), (chemin, n)


def test_a_changed_word_of_the_source_is_found() -> None:
    words = [w.span() for w in re.finditer(r"\w{2,}(?![^<]*>)", SOURCE)]
    for start, end in words[::9]:
        mutant = f"{SOURCE[:start]}xx{SOURCE[end:]}"
        assert list_ecarts(mutant, REFERENTIEL, PROJET), SOURCE[start - 20 : end + 20]


def test_a_report_names_the_place_and_the_words() -> None:
    mutant = mutate(lambda d: d["activites"][0]["taches"][1].update(libelle="Prise de rendez-vous"))
    expected = [
        "absent de la source : activites.1.taches : « Prise de rendez-vous »",
        "absent du référentiel : activites.1.taches : « Prise de contact »",
    ]
    assert expected == list_ecarts(SOURCE, mutant, PROJET)[:2]


def test_an_invented_resource_is_found() -> None:
    item = {"code": "4B.RS1", "libelle": "Les éléments de la base de données clients"}
    mutant = mutate(lambda d: d["activites"][4]["ressources"].append(item))
    assert list_ecarts(SOURCE, mutant, PROJET)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"source": "Au temps de l'arrêté"}, "texte absent de la source"),
        ({"corrige": "Aux termes de la loi"}, "texte absent du référentiel"),
        ({"ou": "lettre.objet"}, "texte absent de la source"),
        ({"certitude": "certaine"}, "certitude inconnue"),
        ({"source": "de l'arrêté", "corrige": "de l'arrêté"}, "inutile"),
    ],
)
def test_a_wrong_erratum_is_found(change: Donnees, why: str) -> None:
    first = {**REFERENTIEL["errata"][0], **change}
    mutant = mutate(lambda d: d["errata"].append(first))
    expected = f"errata[{len(REFERENTIEL['errata'])}], {first['ou']} : {why}"
    assert expected in list_bad_errata(SOURCE, mutant, PROJET)


def test_a_settled_doubt_is_found() -> None:
    doubts = [e for e in REFERENTIEL["errata"] if e["certitude"] == "a_confirmer"]
    (word,) = [e["corrige"] for e in doubts]
    mutant = mutate(lambda d: d["activites"][3]["ressources"][3].update(libelle=word))
    assert list_bad_errata(SOURCE, mutant, PROJET)


@pytest.mark.parametrize("code", ["1.T1", "2.T2", "1.R2", "1.T02", "1.T9", "1T2"])
def test_a_wrong_code_is_found(code: str) -> None:
    mutant = mutate(lambda d: d["activites"][0]["taches"][1].update(code=code))
    assert list_bad_codes(mutant)


def test_a_wrong_option_is_found() -> None:
    blocs = REFERENTIEL["contexte"]["sections"][1]["sections"][0]["blocs"]
    wrong = [{**bloc, "option": "A"} if "option" in bloc else bloc for bloc in blocs]
    assert list_bad_options({"blocs": wrong})

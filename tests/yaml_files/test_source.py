"""Scalars as typed, what is refused and why, and where everything stands in the file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.yaml_files.source import (
    LOADER,
    PROBLEMS_MAX,
    YamlSource,
    dotted,
    parse_yaml,
    read_yaml,
)

CHEMIN = Path("lycee.yaml")
ENTRE_GUILLEMETS = "mettez la valeur entre guillemets"
INSECABLE = (
    "une espace insécable est là où il faut une espace ordinaire | effacez-la, et tapez une espace"
)
OUVERT = "un guillemet n'est pas refermé | ajoutez le même guillemet à la fin du texte"
TYPOGRAPHIQUES = (
    "des guillemets typographiques n'entourent pas une valeur"
    ' | entourez la valeur de guillemets droits "…"'
)
BARRE = (
    "la barre « \\ » a un autre sens entre guillemets doubles"
    " | écrivez « / » dans un chemin ; sinon, entourez le texte de guillemets simples '…'"
)
PAS_ALIGNEE = (
    "cette ligne n'est pas alignée avec celles qui l'entourent"
    " | donnez-lui le même retrait qu'aux clés ou aux tirets d'à côté, avec des espaces"
)
SANS_DEUX_POINTS = (
    "il manque « : » après la clé | écrivez « clé: valeur », avec une espace après le « : »"
)
SANS_ESPACE = (
    "il manque une espace après « : »"
    " | écrivez « clé: valeur », ou mettez entre guillemets un texte qui contient « : »"
)
RETRAIT = (
    "donnez-lui le même retrait que ses voisines ; "
    "vérifiez l'espace après le « : » de la ligne précédente"
)


def parsed(text: str, loader: Any = LOADER) -> YamlSource:
    return parse_yaml(text, CHEMIN, loader)


def problems(text: str, loader: Any = LOADER) -> list[str]:
    """« ligne:colonne message | aide », whether the reading went to its end or not."""
    try:
        found = parsed(text, loader).problems
    except InputRefused as refus:
        found = refus.diagnostics
    return [
        f"{d.position.line}:{d.position.column} {d.message} | {d.help}"
        for d in found
        if d.position is not None
    ]


# What is read


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3", 3),
        ("0", 0),
        ("-12", -12),
        ("19100", 19100),
        ("9" * 18, int("9" * 18)),
        ("9" * 5000, "9" * 5000),
        ("010", "010"),
        ("01000", "01000"),
        ("0555123456", "0555123456"),
        ("+33", "+33"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05 10:00:00", "2026-01-05 10:00:00"),
        ("8:30-12:00", "8:30-12:00"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("y", "y"),
        ("=", "="),
        ("<<", "<<"),
        ('"8:30"', "8:30"),
        ("'on'", "on"),
        ('"3"', "3"),
        ('""', ""),
        (">-\n  un\n  deux", "un deux"),
    ],
)
def test_a_scalar_is_what_was_typed(typed: str, expected: object):
    source = parsed(f"a: {typed}\n")
    assert (source.data, source.problems) == ({"a": expected}, ())


def test_keys_are_always_text():
    assert parsed("1: a\non: b\n01: c\n8:30: d\n").data == {
        "1": "a",
        "on": "b",
        "01": "c",
        "8:30": "d",
    }


def test_lists_and_mappings_nest():
    text = "a:\n- b: [1, {c: 2}]\n  d:\n- - e\n"
    assert parsed(text).data == {"a": [{"b": [1, {"c": 2}], "d": None}, ["e"]]}


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "---\n", "~\n"])
def test_an_empty_file_holds_nothing(text: str):
    assert (parsed(text).data, parsed(text).problems) == (None, ())


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30))
def test_a_quoted_text_comes_back_whole(text: str):
    quoted = "'" + text.replace("'", "''") + "'"
    if text.isprintable():
        assert parsed(f"a: {quoted}").data == {"a": text}


@given(st.from_regex(r"[0-9A-Za-z:_.+-]{1,12}", fullmatch=True))
def test_a_plain_scalar_is_kept_as_typed_or_refused(typed: str):
    try:
        source = parsed(f"- {typed}")
    except InputRefused:
        return
    if source.problems or isinstance(source.data[0], dict | list | bool):  # type: ignore[index]
        return
    value = source.data[0]  # type: ignore[index]
    assert typed in ("null", "~") if value is None else str(value) == typed


# What is refused, and read on


@pytest.mark.parametrize(
    ("typed", "reading", "instead"),
    [
        ("8:30", "un nombre en base 60", '"8:30" entre guillemets'),
        ("12:30:45", "un nombre en base 60", '"12:30:45" entre guillemets'),
        ("yes", "« vrai »", '"yes" entre guillemets, ou true'),
        ("on", "« vrai »", '"on" entre guillemets, ou true'),
        ("NO", "« faux »", '"NO" entre guillemets, ou false'),
        ("Off", "« faux »", '"Off" entre guillemets, ou false'),
        ("Null", "une valeur vide", '"Null" entre guillemets, ou rien'),
    ],
)
def test_what_yaml_reads_otherwise_than_people_is_refused(typed: str, reading: str, instead: str):
    expected = [f"1:4 « {typed} » est ambigu : YAML y lit {reading} | écrivez {instead}"]
    assert problems(f"a: {typed}\n") == expected


def test_a_key_twice_is_refused_at_the_second():
    text = "nom: A\nville: B\nnom: C\n"
    assert problems(text) == ["3:1 la clé « nom » est déjà écrite ligne 1 | gardez-en une seule"]


def test_the_same_key_in_two_mappings_is_no_duplicate():
    assert problems("- {nom: A}\n- {nom: B}\n") == []


@pytest.mark.parametrize(
    ("text", "place", "typed"),
    [
        ("a: &x 1\n", "1:4", "&x"),
        ("a: [*x, b]\n", "1:5", "*x"),
        ("a: !!python/name:os.system b\n", "1:4", "!!python/name:os.system"),
        ("a: !b c\n", "1:4", "!b"),
    ],
)
def test_anchors_aliases_and_tags_are_refused(text: str, place: str, typed: str):
    assert problems(text) == [
        f"{place} « {typed} » : les ancres, alias et étiquettes YAML ne sont pas admis"
        " | mettez la valeur entre guillemets, ou répétez-la"
    ]


def test_a_billion_laughs_is_refused_at_once():
    names = "abcdefghijklmnop"
    lines = ["a: &a [ha]\n"]
    for before, name in pairwise(names):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n")
    assert len(problems("".join(lines))) == PROBLEMS_MAX


def test_a_second_document_is_refused():
    assert problems("a: 1\n---\nb: 2\n") == [
        "2:1 le fichier contient un second document YAML | supprimez cette ligne et ce qui la suit"
    ]


@pytest.mark.parametrize("text", ["? [a]\n: 1\n", "? {a: 1}\n: 1\n", "{[a]: 1}\n", "&x a: 1\n"])
def test_a_key_is_a_plain_text(text: str):
    (problem, *_) = problems(text)
    assert problem.endswith(" une clé doit être un texte simple | écrivez « clé: valeur »")


def test_all_the_problems_are_said_at_once_the_broken_line_last():
    assert problems("a: on\na: 8:30\nb: [1\n") == [
        '1:4 « on » est ambigu : YAML y lit « vrai » | écrivez "on" entre guillemets, ou true',
        "2:1 la clé « a » est déjà écrite ligne 1 | gardez-en une seule",
        "2:4 « 8:30 » est ambigu : YAML y lit un nombre en base 60"
        ' | écrivez "8:30" entre guillemets',
        "3:4 il manque une virgule, ou la fin de cette liste entre crochets ou accolades"
        " | vérifiez ses virgules et ce qui la referme",
    ]


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 50_000, "- " * 5_000])
def test_a_bottomless_nesting_is_refused_at_once(text: str):
    (problem,) = problems(text)
    assert problem.endswith(" les listes sont trop imbriquées | simplifiez ce passage")


# What cannot be read


@pytest.mark.parametrize("loader", sorted({LOADER, yaml.SafeLoader}, key=lambda c: c.__name__))
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tb: 1\n", "2:1 une tabulation sert de retrait | remplacez-la par des espaces"),
        (
            "a:\n  b: 1\n\tc: 2\n",
            "3:1 une tabulation sert de retrait | remplacez-la par des espaces",
        ),
        (
            "objet: Stage : suite\n",
            "1:14 « : » n'est pas à sa place | mettez entre guillemets un texte qui contient « : »",
        ),
        ("a: 1\n  b: 2\n", f"2:4 cette clé n'est pas à sa place | {RETRAIT}"),
        ("a:\u00a01\nb: 2\n", f"1:3 {INSECABLE}"),
        ("e:\n  b: 2\n  a:\u202f1\n", f"3:5 {INSECABLE}"),
        ("e:\n  b: 1\n \u00a0nom: X\n", f"3:2 {INSECABLE}"),
        ('nom: "A\nville: "B"\nuai: "1"\n', f"1:6 {OUVERT}"),
        ("a: 1\nnom: 'A\nrue: [rue de l'Est]\n", f"2:6 {OUVERT}"),
        ('nom: "Lycée”\nville: X\n', f"1:6 {TYPOGRAPHIQUES}"),
        ("objet: « Stage : suite »\n", f"1:16 {TYPOGRAPHIQUES}"),
        ('logo: "C:\\Users\\l.png"\n', f"1:12 {BARRE}"),
        ('logo: "img\\xl.png"\n', f"1:13 {BARRE}"),
        ("e:\n  nom Lycée\n\n  # la ville\n  ville: X\n", f"2:3 {SANS_DEUX_POINTS}"),
        ("t:\n  - Accueillir\n    libelle: X\n", f"2:5 {SANS_DEUX_POINTS}"),
        ("e:\n  nom:Lycée\n  ville: X\n", f"2:3 {SANS_ESPACE}"),
        ("e:\n  ville: X\n  nom:Lycée\n  uai: Y\n", f"3:3 {SANS_ESPACE}"),
        (
            "a:\n  b: 1\n c: 2\n",
            f"3:2 {PAS_ALIGNEE}",
        ),
        (
            "a:\n - 1\n b: 2\n",
            f"3:2 {PAS_ALIGNEE}",
        ),
        (
            "a: 1\nbcd\nc: 2\n",
            "2:1 il manque « : » après la clé"
            " | écrivez « clé: valeur », avec une espace après le « : »",
        ),
        (
            'a: "abc\nb: 1\n',
            "1:4 un guillemet n'est pas refermé | ajoutez le même guillemet à la fin du texte",
        ),
        (
            "a: 'l'accueil'\n",
            "1:7 il y a du texte en trop après la valeur | entourez de guillemets droits"
            ' "…" toute la valeur, jusqu\'au bout de la ligne',
        ),
        (
            "a: {b: 1\nc: 3\n",
            "1:4 il manque une virgule, ou la fin de cette liste entre crochets ou accolades"
            " | vérifiez ses virgules et ce qui la referme",
        ),
        (
            "a: [1,,2]\n",
            "1:7 il manque une valeur entre deux virgules, ou après un crochet"
            " | complétez-la, ou enlevez ce qui est en trop",
        ),
        (
            "a: - 1\n",
            "1:4 un tiret de liste n'est pas à sa place | mettez-le au début de la ligne suivante ;"
            " s'il fait partie du texte, mettez ce texte entre guillemets",
        ),
        (
            "a: >texte\n",
            "1:5 il y a du texte derrière « | » ou « > »"
            " | commencez ce texte à la ligne suivante, en retrait",
        ),
        (
            "a: @b\n",
            f"1:4 un texte ne peut pas commencer ainsi sans guillemets | {ENTRE_GUILLEMETS}",
        ),
        (
            "a: *gras*\n",
            f"1:4 un texte ne peut pas commencer ainsi sans guillemets | {ENTRE_GUILLEMETS}",
        ),
        (
            "a: 1\n...\nb\n",
            "3:1 le fichier n'est pas du YAML bien formé | vérifiez cette ligne et la précédente",
        ),
    ],
)
def test_a_broken_file_is_explained_by_either_parser(text: str, expected: str, loader: Any):
    assert problems(text, loader) == [expected]


def test_a_bad_escape_is_explained():
    assert problems('a: "C:\\Dossier"\n') == [f"1:7 {BARRE}"]


@pytest.mark.parametrize("typed", [r"C:\temp\new.png", r"img\table.png"])
def test_a_path_that_yaml_would_read_otherwise_is_refused(typed: str):
    assert problems(f'logo: "{typed}"\n') == [f"1:7 {BARRE}"]
    assert problems(f"logo: '{typed}'\n") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("e:\n\u00a0\u00a0nom: X\n", "2:1"),
        ("t:\n  -\u00a0A\n  - B\n", "2:3"),
        ("t:\n  - nom:\u00a0A\n  - nom: B\n", "2:5"),
    ],
)
def test_a_no_break_space_that_yaml_takes_for_text_is_named(text: str, place: str):
    assert problems(text) == [f"{place} {INSECABLE}"]


def test_a_no_break_space_at_the_end_is_nothing():
    assert parsed("a: 5\u00a0\nb: Rodez\u202f\n").data == {"a": 5, "b": "Rodez"}


def doubts(text: str) -> list[str]:
    assert problems(text) == []
    return [f"{d.position} {d.message}" for d in parsed(text).doubts]


@pytest.mark.parametrize("typed", ["« Lycée »", "“2026-01-05”", "„A“"])
def test_typographic_quotes_around_a_value_are_told_to_be_text(typed: str):
    said = "ces guillemets typographiques font partie du texte"
    assert doubts(f"nom: {typed}\n") == [f"lycee.yaml:1:6 {said}"]
    assert doubts(f'nom: "{typed}"\n') == doubts(f"nom: dit {typed}\n") == []


def test_a_comment_that_was_to_be_text_is_told():
    said = "« #1 » est lu comme un commentaire, et ne fait pas partie de la valeur"
    assert doubts("nom: Commerce #1\nb: [A] #c\n") == [f"lycee.yaml:1:6 {said}"]
    assert doubts("nom: Commerce # le premier\nb: Commerce#1\nc: 'A' #1\nd: #1\n") == []


@pytest.mark.skipif(LOADER is yaml.SafeLoader, reason="PyYAML's Python parser reads it")
def test_a_colon_without_a_space_in_braces_is_explained():
    assert problems("a: {nom:}\n") == [
        "1:8 il manque une espace après « : » | écrivez « clé: valeur »,"
        " ou mettez entre guillemets un texte qui contient « : »"
    ]


@pytest.mark.parametrize(
    ("text", "place"), [("a: \x00b\n", "1:4 "), ("a: 1\r\nb: \x0c\n", "2:4 "), ("\x7f", "1:1 ")]
)
def test_a_control_character_is_refused_at_its_place(text: str, place: str):
    (problem,) = problems(text)
    assert problem.startswith(place + "caractère invisible interdit (U+00")
    assert problem.endswith(" | supprimez-le, ou retapez cette ligne")


@given(st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`? \t\n\r0~é\u00a0\x85\\,"), max_size=40))
def test_any_text_is_read_or_refused(text: str):
    found = problems(text)

    assert [problem for problem in found if " | " not in problem] == []
    if not found:
        yaml.compose(text, LOADER)  # what is read without a word is YAML


# Files


def refusal(path: Path) -> tuple[Position | None, str, str | None]:
    with pytest.raises(InputRefused) as refus:
        read_yaml(path)
    (diagnostic,) = refus.value.diagnostics
    return diagnostic.position, diagnostic.message, diagnostic.help


def test_a_missing_file(tmp_path: Path):
    path = tmp_path / "pfmp.yaml"
    message = f"le fichier « {path} » n'existe pas"
    assert refusal(path) == (Position(str(path)), message, "vérifiez son nom et son dossier")


def test_a_folder(tmp_path: Path):
    message = f"« {tmp_path} » est un dossier"
    assert refusal(tmp_path) == (
        Position(str(tmp_path)),
        message,
        "donnez le nom d'un fichier YAML",
    )


def test_a_file_that_is_not_utf8_is_refused_at_the_first_wrong_byte(tmp_path: Path):
    path = tmp_path / "pfmp.yaml"
    path.write_bytes("# é\n".encode() + "nom: Hélène\nville: Évry\n".encode("cp1252"))
    position = Position(str(path), 2, 7, "nom: Hélène")
    aide = "enregistrez-le en UTF-8 depuis votre éditeur de texte"
    assert refusal(path) == (position, "le fichier n'est pas en UTF-8", aide)


def test_a_utf16_file_is_refused(tmp_path: Path):
    path = tmp_path / "pfmp.yaml"
    path.write_bytes("nom: A\n".encode("utf-16"))
    assert refusal(path)[1] == "le fichier n'est pas en UTF-8"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path):
    path = tmp_path / "pfmp.yaml"
    path.write_bytes("\ufeffnom: A\r\nville: B\r\n".encode())
    source = read_yaml(path)
    assert source.data == {"nom": "A", "ville": "B"}
    assert source.position(("ville",)) == Position(str(path), 2, 8, "ville: B", 1, "ville")


def test_what_does_not_stop_the_reading_is_left_in_the_source(tmp_path: Path):
    path = tmp_path / "pfmp.yaml"
    path.write_text("a: on\nb: 1\n", encoding="utf-8")
    source = read_yaml(path)
    assert source.data == {"a": "on", "b": 1}
    assert [problem.position and problem.position.line for problem in source.problems] == [1]


# Positions

TEXTE = """\
etablissement:
  nom: Lycée des Tilleuls
  chef: {nom: "Hélène B", titre: Proviseure}
contacts:
  - role: Bureau
    nom: >-
      Nadia
      Lefort
"""


def place(*loc: str | int) -> tuple[object, ...]:
    found = parsed(TEXTE).position(loc)
    return found.line, found.column, found.length, found.label


def test_a_value_is_shown_under_its_own_characters():
    found = parsed(TEXTE).position(("etablissement", "nom"))
    extrait = "  nom: Lycée des Tilleuls"
    assert found == Position("lycee.yaml", 2, 8, extrait, 18, "etablissement.nom")


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        (("etablissement", "chef", "nom"), (3, 15, 10, "etablissement.chef.nom")),
        (("etablissement", "chef"), (3, 3, 4, "etablissement.chef")),
        (("etablissement", "ville"), (1, 1, 13, "etablissement.ville")),
        (("contacts", 0, "role"), (5, 11, 6, "contacts[1].role")),
        (("contacts", 0, "nom"), (6, 10, 2, "contacts[1].nom")),
        (("contacts", 0), (5, 5, 1, "contacts[1]")),
        (("contacts", 3, "role"), (4, 1, 8, "contacts[4].role")),
        (("absent",), (1, 1, 1, "absent")),
    ],
)
def test_places(loc: tuple[str | int, ...], expected: tuple[object, ...]):
    assert place(*loc) == expected


def test_a_key_is_shown_apart_from_its_value():
    found = parsed(TEXTE).key_position(("etablissement", "chef", "titre"))
    assert (found.line, found.column, found.length) == (3, 27, 5)


def test_an_empty_file_has_a_name_and_no_line():
    assert parsed("").position(("a", 0)) == Position("lycee.yaml", label="a[1]")


def test_dotted():
    assert dotted(("activites", 1, "taches", 3, "libelle")) == "activites[2].taches[4].libelle"
    assert dotted(()) is None


def test_a_word_without_end_is_refused_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pfmp.yaml"
    parse_yaml(f"nom: {'a' * 999} {'b' * 999}-{'c' * 999}\n", path)
    with pytest.raises(InputRefused) as caught:
        parse_yaml(f"nom: un\nville: un {'é' * 40_000} mot\n", path)
    (diagnostic,) = caught.value.diagnostics

    assert diagnostic.message == "un mot de 40000 lettres n'a pas de place dans un document"
    assert diagnostic.position is not None
    assert (diagnostic.position.line, diagnostic.position.column) == (2, 11)

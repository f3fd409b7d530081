"""Decoding, separator, header, rows and positions, whatever the columns mean."""

from __future__ import annotations

import csv
import io
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.cell_text import clean_cell, tidy_cell
from pfmp_cli.lists.formats.csv import LINES_OF_A_CELL, SEPARATORS, open_text_table
from pfmp_cli.lists.formats.encoding import decode
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.text import fold

TITRES = {"nom", "prenom", "adresse"}
BLANC = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


def opened(contenu: str | bytes) -> Table:
    brut = contenu.encode() if isinstance(contenu, str) else contenu
    return open_text_table("c.csv", brut, lambda titre: fold(titre) in TITRES)


def rows(contenu: str | bytes) -> list[tuple[int, list[str]]]:
    return [(rangee.line, list(rangee.cells)) for rangee in opened(contenu).rows()]


def refusal(contenu: bytes) -> str:
    with pytest.raises(InputRefused) as refus:
        opened(contenu)
    (diagnostic,) = refus.value.diagnostics
    return f"{diagnostic.position} {diagnostic.message} | {diagnostic.help}"


AIDE = "enregistrez-le depuis le tableur au format « CSV UTF-8 »"


# Encodings


def test_utf8_is_read_without_a_word():
    tableau = opened("nom;prenom\nNGUYỄN;Teriʻi\n")
    assert (rows("nom;prenom\nNGUYỄN;Teriʻi\n"), tableau.diagnostics) == (
        [(2, ["NGUYỄN", "Teriʻi"])],
        (),
    )


def test_a_byte_order_mark_is_not_part_of_the_first_title():
    tableau = opened("\ufeffnom;prenom\nA;B".encode())
    assert tableau.title(0) == "nom"


def test_a_plausible_windows_1252_is_a_remark_at_the_first_accent():
    tableau = opened("nom;prenom\r\nŒUVRARD;Zoë\r\n".encode("cp1252"))
    (avis,) = tableau.diagnostics
    assert [list(r.cells) for r in tableau.rows()] == [["ŒUVRARD", "Zoë"]]
    assert avis.is_remark
    assert str(avis.position) == "c.csv:2:1"
    assert avis.position.excerpt == "ŒUVRARD;Zoë"
    assert avis.message == (
        "le fichier n'est pas en UTF-8 : « ŒUVRARD » est lu comme du Windows-1252"
    )


NAMES = (
    *("Zoé", "Noël", "HÉLÈNE", "François", "FRANÇOIS", "Élise", "ÉMILE", "Jérôme", "Benoît"),
    *("Anaïs", "Gaëlle", "CÔTÉ", "D’HÉROUVILLE", "Bérénice", "Hervé", "Françoise", "PÂRIS"),
    *("l’été", "Auto-école", "Ève", "LEFÈVRE", "Zoë", "ZOË", "Emmanuël", "Côme", "Geneviève"),
    *("NICOLAŸ", "Nicolaÿ", "L'HAŸ", "Croÿ", "Louÿs", "GHŸS", "Œuvrard", "LEBŒUF", "Lætitia"),
    *("BJØRN", "Søren", "Østergaard", "Åsa", "HÅKAN", "Müller", "SCHRÖDER", "Özil", "Björn"),
    *("López", "LÓPEZ", "Raúl", "Ibáñez", "MUÑOZ", "García", "Óscar", "Inácio", "António"),
    *("João", "Simões", "GUIMARÃES", "Conceição", "Gonçalves", "N’GUESSAN", "LÆTITIA"),
)


def test_a_long_cell_before_the_first_accent_is_passed_over_once() -> None:
    content = b"nom;prenom\n" + b"a" * 1_000_000 + b";Zo\xe9\n"  # again from each sign: an hour
    decoded = decode("c.csv", content)
    (said,) = decoded.tell(lambda start, length: Position(decoded.text[start : start + length]))

    assert said.position == Position("Zoé")


NAMES_OF = {"cp1252": "Windows-1252", "mac_roman": "Macintosh", "cp850": "MS-DOS"}


def can_write(name, encoding):
    try:
        return bool(name.encode(encoding))
    except UnicodeError:
        return False


SIGNED = [
    (name, encoding)
    for name in NAMES
    for encoding in ("cp1252", "mac_roman", "cp850")
    if can_write(name, encoding)
]


@pytest.mark.parametrize(("name", "encoding"), SIGNED)
def test_the_encoding_is_the_one_that_makes_letters_of_a_single_name(name, encoding):
    tableau = opened(f"nom;prenom\nDUVAL;{name}\n".encode(encoding))
    assert [list(r.cells) for r in tableau.rows()] == [["DUVAL", name]]
    assert [(d.rule.code, NAMES_OF[encoding] in d.message) for d in tableau.diagnostics] == [
        ("liste/windows-1252" if encoding == "cp1252" else "liste/encodage", True)
    ]


@given(
    st.lists(st.sampled_from([n for n in NAMES if can_write(n, "cp850")]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(sorted(SEPARATORS)),
)
def test_any_list_of_names_is_read_back_from_any_encoding(names, encoding, newline, separator):
    lines = [f"nom{separator}prenom", *(f"A{separator}{name}" for name in names)]
    content = newline.join(lines).encode(encoding)
    assert [cells for _, cells in rows(content)] == [["A", name] for name in names]


def test_where_two_readings_are_likely_the_word_shows_which_was_taken():
    (avis,) = opened("nom;prenom\nA;B\nDUVAL;MARTÍNEZ\n".encode("cp850")).diagnostics

    assert (str(avis.position), avis.position.length, avis.is_remark) == ("c.csv:3:7", 8, True)
    assert "« MARTÖNEZ » est lu comme du Windows-1252" in avis.message


def test_an_unlikely_windows_1252_is_a_warning():
    (avis,) = opened("nom;prenom\nA;Léa\nÉ;X\nB;Zo¶e\n".encode("cp1252")).diagnostics
    assert (avis.severity.value, str(avis.position)) == ("avertissement", "c.csv:2:3")


def test_a_file_of_the_mac_or_of_dos_says_so():
    (avis,) = opened("nom;prenom\nA;Zoé\n".encode("mac_roman")).diagnostics
    assert avis.help == f"vérifiez les accents des noms, ou {AIDE}"
    assert avis.message == (
        "le fichier n'est pas tout entier en UTF-8 : « Zoé » est lu comme du « CSV (Macintosh) »"
    )


def test_bytes_that_make_words_in_no_encoding_are_refused():
    message = (
        "dans aucun encodage (UTF-8, Windows-1252, Macintosh, MS-DOS), les noms ne sont des mots"
    )
    assert refusal(b"nom;prenom\nA;x\xa9y") == f"c.csv {message} | {AIDE}"


@pytest.mark.parametrize(
    ("names", "signs", "is_read"), [(3, 2, True), (3, 3, True), (3, 4, False), (1, 2, False)]
)
def test_signs_are_doubtful_as_long_as_they_are_not_more_than_the_letters(names, signs, is_read):
    content = b"nom;prenom\n" + b"DUVAL;Z\xe9lie\n" * names + b"A\xb1B;C\n" * signs
    if is_read:
        assert [d.rule.code for d in opened(content).diagnostics] == ["liste/encodage"]
    else:
        assert "dans aucun encodage" in refusal(content)


def test_each_line_of_two_joined_files_is_read_in_its_own_encoding():
    mixed = "nom;prenom\nA;José\n".encode() + "B;Zoë\n".encode("cp1252")
    (avis,) = opened(mixed).diagnostics
    assert rows(mixed) == [(2, ["A", "José"]), (3, ["B", "Zoë"])]
    assert (str(avis.position), avis.message) == (
        "c.csv:3:3",
        "le fichier n'est pas tout entier en UTF-8 : « Zoë » est lu comme du Windows-1252",
    )


@pytest.mark.parametrize("contenu", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", "\u00a0".encode()])
def test_a_blank_file_is_refused(contenu):
    assert refusal(contenu) == f"c.csv le fichier est vide | {AIDE}"


# Separator and header


def test_whole_lines_in_quotes_are_lines():
    contenu = '"Nom;Prénom;""Adresse"""\n\n"A;B;""1; rue"""\n'
    assert rows(contenu) == [(3, ["A", "B", "1; rue"])]
    assert opened(contenu).position(3, 1).excerpt == 'A;B;"1; rue"'


def test_a_free_line_and_blank_cells_beside_whole_lines_in_quotes_do_not_matter():
    assert rows('Liste\n"Nom;Prénom";;\n"A;B";;\n') == [(3, ["A", "B"])]


def test_a_list_of_quoted_cells_is_not_a_list_of_quoted_lines():
    assert rows('"nom"\n"DE LA FONTAINE, Jean; dit"\n') == [(2, ["DE LA FONTAINE, Jean; dit"])]


@pytest.mark.parametrize("separateur", SEPARATORS)
def test_the_separator_is_the_one_that_shows_the_titles(separateur):
    other = ";" if separateur == "," else ","
    contenu = f"nom{separateur}prenom\nLe Goff{other} dit Yann{separateur}X"
    assert opened(contenu).separator == separateur
    assert rows(contenu) == [(2, [f"Le Goff{other} dit Yann", "X"])]


@pytest.mark.parametrize(
    "above",
    ["Liste des élèves\n", "sep=;\n", "\n\n;;\n", "Lycée;nom\n2025-2026;;\n", 'L"été;"\n'],
)
def test_the_header_is_found_under_what_stands_above_it(above):
    tableau = opened(above + "Nom;Prénom\nA;B")
    assert tableau.header.line == above.count("\n") + 1
    assert [list(r.cells) for r in tableau.rows()] == [["A", "B"]]


def test_without_a_known_title_there_is_no_header():
    assert opened("DUPONT;Marie").header.line == 0


def test_width_stops_at_the_last_title():
    assert opened("nom;;prenom;;\nA").width == 3


# Rows


@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_every_newline_ends_a_row(fin):
    assert rows(f"nom;prenom{fin}A;B{fin}{fin}C;D") == [(2, ["A", "B"]), (4, ["C", "D"])]


@pytest.mark.parametrize("blank", ["", ";", ";;;;", " ; ", '"";', "\u00a0;\u202f", "\t"])
def test_blank_rows_are_skipped_and_counted_as_lines(blank):
    assert rows(f"nom;prenom\n{blank}\nA;B") == [(3, ["A", "B"])]


def test_a_quoted_cell_keeps_separators_quotes_and_newlines():
    contenu = 'nom;prenom\r\n"A ""b""; c";"d\r\ne"\r\nF;G'
    assert rows(contenu) == [(2, ['A "b"; c', "d\ne"]), (4, ["F", "G"])]


def test_a_quote_inside_a_plain_cell_is_text():
    assert rows('nom;prenom\nJean "Jo" D;="X"') == [(2, ['Jean "Jo" D', '="X"'])]


@pytest.mark.parametrize(
    "wrong", ['A;"B', '"A;B', '"A"x;B', 'A;"Chez "B"" C"', f'A;"{"x" * 200_000}']
)
def test_wrong_quotes_cost_their_line_only(wrong):
    tableau = opened(f'nom;prenom\nX;Y\n{wrong}\nD;E\nF;"G"')
    assert [(r.line, r.bad_quote) for r in tableau.rows()] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]


def test_a_quote_that_swallows_too_many_lines_costs_its_line_only():
    after = "D;E\n" * LINES_OF_A_CELL
    lignes = [r.line for r in opened(f'nom;prenom\nA;"B\n{after}F;G"').rows()]
    assert lignes == list(range(2, LINES_OF_A_CELL + 4))


def test_every_line_with_a_wrong_quote_is_told_in_a_time_that_grows_with_the_file():
    contenu = "nom;prenom\n" + 'A;"B\n' * 20_001
    assert sum(rangee.bad_quote for rangee in opened(contenu).rows()) == 20_001


def test_wrong_quotes_after_a_cell_of_several_lines_lose_no_line():
    tableau = opened('nom;prenom\nA;"B\nC;";"D\nE;F')
    assert [(r.line, r.bad_quote) for r in tableau.rows()] == [(2, True), (3, True), (4, False)]
    assert str(tableau.position(2, 2)) == "c.csv:3:5"


def test_a_million_blank_rows_under_the_pupils_cost_little():
    assert rows("nom;prenom\nA;B\n" + ";\n" * 1_000_000) == [(2, ["A", "B"])]


# Positions


def test_a_cell_says_line_column_length_and_title():
    position = opened(" Nom ;Prénom\nÉÉ;Marie;x\n").position(2, 1)
    assert str(position) == "c.csv:2:4"
    assert (position.excerpt, position.length, position.label) == ("ÉÉ;Marie;x", 5, "Prénom")


def test_a_cell_under_no_title_has_no_title():
    assert opened("nom;prenom\nA;B;x").position(2, 2).label is None


def test_cells_of_a_row_of_several_lines_say_their_own_line():
    tableau = opened('nom;adresse;prenom\r\nA;"1 rue\r\nX ""y""";Zoé\r\n')
    start, after = tableau.position(2, 1), tableau.position(2, 2)
    assert (str(start), start.excerpt, start.length) == ("c.csv:2:3", 'A;"1 rue', 6)
    expected = ("c.csv:3:10", 'X ""y""";Zoé', 3)
    assert (str(after), after.excerpt, after.length) == expected


def test_a_cell_that_is_not_there_is_at_the_end_of_its_row():
    position = opened("nom;prenom;adresse\nA;B\nC;D;E").position(2, 2)
    assert (str(position), position.length) == ("c.csv:2:4", 1)


def test_wrong_quotes_are_shown_to_the_end_of_the_line():
    position = opened('nom;prenom\nA;"B;C\n').position(2, 1)
    assert (str(position), position.length) == ("c.csv:2:3", 4)


# Text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Marie \n", "Marie"),
        ("Le\u00a0Goff\u202f!", "Le Goff !"),
        ("a\tb", "a b"),
        ("\ufeffA\u200bB\u00ad", "AB"),
        ("Anne\u2011Laure D\u2010H", "Anne-Laure D-H"),
        ("\u202a06 39 98\u202c", "06 39 98"),
        ("E\u0301lise", "Élise"),
        ('="1MELEC1"', "1MELEC1"),
        ('=" a ""b"" "', 'a "b"'),
        ('="a"&"b"', '="a"&"b"'),
        ("=1+1", "=1+1"),
        ('="', '="'),
        ("Teriʻi", "Teriʻi"),
        ("D’HÉROUVILLE", "D’HÉROUVILLE"),
        ("ŁUKASZEWSKI œ ı ş ễ €", "ŁUKASZEWSKI œ ı ş ễ €"),
        ("<b>{{ 7*7 }} ../../x ('\"\\)", "<b>{{ 7*7 }} ../../x ('\"\\)"),
    ],
)
def test_a_cell_is_read_as_typed_but_for_blanks_and_accents(typed, read):
    assert clean_cell(typed) == read


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("NE(E) LE", "neele"),
        (" Nom d’usage", "nomdusage"),
        ("Nom d'usage ", "nomdusage"),
        ("ŒUVRARD", "oeuvrard"),
        ("ŁUKASZEWSKI", "lukaszewski"),
        ("Teriʻi", "terii"),
        ("ÖZGÜR İı", "ozgurii"),
        ("NGUYỄN", "nguyen"),
    ],
)
def test_folding_leaves_letters_and_digits(written, folded):
    assert fold(written) == folded


# Laws

text = st.text(
    st.one_of(st.sampled_from(list(";,\"'=\n|")), st.characters(exclude_categories=BLANC)),
    max_size=12,
)


@given(
    st.lists(st.tuples(text, text, text), max_size=6),
    st.sampled_from(sorted(SEPARATORS)),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["\n", "\r\n"]),
)
@example(
    [("", "", "#0?")], "\t", csv.QUOTE_MINIMAL, "\n"
)  # an error of a spreadsheet, no blank row
def test_what_csv_writes_is_read_back(values, separateur, quoting, fin):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separateur, quoting=quoting, lineterminator=fin)
    writer.writerow(["nom", "prenom", "adresse"])
    writer.writerows(values)
    expected = [list(row) for row in values if any(map(tidy_cell, row))]
    assert [cells for _, cells in rows(out.getvalue())] == expected


@given(st.text(st.sampled_from('ab;"\n\r\t, '), max_size=60))
def test_every_cell_is_where_it_says_it_is(body):
    text = "nom;prenom\n" + body.replace("\r\n", "\n").replace("\r", "\n")
    tableau = opened(text)
    lines = text.split("\n")
    for rangee in tableau.rows():
        for index, cellule in enumerate(rangee.cells):
            position = tableau.position(rangee.line, index)
            shown = position.excerpt[position.column - 1 :][: position.length]
            if shown.startswith('"'):
                shown = shown[1:].replace('""', '"')
            assert position.excerpt == lines[position.line - 1]
            if rangee.bad_quote:
                continue
            assert position.line >= rangee.line
            assert shown.startswith(cellule.split("\n")[0])


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_a_read_cell_is_composed_and_bare_of_blanks_around(typed):
    read = clean_cell(typed)
    assert unicodedata.is_normalized("NFC", read)
    assert read == read.strip(" \n")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_refusal(contenu):
    with suppress(InputRefused):
        assert len(list(opened(contenu).rows())) <= len(contenu)

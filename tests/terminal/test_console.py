"""Diagnostics as they are printed."""

from __future__ import annotations

import pytest

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.report import format_github
from pfmp_cli.diagnostics import Position
from pfmp_cli.rules.declare import error, warning
from pfmp_cli.terminal.console import format_diagnostic, tally
from pfmp_cli.text import count, either, propose, suggest

X = error("liste/x", "x")


def test_a_diagnostic_shows_place_excerpt_and_help() -> None:
    position = Position("eleves.csv", 4, 11, "DUPONT;Léa;31/02/2009", 10, "date_naissance")
    impossible = error("valeur/date", "date « {date} » impossible", "écrivez JJ/MM/AAAA")

    assert format_diagnostic(impossible.at(position, date="31/02/2009")) == "\n".join(
        [
            "erreur : date « 31/02/2009 » impossible",
            "  --> eleves.csv:4:11 (date_naissance)",
            "   |",
            " 4 | DUPONT;Léa;31/02/2009",
            "   |           ^^^^^^^^^^",
            "aide : écrivez JJ/MM/AAAA",
        ]
    )


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 300 + "FAUTE" + "b" * 300
    shown = format_diagnostic(X.at(Position("f", 12, 301, line, 5))).splitlines()

    excerpt, marks = shown[3], shown[4]
    assert len(excerpt) <= 110
    start = marks.index("^")
    assert excerpt[start : start + marks.count("^")] == "FAUTE"


@pytest.mark.parametrize("width", [30, 80, 200])
def test_an_excerpt_is_as_wide_as_the_terminal(width: int) -> None:
    line = "a" * 300 + "FAUTE" + "b" * 300
    shown = format_diagnostic(X.at(Position("f", 12, 301, line, 5)), width=width).splitlines()

    assert len(shown[3]) == width
    start = shown[4].index("^")
    assert shown[3][start : start + 5] == "FAUTE"


def test_what_would_act_on_a_terminal_is_a_sign_in_all_that_is_said() -> None:
    acting = "\x1b]0;titre\x07\r\n::error::\x9b2J\u202e\u2028\x7f"
    signs = "␛]0;titre␇␍␊::error::�2J���"
    rule = error("forme/x", "mot « {word} »", "au lieu de {word}")
    position = Position(f"{acting}.csv", 1, 5, f"nom\t{acting}fin", 3, acting)
    diagnostic = rule.at(position, word=acting)

    assert format_diagnostic(diagnostic).splitlines() == [
        f"erreur : mot « {signs} »",
        f"  --> {signs}.csv:1:5 ({signs})",
        "   |",
        f" 1 | nom {signs}fin",
        "   |     ^^^",
        f"aide : au lieu de {signs}",
    ]
    found = Findings(diagnostics=[rule.at(Position("l.csv"), word=acting)])
    (line,) = format_github(found).splitlines()
    assert line.endswith(f"::mot « {signs} »%0Aaide : au lieu de {signs}")


def test_a_number_agrees_with_its_noun_and_keeps_it_where_values_are_left_out() -> None:
    rule = error("liste/cellules", "{cells:cellule} pour {titles:colonne}")

    assert rule.at(cells=1, titles=8).message == "1 cellule pour 8 colonnes"
    assert rule.at(cells=0, titles=8).masked == "… cellules pour … colonnes"


def test_a_tab_does_not_shift_the_marks() -> None:
    shown = format_diagnostic(X.at(Position("f", 1, 3, "a\tb\tc", 1))).splitlines()

    assert shown[3][shown[4].index("^")] == "b"


def test_colour_paints_the_words_only() -> None:
    rule = warning("liste/attention", "attention", "rien")

    assert format_diagnostic(rule.at()) == "avertissement : attention\naide : rien"
    assert format_diagnostic(rule.at(), colour=True).startswith("\033[1;33mavert")


def test_numbers_agree_with_their_words() -> None:
    assert [count(n, "livret") for n in (0, 1, 2, 1158)] == [
        "0 livret", "1 livret", "2 livrets", "1\u202f158 livrets",
    ]  # fmt: skip


def test_a_tally_counts_errors_then_warnings() -> None:
    doubt = warning("liste/doute", "doute")

    assert tally([doubt.at(), X.at(), X.at()]) == "2 erreurs, 1 avertissement"
    assert tally([]) == ""


def test_only_a_near_word_is_suggested() -> None:
    assert suggest("terminal", ["seconde", "terminale"]) == "terminale"
    assert suggest("zzz", ["seconde", "terminale"]) is None
    assert propose("terminal", ["seconde", "terminale"], "…") == "vouliez-vous dire « terminale » ?"
    assert propose("zzz", ["seconde", "terminale"], "vérifiez") == "vérifiez"


def test_words_to_choose_from_read_as_a_sentence_has_them() -> None:
    lists = ([], ["A"], ["A", "B"], ["A", "B", "C"])
    assert [either(words) for words in lists] == ["", "A", "A ou B", "A, B ou C"]

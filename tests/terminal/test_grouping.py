"""Very many problems of one kind are told as a few, and where the others are."""

from __future__ import annotations

import os

import pytest

from pfmp_cli.cli import run
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.rules.declare import error, remark, warning
from pfmp_cli.terminal.grouping import abridge, format_lines
from tests.commande import CommandLine

PHONE = warning("valeur/telephone", "« {phone} » n'est pas bon", "corrigez-le")
REFUSED = error("sortie/acces", "refusé", "déplacez-le")
OTHER = error("valeur/autre", "autre")


def _phone(line: int, column: str = "telephone") -> Diagnostic:
    return PHONE.at(Position("e.csv", line, 3, "x", 1, column), phone=f"0{line}")


def test_up_to_five_of_a_kind_are_all_shown() -> None:
    given = [_phone(line) for line in range(2, 7)]

    assert list(abridge(given)) == given


def test_of_more_three_are_shown_then_the_lines_of_the_others() -> None:
    given = [_phone(line) for line in (2, 3, 4, 6, 7, 8, 11)]

    shown = list(abridge(given))

    assert shown[:3] == given[:3]
    assert [(d.message, d.help) for d in shown[3:]] == [
        (
            "… et 4 autres comme celui-ci dans e.csv : lignes 6 à 8, 11 (telephone)",
            "« pfmp check », avec les mêmes fichiers, montre tout",
        )
    ]


def test_remarks_are_counted_as_remarks() -> None:
    usual = remark("liste/nom", "nom d'usage", "rien à faire")
    shown = list(abridge(usual.at(Position("e.csv", line)) for line in range(2, 10)))

    assert [one.is_remark for one in shown] == [True] * 4
    assert shown[3].message == "… et 5 autres comme celle-ci dans e.csv : lignes 5 à 9"


def test_the_columns_of_the_others_are_named() -> None:
    given = [_phone(line, column) for line in (2, 3, 4) for column in ("a", "b", "c")]

    message = list(abridge(given))[3].message

    assert message.endswith("autres comme celui-ci dans e.csv : lignes 3, 4 (a, b, c)")


def test_files_of_a_folder_that_meet_the_same_obstacle_are_counted() -> None:
    path = os.path.join("documents", "T1", "{}.pdf").format
    given = [REFUSED.at(Position(path(n))) for n in range(8)]

    shown = list(abridge(given))

    assert shown[:3] == given[:3]
    told = [(d.message, d.help) for d in shown[3:]]
    folder = os.path.join("documents", "T1", "")
    assert told == [(f"… et 5 autres comme celle-ci dans {folder}", None)]


def test_another_kind_another_file_or_what_has_no_place_is_not_counted_with_them() -> None:
    others = [OTHER.at(), PHONE.at(phone="sans place")] * 4
    given = [_phone(line) for line in (2, 3, 4)] + others
    given += [OTHER.at(Position("e.csv", line)) for line in (2, 3, 4)]
    given += [PHONE.at(Position("f.csv", n), phone="x") for n in (1, 2, 3)]

    assert list(abridge(given)) == given


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ([5], "ligne 5"),
        ([6, 5], "lignes 5, 6"),
        ([5, 6, 7, 9], "lignes 5 à 7, 9"),
        (range(1, 99, 2), "lignes " + ", ".join(map(str, range(1, 60, 2))) + ", …"),
    ],
)
def test_lines_are_written_in_runs(numbers: list[int], written: str) -> None:
    assert format_lines(numbers) == written


def test_a_list_wrong_in_every_row_fits_a_screen_and_check_shows_all(
    commande: CommandLine,
) -> None:
    rows = (f"MARTIN;Zoé{n};F;31/02/2009;T1;terminale;B;;;\n" for n in range(300))
    commande.write(*rows)

    fin = commande.batch("--documents", "presence")

    assert fin.code == 1
    assert len(fin.err.splitlines()) < 30
    assert (
        "erreur : … et 297 autres comme celle-ci dans eleves.csv : lignes 5 à 301 "
        "(date_naissance)\naide : « pfmp check », avec les mêmes fichiers, montre tout\n"
    ) in fin.err
    assert run(["check", "eleves.csv", "--sans-rendu"]) == 1
    assert commande.capsys.readouterr().out.count("n'est pas au calendrier") == 300

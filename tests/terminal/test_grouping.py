"""Very many problems of one kind are told as a few, and where the others are."""

from __future__ import annotations

import os

import pytest

from pfmp_cli.cli import run
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.rules.declare import error, warning
from pfmp_cli.terminal import console
from pfmp_cli.terminal.grouping import abridge
from tests.commande import CommandLine

PHONE = warning("valeur/telephone", "« {phone} » n'est pas bon", "corrigez-le")
REFUSED = error("sortie/acces", "refusé", "déplacez-le")
OTHER = error("valeur/autre", "autre")


def _phone(line: int, column: str = "telephone") -> Diagnostic:
    return PHONE.at(Position("e.csv", line, 3, "x", 1, column), phone=f"0{line}")


def test_up_to_five_of_a_kind_are_all_shown() -> None:
    given = [_phone(line) for line in range(2, 7)]

    assert list(abridge(given)) == [(one, 0) for one in given]


def test_of_more_three_are_shown_and_the_others_counted() -> None:
    given = [_phone(line) for line in (2, 3, 4, 6, 7, 8, 11)]

    assert list(abridge(given)) == [(given[0], 0), (given[1], 0), (given[2], 4)]


def test_files_of_a_folder_that_meet_the_same_obstacle_are_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = os.path.join("documents", "T1", "{}.pdf").format
    given = [REFUSED.at(Position(path(n))) for n in range(8)]

    console.show(given)

    err = capsys.readouterr().err
    assert err.count("refusé") == 3
    assert f"\n\n… et 5 autres de même dans {os.path.join('documents', 'T1', '')}\n\n" in err


def test_another_kind_another_file_or_what_has_no_place_is_not_counted_with_them() -> None:
    others = [OTHER.at(), PHONE.at(phone="sans place")] * 4
    given = [_phone(line) for line in (2, 3, 4)] + others
    given += [OTHER.at(Position("e.csv", line)) for line in (2, 3, 4)]
    given += [PHONE.at(Position("f.csv", n), phone="x") for n in (1, 2, 3)]

    assert list(abridge(given)) == [(one, 0) for one in given]


def test_a_list_wrong_in_every_row_fits_a_screen_and_check_shows_all(
    commande: CommandLine,
) -> None:
    rows = (f"MARTIN;Zoé{n};F;31/02/2009;T1;terminale;B;;;\n" for n in range(300))
    commande.write(*rows)

    fin = commande.batch("--documents", "presence")

    assert fin.code == 1
    assert len(fin.err.splitlines()) < 30
    assert (
        "… et 297 autres de même dans eleves.csv ; « pfmp check », avec les mêmes fichiers, "
        "montre tout\n"
    ) in fin.err
    assert run(["check", "eleves.csv", "--sans-rendu"]) == 1
    assert commande.capsys.readouterr().out.count("n'est pas au calendrier") == 300

"""Columns have names and numbers; cells and their texts reach the limits, and go no further."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.lists.formats.archive import LARGEST
from pfmp_cli.lists.formats.extent import (
    LAST_COLUMN,
    MOST_CELLS,
    _number_column,
    measure,
    name_column,
)
from tests.workbooks import NAMESPACES

LONG = 2**15  # of a text
Members = Mapping[str, bytes]


def test_a_column_is_known_by_its_name_and_by_its_number() -> None:
    names = [name_column(index) for index in range(LAST_COLUMN)]

    assert [_number_column(name) for name in names] == list(range(1, LAST_COLUMN + 1))
    assert (names[0], names[25], names[26], names[-1]) == ("A", "Z", "AA", "XFD")
    assert _number_column("xfd") == LAST_COLUMN


def share_text(cells: int) -> Members:
    """An `.xlsx` with cells of one long text."""
    sheet = "<c t='s'><v>0</v></c>" * cells
    return {
        "sheet": f"<worksheet><sheetData><row>{sheet}</row></sheetData></worksheet>".encode(),
        "shared": f"<sst><si><t>{'x' * LONG}</t></si></sst>".encode(),
    }


def repeat_text(cells: int) -> Members:
    return repeat_cells("x" * LONG, (2, cells // 2), (1, cells % 2))


def repeat_cells(text: str, *sheets: tuple[int, int]) -> Members:
    """The sheets of an OpenDocument, a cell that is repeated over rows and columns in each."""
    tables = "".join(
        f"<table:table><table:table-row table:number-rows-repeated='{rows}'><table:table-cell "
        f"table:number-columns-repeated='{columns}' office:value-type='string'>"
        f"<text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
        for rows, columns in sheets
    )
    return {
        "content.xml": f"<office:spreadsheet {NAMESPACES}>{tables}</office:spreadsheet>".encode()
    }


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (share_text, LARGEST // LONG),
        (repeat_text, LARGEST // LONG),
        (lambda cells: repeat_cells("", (1, cells)), MOST_CELLS),
        (lambda cells: repeat_cells("", (1000, 500), (1, cells - 500_000)), MOST_CELLS),
    ],
    ids=["text of an xlsx", "text of an ods", "cells of a sheet", "cells of all sheets"],
)
def test_a_workbook_may_reach_its_limits_and_go_no_further(
    make: Callable[[int], Members], most: int
) -> None:
    measure("c", make(most))
    with pytest.raises(InputRefused):
        measure("c", make(most + 1))

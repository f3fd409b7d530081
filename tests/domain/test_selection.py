"""What the words of a command line choose."""

from __future__ import annotations

import pytest

from pfmp_cli.domain.selection import EVERYONE, PupilChoice


@pytest.mark.parametrize("choice", [PupilChoice(("ROY",)), PupilChoice((), ("TMCV1",))])
def test_a_name_or_a_division_chooses_pupils(choice: PupilChoice) -> None:
    assert choice
    assert not EVERYONE

"""The documents of each edition, made once a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.documents.making import Edition, Made, make

Make = Callable[[Edition, tuple[str, ...]], Made]


@pytest.fixture(scope="session")
def make_edition(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Make:
    @cache
    def make_once(edition: Edition, documents: tuple[str, ...]) -> Made:
        return make(edition, documents, tmp_path_factory.mktemp(str(edition)), cache_dir)

    return make_once

"""The documents of each edition, made once a run."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pfmp_cli.atomic import write_atomically
from tests.documents.making import Edition, Made, make

Make = Callable[[Edition, tuple[str, ...]], Made]


@pytest.fixture(scope="session")
def make_edition(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Make:
    @cache
    def make_once(edition: Edition, documents: tuple[str, ...]) -> Made:
        name = "-".join((str(edition), *documents))
        kept = cache_dir.parent / f"{name}.made"  # for the other processes too
        if not kept.exists():
            folder = tmp_path_factory.mktemp(str(edition))
            content = pickle.dumps(make(edition, documents, folder, cache_dir))
            write_atomically(kept, [content])
        made: Made = pickle.loads(kept.read_bytes())
        return made

    return make_once

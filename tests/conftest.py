"""What many tests need: the shipped référentiel, and a cache that is not the user's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pfmp_cli.calendar.clock import today
from pfmp_cli.cli import run
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.shipped import shipped
from tests.commande import CommandLine, Say
from tests.reading import load_referentiel

settings.register_profile("pfmp", deadline=None)  # no test tells how fast the machine is
settings.load_profile("pfmp")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the texts of the documents anew"
    )


@pytest.fixture(scope="session")
def referentiel() -> Referentiel:
    return load_referentiel(shipped("referentiel.yaml"))


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the whole run, all its processes too: a master is laid out once."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    (shared / "cache").mkdir(mode=0o700, exist_ok=True)
    return shared / "cache"


@pytest.fixture(autouse=True)
def _use_cache(cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PFMP_CACHE", str(cache_dir))


@pytest.fixture(autouse=True)
def _stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day of the school year of the examples, asked for before a layout sets the clock too."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768435200")  # 15 January 2026
    today.cache_clear()
    today()


@pytest.fixture
def commande(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """`pfmp batch` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def pfmp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Say:
    """Runs a command in an empty folder: the code, what it prints, what it says."""
    monkeypatch.chdir(tmp_path)

    def say(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        return code, *capsys.readouterr()

    return say

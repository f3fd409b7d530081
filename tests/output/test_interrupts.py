"""A run that the system wants ended ends in order: nothing is left of it, and its code says why."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pfmp_cli.output.interrupts import end_in_order, hold_interrupts
from pfmp_cli.shipped import shipped

if os.name == "nt":
    pytest.skip("signals of Unix", allow_module_level=True)

ENDLESS = "{% macro m(n) %}{{ m(n - 1) if n }}{{ m(n - 1) if n }}{% endmacro %}{{ m(99) }}"


@pytest.fixture(autouse=True)
def usual_signals() -> None:
    """As at a terminal, also where the tests run in the background of a shell."""
    heed_signals()


def heed_signals() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_run_ends_with_its_processes_and_the_code_of_the_signal(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    (tmp_path / "modeles").mkdir()
    (tmp_path / "modeles/essai.html").write_text(ENDLESS, encoding="utf-8")
    shutil.copy(shipped("examples/eleves.csv"), tmp_path)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-m", "pfmp_cli", "batch", "eleves.csv", "--documents", "essai"],
        cwd=tmp_path,
        env={
            **os.environ,
            "TMPDIR": str(temporary),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PFMP_CACHE": str(tmp_path / "cache"),
        },
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=heed_signals,
    )
    while not list(temporary.iterdir()):
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(number)
    _, said = run.communicate()

    assert run.returncode == code
    assert said.endswith(
        "Interrompu : ce qui est écrit est entier ; relancez pour avoir le reste.\n"
    )
    assert list(temporary.iterdir()) == []
    deadline = time.monotonic() + 60
    with pytest.raises(ProcessLookupError):  # noqa: PT012 - nobody is left in its group
        while time.monotonic() < deadline:
            os.killpg(run.pid, 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_comes_while_a_file_is_written_waits_for_its_end(number: signal.Signals) -> None:
    steps = []
    with end_in_order(), pytest.raises(KeyboardInterrupt):  # noqa: PT012
        with hold_interrupts():
            signal.raise_signal(number)
            steps.append("written")
        steps.append("the next")

    assert steps == ["written"]


def test_a_second_signal_does_not_disturb_the_end() -> None:
    with end_in_order() as caught:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)

    assert caught == [signal.SIGTERM, signal.SIGHUP]
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_what_is_ignored_stays_ignored() -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with end_in_order() as caught, hold_interrupts():
        signal.raise_signal(signal.SIGHUP)
        signal.raise_signal(signal.SIGINT)

    assert caught == []
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN

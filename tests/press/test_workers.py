"""Processes that work for us end with their work, with their parent, and when it has no end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press import workers
from pfmp_cli.press.laying_out import lay_out_all
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates, open_templates
from pfmp_cli.press.workers import KILLED, Stopped, Worker, call, map_in_processes
from tests.systems import LINUX, UNIX

LONG = 3600.0  # what is waited for only where a test fails
PAGE = '<html lang="fr"><head><title>T</title></head><body>{}</body></html>'


def say_where(_: object) -> tuple[int, str, str]:
    return os.getpid(), os.getcwd(), tempfile.mkdtemp()


def fail(item: int) -> int:
    if item == 1:
        raise InputRefused([])
    if item == 2:
        raise KeyError(item)
    return item


def end_once(marker: Path) -> str:
    """The system takes its memory back, once."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def end(code: int) -> None:
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(map_in_processes(pow_two, range(20))) == [2**n for n in range(20)]


def pow_two(n: int) -> int:
    return 2**n


def test_what_is_refused_is_given_and_a_fault_is_raised() -> None:
    results = map_in_processes(fail, [0, 1, 0, 2])

    assert next(results) == 0
    assert isinstance(next(results), InputRefused)
    assert next(results) == 0
    with pytest.raises(KeyError):
        next(results)


def test_a_worker_works_where_we_are_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    worker = Worker()
    process, here, folder = call(worker, say_where, None)

    assert process != os.getpid()
    assert here == str(tmp_path)
    assert Path(folder).is_dir()
    worker.stop()
    assert not Path(folder).exists()


def test_what_has_no_end_is_ended_and_the_others_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LIMIT", 10)
    sleeping, *rest = map_in_processes(time.sleep, [LONG, 0, 0])

    assert isinstance(sleeping, Stopped)
    assert sleeping.code is None
    assert rest == [None, None]


@UNIX
def test_what_the_system_ends_for_its_memory_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    marks = [tmp_path / "un", tmp_path / "deux"]
    marks[1].touch()

    assert list(map_in_processes(end_once, marks)) == ["done", "done"]


@UNIX
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (KILLED, "mise-en-page/memoire la mémoire de l'ordinateur n'a pas suffi pour « livret »"),
        (-signal.SIGSEGV, "mise-en-page/arret la mise en page de « livret » s'est arrêtée "
                          "d'elle-même (code -11)"),
    ],
)  # fmt: skip
def test_a_worker_that_dies_is_told_in_words(code: int, said: str) -> None:
    dead, alive = map_in_processes(end_or_not, [code, 0])

    assert alive is None
    assert isinstance(dead, Stopped)
    diagnostic = dead.explain("livret")
    assert f"{diagnostic.rule.code} {diagnostic.message}" == said
    assert diagnostic.help


def end_or_not(code: int) -> None:
    if code:
        end(code)


@LINUX
def test_nothing_is_left_of_one_that_had_not_memory_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = list(map_in_processes(bytearray, [workers.MEMORY, 1, 1]))

    assert made[1:] == [bytearray(1)] * 2
    assert not list(tmp_path.iterdir())


@LINUX
def test_a_worker_has_so_much_memory_and_no_more() -> None:
    (result,) = map_in_processes(bytearray, [workers.MEMORY])

    assert isinstance(result, Stopped)
    assert result.code == KILLED


PARENT = """
import sys, time
from pathlib import Path
from tests.press.test_workers import say_and_sleep
from pfmp_cli.press.workers import map_in_processes
if __name__ == "__main__":
    list(map_in_processes(say_and_sleep, sys.argv[1:]))
"""


def say_and_sleep(path: str) -> None:
    """Be known, have something in the temporary folder, and go on for ever."""
    tempfile.mkdtemp()
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(LONG)


@LINUX
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_workers_end_with_their_parent_however_it_ends(tmp_path: Path, name: str) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    told = [tmp_path / "un", tmp_path / "deux"]
    root = Path(__file__).parents[2]
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, script, *map(str, told)],
        cwd=root,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(root)},
        stderr=subprocess.DEVNULL,
        preexec_fn=heed_signals,
    )
    while not all(path.exists() and path.read_text("ascii") for path in told[: os.cpu_count()]):
        assert parent.poll() is None
        time.sleep(0.05)
    ends = [os.pidfd_open(int(path.read_text("ascii"))) for path in told if path.exists()]
    assert len(list(temporary.iterdir())) == len(ends)
    parent.send_signal(signal.Signals[name])
    parent.wait()
    for descriptor in ends:
        assert wait([descriptor], LONG) == [descriptor]
        os.close(descriptor)

    assert list(temporary.iterdir()) == []


def heed_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize(
    "body",
    [
        '<table><tr><td colspan="100000">x</td></tr></table>',
        f'<p style="overflow-wrap: anywhere">{"a" * 40_000}</p>',
        '<img alt="x" src="data:image/svg+xml,'
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><g id='a0'><path/></g>"
        + "".join(
            f"<g id='a{n}'>" + f"<use href='%23a{n - 1}'/>" * 10 + "</g>" for n in range(1, 20)
        )
        + '</svg>">',
    ],
    ids=["colspan", "word", "use"],
)
def test_a_layout_that_would_never_end_is_told(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LIMIT", 3)
    edition = Edition("livret", "terminale")
    (refused,) = lay_out_all([(edition, Rendering(MasterKey("bombe"), (), PAGE.format(body)))])

    assert isinstance(refused, InputRefused)
    assert [one.message for one in refused.diagnostics] == [
        "« livret » n'est pas fait au bout de 3 secondes"
    ]


@pytest.fixture
def own(tmp_path: Path, referentiel: Referentiel) -> Templates:
    (tmp_path / "essai.html").write_text("{{ classe.code }}", encoding="utf-8")
    templates = open_templates([tmp_path])
    assert templates.worker
    return templates


def render(templates: Templates, referentiel: Referentiel) -> str:
    context = build_context(Edition("essai", "terminale", "B"), referentiel, Projet())
    return templates.render("essai", context)


def refuse(templates: Templates, referentiel: Referentiel) -> Diagnostic:
    with pytest.raises(InputRefused) as caught:
        render(templates, referentiel)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def test_what_ships_with_us_is_rendered_here(tmp_path: Path) -> None:
    assert open_templates([]).worker is None
    assert open_templates([tmp_path]).worker is None


def test_a_school_s_template_gives_the_same_in_a_worker(
    own: Templates, referentiel: Referentiel
) -> None:
    context = build_context(Edition("livret", "terminale", "B"), referentiel, Projet())

    assert render(own, referentiel) == "terminale"
    assert own.render("livret", context) == Templates().render("livret", context)
    assert own.find_syntax_errors() == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ 10**(10**8) }}",
        "{% set n = 10**8 %}{{ n and 10**n }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{{ m(n - 1) if n }}{{ m(n - 1) if n }}{% endmacro %}{{ m(99) }}",
    ],
)
def test_a_template_that_would_never_end_is_told(
    own: Templates, referentiel: Referentiel, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(workers, "LIMIT", 3)
    path = own.folders[0] / "essai.html"
    path.write_text(text, encoding="utf-8")
    diagnostic = refuse(own, referentiel)

    assert diagnostic.message == "« essai » n'est pas fait au bout de 3 secondes"
    assert diagnostic.position is not None
    assert diagnostic.position.file == str(path)
    monkeypatch.undo()
    path.write_text("{{ classe.code }}", encoding="utf-8")
    assert render(own, referentiel) == "terminale"


@pytest.mark.parametrize(
    "text", ["{{ 'x' * 10**15 }}", "{{ 'x'.ljust(10**15) }}", "{{ [1] * 10**15 }}"]
)
def test_a_template_that_takes_all_the_memory_is_told_at_its_line(
    own: Templates, referentiel: Referentiel, text: str
) -> None:
    (own.folders[0] / "essai.html").write_text("<p>\n" + text, encoding="utf-8")
    diagnostic = refuse(own, referentiel)

    assert diagnostic.message == "modèle : il demande plus de mémoire qu'il n'y en a"
    assert diagnostic.position is not None
    assert diagnostic.position.line == 2

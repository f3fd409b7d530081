"""The page in a real browser, from a file: the command's bytes, and nothing that leaves it.

A class of 35 pupils, in each of the shapes that schools have, and three documents for each.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pfmp_cli.cli import run
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.secret import Secret
from pfmp_cli.making.bundling import bundle_up
from pfmp_cli.page.assembly import find_pyodide, write_page
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.shipped import shipped
from tests.chromium import open_chromium
from tests.firefox import find_firefox, open_firefox
from tests.page.teacher import OpenBrowser, Teacher, open_page, skip_without_what_it_runs_on
from tests.press.test_bundle import KEY, PROJET
from tests.reading import read_projet
from tests.workbooks import opendocument, workbook

TITLES = ["Nom", "Prénom", "Né(e) le", "Sexe", "Classe", "Option"]
DOCUMENTS = ("livret", "grille", "attestation")
where_firefox_is = pytest.mark.skipif(not find_firefox(), reason="no Firefox here")
in_each_browser = pytest.mark.parametrize(
    "open_browser", [open_chromium, pytest.param(open_firefox, marks=where_firefox_is)]
)


def write_page_of(
    referentiel: Referentiel, projet: Projet, names: tuple[str, ...], folder: Path
) -> tuple[Path, Path]:
    """A page, and the bundle in it."""
    skip_without_what_it_runs_on()
    workshop = Workshop(referentiel, projet, secret=Secret(KEY))
    kinds = workshop.documents
    bundle = bundle_up(workshop, {name: kinds[name] for name in names})
    (folder / "lycee.lot").write_bytes(bundle)
    (folder / "pfmp.html").write_bytes(write_page(find_pyodide(), referentiel, projet, bundle))
    return folder / "pfmp.html", folder / "lycee.lot"


@pytest.fixture(scope="module")
def small(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of attendance sheets alone."""
    folder = tmp_path_factory.mktemp("petite")
    return write_page_of(referentiel, PROJET, ("presence",), folder)


@pytest.fixture(scope="module")
def whole(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of the school of the examples."""
    projet, _ = read_projet(shipped("examples/pfmp.yaml"), referentiel)
    return write_page_of(referentiel, projet, DOCUMENTS, tmp_path_factory.mktemp("page"))


@in_each_browser
def test_the_page_makes_what_the_command_makes(
    small: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    open_browser: OpenBrowser,
) -> None:
    page, lot = small
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "eleves.csv"
    path.write_text("nom;prenom;classe;division\nNGUYỄN;Lan;seconde;2A\n;Zoé;seconde;2A\n")
    run(["batch", path.name, "--documents", "presence", "--zip", "--bundle", str(lot)])
    with open_page(page.as_uri(), tmp_path, open_browser) as teacher:
        teacher.tick("presence")
        teacher.window.give("#liste", path)
        said = teacher.read()
        made = teacher.make("zip")

    assert "1 erreur" in said
    assert "eleves.csv:3:1 (nom)" in said
    assert made == {"2A.zip": (tmp_path / "documents/2A/2A.zip").read_bytes()}


def list_pupils() -> list[list[Any]]:
    return [
        [f"NOMDEFAMILLE {number:02}", f"Éloïse {number}", date(2008, 1, 1) + timedelta(number),
         "FM"[number % 2], "TMCV1", "B"]
        for number in range(35)
    ]  # fmt: skip


def make_paste() -> bytes:
    rows = [
        TITLES,
        *([f"{c:%d/%m/%Y}" if isinstance(c, date) else c for c in row] for row in list_pupils()),
    ]
    return "\n".join("\t".join(row) for row in rows).encode()


def make_siecle() -> bytes:
    pupils = "".join(
        f'<ELEVE ELEVE_ID="{rank}"><NOM>{nom}</NOM><PRENOM>{prenom}</PRENOM>'
        f"<DATE_NAISS>{born:%d/%m/%Y}</DATE_NAISS><CODE_MEF>24731214334</CODE_MEF></ELEVE>"
        for rank, (nom, prenom, born, *_) in enumerate(list_pupils())
    )
    divisions = "".join(
        f'<STRUCTURES_ELEVE ELEVE_ID="{rank}"><STRUCTURE><CODE_STRUCTURE>TMCV1</CODE_STRUCTURE>'
        "<TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE>"
        for rank in range(35)
    )
    return (
        "<BEE_ELEVES><DONNEES>"
        f"<ELEVES>{pupils}</ELEVES><STRUCTURES>{divisions}</STRUCTURES></DONNEES></BEE_ELEVES>"
    ).encode()


def make_stages() -> bytes:
    rows = (
        f"{nom};{prenom};2;Les Halles {rank};12/01/2026;31/01/2026"
        for rank, (nom, prenom, *_) in enumerate(list_pupils()[::2])
    )
    return "\n".join(["nom;prenom;période;entreprise;du;au", *rows]).encode()


LISTS = {
    "ElevesSansAdresses.xml": make_siecle,
    "eleves.xlsx": lambda: workbook([TITLES, *list_pupils()]),
    "eleves.ods": lambda: opendocument([TITLES, *list_pupils()]),
    "liste-collee.txt": make_paste,
}


@pytest.mark.lent
@in_each_browser
@pytest.mark.parametrize("name", LISTS)
def test_every_list_gives_the_command_s_bytes(
    whole: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    open_browser: OpenBrowser,
) -> None:
    page, lot = whole
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(LISTS[name]())
    Path("stages.csv").write_bytes(make_stages())
    words = ("--stages", "stages.csv", "--documents", ",".join(DOCUMENTS), "--bundle", str(lot))
    assert run(["batch", name, *words, "--zip", "--print"]) == 0
    with open_page(page.as_uri(), tmp_path, open_browser) as teacher:
        teacher.tick(*DOCUMENTS)
        teacher.window.give("#stages", tmp_path / "stages.csv")
        if name.endswith(".txt"):
            paste(teacher, Path(name).read_text("utf-8"))
        else:
            teacher.window.give("#liste", tmp_path / name)
        said = teacher.read()
        zips, printed = teacher.make("zip"), teacher.make("print")

    assert "35 élèves lus" in said
    assert "18 stages lus" in said
    folder = tmp_path / "documents" / "TMCV1"
    assert zips == {"TMCV1.zip": (folder / "TMCV1.zip").read_bytes()}
    assert len(printed) == len(DOCUMENTS)
    assert printed == {one: (folder / one).read_bytes() for one in printed}


def paste(teacher: Teacher, text: str) -> None:
    teacher.window.evaluate("document.getElementById('collage').closest('details').open = true")
    teacher.window.evaluate("document.getElementById('collage').focus()")
    teacher.window.evaluate(f"document.execCommand('insertText', false, {json.dumps(text)})")
    teacher.window.evaluate("document.activeElement.blur()")


# Nothing leaves it

ATTEMPTS = """
const to = (way) => `${ADDRESS}/fuite/${way}`;
const add = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
const leak = `fetch("${to("worker")}", { mode: "no-cors" })`;
add("form", { id: "sortie", action: to("form"), method: "post" });
for (const attempt of [
  () => fetch(to("fetch"), { mode: "no-cors" }).catch(() => 0),
  () => { const x = new XMLHttpRequest(); x.open("GET", to("xhr")); x.send(); },
  () => navigator.sendBeacon(to("beacon"), "x"),
  () => (new Image().src = to("image")),
  () => add("script", { src: to("script") }),
  () => add("link", { rel: "stylesheet", href: to("style") }),
  () => add("iframe", { src: to("frame") }),
  () => add("a", { id: "lien", href: to("download"), download: "" }),
  () => document.getElementById("lien").click(),
  () => new WebSocket(to("socket").replace("http", "ws")),
  () => new EventSource(to("events")),
  () => new Worker(URL.createObjectURL(new Blob([leak]))),
]) try { attempt(); } catch {}
setTimeout(() => document.getElementById("sortie").submit(), 1000);
setTimeout(() => (location.href = to("navigation")), 2000);
"""
WAYS = {
    *("fetch", "xhr", "beacon", "image", "script", "style", "frame", "socket", "events", "worker"),
    "download",
    "form",  # which leads away: nothing is left to navigate
}


@contextmanager
def count_requests(page: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server of a page: its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


OPEN = (
    b"<!doctype html><meta charset=utf-8><form id=demande></form>"
    b"<script>document.getElementById('demande').hidden = false</script>"
)


def leak(page: bytes, folder: Path, open_browser: OpenBrowser) -> set[str]:
    """The ways out of a page that reach the server that it came from."""
    with count_requests(page) as (address, asked):
        with open_page(f"{address}/", folder, open_browser) as teacher:
            teacher.window.evaluate(f"(() => {{ const ADDRESS = '{address}';{ATTEMPTS} }})()")
            time.sleep(4)  # the last of them is made after two seconds
        return {path.rpartition("/")[2] for path in asked if path.startswith("/fuite/")}


@pytest.mark.lent
@in_each_browser
def test_no_request_leaves_the_page(
    small: tuple[Path, Path], tmp_path: Path, open_browser: OpenBrowser
) -> None:
    page, _ = small

    assert leak(OPEN, tmp_path / "ouverte", open_browser) == WAYS
    assert leak(page.read_bytes(), tmp_path / "page", open_browser) == set()


@pytest.mark.lent
def test_nothing_bars_a_screen_reader(small: tuple[Path, Path], tmp_path: Path) -> None:
    axe = Path(__file__).parent.parent.parent / "build" / "axe.min.js"
    path = tmp_path / "eleves.csv"
    path.write_text("nom;prenom;classe;division\nNGUYỄN;Lan;seconde;2A\n;Zoé;seconde;2A\n")
    with open_page(small[0].as_uri(), tmp_path) as teacher:
        teacher.tick("presence")
        teacher.window.give("#liste", path)
        teacher.read()
        teacher.make("zip")
        focused = teacher.window.evaluate("document.activeElement.download")
        teacher.window.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        teacher.window.evaluate(axe.read_text("utf-8"))
        found = teacher.window.evaluate(
            "axe.run().then(({ violations, passes }) => "
            "[violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`), passes.length])"
        )
    assert focused == "2A.zip"
    assert found[0] == []
    assert found[1] > 20


def test_a_page_that_is_changed_on_its_way_says_so(
    small: tuple[Path, Path], tmp_path: Path
) -> None:
    whole = small[0].read_bytes()
    core = whole.index(b'id="core">')
    damaged = {
        "coupee": whole[: len(whole) // 2],
        "un-bit": whole[: core + 5000] + bytes([whole[core + 5000] ^ 1]) + whole[core + 5001 :],
        "enregistree": whole.replace(b'id="lot"', b""),  # a browser saves it without its parts
        "autre-jeu": whole.decode("utf-8").encode("cp1252", "replace"),
    }
    (tmp_path / "recus").mkdir()
    with open_chromium(tmp_path / "profil", tmp_path / "recus") as window:
        teacher = Teacher(window, tmp_path / "recus")
        for name, content in damaged.items():
            (tmp_path / f"{name}.html").write_bytes(content)
            window.go((tmp_path / f"{name}.html").as_uri())
            teacher.wait("document.getElementById('abime')?.checkVisibility()", name)
            assert not window.evaluate("document.getElementById('attente').checkVisibility()")


def test_of_two_lists_none_is_left_out_in_silence(small: tuple[Path, Path], tmp_path: Path) -> None:
    lists = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in lists:
        path.write_text(f"nom;prenom;classe;option\n{path.stem};Zoé;terminale;B\n", "utf-8")
    with open_page(small[0].as_uri(), tmp_path) as teacher:
        teacher.window.give("#liste", *lists)
        assert "Donnez une liste à la fois" in teacher.read()

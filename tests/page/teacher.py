"""A teacher at the page, in a real browser: gives files, ticks, clicks, and has what comes."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from pfmp_cli.shipped import shipped
from tests.browser import wait_for
from tests.chromium import Window, find_chromium, open_chromium
from tests.firefox import FirefoxWindow

AnyWindow: TypeAlias = Window | FirefoxWindow
OpenBrowser: TypeAlias = Callable[[Path, Path], AbstractContextManager[AnyWindow]]


def skip_without_what_it_runs_on() -> None:
    """Continuous integration sets `PFMP_TEST_CHROMIUM`: there, nothing is skipped."""
    lacking = [] if find_chromium() else ["Chromium"]
    if not (shipped("page") / "stamp").is_file():
        lacking.append("Pyodide (make pyodide)")
    if lacking and not os.environ.get("PFMP_TEST_CHROMIUM"):
        pytest.skip(f"no {', no '.join(lacking)} here")
    assert not lacking


class Teacher:
    def __init__(self, window: AnyWindow, downloads: Path) -> None:
        self.window, self.downloads = window, downloads

    def wait(self, script: str, what: str) -> None:
        wait_for(lambda: self.window.evaluate(script), what)

    def tick(self, *documents: str) -> None:
        self.window.evaluate(
            "document.querySelectorAll('#documents input').forEach(box => box.checked = "
            f"{list(documents)!r}.includes(box.value))"
        )

    def read(self) -> str:
        """What the page says of the list, once it says something."""
        self.wait("document.getElementById('annonce').textContent.includes('à faire')", "reading")
        return str(self.window.evaluate("document.getElementById('dit').innerText"))

    def make(self, form: str) -> dict[str, bytes]:
        """The files that a button gives, each downloaded."""
        self.window.evaluate(f"document.querySelector('[data-form={form}]').click()")
        self.wait("document.getElementById('annonce').textContent.includes('prêt')", "files")
        return self.take("#fichiers a")

    def take(self, selector: str) -> dict[str, bytes]:
        links = f"[...document.querySelectorAll('{selector}')]"
        names = self.window.evaluate(f"{links}.map(link => link.download)")
        for rank in range(len(names)):
            self.window.evaluate(f"{links}[{rank}].click()")
        paths = [self.downloads / name for name in names]
        # Firefox holds the name with an empty file until all of it is there.
        wait_for(lambda: all(path.is_file() and path.stat().st_size for path in paths), "downloads")
        return {path.name: path.read_bytes() for path in paths}


@contextmanager
def open_page(
    address: str, folder: Path, open_browser: OpenBrowser = open_chromium
) -> Iterator[Teacher]:
    """The page at an address, ready; `folder` is for the browser's files."""
    downloads = folder / "recus"
    downloads.mkdir(parents=True)
    with open_browser(folder / "profil", downloads) as window:
        window.go(address)
        teacher = Teacher(window, downloads)
        teacher.wait("document.getElementById('demande')?.hidden === false", "page")
        yield teacher

"""A teacher at the page, in a real Chromium: gives files, ticks, clicks, and has what comes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pfmp_cli.shipped import shipped
from tests.chromium import Window, find_chromium, open_window, wait_for


def skip_without_what_it_runs_on() -> None:
    """Continuous integration sets `PFMP_TEST_CHROMIUM`: there, nothing is skipped."""
    lacking = [] if find_chromium() else ["Chromium"]
    if not (shipped("page") / "stamp").is_file():
        lacking.append("Pyodide (make pyodide)")
    if lacking and not os.environ.get("PFMP_TEST_CHROMIUM"):
        pytest.skip(f"no {', no '.join(lacking)} here")
    assert not lacking


class Teacher:
    def __init__(self, window: Window, downloads: Path) -> None:
        self.window, self.downloads = window, downloads

    def wait(self, script: str, what: str) -> None:
        wait_for(lambda: self.window.evaluate(script), what)

    def give(self, selector: str, *files: Path) -> None:
        root = self.window.call("DOM.getDocument")["root"]["nodeId"]
        node = self.window.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.window.call("DOM.setFileInputFiles", nodeId=node, files=[str(one) for one in files])

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
        wait_for(lambda: all(path.is_file() for path in paths), "downloads")
        return {path.name: path.read_bytes() for path in paths}


@contextmanager
def open_page(address: str, folder: Path) -> Iterator[Teacher]:
    """The page at an address, ready; `folder` is for the browser's files."""
    downloads = folder / "recus"
    downloads.mkdir(parents=True)
    with open_window("about:blank", folder / "profil") as window:
        window.call("Page.enable")
        window.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
        window.call("Page.navigate", url=address)
        teacher = Teacher(window, downloads)
        teacher.wait("document.getElementById('demande')?.hidden === false", "page")
        yield teacher

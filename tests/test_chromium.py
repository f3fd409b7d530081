"""The grid filled in on screen, in a real Chromium: what is ticked and typed shows.

Skipped where there is no Chromium at all, unless `PFMP_TEST_CHROMIUM` is set: continuous
integration sets it, so that the test cannot fall silent there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.browser import wait_for
from tests.chromium import Window, find_chromium, open_window
from tests.press.layout.test_form_widgets import name_of, widgets_of

# What a fillable PDF asks of the viewer: no bars, and a point of paper is 96/72 of a pixel.
VIEW = "#toolbar=0&navpanes=0&zoom=100"
TEXTS = {
    "eleve.nom_complet": "NGUYEN Zoé",
    "pfmp1.entreprise": "L’Œuvre d’à côté",
    "p1.note": "15,5",
    "p1.appreciation": "Élève à l’écoute – très bien",
    "p1.appreciation_faite.date": "12/12/2025",
}
TICKS = [("p1.1.R3.niveau", "/1"), ("p1.4B.R11.niveau", "/4")]


@dataclass(frozen=True)
class Spot:
    """A widget: its field, its state when ticked ('' for a text), its page and rectangle."""

    nom: str
    etat: str
    page: int
    rect: tuple[float, float, float, float]


def read_spots(path: Path) -> Iterator[Spot]:
    with pikepdf.open(path) as pdf:
        for page, widget in widgets_of(pdf):
            states = set(widget.AP.N) - {"/Off"} if "/AS" in widget else {""}
            left, bottom, right, top = (float(value) for value in widget.Rect)
            yield Spot(name_of(widget), states.pop(), page, (left, bottom, right, top))


class Viewer:
    """A PDF of A4 pages in a window that shows all of them, one under the other."""

    def __init__(self, window: Window, pages: int) -> None:
        self.window, self.pages = window, pages
        self.origins = wait_for(self._find_pages, f"{pages} pages")

    def _find_pages(self) -> list[tuple[int, int]]:
        """The upper left corners of the pages, once all of them show: what is white."""
        white = self.window.look().point(lambda value: 255 if value > 250 else 0)
        box = white.getbbox()
        if box is None:
            return []
        left, first, _, last = box
        margin = white.crop((left + 2, 0, left + 3, last)).tobytes()
        starts = [y for y in range(first, last) if margin[y] and not margin[y - 1]]
        height = round(841.89 * 96 / 72)
        whole = [y for y in starts if all(margin[y : y + height - 2])]
        return [(left, y) for y in whole] if len(whole) == self.pages else []

    def frame(self, spot: Spot) -> tuple[int, int, int, int]:
        """The pixels of a widget: left, top, right, bottom."""
        x, y = self.origins[spot.page]
        left, bottom, right, top = (value * 96 / 72 for value in spot.rect)
        height = 841.89 * 96 / 72
        return (
            round(x + left),
            round(y + height - top),
            round(x + right),
            round(y + height - bottom),
        )

    def click(self, spot: Spot) -> None:
        left, top, right, bottom = self.frame(spot)
        self.window.click((left + right) / 2, (top + bottom) / 2)

    def ink(self, picture: Image.Image, spot: Spot) -> int:
        """How many dark pixels are inside a widget, its border and its rule aside."""
        left, top, right, bottom = self.frame(spot)
        inside = picture.crop((left + 3, top + 3, right - 3, bottom - 3))
        return sum(inside.histogram()[:110])


def least_ink(spot: Spot) -> int:
    """What a cross leaves at least, or a text whose last letter is there too."""
    return 3 * len(TEXTS[spot.nom]) if spot.nom in TEXTS else 15


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory, cache_dir: Path) -> Path:
    """A blank grid, made by the command."""
    if find_chromium() is None:
        if os.environ.get("PFMP_TEST_CHROMIUM"):
            pytest.fail("PFMP_TEST_CHROMIUM is set, and there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine")
    path = tmp_path_factory.mktemp("grille") / "grille.pdf"
    command = ["grid", "--class", "terminale", "--option", "B", "--period", "1", "-o", str(path)]
    environment = {**os.environ, "PFMP_CACHE": str(cache_dir)}
    subprocess.run([sys.executable, "-m", "pfmp_cli", *command], check=True, env=environment)
    return path


def test_a_grid_filled_in_chromium_shows_what_was_ticked_and_typed_and_nothing_else(
    grid: Path, tmp_path: Path
) -> None:
    spots = list(read_spots(grid))
    pages = 1 + max(spot.page for spot in spots)
    filled = [s for s in spots if s.nom in TEXTS or (s.nom, s.etat) in TICKS]
    rest = [spot for spot in spots if spot not in filled]
    assert len(filled) == len(TEXTS) + len(TICKS)

    with open_window(grid.as_uri() + VIEW, tmp_path / "profil") as window:
        viewer = Viewer(window, pages)
        before = window.look()
        for spot in filled:
            viewer.click(spot)
            window.type(TEXTS.get(spot.nom, ""))

        def look() -> Image.Image | None:
            picture = window.look()
            shown = (
                viewer.ink(picture, spot) - viewer.ink(before, spot) > least_ink(spot)
                for spot in filled
            )
            return picture if all(shown) else None

        after = wait_for(look, "picture of all that was filled in")

    assert [viewer.ink(before, spot) for spot in rest] == [viewer.ink(after, s) for s in rest]


def test_a_box_ticked_in_chromium_gives_way_to_another_of_its_row(
    grid: Path, tmp_path: Path
) -> None:
    row = [spot for spot in read_spots(grid) if spot.nom == "p1.1.R3.niveau"]

    with open_window(grid.as_uri() + VIEW, tmp_path / "profil") as window:
        viewer = Viewer(window, 2)
        for chosen in (row[1], row[3]):
            viewer.click(chosen)

            def ticked() -> bool:
                picture = window.look()
                inked = [spot for spot in row if viewer.ink(picture, spot) > least_ink(spot)]
                return inked == [chosen]  # noqa: B023

            wait_for(ticked, f"tick at « {chosen.etat} » alone")


def test_without_chromium_the_test_is_skipped_and_in_ci_it_fails(tmp_path: Path) -> None:
    """The command of this very file, on a machine whose PATH has no browser."""
    here = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", "shows"]
    bare = {**os.environ, "PATH": str(tmp_path)}
    bare.pop("PFMP_TEST_CHROMIUM", None)
    run = {"capture_output": True, "text": True, "check": False}

    local = subprocess.run(here, env=bare, **run)
    ci = subprocess.run(here, env={**bare, "PFMP_TEST_CHROMIUM": "1"}, **run)

    assert (local.returncode, ci.returncode) == (0, 1), local.stdout + ci.stdout
    assert "there is no Chromium on this machine" in local.stdout
    assert "PFMP_TEST_CHROMIUM is set, and there is no Chromium" in ci.stdout

"""The pictures of the documentation show the documents as they are."""

from __future__ import annotations

from tools.make_images import find_outdated


def test_pictures_are_current() -> None:
    assert find_outdated() == [], "make images"

"""What a master depends on."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pfmp_cli.press.layout.fonts import FILES, font_path
from pfmp_cli.press.layout.pango import list_libraries
from pfmp_cli.press.merging.packed_master import MasterKey

# The packages whose version changes what a master looks like: all that WeasyPrint is made of.
LAYOUT_PACKAGES = (
    *("weasyprint", "cffi", "cssselect2", "fonttools", "pillow", "pydyf", "pyphen"),
    *("tinycss2", "tinyhtml5", "webencodings"),
)


def master_key(html: str) -> MasterKey:
    """What the master of `html` depends on: hashed, its recipe (text, style and images, all in
    the HTML, fonts and our own press); then, in words, what it is laid out with."""
    digest = hashlib.sha256(html.encode("utf-8"))
    digest.update(_press_digest())
    return MasterKey(f"{digest.hexdigest()} {describe_engine()}")


@cache
def describe_engine() -> str:
    """« Pango 1.56.3, HarfBuzz 10.2.0, zlib 1.3.1, paquets 5f3a91c0 »."""
    packages = hashlib.sha256("\n".join(list_packages()).encode()).hexdigest()[:8]
    return ", ".join((*list_libraries(), f"paquets {packages}"))


def list_packages() -> list[str]:
    """« weasyprint 69.0 »… What is not installed is not named: what is laid out does without."""
    return [found for package in LAYOUT_PACKAGES if (found := _find_version(package))]


def _find_version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


@cache
def _press_digest() -> bytes:
    digest = hashlib.sha256()
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    for file in (*map(font_path, FILES), *sources):
        digest.update(file.read_bytes())
    return digest.digest()

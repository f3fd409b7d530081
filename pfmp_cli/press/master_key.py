"""What a master depends on."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pfmp_cli.press.layout.fonts import FILES, font_path
from pfmp_cli.press.layout.pango import pango_version
from pfmp_cli.press.merging.packed_master import MasterKey

# The packages whose version changes what a master looks like: all that WeasyPrint is made of.
LAYOUT_PACKAGES = (
    *("weasyprint", "cffi", "cssselect2", "fonttools", "pillow", "pydyf", "pyphen"),
    *("tinycss2", "tinyhtml5", "webencodings"),
)


def master_key(html: str) -> MasterKey:
    """What the master of `html` depends on, hashed: text, style and images (all in the HTML),
    fonts, the versions of the layout and of Pango, and our own press."""
    digest = hashlib.sha256(html.encode("utf-8"))
    digest.update(_engine_digest())
    return MasterKey(digest.hexdigest())


@cache
def _engine_digest() -> bytes:
    digest = hashlib.sha256(f"pango {pango_version()}\n".encode())
    for package in LAYOUT_PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    for file in (*map(font_path, FILES), *sources):
        digest.update(file.read_bytes())
    return digest.digest()

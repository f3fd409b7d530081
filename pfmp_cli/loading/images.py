"""Images of a school: what is one by its bytes, whatever its name says."""

import base64
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.projet import Projet
from pfmp_cli.loading.sources import is_inside
from pfmp_cli.rules import loading_rules as rules

if TYPE_CHECKING:
    from pfmp_cli.yaml_files.source import YamlSource

LARGEST = 5_000_000  # bytes: every document has it
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def find_logo(path: Path, projet: Projet) -> Path | None:
    """The logo of a `pfmp.yaml` at `path`, where there is one that can be printed."""
    name = projet.etablissement.logo
    if name is None or not is_inside(path.parent / name, path.parent):
        return None
    return path.parent / name if read_image(path.parent / name) else None


def check_logo(projet: Projet, source: "YamlSource") -> Iterator[Diagnostic]:
    """What bars the logo that a school's file names."""
    name, folder = projet.etablissement.logo, source.path.parent
    if name is None or find_logo(source.path, projet):
        return
    rule = rules.NOT_AN_IMAGE if (folder / name).is_file() else rules.NO_LOGO
    if (folder / name).exists() and not is_inside(folder / name, folder):
        rule = rules.LOGO_OUTSIDE
    yield rule.at(source.position(("etablissement", "logo")), logo=name)


def read_image(path: Path) -> tuple[str, bytes] | None:
    """The kind and the bytes of a file; None where it is no whole image that WeasyPrint reads."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return None
    if content.startswith(_PNG):
        return ("image/png", content) if _is_whole_png(content) else None
    if content.startswith(_JPEG):  # its last scan ends
        whole = content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda") > 0
        return ("image/jpeg", content) if whole else None
    return ("image/svg+xml", content) if _is_svg(content) else None


def image_address(path: Path) -> str:
    """The content of an image file as a `data:` address."""
    image = read_image(path)
    if image is None:
        raise ValueError(f"« {path.name} » n'est pas une image entière, SVG, PNG ou JPEG")
    return f"data:{image[0]};base64,{base64.b64encode(image[1]).decode('ascii')}"


def _is_whole_png(content: bytes) -> bool:
    """Whether all its chunks are there, up to the last, as their checksums say."""
    start, kind = len(_PNG), b""
    while kind != b"IEND" and start + 12 <= len(content):
        end = start + 8 + int.from_bytes(content[start : start + 4], "big")
        kind = content[start + 4 : start + 8]
        if zlib.crc32(content[start + 4 : end]) != int.from_bytes(content[end : end + 4], "big"):
            return False
        start = end + 4
    return kind == b"IEND"


def _is_svg(content: bytes) -> bool:
    from xml.etree import ElementTree

    try:
        return ElementTree.fromstring(content).tag.rpartition("}")[2] == "svg"
    except (ElementTree.ParseError, ValueError, LookupError):
        return False

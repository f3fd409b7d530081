"""One HTML file of it all: the page, Pyodide, the core and a bundle."""

import base64
import gzip
import hashlib
import json
import re
from html import escape
from pathlib import Path

from pfmp_cli import __version__
from pfmp_cli.calendar.public_holidays import find_public_holidays
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.page.core_files import pack_core, trim_library
from pfmp_cli.rules.loading_rules import NO_PYODIDE
from pfmp_cli.shipped import shipped

MARK = b"<!--une page de pfmp-->\n"  # at the end of the file, by which we know our own
_HERE = Path(__file__).parent
_NO_SYSTEM = b"\xff"  # the tenth byte of gzip: that of which system, else
_BYTES = range(256)
_LOST = "\0\r<"  # characters that HTML takes for others, or for its own
_YEARS = range(2000, 2100)  # whose holidays the page knows
_POLICY = (
    "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; style-src {style}; "
    "worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; webrtc 'block'"
)


def find_pyodide() -> Path:
    """The folder of what `make page` fetches. Raises InputRefused where there is none."""
    folder = shipped("page")
    if not (folder / "stamp").is_file():
        raise InputRefused([NO_PYODIDE.at()])
    return folder


def write_page(folder: Path, referentiel: Referentiel, projet: Projet, bundle: bytes) -> bytes:
    """The page of a school's bundle, with the Pyodide of `folder`."""
    holidays = _answer_for_holidays(projet.calendrier.territoire)
    parts = {
        "worker": _join_scripts(folder).encode(),
        "wasm": (folder / "pyodide.asm.wasm").read_bytes(),
        "stdlib": trim_library((folder / "python_stdlib.zip").read_bytes()),
        "core": pack_core(next(folder.glob("*.whl")), holidays),
        "lot": bundle,
    }
    script, style = ((_HERE / name).read_text("utf-8").strip() for name in ("page.js", "page.css"))
    known = {
        "policy": _POLICY.format(script=_hash(script), style=_hash(style)),
        "style": style,
        "script": script,
        "version": escape(__version__),
        "school": escape(projet.caption or referentiel.diplome.intitule),
        "parts": "\n".join(_embed(name, part) for name, part in parts.items()),
    }
    page = (_HERE / "page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: known[found[1]], page).encode() + MARK


def _join_scripts(folder: Path) -> str:
    """Pyodide's two modules and our worker as one script, which needs to load no other."""
    made = (folder / "pyodide.asm.mjs").read_text("utf-8")
    made = re.sub(r"export default _createPyodideModule;\s*$", "", made)
    loader = (folder / "pyodide.mjs").read_text("utf-8")
    loader = re.sub(r"export\{(\w+) as loadPyodide,[^}]*\};?", r"self.loadPyodide=\1;", loader)
    loader = re.sub(r"//# sourceMappingURL=.*", "", loader)
    joined = f"{made}\n(()=>{{{loader}}})();\n".replace("import.meta.url", "self.location.href")
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["info"]
    return joined + (_HERE / "worker.js").read_text("utf-8").replace("{{lock}}", json.dumps(lock))


def _answer_for_holidays(territoire: str | None) -> str:
    """The source of a module that answers as the package `holidays` does, of one place."""
    days = {year: sorted(find_public_holidays(year, territoire)) for year in _YEARS}
    told = {year: [f"{day:%m%d}" for day in found] for year, found in days.items()}
    return (
        f"from datetime import date\nDAYS = {told!r}\n\n\n"
        "def country_holidays(country, subdiv=None, years=0):\n"
        "    days = DAYS.get(years, ())\n"
        "    return [date(years, int(day[:2]), int(day[2:])) for day in days]\n"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _embed(name: str, content: bytes) -> str:
    gzipped = gzip.compress(content, 9, mtime=0)
    packed = _spell(gzipped[:9] + _NO_SYSTEM + gzipped[10:])
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>'


def _spell(content: bytes) -> str:
    """Bytes as text, seven bits a character: a seventh more, where base64 takes a third.

    What is `_LOST` on a page has an eighth bit as well, which `page.js` does not read.
    """
    padded = content + bytes(-len(content) % 7)
    columns = [padded[place::7] for place in range(7)]
    spelt = bytearray(len(padded) // 7 * 8)
    for place in range(8):
        before = columns[place - 1].translate(bytes(byte << 7 - place & 127 for byte in _BYTES))
        after = columns[place % 7].translate(bytes(byte >> place + 1 for byte in _BYTES))
        both = int.from_bytes(before) | int.from_bytes(after)
        spelt[place::8] = both.to_bytes(len(before))
    text = spelt[: -(len(content) * 8 // -7)].decode("ascii")
    for sign in _LOST:
        text = text.replace(sign, chr(ord(sign) + 128))
    return text

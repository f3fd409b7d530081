"""The keys of the masters of the last run, good while nothing has changed.

Rendering a template only to find that its key is what it was takes most of a run that has
nothing to do. What a key depends on is hashed here, all of it; the least change of any part,
and every template is rendered again.
"""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from pfmp_cli.planning.editions import Edition, name_edition
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.master_cache import master_key
from pfmp_cli.press.merging.packed_master import Known, read_known

_PACKAGES = ("jinja2", "markupsafe", "holidays", "pydantic")  # beside those of the layout
# A folder of templates with more than that is something else as well: it is not remembered.
_MOST_FILES, _MOST_BYTES = 300, 20_000_000


class RenderCache:
    """What the last run knew of the editions; empty where anything is not as it was then.

    `digest` stands for all that they depend on, None for what is better not remembered; `rank` is
    the diploma's.
    """

    def __init__(self, digest: str | None, rank: int = 0) -> None:
        self.digest, self.file = digest, f"empreintes-{rank}.json"
        kept = json.loads((digest and recall(self.file)) or "{}")
        self._known = read_known(kept["editions"]) if kept.get("pour", "") == digest else {}
        self._is_new = False

    def find(self, edition: Edition) -> Known | None:
        return self._known.get(name_edition(edition))

    def add(self, edition: Edition, known: Known) -> None:
        self._known[name_edition(edition)] = known
        self._is_new = True

    def save(self) -> None:
        """Keep it for the next run."""
        if self.digest and self._is_new:
            content = json.dumps({"pour": self.digest, "editions": self._known})
            keep(self.file, content.encode("ascii"))


def hash_all(folders: list[Path], *sources: object) -> str | None:
    """All that the HTML of an edition, and the key of its master, come from: the folders of
    templates, and what a template sees."""
    files = list(islice(_list_files(folders), _MOST_FILES + 1))
    if len(files) > _MOST_FILES or sum(path.stat().st_size for _, path in files) > _MOST_BYTES:
        return None
    digest = hashlib.sha256(master_key("").encode("ascii"))
    known = repr([*sources, *map(version, _PACKAGES)])
    digest.update(known.encode("utf-8", "surrogatepass"))
    code = sorted(Path(__file__).parent.parent.rglob("*.py"))
    for name, path in (*files, *((str(path), path) for path in code)):
        digest.update(f"\0{name}\0".encode("utf-8", "surrogatepass") + path.read_bytes())
    return digest.hexdigest()


def _list_files(folders: list[Path]) -> Iterator[tuple[str, Path]]:
    """The files of the folders of templates, and under what name a template finds them."""
    for rank, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{rank} {path.relative_to(folder)}", path

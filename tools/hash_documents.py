"""The hash of every kind of file that `pfmp` makes: with one lock file, the same on every system.

    python -m tools.hash_documents > bookworm.txt

Two such lists are compared with `diff`. The manifest is not in it: it says what it was made with.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from tools.snapshot import Bench, written_sessions

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="pfmp-") as name:
        folder = Path(name).resolve()
        bench = Bench(folder, Path(sys.executable).parent / "pfmp", ROOT)
        for session in written_sessions(ROOT, "octets"):
            for step in bench.run(session):
                if step["code"]:
                    print(step["line"], step["err"], sep="\n", file=sys.stderr)
                    return 1
            for path in sorted((folder / session.name).rglob("*")):
                if path.is_file() and path.name != "manifest.json":
                    digest = hashlib.sha256(path.read_bytes()).hexdigest()
                    print(f"{digest}  {path.relative_to(folder).as_posix()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

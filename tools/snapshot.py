"""What `pfmp` makes and says, kept and compared: the net under a rebuilding.

`take` runs a corpus of commands, good and bad, through the command line alone, and keeps
what each printed, its exit code and the hashes of the files that it changed. `compare` runs
the same again and tells what is otherwise. The older checkout takes, the newer one compares:

    python -m tools.snapshot take old.json --pfmp OLD/.venv/bin/pfmp --root OLD
    python -m tools.snapshot compare old.json [--light]

The inputs are read in `--root` (examples, tests), and the corpus beside this file. When the
rebuilding changes the inputs too, `compare --root OLD` keeps them as they were.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "snapshot_corpus"
CLASS = "nom;prenom;classe\nMARTIN;Zoé;seconde\n"
FORMS = ("text", "json", "github", "gitlab")
DRY = "--dry-run --documents presence"  # which is laid out in no time
CLOCK = re.compile(r"^\d\d:\d\d:\d\d ", re.MULTILINE)  # before what `watch` says
UNSEEN = {".git"}  # git's own files are never the same twice

Snapshot = dict[str, list[dict[str, Any]]]
Files = dict[str, str]


@dataclass(frozen=True)
class Session:
    """A folder with files in it, and lines of shell run there one after the other."""

    name: str
    lines: list[str]
    copied: tuple[Path, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bench:
    """Where sessions are run, and with which `pfmp`."""

    folder: Path
    pfmp: Path
    root: Path

    def run(self, session: Session) -> list[dict[str, Any]]:
        """What each line came to."""
        place = self.folder / session.name
        place.mkdir()
        for path in session.copied:
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, place / path.name)
        for name, text in session.texts.items():
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(text, encoding="utf-8", newline="")
        before, steps = self.hash_files(place), []
        for line in session.lines:
            done = subprocess.run(
                ["sh", "-c", line], cwd=place, env=self.env(), capture_output=True, check=False
            )
            after = self.hash_files(place)
            steps.append(
                {
                    "line": line,
                    "code": done.returncode,
                    "out": self.neutral(done.stdout).decode(errors="backslashreplace"),
                    "err": self.neutral(done.stderr).decode(errors="backslashreplace"),
                    "written": {n: h for n, h in after.items() if before.get(n) != h},
                    "gone": sorted(before.keys() - after.keys()),
                }
            )
            before = after
        return steps

    def env(self) -> dict[str, str]:
        return {
            "PATH": f"{self.pfmp.parent}{os.pathsep}{os.environ['PATH']}",
            "PFMP_CACHE": str(self.folder / ".cache"),
            "HOME": str(self.folder),
            "COLUMNS": "80",
            "SOURCE_DATE_EPOCH": "1768435200",  # a day of the school year of the examples
            "LANG": "C.UTF-8",
        }

    def hash_files(self, place: Path) -> Files:
        """The files of a folder, by name, with the hash of each."""
        found = (p for p in place.rglob("*") if p.is_file() and UNSEEN.isdisjoint(p.parts))
        return {
            path.relative_to(place).as_posix(): hashlib.sha256(
                self.neutral(path.read_bytes())
            ).hexdigest()
            for path in sorted(found)
        }

    def neutral(self, content: bytes) -> bytes:
        """Without the folders of this machine."""
        shipped = self.pfmp.parents[2]
        for path, name in ((self.folder, b"<tmp>"), (self.root, b"<root>"), (shipped, b"<root>")):
            content = content.replace(str(path).encode(), name)
        return content


def school(root: Path) -> tuple[Path, ...]:
    """The school of the examples: its divisions and its dates."""
    return root / "examples/pfmp.yaml", root / "examples/logo.svg"


def corpus(name: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / f"{name}.toml").read_text("utf-8"))


def written_sessions(root: Path, weight: str) -> Iterator[Session]:
    """Those of `seances.toml`."""
    for name, session in corpus("seances")[weight].items():
        copied = tuple(root / start for start in session.get("depart", ()))
        yield Session(name, session["lignes"], copied)


def light_sessions(root: Path) -> Iterator[Session]:
    """One or two commands for each file of a kind: hardly anything is laid out."""
    yield corpus_of_check(root)
    yield from lists_of_pupils(root)
    yield placements(root)
    yield projects()
    yield from referentiels()
    yield from written_sessions(root, "legeres")


def corpus_of_check(root: Path) -> Session:
    """A good and a bad file for each rule; templates are in `seances.toml`."""
    (folder,) = (path.parent for path in root.glob("tests/**/mauvais"))
    files = sorted([*folder.glob("bons/*.*"), *folder.glob("mauvais/*.*")])
    names = [str(p.relative_to(folder)) for p in files if p.suffix in {".yaml", ".csv"}]
    check = f"cd {folder.name} && pfmp check --referentiel referentiel.yaml --sans-rendu"
    every = f"{check} {' '.join(names)} --format"
    lines = [*(f"{check} {name}" for name in names), *(f"{every} {form}" for form in FORMS[1:])]
    return Session("regles", lines, (folder,))


def lists_of_pupils(root: Path) -> Iterator[Session]:
    (exports,) = root.glob("tests/**/school_files")
    texts = {f"{name}.csv": text for name, text in corpus("listes").items()}
    for name, copied, listed in (
        ("listes", tuple(sorted((CORPUS / "listes").iterdir())), texts),
        ("exports", tuple(sorted(exports.iterdir())), {}),
    ):
        names = sorted([*listed, *(path.name for path in copied)])
        lines = [f"pfmp batch {name} {DRY}" for name in names]
        every = f"pfmp check --sans-rendu {' '.join(names)} --format"
        lines += [f"{every} {form}" for form in FORMS]
        yield Session(name, lines, (*copied, *school(root)), listed)


def placements(root: Path) -> Session:
    kept = corpus("stages")
    lines = [f"pfmp batch eleves.csv --stages {name}.csv {DRY}" for name in kept["stages"]]
    lines += ["pfmp check eleves.csv --stages cas-00.csv --sans-rendu"]
    texts = {f"{name}.csv": text for name, text in kept["stages"].items()}
    texts["eleves.csv"] = kept["eleves"]
    return Session("stages", lines, school(root), texts)


def projects() -> Session:
    kept = corpus("projets")
    texts = {f"{name}/pfmp.yaml": text for name, text in kept.items()}
    lines = [f"pfmp batch eleves.csv --projet {path} {DRY}" for path in texts]
    lines += [f"pfmp check --sans-rendu --format json {' '.join(texts)}"]
    return Session("projets", lines, texts=texts | {"eleves.csv": CLASS})


def referentiels() -> Iterator[Session]:
    kept = corpus("referentiels")
    mini = kept["mini"]
    texts = {"eleves.csv": CLASS, "mini.yaml": mini}
    texts |= {f"faux-{n:02}.yaml": mini.replace(*c) for n, c in enumerate(kept["changements"])}
    wrong = [name for name in texts if name.startswith("faux")]
    texts |= {f"neuf-{n:02}.yaml": mini.replace(*c) for n, c in enumerate(kept["revisions"])}
    lines = [f"pfmp batch eleves.csv --referentiel {name} {DRY}" for name in wrong]
    lines += [f"pfmp check --sans-rendu --format json {' '.join(wrong)}"]
    for name in (name for name in texts if name.startswith("neuf")):
        lines += [f"pfmp diff mini.yaml {name}", f"pfmp diff {name} mini.yaml --format markdown"]
    yield Session("referentiels", lines, texts=texts)


def take(pfmp: Path, root: Path, light_only: bool) -> Snapshot:
    """Run the corpus. What lays out shares a cache, hence its order; the rest runs beside."""
    with tempfile.TemporaryDirectory(prefix="pfmp-") as folder:
        bench = Bench(Path(folder).resolve(), pfmp, root)

        def run(sessions: Iterator[Session]) -> Snapshot:
            return {session.name: bench.run(session) for session in sessions}

        with ThreadPoolExecutor(2) as pool:
            heavy = pool.submit(
                run, written_sessions(root, "lourdes") if not light_only else iter(())
            )
            light = pool.submit(run, light_sessions(root))
            return heavy.result() | light.result()


def as_texts(snapshot: Snapshot) -> dict[str, list[str]]:
    """By session and line: what was said, as lines of text."""
    return {
        f"{name}[{number}] $ {step['line']}": [
            f"code {step['code']}",
            *CLOCK.sub("<time> ", f"{step['out']}\n{step['err']}").split("\n"),
        ]
        for name, steps in snapshot.items()
        for number, step in enumerate(steps)
    }


def as_files(snapshot: Snapshot) -> Files:
    """By session, line and file: its hash, or that it has gone."""
    found: Files = {}
    for name, steps in snapshot.items():
        for number, step in enumerate(steps):
            place = f"{name}[{number}] "
            found |= {place + path: digest for path, digest in step["written"].items()}
            found |= {place + path: "gone" for path in step["gone"]}
    return found


def differences(old: Snapshot, new: Snapshot) -> Iterator[str]:
    """A unified diff of what was said, then the names of the files that are others."""
    before, after = as_texts(old), as_texts(new)
    for key in before | after:
        yield from difflib.unified_diff(
            before.get(key, []), after.get(key, []), key, key, n=2, lineterm=""
        )
    was, now = as_files(old), as_files(new)
    for key in was | now:
        if was.get(key) != now.get(key):
            word = "missing" if key not in now else "more" if key not in was else "changed"
            yield f"{word}: {key}"


def main() -> int:
    parser = argparse.ArgumentParser(description="What pfmp makes and says, kept and compared.")
    parser.add_argument("action", choices=("take", "compare"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--pfmp", type=Path, default=Path(sys.executable).parent / "pfmp")
    parser.add_argument("--root", type=Path, default=HERE.parent)
    parser.add_argument("--light", action="store_true", help="without what lays out documents")
    asked = parser.parse_args()
    snapshot = take(asked.pfmp.absolute(), asked.root.resolve(), asked.light)
    if asked.action == "take":
        asked.file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(snapshot, ensure_ascii=False, indent=1)
        asked.file.write_text(text + "\n", encoding="utf-8")
        return 0
    kept = json.loads(asked.file.read_text("utf-8"))
    if asked.light:
        kept = {name: steps for name, steps in kept.items() if name in snapshot}
    found = list(differences(kept, snapshot))
    print("\n".join(found) or "nothing changed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

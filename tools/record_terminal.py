"""Records the two commands of the README in a terminal of 80 columns: `docs/images/terminal.svg`.

`make images` runs it: the commands are run for real, in an empty folder.
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "terminal.svg"
COMMANDS = ("pfmp new lycee", "cd lycee", "pfmp batch eleves.csv", "ls documents/TMCV1")
COLUMNS = 80
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-HJKSTfhlsu]|\r(?!\n)")  # what moves the cursor


def run_in_terminal(command: str, folder: Path) -> str:
    """What a command shows on a terminal, colours included; a bar that was wiped is left out."""
    shown, terminal = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with subprocess.Popen(
        ["sh", "-c", command],
        cwd=folder,
        env={**environment, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
    ):
        os.close(terminal)
        text = b"".join(iter(lambda: _read(shown), b"")).decode()
    return _CONTROL.sub("", text).replace("\r\n", "\n")


def _read(shown: int) -> bytes:
    try:
        return os.read(shown, 65536)
    except OSError:  # the command has ended
        return b""


def main() -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in COMMANDS:
            console.print(Text.assemble(("$ ", "bold green"), command))
            if command.startswith("cd "):
                folder /= command.removeprefix("cd ")
            else:
                console.print(Text.from_ansi(run_in_terminal(command, folder)))
    # A picture that asks no other host for its typeface.
    alone = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    console.save_svg(str(PICTURE), title="pfmp", code_format=alone, unique_id="pfmp")


if __name__ == "__main__":
    main()

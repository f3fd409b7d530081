"""Where the files that ship with `pfmp` are: templates, référentiel, examples.

They live at the root of the repository and in `pfmp_cli/data` of an installed wheel.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder (`referentiel.yaml`, `templates`)."""
    installed = _PACKAGE / "data" / name
    return installed if installed.exists() else _PACKAGE.parent / name

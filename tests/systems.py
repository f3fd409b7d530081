"""What only some systems have."""

from __future__ import annotations

import os
import sys

import pytest

UNIX = pytest.mark.skipif(
    os.name == "nt", reason="links, pipes, modes, limits, signals and terminals of Unix"
)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits and watched ends of Linux")

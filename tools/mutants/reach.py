"""A pytest plugin (`-p tools.mutants.reach`): which tests run which lines of the package.

`REACH` names the JSON file that it writes: {file: {line: [test functions]}}, those first that run
the fewest lines, for they ask most of each.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

_ROOT = f"{Path.cwd()}/"
_lines: dict[str, set[tuple[str, int]]] = defaultdict(set)  # by test function
_current: set[tuple[str, int]] = set()


def _enter(frame: FrameType, event: str, _value: Any) -> Any:
    return _note if frame.f_code.co_filename.startswith(f"{_ROOT}pfmp_cli/") else None


def _note(frame: FrameType, event: str, _value: Any) -> Any:
    if event == "line":
        _current.add((frame.f_code.co_filename, frame.f_lineno))
    return _note


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _current.clear()
    sys.settrace(_enter)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        _lines[item.nodeid.partition("[")[0]] |= _current


def pytest_sessionfinish() -> None:
    reach: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for test in sorted(_lines, key=lambda test: len(_lines[test])):
        for file, line in _lines[test]:
            reach[file.removeprefix(_ROOT)][line].append(test)
    Path(os.environ["REACH"]).write_text(json.dumps(reach), "utf-8")
